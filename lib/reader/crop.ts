import type { Cue } from "./cues.ts";
import type { Window } from "./windows.ts";

/** The pieces around a cue among which its source and content are sought. */
export interface Crop {
  /** Pieces of the window, end exclusive. */
  readonly from: number;
  readonly to: number;
  /** 1 for every piece of the cue. */
  readonly mark: readonly number[];
  /** Distance to the cue's first piece, as a row of the model's table. */
  readonly distance: readonly number[];
}

const REACH = 100;
const MAX_DISTANCE = 64;

/** The cue's chunk, no further than 100 pieces from the cue. */
export function cropAround(cue: Cue, window: Window): Crop {
  const chunk = window.chunk[cue.piece];
  let from = cue.piece;
  let to = cue.piece;
  while (from > 0 && window.chunk[from - 1] === chunk && cue.piece - from < REACH) from--;
  while (to + 1 < window.chunk.length && window.chunk[to + 1] === chunk && to - cue.piece < REACH) to++;
  to++;
  const words = new Set(cue.words);
  const mark: number[] = [];
  const distance: number[] = [];
  for (let k = from; k < to; k++) {
    mark.push(words.has(window.word[k] ?? -1) ? 1 : 0);
    distance.push(Math.max(-MAX_DISTANCE, Math.min(MAX_DISTANCE, k - cue.piece)) + MAX_DISTANCE);
  }
  return { from, to, mark, distance };
}
