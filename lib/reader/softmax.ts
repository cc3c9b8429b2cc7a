/** Probabilities of `classes` logits a row. Each row is shifted by its maximum, so that nothing overflows. */
export function softmax(logits: Float32Array, classes: number): Float64Array {
  const out = new Float64Array(logits.length);
  for (let row = 0; row < logits.length; row += classes) {
    let max = -Infinity;
    for (let k = row; k < row + classes; k++) max = Math.max(max, logits[k] ?? -Infinity);
    let sum = 0;
    for (let k = row; k < row + classes; k++) sum += out[k] = Math.exp((logits[k] ?? -Infinity) - max);
    for (let k = row; k < row + classes; k++) out[k] = (out[k] ?? 0) / sum;
  }
  return out;
}

/** The probability of one logit. */
export function sigmoid(logit: number): number {
  return 1 / (1 + Math.exp(-logit));
}
