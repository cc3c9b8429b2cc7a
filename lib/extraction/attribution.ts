import type { AttributionFrame } from "../reader/types.ts";
import type { Span } from "../text/types.ts";

/** A frame on its way to a statement. */
export interface Attribution {
  readonly cue: readonly Span[];
  readonly source: readonly Span[];
  readonly content: readonly Span[];
  readonly score: number;
  /** Who reports that the source said so, where that is another one. */
  readonly reporter?: readonly Span[];
}

export function toAttribution(frame: AttributionFrame): Attribution {
  return { cue: frame.cue, source: frame.source, content: frame.content, score: frame.score };
}

/** Where an attribution stands: at its cue, else at its content. */
export function anchor(a: Attribution): number {
  return a.cue[0]?.start ?? a.content[0]?.start ?? 0;
}
