import type { Cue } from "./cues.ts";
import type { Window } from "./windows.ts";

/** The pieces around a cue or a trigger that a second pass looks at. */
export interface Crop {
  /** Pieces of the window, end exclusive. */
  readonly from: number;
  readonly to: number;
  /** 1 for every piece of its words. */
  readonly mark: readonly number[];
  /** Distance to its first piece, as a row of the model's table. */
  readonly distance: readonly number[];
}

/** Pieces to either side of a cue among which its source and content are sought. */
const REACH = 100;
const MAX_DISTANCE = 64;

/** The chunk of a piece, no further than `reach` pieces from it, with some words marked: for a cue, its own. */
export function cropAround({ piece, words: marked }: Pick<Cue, "piece" | "words">, window: Window, reach = REACH): Crop {
  const chunk = window.chunk[piece];
  let from = piece;
  let to = piece;
  while (from > 0 && window.chunk[from - 1] === chunk && piece - from < reach) from--;
  while (to + 1 < window.chunk.length && window.chunk[to + 1] === chunk && to - piece < reach) to++;
  to++;
  const words = new Set(marked);
  const mark: number[] = [];
  const distance: number[] = [];
  for (let k = from; k < to; k++) {
    mark.push(words.has(window.word[k] ?? -1) ? 1 : 0);
    distance.push(Math.max(-MAX_DISTANCE, Math.min(MAX_DISTANCE, k - piece)) + MAX_DISTANCE);
  }
  return { from, to, mark, distance };
}
