import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { WINDOW_PIECES, windowsOf, type Window } from "../../lib/reader/windows.ts";
import { wordsOf } from "../../lib/reader/words.ts";

/** One piece a letter, so that a test can see how long a word is. */
const CLS = 1001;
const SEP = 1002;
const letters = Object.assign((word: string): number[] => Array.from(word, (letter) => letter.codePointAt(0) ?? 0), { cls: CLS, sep: SEP });

const word = fc.string({ unit: fc.constantFrom("a", "b", "C"), minLength: 1, maxLength: 40 });
const texts = fc
  .array(fc.tuple(word, fc.constantFrom(" ", " ", " ", "\n", ". ", "\n\n")), { maxLength: 120 })
  .map((parts) => parts.flat().join(""));

function columns(window: Window): number[] {
  return [window.ids, window.features, window.word, window.chunk, window.first].map((column) => column.length);
}

describe("windowsOf", () => {
  it("puts whole paragraphs side by side, each closed by [SEP]", () => {
    const [window, ...rest] = windowsOf("ab c\n\nd", letters);
    expect(rest).toEqual([]);
    expect(window?.ids).toEqual([CLS, ...letters("abc"), SEP, ...letters("d"), SEP]);
    expect(window?.word).toEqual([-1, 0, 0, 1, -1, 2, -1]);
    expect(window?.chunk).toEqual([-1, 0, 0, 0, -1, 1, -1]);
    expect(window?.first).toEqual([false, true, false, true, false, true, false]);
  });

  it("has none for a text without words", () => {
    expect([...windowsOf(" \n\t", letters)]).toEqual([]);
  });

  it("has every word in exactly one window, in order, and no window too long", () => {
    fc.assert(
      fc.property(texts, (text) => {
        const windows = [...windowsOf(text, letters)];
        expect(windows.flatMap(({ words }) => words)).toEqual([...wordsOf(text)]);
        for (const window of windows) {
          expect(window.ids.length).toBeLessThanOrEqual(WINDOW_PIECES);
          expect(new Set(columns(window)).size).toBe(1);
          expect(window.word.filter((_, k) => window.first[k])).toEqual(window.words.map((_, index) => index));
        }
      }),
      { numRuns: 50 },
    );
  });

  it("splits a paragraph only where it exceeds a window", () => {
    fc.assert(
      fc.property(texts, (text) => {
        const lengths = new Map<number, number>();
        for (const { paragraph, start, end } of wordsOf(text)) lengths.set(paragraph, (lengths.get(paragraph) ?? 0) + end - start);
        const homes = new Map<number, Set<string>>();
        for (const [w, window] of [...windowsOf(text, letters)].entries()) {
          for (const [k, index] of window.word.entries()) {
            const paragraph = window.words[index]?.paragraph;
            if (paragraph === undefined) continue;
            const home = homes.get(paragraph) ?? new Set();
            homes.set(paragraph, home.add(`${w}/${window.chunk[k]}`));
          }
        }
        for (const [paragraph, home] of homes) {
          if ((lengths.get(paragraph) ?? 0) <= WINDOW_PIECES - 2) expect(home.size).toBe(1);
        }
      }),
      { numRuns: 50 },
    );
  });
});
