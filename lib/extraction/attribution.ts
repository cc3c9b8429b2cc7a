import type { AttributionFrame } from "../reader/types.ts";
import type { Span } from "../text/types.ts";

/** A frame on its way to a statement. */
export interface Attribution {
  readonly cue: readonly Span[];
  readonly source: readonly Span[];
  readonly content: readonly Span[];
  readonly score: number;
  /** Probability that it is said or written; undefined of what a rule found. */
  readonly speech?: number;
  /** Who reports that the source said so, where that is another one. */
  readonly reporter?: readonly Span[];
}

/** Who owns what a source that begins with "’s" is called by. */
const OWNER = /[\p{L}\p{N}.-]+$/u;

/** A reader's frame, its source without the commas and cue words at its edges, and whole words. */
export function toAttribution(text: string, frame: AttributionFrame): Attribution {
  const source = frame.source.map((s) => trim(text, s, frame.cue)).filter((s) => s.end > s.start);
  return { cue: frame.cue, source, content: frame.content, score: frame.score, speech: frame.speech };
}

function trim(text: string, span: Span, cue: readonly Span[]): Span {
  let { start, end } = span;
  for (const c of cue) {
    if (c.start <= start && c.end > start) start = Math.min(end, c.end);
    if (c.start < end && c.end >= end) end = Math.max(start, c.start);
  }
  const words = text.slice(start, end);
  const before = /^[\s,;:.“”"–—-]*/.exec(words)?.[0].length ?? 0;
  const after = /[\s,;:“”"–—-]*$/.exec(words.slice(before))?.[0].length ?? 0;
  const owner = /^[’']s\b/.test(words.slice(before)) ? (OWNER.exec(text.slice(Math.max(0, start - 40), start))?.[0].length ?? 0) : 0;
  return { start: start + before - owner, end: end - after };
}

/** Where an attribution stands: at its cue, else at its content. */
export function anchor(a: Attribution): number {
  return a.cue[0]?.start ?? a.content[0]?.start ?? 0;
}
