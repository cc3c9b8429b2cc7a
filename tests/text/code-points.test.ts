import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { codePoints, slicer, spanToCodePoints } from "../../lib/text/code-points.ts";

describe("codePoints", () => {
  it("counts an astral character once", () => {
    const convert = codePoints("a😀b😀c");
    expect([0, 1, 3, 4, 6, 7].map(convert)).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it("agrees with Array.from at every boundary, and its slices with the text's", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 40 }), fc.nat(40), fc.nat(40), (text, a, b) => {
        const points = Array.from(text);
        const [from, to] = [Math.min(a, b, points.length), Math.min(Math.max(a, b), points.length)];
        const start = points.slice(0, from).join("").length;
        const end = points.slice(0, to).join("").length;
        expect(spanToCodePoints({ start, end }, codePoints(text))).toEqual({ start: from, end: to });
        expect(slicer(text)({ start: from, end: to })).toBe(text.slice(start, end));
      }),
    );
  });
});
