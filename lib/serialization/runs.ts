import type { Span } from "../text/types.ts";

/** Something to mark in a text, in code points. */
export interface Mark<T> {
  readonly span: Span;
  readonly value: T;
}

/** A stretch of text over which the same marks hold. */
export interface Run<T> {
  readonly text: string;
  /** Innermost first: those that began last; of those that began together, the shortest. At most `MAX_MARKS`. */
  readonly marks: readonly Mark<T>[];
  /** All marks that begin here, widest first. */
  readonly begins: readonly Mark<T>[];
  /** All marks that end with it, innermost first. */
  readonly ends: readonly Mark<T>[];
}

/** No honest text marks one word more often; the bound keeps thousands of nested spans from costing their square. */
const MAX_MARKS = 16;
/** How many marks, ended ones among them, are looked at to find those. */
const MAX_LOOK = 8 * MAX_MARKS;

/**
 * Splits a text at the ends of its marks, which may nest, cross and repeat, into runs that concatenate to the text.
 * Empty spans are left out; ends beyond the text count as its end. Takes O(text + marks · log marks).
 */
export function runsOf<T>(text: string, marks: readonly Mark<T>[]): Run<T>[] {
  const units = codeUnits(text);
  const length = units.length - 1;
  const end = ({ span }: Mark<T>) => Math.min(span.end, length);
  const valid = marks.filter((mark) => mark.span.start >= 0 && mark.span.start < end(mark));
  const byStart = valid.toSorted((a, b) => a.span.start - b.span.start || end(b) - end(a));
  const byEnd = valid.toSorted((a, b) => end(a) - end(b) || b.span.start - a.span.start);
  const cuts = [...new Set([0, length, ...valid.map(({ span }) => span.start), ...valid.map(end)])].sort(
    (a, b) => a - b,
  );
  const runs: Run<T>[] = [];
  /** In order of `byStart`, so that the innermost stand last. */
  let active: Mark<T>[] = [];
  let started = 0;
  let ended = 0;
  for (let i = 0; i + 1 < cuts.length; i++) {
    const [from = 0, to = 0] = [cuts[i], cuts[i + 1]];
    const begins: Mark<T>[] = [];
    for (let mark = byStart[started]; mark && mark.span.start === from; mark = byStart[++started]) begins.push(mark);
    const ends: Mark<T>[] = [];
    for (let mark = byEnd[ended]; mark && end(mark) === to; mark = byEnd[++ended]) ends.push(mark);
    for (const mark of begins) active.push(mark);
    const inside: Mark<T>[] = [];
    const lowest = Math.max(0, active.length - MAX_LOOK);
    for (let k = active.length - 1; k >= lowest && inside.length < MAX_MARKS; k--) {
      const mark = active[k];
      if (mark && end(mark) > from) inside.push(mark);
    }
    // Dropping the ended only when they outnumber the rest costs each mark a constant in all.
    if (active.length > 2 * (started - ended) + MAX_MARKS) active = active.filter((mark) => end(mark) > to);
    runs.push({ text: text.slice(units[from], units[to]), marks: inside, begins, ends });
  }
  return runs;
}

/** The UTF-16 offset of every code point, and of the end. */
function codeUnits(text: string): Uint32Array {
  const offsets = new Uint32Array(text.length + 1);
  let count = 0;
  for (let i = 0; i < text.length; count++) {
    offsets[count] = i;
    i += (text.codePointAt(i) ?? 0) > 0xffff ? 2 : 1;
  }
  offsets[count] = text.length;
  return offsets.subarray(0, count + 1);
}
