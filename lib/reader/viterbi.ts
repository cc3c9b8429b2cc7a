/**
 * The likeliest labels of a sequence (Viterbi 1967). `scores` has `labels` log-probabilities a position; `transitions`
 * is what is added for going from a label (row) to the next (column). The lower label wins a tie.
 */
export function viterbi(scores: Float64Array, transitions: readonly (readonly number[])[]): number[] {
  const labels = transitions.length;
  const length = scores.length / labels;
  if (length === 0) return [];
  const from = new Uint8Array(length * labels);
  let best = scores.slice(0, labels);
  for (let t = 1; t < length; t++) {
    const next = new Float64Array(labels).fill(-Infinity);
    for (let to = 0; to < labels; to++) {
      for (let origin = 0; origin < labels; origin++) {
        const score = (best[origin] ?? 0) + (transitions[origin]?.[to] ?? 0);
        if (score > (next[to] ?? 0)) {
          next[to] = score;
          from[t * labels + to] = origin;
        }
      }
      next[to] = (next[to] ?? 0) + (scores[t * labels + to] ?? 0);
    }
    best = next;
  }
  let label = 0;
  for (let k = 1; k < labels; k++) if ((best[k] ?? 0) > (best[label] ?? 0)) label = k;
  const path = new Array<number>(length);
  for (let t = length - 1; t >= 0; t--) {
    path[t] = label;
    label = from[t * labels + label] ?? 0;
  }
  return path;
}
