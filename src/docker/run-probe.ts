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
  const output = createOutputHead();
  return client.read(async (docker) => {
    try {
      const exec = await docker.getContainer(id).exec({ Cmd: [...argv], AttachStdout: true, AttachStderr: true, abortSignal: signal });
      const stream = await exec.start({ abortSignal: signal });
      await readToEnd(stream, createFrameReader(output.write), signal);
      const { ExitCode } = await exec.inspect({ abortSignal: signal });
      return { exitCode: ExitCode ?? -1, output: output.text() };
    } catch (error) {
      // A program cannot be ended from outside its container: it goes on, unheard.
      throw signal.aborted ? new DevctlError('external', `"${argv[0]}" did not end within ${timeoutMs} ms.`, { cause: error }) : error;
    }
  });
}

/** Keeps the beginning of an output and throws the rest away. */
function createOutputHead() {
  const pieces: Buffer[] = [];
  let size = 0;
  return {
    write: (_stream: 'stdout' | 'stderr', payload: Buffer): void => {
      const piece = Buffer.from(payload.subarray(0, OUTPUT_LIMIT - size));
      size += piece.length;
      if (piece.length > 0) pieces.push(piece);
    },
    text: (): string => Buffer.concat(pieces).toString('utf8'),
  };
}

const OUTPUT_LIMIT = 64 * 1024;
