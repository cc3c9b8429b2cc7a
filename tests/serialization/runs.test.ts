import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { paragraphBreak } from "../../lib/serialization/paragraphs.ts";
import { runsOf } from "../../lib/serialization/runs.ts";

const text = fc.string({ unit: fc.constantFrom("a", "b", " ", "\n", "📞", "é"), maxLength: 30 });
const spans = fc.array(
  fc
    .tuple(fc.integer({ min: 0, max: 35 }), fc.integer({ min: 0, max: 12 }))
    .map(([start, length]) => ({ start, end: start + length })),
  { maxLength: 12 },
);

describe("runsOf", () => {
  it("cuts the text into runs that give it back, each with the marks that cover it, innermost first", () => {
    fc.assert(
      fc.property(text, spans, (words, all) => {
        const points = Array.from(words);
        const marks = all.map((span, value) => ({ span, value }));
        const runs = runsOf(words, marks);
        expect(runs.map((run) => run.text).join("")).toBe(words);
        let from = 0;
        for (const run of runs) {
          const to = from + Array.from(run.text).length;
          const covering = marks.filter(
            ({ span }) => span.start <= from && Math.min(span.end, points.length) >= to && span.end > from,
          );
          expect(run.marks.map(({ value }) => value).sort((a, b) => a - b)).toEqual(covering.map(({ value }) => value));
          expect(run.begins.every(({ span }) => span.start === from)).toBe(true);
          expect(run.ends.every(({ span }) => Math.min(span.end, points.length) === to)).toBe(true);
          const starts = run.marks.map(({ span }) => span.start);
          expect(starts).toEqual(starts.toSorted((a, b) => b - a));
          from = to;
        }
        const valid = marks.filter(({ span }) => span.start < Math.min(span.end, points.length)).length;
        expect(runs.reduce((sum, run) => sum + run.begins.length, 0)).toBe(valid);
        expect(runs.reduce((sum, run) => sum + run.ends.length, 0)).toBe(valid);
      }),
    );
  });

  it("stays linear where thousands of marks nest or cross", () => {
    const n = 20_000;
    const words = "x".repeat(2 * n);
    const nested = Array.from({ length: n }, (_, i) => ({ span: { start: i, end: 2 * n - i }, value: i }));
    const crossing = Array.from({ length: n }, (_, i) => ({ span: { start: i, end: n + i }, value: i }));
    for (const marks of [nested, crossing]) {
      const runs = runsOf(words, marks);
      expect(runs.map((run) => run.text).join("")).toBe(words);
      expect(runs.reduce((sum, run) => sum + run.marks.length, 0)).toBeLessThan(20 * runs.length);
    }
  });
});

describe("paragraphBreak", () => {
  it("takes blank lines where there are any, single line feeds otherwise", () => {
    const split = (value: string) => value.split(paragraphBreak(value));
    expect(split("a\nb\n\nc\n \nd\r\n\r\ne")).toEqual(["a\nb", "c", "d\r", "e"]);
    expect(split("a\nb\n")).toEqual(["a", "b", ""]);
    expect(split("a")).toEqual(["a"]);
  });
});
