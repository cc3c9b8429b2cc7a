import { createReadStream } from "node:fs";

export interface Line {
  /** From 1. */
  readonly number: number;
  /** Without its line end; undefined where the line is longer than allowed. */
  readonly bytes: Buffer | undefined;
}

/**
 * The lines of a file or stream, split at line feeds, in constant memory: of a line longer than `maxBytes` nothing is
 * kept, and the rest of the file is still read.
 */
export async function* readLines(source: string | AsyncIterable<Uint8Array>, maxBytes: number): AsyncGenerator<Line> {
  const stream: AsyncIterable<Uint8Array> = typeof source === "string" ? createReadStream(source, { highWaterMark: 1 << 18 }) : source;
  let pending: Uint8Array[] = [];
  let size = 0;
  let number = 1;
  const take = (): Line => {
    const line = { number: number++, bytes: size > maxBytes ? undefined : Buffer.concat(pending) };
    pending = [];
    size = 0;
    return line;
  };
  const keep = (part: Uint8Array): void => {
    size += part.length;
    if (size > maxBytes) pending = [];
    else if (part.length > 0) pending.push(part);
  };
  for await (const chunk of stream) {
    let start = 0;
    for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, start)) {
      keep(chunk.subarray(start, end));
      yield take();
      start = end + 1;
    }
    keep(chunk.subarray(start));
  }
  if (size > 0) yield take();
}
