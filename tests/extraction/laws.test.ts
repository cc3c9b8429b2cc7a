import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { normalizeText } from "../../lib/article/normalize.ts";
import type { Extraction, Span } from "../../lib/extraction/types.ts";
import { toQuads } from "../../lib/graph/to-quads.ts";
import { validateDataset } from "../../lib/graph/index.ts";
import { toNQuads } from "../../lib/serialization/nquads.ts";
import { read } from "../support/extract.ts";

const SENTENCES = [
  "Chinese President Xi Jinping spoke with Vladimir Putin by phone on Monday, Xinhua reported.", "“We want peace,” he told Emmanuel Macron in Paris.", "Iran may hold talks with the US next week.",
  "The Kremlin said: “No.", "‘Spare no effort’: UN", "Both sides agreed to meet again.", "Jane Roe, the minister of 😀, denied it.", "Reuters quoted Lavrov as saying that Moscow was open to dialogue, and Putin lauding it.",
  "He visited Beijing on 3 March 2025 after a summit with EU leaders.", "State media called it “a mistake” and urged Japan to act.", "READ MORE: Trump wins", "More ShortsSpeaking in Geneva, she said",
];

/** Articles as they come: sentences of news, cut, joined and mixed with what no one expects. */
const text = fc
  .array(fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...SENTENCES) }, { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 12 }) }, { weight: 1, arbitrary: fc.constantFrom("“", "”", "\n", "\n\n", "\u202e", "\u0000", "\ud800", "'", "   ", ":") }), { minLength: 1, maxLength: 8 })
  .chain((parts) => fc.constantFrom(" ", "", "\n").map((joint) => normalizeText(parts.join(joint))))
  .filter((t) => t.trim() !== "");

function spansOf(x: Extraction): Span[] {
  return [
    ...x.mentions.map((m) => m.span), ...(x.dated?.evidence ?? []),
    ...x.statements.flatMap((s) => [...s.content, ...s.cue, ...s.source, ...Object.values(s.support).flat()]),
    ...x.meetings.flatMap((m) => [...m.evidence, ...Object.values(m.support).flat(), ...(m.date?.span === undefined ? [] : [m.date.span])]),
  ];
}

describe("any article", () => {
  it("is read without a throw, into spans that lie in the text and keys that are entities, and into a valid graph", async () => {
    await fc.assert(
      fc.asyncProperty(text, fc.constantFrom("2025-03-05", null), async (article, published) => {
        const { extraction, words } = await read(article, published);
        const length = Array.from(article).length;
        for (const span of spansOf(extraction)) {
          expect(span.start).toBeGreaterThanOrEqual(0);
          expect(span.end).toBeGreaterThan(span.start);
          expect(span.end).toBeLessThanOrEqual(length);
        }
        const keys = new Set(extraction.entities.map((e) => e.key));
        for (const s of extraction.statements) {
          expect(words(s.content)).toMatch(/[\p{L}\p{N}]/u);
          for (const key of [...s.speakers, ...s.about, s.reportedBy ?? [], s.addressee ?? []].flat()) expect(keys).toContain(key);
          for (const key of [...s.speakers, s.reportedBy ?? [], s.addressee ?? []].flat()) expect(s.support[key]?.length).toBeGreaterThan(0);
        }
        for (const m of extraction.meetings) {
          expect(m.evidence.length).toBeGreaterThan(0);
          for (const key of [...m.participants, m.place ?? [], m.host ?? [], m.mediator ?? []].flat()) {
            expect(keys).toContain(key);
            expect(m.support[key]?.length).toBeGreaterThan(0);
          }
        }
        const quads = toQuads({ article: { id: "test", text: article, language: "en", ...(published === null ? {} : { published }) }, extraction });
        expect(await validateDataset(quads, { text: article })).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it("reads the same whatever was read before it", async () => {
    const article = SENTENCES.join("\n");
    const nquads = async (): Promise<string> => toNQuads(toQuads({ article: { id: "test", text: article, language: "en", published: "2025-03-05" }, extraction: (await read(article)).extraction }));
    const first = await nquads();
    await Promise.all(SENTENCES.map((s) => read(s)));
    expect(await nquads()).toBe(first);
  });
});
