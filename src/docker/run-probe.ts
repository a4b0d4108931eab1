import { DevctlError } from '#domain/error.ts';
import type { EngineClient } from './engine-client.ts';
import { createFrameReader } from './log-frames.ts';
import { readToEnd } from './read-to-end.ts';

/** How a probe's program ended. */
export interface ProbeResult {
  readonly exitCode: number;
  /** Both streams as they came, 64 KiB at most. */
  readonly output: string;
}

/** Runs a program in a running container and waits for its end. Throws `external` when it takes longer than `timeoutMs`. */
export async function runProbe(
  client: EngineClient,
  id: string,
  { argv, timeoutMs }: { readonly argv: readonly string[]; readonly timeoutMs: number },
): Promise<ProbeResult> {
  const signal = AbortSignal.timeout(timeoutMs);
  const chunks: Buffer[] = [];
  return client.read(async (docker) => {
    const exec = await docker.getContainer(id).exec({ Cmd: [...argv], AttachStdout: true, AttachStderr: true });
    const stream = await exec.start({ abortSignal: signal });
    await readToEnd(
      stream,
      createFrameReader((_, payload) => void chunks.push(Buffer.from(payload))),
      signal,
    );
    // A program cannot be ended from outside its container: it goes on, unheard.
    if (signal.aborted) throw new DevctlError('external', `"${argv[0]}" did not end within ${timeoutMs} ms.`);
    const { ExitCode } = await exec.inspect();
    return { exitCode: ExitCode ?? -1, output: Buffer.concat(chunks).subarray(0, OUTPUT_LIMIT).toString('utf8') };
  });
}

const OUTPUT_LIMIT = 64 * 1024;
