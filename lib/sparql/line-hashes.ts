import { firstIndex } from "../text/search.ts";

const LF = 0x0a;
const OFFSET = 0x811c9dc5;
const PRIME = 0x01000193;

/**
 * The hashes of a text's lines, sorted: 4 bytes a line by which to rule out, without the text, that it holds a line. What they do
 * not rule out must be looked up.
 */
export function hashLines(text: Uint8Array): Uint32Array {
  let count = 0;
  for (let at = text.indexOf(LF); at >= 0; at = text.indexOf(LF, at + 1)) count++;
  const hashes = new Uint32Array(count + 1);
  let line = 0;
  let hash = OFFSET;
  for (const byte of text) {
    if (byte === LF) {
      hashes[line++] = hash >>> 0;
      hash = OFFSET;
    } else hash = Math.imul(hash ^ byte, PRIME);
  }
  hashes[line] = hash >>> 0;
  return hashes.sort();
}

/** The hash (FNV-1a) of a line without its end, whose characters are bytes. */
export function hashLine(line: string): number {
  let hash = OFFSET;
  for (let i = 0; i < line.length; i++) hash = Math.imul(hash ^ line.charCodeAt(i), PRIME);
  return hash >>> 0;
}

export function mayHold(hashes: Uint32Array, hash: number): boolean {
  return hashes[firstIndex(hashes.length, (index) => (hashes[index] as number) >= hash)] === hash;
}
