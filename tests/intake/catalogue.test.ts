import { describe, expect, it } from "vitest";
import { createCatalogue } from "../../lib/intake/catalogue.ts";
import type { Delivered } from "../../lib/intake/queue.ts";
import { parseBell } from "../../lib/intake/messages.ts";
import type { Publication, PublishItem } from "../../lib/publication/index.ts";
import { MemoryStore } from "../../lib/store/memory-store.ts";
import { publicationOn } from "../publication/support.ts";
import { story } from "../support/stories.ts";

const BUCKET = "articles-bucket";
const forever = { left: () => 900_000 };
const words = (id: string, sequencer = "01") => ({ ...story({ id, published: "2025-03-03", statements: [{ by: "person/mara-ellin", words: `A heron, says ${id}.` }] }), sequencer });

function deliver(items: readonly object[], bucket = BUCKET, receives = 1): Delivered[] {
  return items.map((item, i) => ({ messageId: `m${i}-${receives}`, receives, body: JSON.stringify({ ...item, source: { bucket, key: `in/${"article" in item ? String(item.article) : ""}.txt` } }) }));
}

function open(change: (publication: Publication) => Pick<Publication, "commit"> = (publication) => publication) {
  const publication = publicationOn(new MemoryStore());
  const bells: string[] = [];
  let broken = false;
  const articles = { send: (bodies: readonly string[]) => (broken ? Promise.reject(new Error("no queue")) : Promise.resolve(void bells.push(...bodies))) };
  return { publication, bells, breakQueue: (is: boolean) => (broken = is), catalogue: createCatalogue({ bucket: BUCKET, publication: change(publication), articles }) };
}

describe("the catalogue", () => {
  it("commits a batch, a hundred an entry, and what is malformed or of another bucket fails alone", async () => {
    const { publication, catalogue } = open();
    const items = await publication.stage(Array.from({ length: 130 }, (_, i) => words(`a${i}`)));
    const batch = [...deliver(items), { messageId: "bad", receives: 1, body: "{" }, ...deliver([{ op: "withdraw", article: "a1" }], "other-bucket", 2)];
    const { failed, errors, published, withdrawn } = await catalogue(batch, forever);
    expect({ failed, published, withdrawn }).toEqual({ failed: ["bad", "m0-2"], published: 130, withdrawn: 0 });
    expect(errors).toHaveLength(2);
    expect((await publication.manifest())?.counts.articles).toBe(130);
    expect((await publication.manifest())?.log).toBe(2);
  });

  it("rings again for what a withdrawal took away, and for nothing else", async () => {
    const { publication, catalogue, bells } = open();
    await publication.publish([words("a", "01")]);
    const items = await publication.stage([words("a", "03"), words("b", "03")]);
    expect(await catalogue(deliver([{ op: "withdraw", article: "a", sequencer: "02" }]), forever)).toMatchObject({ withdrawn: 1 });
    const told = await catalogue(deliver(items), forever);
    expect(told).toMatchObject({ failed: [], published: 1, lost: 1 });
    expect(bells.map(parseBell)).toEqual([{ bucket: BUCKET, key: "in/a.txt", sequencer: "03", deleted: false }]);
    expect(await catalogue(deliver(await publication.stage([words("a", "03")])), forever)).toMatchObject({ published: 1, lost: 0 });
    expect(await publication.find("a")).toBe("published");
  });

  it("has messages come again whose bell could not be rung, and rings then", async () => {
    const { publication, catalogue, bells, breakQueue } = open();
    const items = await publication.stage([words("a", "03")]);
    await publication.withdraw(["a"], { sequencer: "02" });
    breakQueue(true);
    expect((await catalogue(deliver(items), forever)).failed).toEqual(["m0-1"]);
    breakQueue(false);
    expect(await catalogue(deliver(items), forever)).toMatchObject({ failed: [], lost: 1 });
    expect(bells).toHaveLength(1);
  });

  it("has everything come again that could not be committed, and keeps what was", async () => {
    let calls = 0;
    const commit = (publication: Publication): Pick<Publication, "commit"> => ({ commit: (items) => (++calls === 2 ? Promise.reject(new Error("503")) : publication.commit(items)) });
    const { publication, catalogue } = open(commit);
    const items = await publication.stage(Array.from({ length: 210 }, (_, i) => words(`a${i}`)));
    const { failed, published, errors } = await catalogue(deliver(items), forever);
    expect([failed.length, published, errors.length]).toEqual([100, 110, 1]);
  });

  it("begins nothing that it has no time to end", async () => {
    const { publication, catalogue } = open();
    const items = await publication.stage(Array.from({ length: 250 }, (_, i) => words(`a${i}`)));
    const left = [100_000, 70_000, 70_000, 30_000, 30_000];
    const { failed, published } = await catalogue(deliver(items), { left: () => left.shift() ?? 0 });
    // The first two took 30 and 40 seconds: a third would need up to a minute.
    expect([published, failed.length]).toEqual([200, 50]);
    expect((await catalogue(deliver(items.slice(0, 3)), { left: () => 5000 })).failed).toHaveLength(3);
  });

  it("takes what was delivered before last, so that it cannot keep the others waiting", async () => {
    const seen: string[] = [];
    const commit = (publication: Publication): Pick<Publication, "commit"> => ({ commit: (items) => (seen.push(...items.map(({ article }) => article)), publication.commit(items)) });
    const { publication, catalogue } = open(commit);
    const items: readonly PublishItem[] = await publication.stage([words("old"), words("new")]);
    await catalogue([...deliver(items.slice(0, 1), BUCKET, 3), ...deliver(items.slice(1))], forever);
    expect(seen).toEqual(["new", "old"]);
  });
});
