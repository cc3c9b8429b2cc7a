import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { wordsOf } from "../../lib/reader/words.ts";

const read = (text: string): [string, number, number][] =>
  [...wordsOf(text)].map(({ start, end, paragraph, feature }) => [text.slice(start, end), paragraph, feature]);

/** The feature of a word: its case times 3, plus its place in a quotation. */
const feature = (letterCase: 0 | 1 | 2, quotation: 0 | 1 | 2): number => letterCase * 3 + quotation;

describe("wordsOf", () => {
  it("takes runs of letters and digits, and every other mark by itself", () => {
    expect(read("The U.S. won't pay $1,000.").map(([word]) => word)).toEqual([
      "The", "U", ".", "S", ".", "won", "'", "t", "pay", "$", "1", ",", "000", ".",
    ]);
  });

  it("tells case apart: a single capital is capitalised, only longer words are all capitals", () => {
    expect(read("the NATO A Élysée U2 ǅ")).toEqual([
      ["the", 0, feature(0, 0)],
      ["NATO", 0, feature(2, 0)],
      ["A", 0, feature(1, 0)],
      ["Élysée", 0, feature(1, 0)],
      ["U2", 0, feature(2, 0)],
      ["ǅ", 0, feature(0, 0)],
    ]);
  });

  it("knows what is quoted, with either kind of mark, up to the end of the paragraph at the latest", () => {
    expect(read('“we “go”now "so" “on\nout').map(([word, , f]) => [word, f])).toEqual([
      ["“", 2], ["we", 1], ["“", 2], ["go", 1], ["”", 2], ["now", 0],
      ['"', 2], ["so", 1], ['"', 2], ["“", 2], ["on", 1],
      ["out", 0],
    ]);
  });

  it("counts paragraphs by lines that are not blank, whatever ends them", () => {
    expect(read("a\r\n\r\n \t\nb\rc\u2028d\n").map(([word, paragraph]) => [word, paragraph])).toEqual([
      ["a", 0], ["b", 1], ["c", 2], ["d", 3],
    ]);
  });

  it("covers exactly what is no space, in order, for any text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 80 }), (text) => {
        let end = 0;
        for (const word of wordsOf(text)) {
          expect(word.start).toBeGreaterThanOrEqual(end);
          expect(word.end).toBeGreaterThan(word.start);
          expect(text.slice(end, word.start)).toMatch(/^[\s\u001c-\u001f\u0085]*$/);
          end = word.end;
        }
        expect(text.slice(end)).toMatch(/^[\s\u001c-\u001f\u0085]*$/);
      }),
    );
  });

  it("does not overflow on a word of a million letters", () => {
    expect([...wordsOf("a".repeat(1_000_000))]).toEqual([{ start: 0, end: 1_000_000, paragraph: 0, feature: 0 }]);
  });
});
