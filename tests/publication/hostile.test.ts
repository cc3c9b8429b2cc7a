import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MemoryStore } from "../../lib/store/memory-store.ts";
import { arbitraryExtraction } from "../graph/arbitrary-extraction.ts";
import { openPages } from "../../lib/site/pages/index.ts";
import { story } from "../support/stories.ts";
import { BASE, publicationOn } from "./support.ts";

describe("whatever articles hold", () => {
  it("is published, checked, replaced and withdrawn", async () => {
    const pages = await openPages(BASE);
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(arbitraryExtraction, { maxLength: 4, selector: ({ article }) => article.id.toLowerCase() }).map((all) => all.filter(({ article }) => !article.id.endsWith("."))), async (conversions) => {
        const publication = publicationOn(new MemoryStore(), { pages });
        await publication.publish(conversions, { replace: true });
        expect((await publication.check({ shapes: false })).problems).toEqual([]);
        const [first, ...rest] = conversions;
        if (first === undefined) return;
        await publication.publish([{ article: first.article, extraction: { ...first.extraction, statements: [], meetings: first.extraction.meetings.map((meeting) => ({ ...meeting, according: [] })) } }], { replace: true });
        await publication.withdraw(rest.map(({ article }) => article.id));
        expect((await publication.check({ shapes: false })).problems).toEqual([]);
      }),
      { numRuns: 10 },
    );
  });

  it.each(["../../etc/passwd", "person/../../x", "person/Ä", `person/${"x".repeat(300)}`, "__proto__", "person/__proto__", "#"])("gives an entity called %j no document", async (key) => {
    const store = new MemoryStore();
    const publication = publicationOn(store);
    await publication.publish([story({ id: "x", published: "2025-03-03", meetings: [{ who: [key, "person/mara-ellin"], on: "2025-03-03" }], statements: [{ by: key, words: "Hello." }] })]);
    expect((await publication.check({ shapes: false })).problems).toEqual([]);
  });

  it.each(["../x", "", ".hidden", "a/b", "a b", "a.", "links", "x".repeat(200)])("refuses %j as an article's id", async (id) => {
    await expect(publicationOn(new MemoryStore()).publish([story({ id })])).rejects.toThrow(/id/);
  });
});
