import type { Window } from "./windows.ts";

/** The words that say that somebody says something: "told", "according to", "has repeatedly warned". */
export interface Cue {
  /** Indexes into the window's words, ascending. */
  readonly words: readonly number[];
  /** The piece it begins at. */
  readonly piece: number;
  /** Probability of its first word. */
  readonly score: number;
}

const CONTINUE = 0.5;
/** A cue's words may be apart ("does not, he said, believe"), but not by more than this many pieces. */
const REACH = 8;
/** A word that is surely of a cue, though it is not clear whether the first, begins one if none ended so closely before. */
const APART = 3;
const UNCLEAR_MARGIN = 0.1;

/**
 * The cues of a window. `probabilities` holds three a piece: outside, begins a cue, goes on with one. A cue begins
 * where the probability reaches `threshold`.
 */
export function cuesOf(probabilities: Float64Array, window: Window, threshold: number): Cue[] {
  const cues: { words: number[]; piece: number; score: number }[] = [];
  let last = 0;
  for (let k = 0; k < window.first.length; k++) {
    if (!window.first[k]) continue;
    const begins = probabilities[3 * k + 1] ?? 0;
    const goesOn = probabilities[3 * k + 2] ?? 0;
    const word = window.word[k] ?? -1;
    const current = cues.at(-1);
    if (begins >= threshold && begins >= goesOn) {
      cues.push({ words: [word], piece: k, score: begins });
    } else if (current && goesOn >= CONTINUE && k - last <= REACH) {
      current.words.push(word);
    } else if (begins + goesOn >= threshold + UNCLEAR_MARGIN && !(current && k - last <= APART)) {
      cues.push({ words: [word], piece: k, score: begins + goesOn });
    } else continue;
    last = k;
  }
  return cues;
}
