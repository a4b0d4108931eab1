import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { createLineSplitter, createOutputTail } from './lines.ts';
import { commonOptions, OUTPUT_LIMIT, outcomeOf, requireDirectory } from './process-outcome.ts';
import type { ProcessRequest, ProcessResult } from './processes.ts';
import { announce } from './run-piped.ts';

/**
 * Runs a program that writes to a file by its own descriptor, in its own process group: neither Ctrl-C nor kill -9 of devctl
 * reaches it, and no broken pipe can end it. What it prints is read back from the file.
 */
export async function runDetached(request: ProcessRequest, outputFile: string): Promise<ProcessResult> {
  await requireDirectory(request.cwd);
  await mkdir(dirname(outputFile), { recursive: true, mode: 0o700 });
  const { execa } = await import('execa');
  const output = await open(outputFile, 'a+', 0o600);
  // execa takes any descriptor; its types name 3 to 9 only.
  const descriptor = output.fd as 3;
  const reader = createReader(output, (await output.stat()).size, (line) => request.onLine?.('stdout', line));
  try {
    const child = execa(request.file, [...request.args], {
      ...commonOptions(request),
      ...(typeof request.stdin === 'object' ? { input: request.stdin.input } : { stdin: 'ignore' }),
      stdout: descriptor,
      stderr: descriptor,
      detached: true,
      cleanup: false,
      killDescendants: true,
    });
    await announce(request, child.pid);
    const result = await readWhile(reader, child);
    const text = reader.text();
    return outcomeOf(result, { stdout: text, stderr: text });
  } finally {
    await output.close();
  }
}

interface OutputReader {
  /** Reads all that is new. */
  catchUp(): Promise<void>;
  end(): void;
  text(): string;
}

function createReader(file: FileHandle, from: number, onLine: (line: string) => void): OutputReader {
  const tail = createOutputTail(OUTPUT_LIMIT);
  const lines = createLineSplitter(onLine);
  let position = from;
  return {
    catchUp: async () => {
      for (;;) {
        const { bytesRead, buffer } = await file.read(Buffer.alloc(READ_SIZE), 0, READ_SIZE, position);
        if (bytesRead === 0) return;
        position += bytesRead;
        tail.write(buffer.subarray(0, bytesRead));
        lines.write(buffer.subarray(0, bytesRead));
      }
    },
    end: lines.end,
    text: tail.text,
  };
}

/** Follows the file until the process has ended, and then to its end. */
async function readWhile<T>(reader: OutputReader, child: Promise<T>): Promise<T> {
  let ended = false;
  const end = child.finally(() => {
    ended = true;
  });
  while (!ended) {
    await reader.catchUp();
    await Promise.race([end, new Promise((resolve) => setTimeout(resolve, READ_EVERY_MS))]);
  }
  const result = await end;
  await reader.catchUp();
  reader.end();
  return result;
}

const READ_SIZE = 64 * 1024;
const READ_EVERY_MS = 40;
