import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import type Dockerode from 'dockerode';
import type { Clearance } from '#domain/clearance.ts';
import { DEVCTL_HOLDS_LABEL, DEVCTL_LABEL } from '#domain/container.ts';
import { DevctlError } from '#domain/error.ts';
import type { Step } from '#domain/plan.ts';
import type { EngineClient } from './engine-client.ts';
import { unlessGone } from './engine-errors.ts';

/** Value of DEVCTL_LABEL on a holder. */
export const HOLDER_PURPOSE = 'holder';

/**
 * Puts a created, never started container on a volume: while it is there, nothing can remove the volume, a raw
 * `docker compose down -v` included (design: the gate, "Raw docker"). Its image has no bytes and is made on the spot.
 * Returns the container's id. Throws `external` when there is no such volume.
 */
export async function createHolder(
  client: EngineClient,
  clearance: Clearance,
  hold: { readonly step: Step; readonly volume: string },
): Promise<string> {
  const { step, volume } = hold;
  return client.change(clearance, step, async (docker) => {
    // Creating a container on a missing volume would make an empty one of that name.
    const there = await unlessGone(docker.getVolume(volume).inspect());
    if (!there) throw new DevctlError('external', `There is no volume ${volume} to hold.`);
    await ensureImage(docker);
    const container = await docker.createContainer({
      name: `devctl-holder-${randomBytes(4).toString('hex')}`,
      Image: IMAGE,
      // Never run: the image has no program.
      Cmd: ['hold'],
      NetworkDisabled: true,
      Labels: { [DEVCTL_LABEL]: HOLDER_PURPOSE, [DEVCTL_HOLDS_LABEL]: volume },
      HostConfig: { Mounts: [{ Type: 'volume', Source: volume, Target: '/held' }] },
    });
    return container.id;
  });
}

/** Holders of a volume, or of all, whoever made them. */
export async function listHolders(
  client: EngineClient,
  volume: string | undefined,
): Promise<readonly { readonly id: string; readonly volume: string }[]> {
  const label = [`${DEVCTL_LABEL}=${HOLDER_PURPOSE}`, ...(volume === undefined ? [] : [`${DEVCTL_HOLDS_LABEL}=${volume}`])];
  const listed = await client.read((docker) => docker.listContainers({ all: true, filters: { label } }));
  return listed.map((raw) => ({ id: raw.Id, volume: raw.Labels[DEVCTL_HOLDS_LABEL] ?? '' }));
}

async function ensureImage(docker: Dockerode): Promise<void> {
  if (await unlessGone(docker.getImage(IMAGE).inspect())) return;
  const answer = await docker.importImage(Readable.from([EMPTY_TAR]), { repo: REPOSITORY, tag: TAG });
  const words = await textOf(answer);
  const error = /"error":"([^"]*)"/.exec(words)?.[1];
  if (error) throw new DevctlError('external', `The engine could not make the image ${IMAGE}: ${error}`);
}

async function textOf(stream: NodeJS.ReadableStream): Promise<string> {
  let text = '';
  for await (const chunk of stream) text += String(chunk);
  return text;
}

const REPOSITORY = 'devctl/holder';
const TAG = '1';
const IMAGE = `${REPOSITORY}:${TAG}`;
/** Two empty blocks: a tar archive of nothing. */
const EMPTY_TAR = Buffer.alloc(1024);
