import { describe, expect, it } from "vitest";
import { inputOf } from "../../lib/publication/index.ts";
import type { FeedState } from "../../lib/publication/states.ts";
import { MemoryStore } from "../../lib/store/memory-store.ts";
import type { ObjectStore } from "../../lib/store/types.ts";
import { story } from "../support/stories.ts";
import { contents, publicationOn, SIX } from "./support.ts";

const words = (id: string, text: string) => story({ id, published: "2025-03-03", statements: [{ by: "person/mara-ellin", words: text }] });

async function members(store: ObjectStore): Promise<FeedState["members"]> {
  const found = await store.get("state/feed.json");
  return found === undefined ? [] : (JSON.parse(Buffer.from(found.body).toString()) as FeedState).members;
}

describe("publishing in two halves", () => {
  it("shows nothing before the second, and then the same as in one go", async () => {
    const [halves, whole] = [new MemoryStore(), new MemoryStore()];
    const publication = publicationOn(halves);
    const items = await publication.stage(SIX, { text: "evidence" });
    expect([...(await contents(halves)).keys()].filter((key) => !key.startsWith("g/"))).toEqual([]);
    expect(items.map(({ article, text }) => [article, text])).toEqual(SIX.map(({ article }) => [article.id, "evidence"]));
    expect(await publication.commit(items)).toEqual({ numbers: [1], lost: [] });
    await publicationOn(whole).publish(SIX, { text: "evidence" });
    const seen = async (store: ObjectStore) => [...(await contents(store))].filter(([key]) => !key.startsWith("state/lease"));
    // The clock of the first was looked at less often.
    const untimed = (entries: [string, string][]) => entries.map(([key, body]) => [key, body.replaceAll(/2025-05-01T[0-9:.]+Z/g, "")]).filter(([key]) => !/^dumps|manifest|dataset|feed|cursor/.test(key ?? ""));
    expect(untimed(await seen(halves))).toEqual(untimed(await seen(whole)));
  });

  it("makes entries of a hundred, and takes the same items again without a change", async () => {
    const store = new MemoryStore();
    const publication = publicationOn(store);
    const items = await publication.stage(Array.from({ length: 230 }, (_, i) => ({ ...words(`n${i}`, `I am ${i}.`), sequencer: "0A" })));
    expect((await publication.commit(items)).numbers).toEqual([1, 2, 3]);
    expect(await publication.commit([...items.slice(0, 50), ...items.slice(0, 50)])).toEqual({ numbers: [4], lost: [] });
    expect((await publication.manifest())?.counts.articles).toBe(230);
    expect((await members(store)).length).toBe(230);
    expect(await publication.commit([])).toEqual({ numbers: [], lost: [] });
  });

  it("takes one article for the same in whatever order its fields were put together", async () => {
    const { article, extraction } = words("a", "I agree.");
    const backwards = Object.fromEntries(Object.entries(article).reverse()) as unknown as typeof article;
    const publication = publicationOn(new MemoryStore());
    expect(await publication.stage([{ article: backwards, extraction }])).toEqual(await publication.stage([{ article, extraction }]));
    expect(inputOf(backwards)).toBe(inputOf(article));
  });

  it("refuses another's id in the first half, but for ids that may be replaced", async () => {
    const publication = publicationOn(new MemoryStore());
    await publication.publish([words("a", "First."), words("b", "First.")]);
    await expect(publication.stage([words("a", "Second."), words("b", "Second.")], { replace: (id) => id === "a" })).rejects.toMatchObject({ code: "article-duplicate", location: "b" });
    expect(await publication.stage([words("a", "Second.")], { replace: (id) => id === "a" })).toHaveLength(1);
  });
});

describe("a withdrawal", () => {
  const graphs = async (store: ObjectStore): Promise<string[]> => [...(await contents(store)).keys()].filter((key) => key.startsWith("g/"));

  it.each([
    ["of what was never committed", ["02"]],
    ["told twice", ["02", "02"]],
    ["told late, once more", ["02", "01"]],
  ])("takes the objects that were stored and never committed, %s", async (_, sequencers) => {
    const store = new MemoryStore();
    const publication = publicationOn(store);
    await publication.publish([words("other", "I stay.")]);
    const kept = await graphs(store);
    for (const sequencer of sequencers) {
      await publication.stage([{ ...words("a", "A heron."), sequencer: "01" }]);
      await publication.withdraw(["a"], { sequencer });
      expect(await graphs(store)).toEqual(kept);
    }
    expect((await publication.check()).problems).toEqual([]);
  });

  it("takes what is committed in one entry with it, and earlier by its event", async () => {
    const store = new MemoryStore();
    const publication = publicationOn(store);
    const items = await publication.stage([{ ...words("a", "A heron."), sequencer: "01" }]);
    await publication.commit([{ op: "withdraw", article: "a", sequencer: "02" }, ...items]);
    expect(await graphs(store)).toEqual([]);
    await publication.commit(await publication.stage([{ ...words("a", "Another heron."), sequencer: "01" }]));
    expect(await graphs(store)).toEqual([]);
    expect((await publication.check()).problems).toEqual([]);
  });
});

describe("a withdrawal between the halves", () => {
  async function race(sequencer: string | undefined) {
    const store = new MemoryStore();
    const publication = publicationOn(store);
    const at = (event: string) => (sequencer === undefined ? {} : { sequencer: `${sequencer}${event}` });
    await publication.publish([{ ...words("a", "A heron."), ...at("1") }]);
    const [item] = await publication.stage([{ ...words("a", "A heron."), ...at("3") }]);
    if (item === undefined) throw new Error("nothing staged");
    await publication.withdraw(["a"], at("2"));
    return { store, publication, item, again: () => publication.stage([{ ...words("a", "A heron."), ...at("3") }]) };
  }

  it.each([["with sequencers", "00"], ["without", undefined]])("takes the object: the item is told to be lost, and comes when staged again, %s", async (_, sequencer) => {
    const { store, publication, item, again } = await race(sequencer);
    expect((await publication.commit([item])).lost).toEqual([item]);
    expect(await publication.find("a")).toBe("withdrawn");
    // Told once more while it is still missing, by a queue that delivers twice.
    expect((await publication.commit([item])).lost).toEqual([item]);
    expect((await publication.check()).problems).toEqual([]);
    expect((await publication.commit(await again())).lost).toEqual([]);
    expect(await publication.find("a")).toBe("published");
    expect((await publication.check()).problems).toEqual([]);
    expect((await publication.commit([item])).lost).toEqual([]);
    expect((await members(store)).map(({ type }) => type)).toEqual(["create", "delete", "create", "update"]);
    await publication.rebuild();
    expect(await publication.find("a")).toBe("published");
    expect((await publication.check()).problems).toEqual([]);
  });

  it("lets a later deletion win over the bell rung again", async () => {
    const { publication, item, again } = await race("00");
    await publication.commit([item]);
    const staged = await again();
    await publication.withdraw(["a"], { sequencer: "004" });
    expect((await publication.commit(staged)).lost).toEqual([]);
    expect(await publication.find("a")).toBe("withdrawn");
    expect((await publication.check()).problems).toEqual([]);
  });

  it("loses nothing that a later version has replaced, and takes what that event brought when told again", async () => {
    const { store, publication, item } = await race("00");
    await publication.commit([item]);
    const other = await publication.stage([{ ...words("a", "Another bird."), sequencer: "003" }]);
    expect((await publication.commit(other)).lost).toEqual([]);
    expect(Buffer.from((await store.get("text/a.txt"))?.body ?? []).toString()).toContain("Another bird.");
    // The same event once more, of another reading: told already.
    expect((await publication.commit([item])).lost).toEqual([]);
    expect((await publication.check()).problems).toEqual([]);
  });
});
