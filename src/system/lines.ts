import { StringDecoder } from 'node:string_decoder';

/** Cuts bytes into lines, whatever the chunks are. */
export interface LineSplitter {
  write(chunk: Uint8Array): void;
  /** Gives out what is left without a line end. */
  end(): void;
}

/** Calls back for each line, without its `\n` or `\r\n`. Text is UTF-8; characters cut by a chunk are put together. */
export function createLineSplitter(onLine: (line: string) => void): LineSplitter {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  const take = (text: string): void => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) onLine(line.endsWith('\r') ? line.slice(0, -1) : line);
  };
  return {
    write: (chunk) => take(decoder.write(chunk)),
    end: () => {
      take(decoder.end());
      if (rest !== '') onLine(rest);
      rest = '';
    },
  };
}

/** Keeps the end of an output. */
export interface OutputTail {
  write(chunk: Uint8Array): void;
  text(): string;
}

/** Keeps at least the last `limit` bytes until asked, and then gives exactly those. */
export function createOutputTail(limit: number): OutputTail {
  const chunks: Uint8Array[] = [];
  let size = 0;
  return {
    write: (chunk) => {
      chunks.push(chunk);
      size += chunk.length;
      while (chunks[0] !== undefined && size - chunks[0].length >= limit) size -= chunks.shift()?.length ?? 0;
    },
    text: () => {
      const all = Buffer.concat(chunks);
      return all.subarray(Math.max(0, all.length - limit)).toString('utf8');
    },
  };
}
