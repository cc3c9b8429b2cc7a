import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseVocabulary, wordPieces } from "../../lib/reader/wordpiece.ts";

// The model's own vocabulary, and pieces of scripts that it leaves out.
const lines = readFileSync(new URL("../../models/vocab.txt", import.meta.url), "utf8");
const vocabulary = parseVocabulary(`${lines}${["ο", "##δ", "##ο", "##σ", "北", "京"].join("\n")}\n`);
const names = new Map([...vocabulary].map(([piece, id]) => [id, piece]));
const pieces = wordPieces(vocabulary);
const named = (word: string): string => pieces(word).map((id) => names.get(id)).join(" ");

describe("wordPieces", () => {
  it.each([
    ["president", "president"],
    ["Zelenskyy", "ze ##len ##sky ##y"],
    ["unaffordable", "una ##ff ##ord ##able"],
    ["“", "“"],
  ])("matches the longest piece first: %s", (word, expected) => {
    expect(named(word)).toBe(expected);
  });

  it.each([
    ["Élysée", "ely ##see"],
    ["a\u0301b", "ab"],
    ["İstanbul", "istanbul"],
    ["ΟΔΟΣ", "ο ##δ ##ο ##σ"],
    ["mi\u00adnister\u200b", "minister"],
  ])("lowers case and drops accents and control characters letter by letter: %s", (word, expected) => {
    expect(named(word)).toBe(expected);
  });

  it.each([
    ["北京", "北 京"],
    ["state_of", "state _ of"],
    ["1,000", "1 , 000"],
  ])("splits at ideographs and punctuation: %s", (word, expected) => {
    expect(named(word)).toBe(expected);
  });

  it.each([["\ufffd"], ["\ud800"], ["𝒳"], ["x".repeat(101)], ["a".repeat(1_000_000)]])("knows nothing of %.12s", (word) => {
    expect(named(word)).toBe("[UNK]");
  });

  it("splits a word of up to a hundred letters", () => {
    expect(pieces("x".repeat(96))).toHaveLength(48);
  });

  it("never lets one word fill a window", () => {
    expect(pieces("北京".repeat(500)).length).toBeLessThan(100);
  });

  it("gives the same pieces whether a word is new, remembered, or met again after a great many others", () => {
    const first = named("Communiqués");
    expect(named("Communiqués")).toBe(first);
    for (let i = 0; i < 45_000; i++) pieces(`w${i}`);
    expect(named("Communiqués")).toBe(first);
  });
});
