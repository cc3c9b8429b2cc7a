import { describe, expect, it } from "vitest";
import { cropAround } from "../../lib/reader/crop.ts";
import { cuesOf } from "../../lib/reader/cues.ts";
import { decodeFrame } from "../../lib/reader/decode.ts";
import { windowsOf, type Window } from "../../lib/reader/windows.ts";

const NONE = [0, 1, 2].map(() => [0, 0, 0]);
const LABELS = { O: 0, S: 1, C: 2 } as const;

function windowOf(text: string): Window {
  const [window] = windowsOf(text, Object.assign((word: string) => Array.from(word, () => 1), { cls: 2, sep: 3 }));
  if (!window) throw new Error("no words");
  return window;
}

/** Cue probabilities with the given words beginning a cue or going on with one; every word not named is outside. */
function cueProbabilities(window: Window, text: string, words: Record<string, [begins: number, goesOn: number]>): Float64Array {
  const rows = new Float64Array(3 * window.ids.length);
  window.word.forEach((index, k) => {
    const word = window.words[index];
    const [begins, goesOn] = (word && words[text.slice(word.start, word.end)]) ?? [0, 0];
    rows.set([1 - begins - goesOn, begins, goesOn], 3 * k);
  });
  return rows;
}

const cueWords = (text: string, words: Record<string, [number, number]>, threshold = 0.6): string[][] => {
  const window = windowOf(text);
  return cuesOf(cueProbabilities(window, text, words), window, threshold).map((cue) =>
    cue.words.map((index) => text.slice(window.words[index]?.start, window.words[index]?.end)),
  );
};

describe("cuesOf", () => {
  it("joins what goes on with a cue, though a word stands between", () => {
    expect(cueWords("He has also said so", { has: [0.9, 0], said: [0.1, 0.8] })).toEqual([["has", "said"]]);
  });

  it("does not join what is too far away, nor begin where the probability is below the threshold", () => {
    expect(cueWords("has been away for long said", { has: [0.9, 0], said: [0, 0.65] })).toEqual([["has"]]);
    expect(cueWords("He says so", { says: [0.55, 0] })).toEqual([]);
  });

  it("begins one where it is sure of a cue but not whether it begins here", () => {
    expect(cueWords("He says so", { says: [0.4, 0.45] })).toEqual([["says"]]);
  });
});

function decode(text: string, labels: string): { source: string[]; content: string[]; cue: string[] } | undefined {
  const window = windowOf(text);
  const [cue] = cuesOf(cueProbabilities(window, text, { said: [0.9, 0] }), window, 0.6);
  if (!cue) throw new Error("no cue");
  const crop = cropAround(cue, window);
  const rows = new Float64Array(3 * (crop.to - crop.from)).fill(0.01);
  for (let k = crop.from; k < crop.to; k++) {
    const symbol = labels[window.word[k] ?? -1] ?? "O";
    const label = LABELS[symbol.toUpperCase() as keyof typeof LABELS];
    // A small letter is a less sure label.
    rows[3 * (k - crop.from) + label] = symbol === symbol.toUpperCase() ? 0.98 : 0.6;
  }
  const frame = decodeFrame(cue, crop, { role: rows, speech: 1 }, window, NONE);
  const words = (spans: readonly { start: number; end: number }[]): string[] => spans.map(({ start, end }) => text.slice(start, end));
  return frame && { source: words(frame.source), content: words(frame.content), cue: words(frame.cue) };
}

describe("decodeFrame", () => {
  it("makes one span of words side by side and several of words apart", () => {
    expect(decode("“We agree,” he said, “to talk.”", "CCCCCSOOCCCCC")).toEqual({
      source: ["he"],
      content: ["“We agree,”", "“to talk.”"],
      cue: ["said"],
    });
  });

  it("keeps the surest of several sources and closes a gap of one word", () => {
    expect(decode("x has now said Roe of Oslo agrees", "sOOOSOSC")?.source).toEqual(["Roe of Oslo"]);
  });

  it("attributes nothing where there is no content, and allows a missing source", () => {
    expect(decode("he said so", "SOO")).toBeUndefined();
    expect(decode("it is said to end", "OOOCC")).toEqual({ source: [], content: ["to end"], cue: ["said"] });
  });

  it("never gives a word of the cue to its content", () => {
    expect(decode("he said so", "SCC")?.content).toEqual(["so"]);
  });
});

describe("cropAround", () => {
  it("stays in the cue's paragraph and within 100 pieces of the cue", () => {
    const long = "w ".repeat(150);
    const text = `${long}said\nnext`;
    const window = windowOf(text);
    const [cue] = cuesOf(cueProbabilities(window, text, { said: [0.9, 0] }), window, 0.6);
    if (!cue) throw new Error("no cue");
    const crop = cropAround(cue, window);
    expect(crop.from).toBe(cue.piece - 100);
    expect(crop.to).toBe(cue.piece + "said".length);
    expect(crop.mark.reduce((a, b) => a + b, 0)).toBe("said".length);
    expect(crop.distance.slice(0, 3)).toEqual([0, 0, 0]);
    expect(crop.distance.slice(-4)).toEqual([64, 65, 66, 67]);
  });
});
