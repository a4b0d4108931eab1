/**
 * Takes the frames of a container without a terminal apart: 8 bytes of header (stream, 0, 0, 0, length as 32 bits big endian), then
 * the payload (Engine API, "Stream format"). Frames cut by a chunk are put together; whole ones are not copied.
 */
export function createFrameReader(onFrame: (stream: 'stdout' | 'stderr', payload: Buffer) => void): (chunk: Buffer) => void {
  let rest: Buffer = EMPTY;
  let missing = 0;
  const cut: Buffer[] = [];
  return (chunk) => {
    if (missing > chunk.length) {
      cut.push(chunk);
      missing -= chunk.length;
      return;
    }
    rest = cut.length > 0 || rest.length > 0 ? Buffer.concat([rest, ...cut.splice(0), chunk]) : chunk;
    missing = 0;
    let at = 0;
    while (rest.length - at >= HEADER) {
      const end = at + HEADER + rest.readUInt32BE(at + 4);
      if (end > rest.length) {
        missing = end - rest.length;
        break;
      }
      onFrame(rest[at] === STDERR ? 'stderr' : 'stdout', rest.subarray(at + HEADER, end));
      at = end;
    }
    rest = at === rest.length ? EMPTY : rest.subarray(at);
  };
}

const HEADER = 8;
const STDERR = 2;
const EMPTY = Buffer.alloc(0);
