import type { Span } from "../text/types.ts";
import type { Crop } from "./crop.ts";
import type { Cue } from "./cues.ts";
import type { AttributionFrame } from "./types.ts";
import { viterbi } from "./viterbi.ts";
import type { Window } from "./windows.ts";
import type { Word } from "./words.ts";

const SOURCE = 1;
const CONTENT = 2;
/** Source words with at most one other word between them are one run. */
const GAP = 2;

/** Words that stand side by side become one span. */
export function spansOf(indexes: readonly number[], words: readonly Word[]): Span[] {
  const spans: { start: number; end: number }[] = [];
  let last = -2;
  for (const index of indexes) {
    const word = words[index];
    if (!word) continue;
    const span = spans.at(-1);
    if (span && index === last + 1) span.end = word.end;
    else spans.push({ start: word.start, end: word.end });
    last = index;
  }
  return spans;
}

/** A source is one run of words: of several, the one with the surest word, its gaps filled. */
function surestRun(source: readonly number[], probability: ReadonlyMap<number, number>): number[] {
  let best: { from: number; to: number; score: number } | undefined;
  let run: { from: number; to: number; score: number } | undefined;
  for (const index of source) {
    const score = probability.get(index) ?? 0;
    if (run && index - run.to <= GAP) {
      run.to = index;
      run.score = Math.max(run.score, score);
    } else run = { from: index, to: index, score };
    if (!best || run.score > best.score) best = run;
  }
  if (!best) return [];
  return Array.from({ length: best.to - best.from + 1 }, (_, k) => (best?.from ?? 0) + k);
}

/**
 * One frame from what the model says of the pieces around a cue: three probabilities a piece (neither, source,
 * content), and one that it is said. Undefined where no word is content: then nothing is attributed.
 */
export function decodeFrame(
  cue: Cue,
  crop: Crop,
  { role: probabilities, speech }: { readonly role: Float64Array; readonly speech: number },
  window: Window,
  transitions: readonly (readonly number[])[],
): AttributionFrame | undefined {
  const indexes: number[] = [];
  const scores: number[] = [];
  const sourceProbability = new Map<number, number>();
  for (let k = crop.from; k < crop.to; k++) {
    if (!window.first[k]) continue;
    const word = window.word[k] ?? -1;
    const row = 3 * (k - crop.from);
    indexes.push(word);
    for (let label = 0; label < 3; label++) scores.push(Math.log((probabilities[row + label] ?? 0) + 1e-9));
    sourceProbability.set(word, probabilities[row + SOURCE] ?? 0);
  }
  const labels = viterbi(Float64Array.from(scores), transitions);
  const inCue = new Set(cue.words);
  const of = (label: number): number[] => indexes.filter((word, k) => labels[k] === label && !inCue.has(word));
  const content = of(CONTENT);
  if (content.length === 0) return undefined;
  return {
    cue: spansOf(cue.words, window.words),
    source: spansOf(surestRun(of(SOURCE), sourceProbability), window.words),
    content: spansOf(content, window.words),
    score: cue.score,
    speech,
  };
}
