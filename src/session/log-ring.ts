import type { LogLine } from './logs.ts';

/** What a ring keeps of a line; whose it is, the ring's owner knows. */
export type RingLine = Pick<LogLine, 'id' | 'stream' | 'timeNano' | 'text'>;

/**
 * Lines of one container as bytes in blocks: what is held is exactly what the blocks take, and lines that come and go by the
 * million leave no garbage behind (as objects they made the heap grow to five times what was held).
 */
export interface LogRing {
  /** Appends a line; the bytes of memory that this took, 0 while there is room in the last block. */
  push(line: RingLine): number;
  /** Throws the oldest block away; the memory and the lines that were in it, undefined when there is none. */
  dropBlock(): { readonly bytes: number; readonly lines: number } | undefined;
  /** Time of the oldest line; undefined without lines. */
  oldestTime(): string | undefined;
  /** Lines from the newest to the oldest; must be read before the next `push`. */
  newestFirst(): Generator<RingLine, undefined>;
}

interface Block {
  readonly bytes: Buffer;
  used: number;
  lines: number;
}

// id (8 bytes), seconds (4), nanoseconds (4), stream (1); then the text, then where the line starts (4), to find it from its end.
const HEADER = 17;
const TRAILER = 4;
// The first block of a container that says little is small.
const FIRST_BLOCK = 4096;

/** `blockBytes`: size of all blocks but the first, and but those of a line that is longer. */
export function createLogRing(blockBytes: number): LogRing {
  const blocks: Block[] = [];

  function push(line: RingLine): number {
    const last = blocks.at(-1);
    // A character of UTF-16 takes three bytes at most; only near the end of a block is it worth counting.
    if (last && (hasRoom(last, line.text.length * 3) || hasRoom(last, Buffer.byteLength(line.text)))) {
      write(last, line);
      return 0;
    }
    const needed = HEADER + Buffer.byteLength(line.text) + TRAILER;
    const block = {
      bytes: Buffer.allocUnsafeSlow(Math.max(needed, last ? blockBytes : Math.min(FIRST_BLOCK, blockBytes))),
      used: 0,
      lines: 0,
    };
    blocks.push(block);
    write(block, line);
    return block.bytes.length;
  }

  function dropBlock(): { bytes: number; lines: number } | undefined {
    const oldest = blocks.shift();
    return oldest && { bytes: oldest.bytes.length, lines: oldest.lines };
  }

  function* newestFirst(): Generator<RingLine, undefined> {
    for (const block of blocks.toReversed()) {
      for (let end = block.used; end > 0; ) {
        const start = block.bytes.readUInt32LE(end - TRAILER);
        yield read(block.bytes, start, end - TRAILER);
        end = start;
      }
    }
  }

  return { push, dropBlock, newestFirst, oldestTime: () => blocks[0] && timeAt(blocks[0].bytes, 0) };
}

function hasRoom(block: Block, textBytes: number): boolean {
  return block.used + HEADER + textBytes + TRAILER <= block.bytes.length;
}

function write(block: Block, { id, stream, timeNano, text }: RingLine): void {
  const { bytes, used: start } = block;
  bytes.writeDoubleLE(id, start);
  bytes.writeUInt32LE(Number(timeNano.slice(0, -9)), start + 8);
  bytes.writeUInt32LE(Number(timeNano.slice(-9)), start + 12);
  bytes.writeUInt8(stream === 'stderr' ? 1 : 0, start + 16);
  const end = start + HEADER + bytes.write(text, start + HEADER);
  bytes.writeUInt32LE(start, end);
  block.used = end + TRAILER;
  block.lines += 1;
}

function read(bytes: Buffer, start: number, end: number): RingLine {
  const stream = bytes.readUInt8(start + 16) === 1 ? 'stderr' : 'stdout';
  return { id: bytes.readDoubleLE(start), stream, timeNano: timeAt(bytes, start), text: bytes.toString('utf8', start + HEADER, end) };
}

function timeAt(bytes: Buffer, start: number): string {
  const seconds = String(bytes.readUInt32LE(start + 8)).padStart(10, '0');
  return seconds + String(bytes.readUInt32LE(start + 12)).padStart(9, '0');
}
