import { describe, expect, it } from "vitest";
import { MemoryStore } from "../../lib/store/memory-store.ts";
import { story } from "../support/stories.ts";
import { publicationOn, SIX } from "./support.ts";

describe("a publication", () => {
  it("is whole after publishing, replacing and withdrawing", async () => {
    const store = new MemoryStore();
    const publication = publicationOn(store);
    expect(await publication.publish(SIX)).toEqual([1]);
    expect((await publication.check()).problems).toEqual([]);
    await publication.publish([story({ id: "a1", published: "2025-03-03", statements: [{ by: "person/mara-ellin", words: "I correct myself." }] })], { replace: true });
    expect((await publication.check()).problems).toEqual([]);
    await publication.withdraw(["a2"]);
    const report = await publication.check();
    expect(report.problems).toEqual([]);
    expect(report.articles).toBe(5);
  });
});
