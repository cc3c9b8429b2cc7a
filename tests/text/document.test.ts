import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readDocument } from "../../lib/text/document.ts";

const sentencesOf = (text: string): string[] => readDocument(text).sentences.map((s) => text.slice(s.start, s.end));

describe("readDocument", () => {
  it("ends sentences at full stops, not at those of abbreviations", () => {
    expect(sentencesOf("Mr. Smith met U.S. Secretary of State Jane Roe. Gen. Li was there.")).toEqual([
      "Mr. Smith met U.S. Secretary of State Jane Roe.", "Gen. Li was there.",
    ]);
  });

  it("ends a sentence after an abbreviation where a new one plainly starts", () => {
    expect(sentencesOf("They met in the U.S. The talks went on.")).toEqual(["They met in the U.S.", "The talks went on."]);
  });

  it("keeps hyphenated abbreviations in one sentence", () => {
    expect(sentencesOf("He spoke of recent Russia-U.S. contacts. It was late.")).toEqual(["He spoke of recent Russia-U.S. contacts.", "It was late."]);
  });

  it("leaves the closing mark with the sentence it closes", () => {
    expect(sentencesOf("She called for “intensive work.” Envoys may meet soon.")).toEqual(["She called for “intensive work.”", "Envoys may meet soon."]);
  });

  it("goes on where a quotation is followed by its verb in lower case", () => {
    expect(sentencesOf("“Who will come?” he asked. Nobody knew.")).toEqual(["“Who will come?” he asked.", "Nobody knew."]);
  });

  it("takes every line that is not blank as a paragraph", () => {
    const document = readDocument("One line\n\n  \nAnother line\r\nA third");
    expect(document.paragraphs.map((p) => document.text.slice(p.start, p.end))).toEqual(["One line", "Another line", "A third"]);
    expect(document.sentences.map((s) => s.paragraph)).toEqual([0, 1, 2]);
  });

  it("cuts text without full stops, so that no sentence grows without bound", () => {
    const document = readDocument("word ".repeat(5000));
    expect(Math.max(...document.sentences.map((s) => s.last - s.first))).toBeLessThanOrEqual(400);
    expect(document.tokens).toHaveLength(5000);
  });

  it("covers any text with tokens in order, each in the sentence it names", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("a", "B", " ", ".", "\n", "“", "”", "'", "é", "😀", "U.S. ", "\u202e", "\t"), maxLength: 120 }), (text) => {
        const { tokens, sentences } = readDocument(text);
        expect(tokens.map((t) => t.text).join("")).toBe(text.replace(/\s/gu, ""));
        tokens.forEach((token, i) => {
          expect(text.slice(token.start, token.end)).toBe(token.text);
          const sentence = sentences[token.sentence];
          expect(sentence !== undefined && sentence.first <= i && i < sentence.last).toBe(true);
        });
      }),
    );
  });
});
