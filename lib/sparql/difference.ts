import { hashLine, mayHold } from "./line-hashes.ts";

/** What is kept of a part while its quads are in a store. */
export interface HeldPart {
  readonly hashes: Uint32Array;
  /** Its N-Quads, unpacked again. */
  text(): Uint8Array;
}

/** Lines without their ends, each character a byte, none twice. */
export interface Difference {
  readonly removed: readonly string[];
  readonly added: readonly string[];
}

/**
 * The lines that are no longer in any part, and those that may be new, when the parts `gone` make way for `came`, and `kept` stay. Lines
 * that both hold are in neither list, so a merge of parts costs no more than reading them. One quad must be one line wherever it stands,
 * as in canonical N-Quads, and must have no blank node.
 */
export function difference(gone: Iterable<HeldPart>, came: Iterable<Uint8Array>, kept: readonly HeldPart[]): Difference {
  const isOld = new Map<string, boolean>();
  for (const text of came) for (const line of linesOf(text)) isOld.set(line, false);
  const left = new Set<string>();
  for (const part of gone) {
    for (const line of linesOf(part.text())) {
      if (isOld.has(line)) isOld.set(line, true);
      else left.add(line);
    }
  }
  for (const line of heldElsewhere(left, kept)) left.delete(line);
  return { removed: [...left], added: [...isOld.entries()].filter(([, old]) => !old).map(([line]) => line) };
}

function* heldElsewhere(lines: ReadonlySet<string>, kept: readonly HeldPart[]): Iterable<string> {
  const hashes = Array.from(lines, hashLine);
  for (const part of kept) {
    if (hashes.some((hash) => mayHold(part.hashes, hash))) {
      for (const line of linesOf(part.text())) if (lines.has(line)) yield line;
    }
  }
}

/** Empty lines and comments left out. */
function* linesOf(text: Uint8Array): Iterable<string> {
  const buffer = Buffer.from(text.buffer, text.byteOffset, text.byteLength);
  for (let start = 0; start < buffer.length; ) {
    const newline = buffer.indexOf(0x0a, start);
    const end = newline < 0 ? buffer.length : newline;
    const line = buffer.toString("latin1", start, end);
    if (line !== "" && !line.startsWith("#")) yield line;
    start = end + 1;
  }
}
