import { delimiter, join } from 'node:path';
import type { Locations } from '#system/locations.ts';
import type { Processes } from '#system/processes.ts';
import type { ComposeVersion } from './compose.ts';
import { missingDocker, missingPlugin } from './compose-errors.ts';
import { type DockerHome, dockerConfigDirectory, readDockerConfig } from './docker-config.ts';
import { judgeComposeVersion } from './versions.ts';

/** What is needed to learn the version. */
export interface VersionEdges extends DockerHome {
  readonly processes: Processes;
  readonly locations: Locations;
}

/**
 * Version of the Compose plugin. It is asked once per pair of binaries (docker and plugin, told by path, time and size) and
 * remembered on disk; where the plugin cannot be found it is asked each time. Throws `environment` when missing or too old.
 */
export async function readComposeVersion(edges: VersionEdges): Promise<ComposeVersion> {
  const known = await cachedComposeVersion(edges);
  if (known) return known;
  const text = await askVersion(edges);
  const version = judgeComposeVersion(text);
  const binaries = await describeBinaries(edges);
  if (binaries) await keep(edges, { binaries, text });
  return version;
}

/** What cannot be kept (full disk, read-only home) is asked again each time, nothing else. */
async function keep(edges: VersionEdges, facts: Facts): Promise<void> {
  await edges.files.writeAtomic(factsFile(edges), JSON.stringify(facts), 0o600).catch(() => undefined);
}

/** The remembered version while the binaries are still the same, without running anything. */
export async function cachedComposeVersion(edges: VersionEdges): Promise<ComposeVersion | undefined> {
  const text = await edges.files.readText(factsFile(edges));
  if (text === undefined) return undefined;
  const facts = parseFacts(text);
  return facts && facts.binaries === (await describeBinaries(edges)) ? judgeComposeVersion(facts.text) : undefined;
}

async function askVersion({ processes, env, home }: VersionEdges): Promise<string> {
  const result = await processes.run({ file: 'docker', args: ['compose', 'version', '--short'], cwd: home, env, timeoutMs: 30_000 });
  if (result.notFound) throw missingDocker();
  if (result.exitCode !== 0) throw missingPlugin(result);
  return result.stdout;
}

interface Facts {
  readonly binaries: string;
  readonly text: string;
}

/** A cache that cannot be read is no cache. */
function parseFacts(text: string): Facts | undefined {
  try {
    return JSON.parse(text) as Facts;
  } catch {
    return undefined;
  }
}

function factsFile({ locations }: VersionEdges): string {
  return join(locations.cache, 'compose-version.json');
}

async function describeBinaries(edges: VersionEdges): Promise<string | undefined> {
  const docker = await firstFile(
    edges,
    (edges.env.PATH ?? '').split(delimiter).map((directory) => join(directory, `docker${EXE}`)),
  );
  const plugin = await firstFile(
    edges,
    (await pluginDirectories(edges)).map((directory) => join(directory, `docker-compose${EXE}`)),
  );
  return docker && plugin ? `${docker} ${plugin}` : undefined;
}

/** In the CLI's own order. */
async function pluginDirectories(edges: VersionEdges): Promise<readonly string[]> {
  const { cliPluginsExtraDirs } = await readDockerConfig(edges);
  return [...cliPluginsExtraDirs, join(dockerConfigDirectory(edges), 'cli-plugins'), ...SYSTEM_DIRECTORIES];
}

async function firstFile({ files }: VersionEdges, paths: readonly string[]): Promise<string | undefined> {
  for (const path of paths) {
    const facts = await files.stat(path);
    if (facts?.kind === 'file') return `${path}:${facts.modifiedMs}:${facts.size}`;
  }
  return undefined;
}

const EXE = process.platform === 'win32' ? '.exe' : '';

const SYSTEM_DIRECTORIES: readonly string[] =
  process.platform === 'win32'
    ? ['C:\\ProgramData\\Docker\\cli-plugins', 'C:\\Program Files\\Docker\\cli-plugins']
    : [
        '/usr/local/lib/docker/cli-plugins',
        '/usr/local/libexec/docker/cli-plugins',
        '/usr/lib/docker/cli-plugins',
        '/usr/libexec/docker/cli-plugins',
      ];
