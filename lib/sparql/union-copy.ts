/** Lines are handed on in blocks of about this many bytes. */
const BLOCK = 1 << 20;

const TAB = 0x09;
const LF = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;
const QUOTE = 0x22;
const HASH = 0x23;
const DOT = 0x2e;
const LESS = 0x3c;
const GREATER = 0x3e;
const AT = 0x40;
const BACKSLASH = 0x5c;
const CARET = 0x5e;
const UNDERSCORE = 0x5f;

/** Counted while copying; whole once the iterable has ended. */
export interface Copied {
  /** Quads of named graphs and triples of none, as many times as they stand in the text. */
  quads: number;
  /** There is a blank node, or a triple in no graph: quads that cannot be told from those of other texts, nor be taken out again. */
  tangled: boolean;
}

/**
 * N-Quads, and after each block of lines the same quads once more without their graph names. An engine that loads both holds
 * the union of all graphs as its default graph, each triple once, whichever graphs state it: an RDF merge as the
 * standard has it. Asked for a union itself, Oxigraph gives a triple once for each graph, which falsifies counts and
 * multiplies joins. One text, so that a blank node is the same in both. What is no N-Quads is handed on as it is, for the engine to refuse.
 */
export function* withUnion(text: Uint8Array, copied: Copied): Iterable<Uint8Array> {
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf(LF, Math.min(start + BLOCK, text.length - 1));
    const end = newline < 0 ? text.length : newline + 1;
    yield* block(text.subarray(start, end), copied);
    start = end;
  }
}

function* block(lines: Uint8Array, copied: Copied): Iterable<Uint8Array> {
  // Copied, since the engine takes no view of shared memory; a last line may lack its end.
  const original = new Uint8Array(lines.length + 1);
  original.set(lines);
  original[lines.length] = LF;
  yield original;
  const triples = new Uint8Array(lines.length);
  let size = 0;
  for (let start = 0; start < lines.length; ) {
    const newline = lines.indexOf(LF, start);
    const end = newline < 0 ? lines.length : newline;
    const first = skipSpace(lines, start, end);
    if (first < end && lines[first] !== HASH) {
      copied.quads++;
      const objectStart = startOfObject(lines, first, end);
      const object = termEnd(lines, objectStart, end);
      const graph = skipSpace(lines, object, end);
      const named = graph < end && lines[graph] !== DOT;
      if (!named || lines[first] === UNDERSCORE || lines[objectStart] === UNDERSCORE || lines[graph] === UNDERSCORE) copied.tangled = true;
      if (named) {
        triples.set(lines.subarray(start, object), size);
        size += object - start;
        // The graph name left out was longer than this.
        triples[size++] = DOT;
        triples[size++] = LF;
      }
    }
    start = end + 1;
  }
  yield triples.subarray(0, size);
}

function startOfObject(line: Uint8Array, start: number, end: number): number {
  const subject = termEnd(line, start, end);
  const predicate = termEnd(line, skipSpace(line, subject, end), end);
  return skipSpace(line, predicate, end);
}

function termEnd(line: Uint8Array, start: number, end: number): number {
  if (line[start] === LESS) return past(line, GREATER, start, end);
  if (line[start] !== QUOTE) return nextSpace(line, start, end);
  let at = start + 1;
  while (at < end && line[at] !== QUOTE) at += line[at] === BACKSLASH ? 2 : 1;
  at = Math.min(at + 1, end);
  if (line[at] === AT) return nextSpace(line, at, end);
  return line[at] === CARET ? past(line, GREATER, at, end) : at;
}

function past(line: Uint8Array, byte: number, start: number, end: number): number {
  let at = start;
  while (at < end && line[at] !== byte) at++;
  return Math.min(at + 1, end);
}

/** A blank node or language tag ends at white space or, where a line is written tight, at the graph's `<`. */
function nextSpace(line: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && !isSpace(line[at]) && line[at] !== LESS) at++;
  return at;
}

function skipSpace(line: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && isSpace(line[at])) at++;
  return at;
}

function isSpace(byte: number | undefined): boolean {
  return byte === SPACE || byte === TAB || byte === CR;
}
