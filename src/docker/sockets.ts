import { join } from 'node:path';
import type { DockerHome } from './docker-config.ts';

/** What docker uses when nothing is named. */
export const DEFAULT_HOST = process.platform === 'win32' ? 'npipe:////./pipe/docker_engine' : 'unix:///var/run/docker.sock';

/** Endpoints of other engines whose sockets are there: rootless, Desktop, Colima, OrbStack, Rancher, Lima, Podman. */
export async function findOtherSockets({ env, home, files }: DockerHome): Promise<readonly string[]> {
  const runtime = env.XDG_RUNTIME_DIR;
  const candidates = [
    ...(runtime ? [join(runtime, 'docker.sock')] : []),
    join(home, '.docker/run/docker.sock'),
    join(home, '.docker/desktop/docker.sock'),
    ...(await inEach(join(home, '.colima'), 'docker.sock', files)),
    join(home, '.orbstack/run/docker.sock'),
    join(home, '.rd/docker.sock'),
    ...(await inEach(join(home, '.lima'), 'sock/docker.sock', files)),
    ...(runtime ? [join(runtime, 'podman/podman.sock')] : []),
    '/run/podman/podman.sock',
  ];
  const found = await Promise.all(candidates.map(async (path) => ((await files.stat(path))?.kind === 'socket' ? [`unix://${path}`] : [])));
  return found.flat();
}

/** One candidate for each virtual machine that has a directory there. */
async function inEach(directory: string, socket: string, files: DockerHome['files']): Promise<readonly string[]> {
  return (await files.list(directory)).map((name) => join(directory, name, socket));
}
