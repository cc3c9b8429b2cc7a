import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { viterbi } from "../../lib/reader/viterbi.ts";

const score = fc.double({ min: -20, max: 0, noNaN: true });
const transition = fc.double({ min: -5, max: 5, noNaN: true });
const transitions = fc.array(fc.array(transition, { minLength: 3, maxLength: 3 }), { minLength: 3, maxLength: 3 });

function total(path: readonly number[], scores: readonly number[], table: readonly (readonly number[])[]): number {
  let sum = 0;
  for (const [t, label] of path.entries()) {
    sum += scores[3 * t + label] ?? NaN;
    if (t > 0) sum += table[path[t - 1] ?? NaN]?.[label] ?? NaN;
  }
  return sum;
}

function everyPath(length: number): number[][] {
  return length === 0 ? [[]] : everyPath(length - 1).flatMap((path) => [0, 1, 2].map((label) => [...path, label]));
}

describe("viterbi", () => {
  it("finds a path no other is better than", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }).chain((n) => fc.array(score, { minLength: 3 * n, maxLength: 3 * n })), transitions, (scores, table) => {
        const found = total(viterbi(Float64Array.from(scores), table), scores, table);
        const best = Math.max(...everyPath(scores.length / 3).map((path) => total(path, scores, table)));
        expect(found).toBeCloseTo(best, 9);
      }),
      { numRuns: 60 },
    );
  });

  it("follows the scores alone where no transition counts", () => {
    const none = [0, 1, 2].map(() => [0, 0, 0]);
    expect(viterbi(Float64Array.of(-1, -2, -3, -3, -1, -2, -3, -2, -1), none)).toEqual([0, 1, 2]);
  });

  it("answers an empty sequence", () => {
    expect(viterbi(new Float64Array(0), [[0]])).toEqual([]);
  });
});
