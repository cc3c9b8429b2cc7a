import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { explain } from "../../lib/serialization/index.ts";
import { displayWidth, plain, wrap } from "../../lib/serialization/terminal.ts";
import { sampleArticle, sampleExtraction, sampleText } from "../support/sample.ts";
import { nastyString } from "../support/quads.ts";

const input = { article: sampleArticle, extraction: sampleExtraction };
const ANSI = /\u001b\[[0-9;]*m/g;

describe("explain", () => {
  it("brackets the words of every fact and lists the facts", () => {
    const text = explain(input, { colour: false, width: 200 });
    expect(text).toContain(
      "⟦President Mara Ellin of Norlandia ⟪spoke by telephone⟫M1 with Esterian Prime Minister Tomas Varga on Monday⟧S1",
    );
    expect(text).toContain("host ⟪the summit⟫M2⟧S6, according to");
    expect(text).toContain(`S2 Statement, direct
   “We do not want a colder border 📞,” … “We want an open one.”
   Told by: “Ellin” “told”
   Speaker: Mara Ellin
`);
    expect(text).toContain(`M2 Summit, planned
   “would hold a summit … the summit”
   Participants: Mara Ellin (Norlandia); Tomas Varga (Esteria)
   Place: Port Selen
   Date: 2025-03-12 (“on 12 March”)
   According to: S3
`);
  });

  it("lists who or what is named: what each was taken for, its offices on the day, and the words", () => {
    const text = explain(input, { colour: false, width: 200 });
    expect(text).toContain(`Mara Ellin, person
  Taken for: person/mara-ellin, Wikidata Q900000001
  Office on 2025-03-03: President of Norlandia, from 2021-05-01
  Words: `);
    expect(text).toContain("Office on 2025-03-03: Prime Minister of Esteria, from 2023 until 2027-01-01\n");
    expect(text).toMatch(/Lena Orsk, person\n {2}Not in the gazetteer; of Esteria\n {2}Words: “.*Lena Orsk”/);
    expect(text.slice(text.indexOf("Entities (")).match(/\n {2}Words: /g)).toHaveLength(sampleExtraction.entities.length);
    expect(text).not.toContain("Nothing dates");
  });

  it("says which dates stay open where nothing dates the article, or what dates it", () => {
    const { published: _, ...article } = sampleArticle;
    const { published: __, ...extraction } = sampleExtraction;
    const undated = explain({ article, extraction }, { colour: false, width: 200 });
    expect(undated).toContain("Nothing dates this article: “on Monday” could not be resolved, and offices are not known.");
    expect(undated).not.toContain("Office on");
    const evidence = [{ start: 0, end: 8 }];
    const dated = explain({ article, extraction: { ...extraction, dated: { date: "2025-03-04", basis: "event", evidence } } }, { colour: false, width: 200 });
    expect(dated).toContain("Read as of 2025-03-04, by “NORHAVEN”");
    expect(dated).toContain("Office on 2025-03-04: President");
  });

  it("without its brackets is the article's text", () => {
    const text = explain(input, { colour: false, width: 1000 }).split("\n\n").slice(1, 6).join("\n\n");
    expect(text.replace(/[⟦⟪]|[⟧⟫][SM]\d+/g, "")).toBe(sampleText);
  });

  it("says the same in colour, and ends every colour on its line", () => {
    const colour = explain(input, { colour: true, width: 60 });
    expect(colour).toMatch(ANSI);
    expect(colour.replace(ANSI, "")).toBe(explain(input, { colour: false, width: 60 }));
    for (const line of colour.split("\n")) {
      if (line.includes("\u001b[")) expect(line.lastIndexOf("\u001b[0m")).toBe(line.lastIndexOf("\u001b["));
    }
  });

  it.each([20, 40, 80])("keeps to %d columns", (width) => {
    for (const line of explain(input, { colour: false, width }).split("\n"))
      expect(displayWidth(line)).toBeLessThanOrEqual(width);
  });

  it("lets no control character of any field reach the terminal", () => {
    fc.assert(
      fc.property(nastyString, (words) => {
        const attack = `${words}\u001b]0;owned\u0007\u001b[2J\u009b31m\r`;
        const text = explain(
          {
            article: {
              id: "x",
              text: `${attack} said so.`,
              headline: attack,
              publisher: attack,
              published: attack,
              url: attack,
              language: "en",
            },
            extraction: {
              ...sampleExtraction,
              entities: sampleExtraction.entities.map((entity) => ({ ...entity, name: attack })),
              statements: sampleExtraction.statements.map((statement) => ({
                ...statement,
                date: attack,
                content: [{ start: 0, end: 9 }],
              })),
            },
          },
          { colour: false },
        );
        expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
      }),
    );
  });

  it("is not misled by brackets in the text", () => {
    const text = explain(
      {
        article: { ...sampleArticle, text: "⟧S1 ⟦ ⟪ ⟫M1" },
        extraction: { ...sampleExtraction, statements: [], meetings: [] },
      },
      { colour: false },
    );
    expect(text).not.toMatch(/[⟦⟧⟪⟫]/);
  });
});

describe("wrap", () => {
  it("loses no character but white space and exceeds no width", () => {
    fc.assert(
      fc.property(nastyString, fc.integer({ min: 2, max: 12 }), (words, columns) => {
        const lines = wrap(words, columns);
        expect(lines.join("").replace(/\s+/g, "")).toBe(words.replace(/\s+/g, ""));
        for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(columns);
      }),
    );
  });
});

describe("plain", () => {
  it("keeps what is harmless", () => {
    expect(plain("a\tb\nc\r\nd “é” 📞 \u200f")).toBe("a\tb\nc\nd “é” 📞 \u200f");
  });
});
