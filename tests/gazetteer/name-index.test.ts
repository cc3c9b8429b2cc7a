import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { NameIndex } from "../../lib/gazetteer/name-index.ts";
import { splitWords } from "../../lib/gazetteer/name-words.ts";
import type { NameSense, NameUse } from "../../lib/gazetteer/types.ts";

const facts = { source: "test", asOf: "2025-01-01" };
const place = (name: string, use: NameUse = "name"): NameSense => ({ entry: { kind: "place", id: `place/${name}`, name, ...facts }, use });

function indexOf(...names: string[]): NameIndex {
  const index = new NameIndex();
  for (const name of names) index.add(name, place(name));
  return index;
}

/** What is found at the first word of a text: the words taken, and the names it may be. */
function found(index: NameIndex, text: string): [string, string[]] | undefined {
  const words = splitWords(text);
  const match = index.match(words, 0);
  return match && [words.slice(0, match.length).join(" "), match.senses.map((sense) => sense.entry.name)];
}

describe("matching a name at a position of a text", () => {
  test("takes the longest name", () => {
    const index = indexOf("Guinea", "Guinea-Bissau", "New York", "New York Times");
    expect(found(index, "Guinea said")).toEqual(["Guinea", ["Guinea"]]);
    expect(found(index, "Guinea-Bissau said")).toEqual(["Guinea - Bissau", ["Guinea-Bissau"]]);
    expect(found(index, "New York Times reported")?.[1]).toEqual(["New York Times"]);
    expect(found(index, "New York on Monday")?.[1]).toEqual(["New York"]);
    expect(found(index, "New deal")).toBeUndefined();
  });

  test("gives all senses of one form, each once", () => {
    const index = new NameIndex();
    index.add("Moscow", place("Moscow"));
    index.add("Moscow", place("Russia", "capital"));
    index.add("Moscow", place("Russia", "capital"));
    expect(index.lookup("Moscow").map((s) => `${s.entry.name} ${s.use}`)).toEqual(["Moscow name", "Russia capital"]);
  });

  test.each([
    ["U.S.", "US officials", "US"],
    ["U.S.", "U.S. officials", "U . S ."],
    ["U.S.", "U. S. officials", "U . S ."],
    ["US", "U.S.-led forces", "U . S ."],
    ["US", "U.S.'s", "U . S ."],
    ["USA", "U.S.A. today", "U . S . A ."],
    ["JD Vance", "J.D. Vance said", "J . D . Vance"],
    ["J.D. Vance", "JD Vance said", "JD Vance"],
    ["George H. W. Bush", "George H.W. Bush was", "George H . W . Bush"],
    ["George W. Bush", "George W Bush was", "George W Bush"],
    ["Washington, D.C.", "Washington, D.C., on Monday", "Washington , D . C ."],
    ["St. Petersburg", "St Petersburg forum", "St Petersburg"],
    ["St. Petersburg", "St. Petersburg forum", "St . Petersburg"],
    ["Jean-Marc Ayrault", "Jean Marc Ayrault said", "Jean Marc Ayrault"],
    ["Cote d'Ivoire", "Côte d’Ivoire is", "Côte d ’ Ivoire"],
    ["Erdoğan", "Erdogan said", "Erdogan"],
    ["Lech Wałęsa", "Lech Walesa said", "Lech Walesa"],
    ["Kim Jong-un", "Kim Jong Un said", "Kim Jong Un"],
    ["al-Shabaab", "Al-Shabaab said", "Al - Shabaab"],
    ["Putin", "PUTIN SAYS", "PUTIN"],
    ["Russia", "Russia's army", "Russia"],
    ["The Hague", "the Hague tribunal", "the Hague"],
  ])("%s is found in “%s”", (name, text, words) => {
    expect(found(indexOf(name), text)).toEqual([words, [name]]);
  });

  test.each([
    ["US", "us"],
    ["US", "Us"],
    ["Turkey", "turkey"],
    ["Chad", "chad"],
    ["Ban", "B.A.N."],
    ["Ma Ying", "Ma, Ying"],
    ["Prague Hilton", "Prague. Hilton"],
    ["New York", "New york"],
    ["Niger", "Nigeria"],
    ["Li Na", "Li"],
  ])("%s is not found in “%s”", (name, text) => {
    expect(found(indexOf(name), text)).toBeUndefined();
  });

  test("a full stop that ends the sentence after a name stays outside it", () => {
    expect(found(indexOf("Mali"), "Mali. The")?.[0]).toBe("Mali");
  });

  test("looks up whole names only", () => {
    const index = indexOf("New York", "al-Qaeda");
    expect(index.lookup("New York").length).toBe(1);
    expect(index.lookup("New York City")).toEqual([]);
    expect(index.lookup("al-Qaeda.").length).toBe(1);
    expect(index.lookup("")).toEqual([]);
  });
});

describe("laws", () => {
  const word = fc.stringMatching(/^[A-Z][a-zé]{1,8}$/);
  const name = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(" "));

  test("every name added is found where a text starts with it, in its whole length", () => {
    fc.assert(
      fc.property(fc.uniqueArray(name, { minLength: 1, maxLength: 8 }), fc.nat(), (names, pick) => {
        const wanted = names[pick % names.length] ?? "";
        const match = indexOf(...names).match(splitWords(`${wanted}, said`), 0);
        expect(match?.length).toBe(splitWords(wanted).length);
        expect(match?.senses.map((s) => s.entry.name)).toContain(wanted);
      }),
    );
  });

  test("nothing in any text throws or takes words that are not there", () => {
    const index = indexOf("U.S.", "New York", "N'Djamena", "al-Qaeda");
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 60 }), (text) => {
        const words = splitWords(text);
        for (let i = 0; i <= words.length; i++) {
          const match = index.match(words, i);
          if (match !== undefined) expect(i + match.length).toBeLessThanOrEqual(words.length);
        }
      }),
    );
  });
});
