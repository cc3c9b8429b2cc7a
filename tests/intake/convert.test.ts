import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toArticle, type ArticleDraft } from "../../lib/article/index.ts";
import type { Article } from "../../lib/article/types.ts";
import { createConvert, type Convert } from "../../lib/intake/convert.ts";
import { writeBell, type CatalogueMessage } from "../../lib/intake/messages.ts";
import type { Queue } from "../../lib/intake/queue.ts";
import type { ArticleSource, Reason, Reasons, SourceObject } from "../../lib/intake/source.ts";
import { CommuniqueError } from "../../lib/errors/communique-error.ts";
import { createPublication, keys } from "../../lib/publication/index.ts";
import { isNewer } from "../../lib/publication/sequencer.ts";
import { MemoryStore } from "../../lib/store/memory-store.ts";
import type { ObjectStore } from "../../lib/store/types.ts";

const BUCKET = "articles-bucket";
const PLENTY = { left: () => 100_000 };

/** A bucket in memory: what is put is there at once, as in S3. */
class Bucket implements ArticleSource, Reasons {
  readonly objects = new Map<string, SourceObject>();
  readonly reasons = new Map<string, Reason>();
  reads = 0;

  put(reason: Reason): Promise<void>;
  put(key: string, body: string, metadata?: Record<string, string>): void;
  put(what: Reason | string, body = "", metadata: Record<string, string> = {}): Promise<void> | undefined {
    if (typeof what !== "string") {
      this.reasons.set(what.key, what);
      return Promise.resolve();
    }
    this.objects.set(what, { key: what, bytes: Buffer.from(body), etag: `${body} ${JSON.stringify(metadata)}`, metadata });
    return undefined;
  }

  read(key: string, limit: number): Promise<SourceObject | undefined> {
    this.reads++;
    const found = this.objects.get(key);
    if ((found?.bytes.length ?? 0) > limit) return Promise.reject(new CommuniqueError("input-too-large", "too large"));
    return Promise.resolve(found);
  }

  clear(key: string): Promise<void> {
    this.reasons.delete(key);
    return Promise.resolve();
  }
}

class Sent implements Queue {
  readonly bodies: string[] = [];
  readonly attributes: Readonly<Record<string, string>>[] = [];
  fails = false;

  send(bodies: readonly string[], attributes: Readonly<Record<string, string>> = {}): Promise<void> {
    if (this.fails) return Promise.reject(new Error("the queue is down"));
    this.bodies.push(...bodies);
    this.attributes.push(...bodies.map(() => attributes));
    return Promise.resolve();
  }

  get items(): CatalogueMessage[] {
    return this.bodies.map((body) => JSON.parse(body) as CatalogueMessage);
  }

  take(): CatalogueMessage[] {
    const items = this.items;
    this.bodies.length = 0;
    return items;
  }
}

/** Reads nothing off an article: what is read is not what is tested here. */
const converter = {
  convert: (input: Article | ArticleDraft) => {
    const article = toArticle(input);
    const extraction = { id: article.id, versions: { software: "communique/0", model: "none/0", gazetteer: "0" }, entities: [], mentions: [], statements: [], meetings: [] };
    return Promise.resolve({ article, extraction });
  },
};

interface Setting {
  readonly bucket: Bucket;
  readonly store: MemoryStore;
  readonly catalogue: Sent;
  readonly dead: Sent;
  readonly hear: (key: string, sequencer?: string) => ReturnType<Convert>;
  /** Commits what was sent. */
  readonly commit: () => Promise<void>;
}

function setting(time = PLENTY): Setting {
  const bucket = new Bucket();
  const store = new MemoryStore();
  const [catalogue, dead] = [new Sent(), new Sent()];
  const publication = createPublication({ store, clock: () => 0 });
  const convert = createConvert({ bucket: BUCKET, source: bucket, reasons: bucket, store, publication, converter, catalogue, dead, clock: () => 0 });
  return {
    bucket, store, catalogue, dead,
    hear: (key, sequencer) => convert(bell(key, sequencer), time),
    commit: async () => {
      await publication.commit(catalogue.take().map(({ source: _, ...item }) => item));
    },
  };
}

function bell(key: string, sequencer?: string): string {
  return writeBell({ bucket: BUCKET, key, deleted: false, ...(sequencer === undefined ? {} : { sequencer }) });
}

const KEY = "in/news/a.txt";

async function textsIn(store: ObjectStore): Promise<string[]> {
  const found: string[] = [];
  for await (const { key } of store.list("")) if (/^(?:g|text)\//.test(key)) found.push(key);
  return found;
}

describe("convert", () => {
  it("hands what an object holds to the catalogue, with what its metadata says", async () => {
    const { bucket, catalogue, store, hear } = setting();
    bucket.put(KEY, "Talks went on.", { published: "2024-03-06T10:00:00Z", headline: "=?UTF-8?B?w4AgUGFyaXM=?= =?utf-8?q?_caf=C3=A9?=", URL: "https://news.example/a" });
    expect(await hear(KEY, "0A")).toEqual({ key: KEY, published: 1, withdrawn: 0, refused: [] });
    const [item] = catalogue.items;
    expect(item).toMatchObject({ op: "publish", sequencer: "0A", text: "full", source: { bucket: BUCKET, key: KEY } });
    const { unpack } = await import("../../lib/publication/graph-object.ts");
    const stored = await store.get(keys.graph(item!.article, (item as { sha: string }).sha));
    expect(unpack(stored!.body).article).toMatchObject({ published: "2024-03-06", headline: "À Paris café", url: "https://news.example/a" });
  });

  it("takes an object of many articles as many, and withdraws those it gives no more", async () => {
    const { bucket, catalogue, hear } = setting();
    const line = (id: string): string => JSON.stringify({ id, text: `Text of ${id}.` });
    bucket.put("in/a.jsonl", ["a", "b", "c"].map(line).join("\n"));
    await hear("in/a.jsonl", "01");
    expect(catalogue.take().map(({ op, article }) => [op, article])).toEqual([["publish", "a"], ["publish", "b"], ["publish", "c"]]);
    bucket.put("in/a.jsonl", ["a", "d"].map(line).join("\n"));
    await hear("in/a.jsonl", "02");
    expect(catalogue.take().map(({ op, article, sequencer }) => [op, article, sequencer])).toEqual([["publish", "a", "02"], ["publish", "d", "02"], ["withdraw", "b", "02"], ["withdraw", "c", "02"]]);
    bucket.objects.clear();
    await hear("in/a.jsonl", "03");
    expect(catalogue.take().map(({ op, article }) => [op, article])).toEqual([["withdraw", "a"], ["withdraw", "d"]]);
    await hear("in/a.jsonl", "03");
    expect(catalogue.items).toEqual([]);
  });

  it("withdraws the article of an old text, whose id held its hash, and leaves nothing of a deleted one", async () => {
    const { bucket, store, hear, commit } = setting();
    bucket.put(KEY, "The first text.");
    await hear(KEY, "01");
    await commit();
    bucket.put(KEY, "The second text.");
    await hear(KEY, "02");
    await commit();
    const after = await textsIn(store);
    bucket.objects.delete(KEY);
    await hear(KEY, "03");
    await commit();
    expect(after.filter((key) => key.startsWith("g/"))).toHaveLength(1);
    for (const key of await textsIn(store)) expect(Buffer.from((await store.get(key))!.body).toString()).not.toMatch(/text\./);
    expect((await textsIn(store)).filter((key) => key.startsWith("g/"))).toEqual([]);
  });

  it("leaves it to the next bell to withdraw what a bell published itself when it rang before", async () => {
    const { bucket, catalogue, hear } = setting();
    bucket.put(KEY, "The first text.");
    await hear(KEY, "01");
    const [first] = catalogue.take();
    bucket.put(KEY, "The second text.");
    await hear(KEY, "01");
    expect(catalogue.take().map(({ op }) => op)).toEqual(["publish"]);
    await hear(KEY, "02");
    expect(catalogue.take()).toContainEqual({ op: "withdraw", article: first!.article, sequencer: "02", source: { bucket: BUCKET, key: KEY } });
  });

  it("sends the withdrawals of a bell that broke off with the next one", async () => {
    const { bucket, catalogue, hear } = setting();
    bucket.put(KEY, "The first text.");
    await hear(KEY, "01");
    const [first] = catalogue.take();
    bucket.put(KEY, "The second text.");
    catalogue.fails = true;
    await expect(hear(KEY, "02")).rejects.toThrow("down");
    catalogue.fails = false;
    bucket.objects.delete(KEY);
    await hear(KEY, "03");
    expect(catalogue.items.filter(({ op, article }) => op === "withdraw" && article === first!.article)).toHaveLength(1);
  });

  it("refuses bad input with a reason that quotes nothing of it, and lets what was published stay", async () => {
    const { bucket, catalogue, dead, hear } = setting();
    bucket.put("in/x/a.json", JSON.stringify({ id: "a", text: "Good." }));
    await hear("in/x/a.json", "01");
    catalogue.take();
    bucket.put("in/x/a.json", '{"id": "a", "text": Secret words of a text}');
    const outcome = await hear("in/x/a.json", "02");
    expect(outcome.refused).toMatchObject([{ code: "input-malformed" }]);
    expect(catalogue.items).toEqual([]);
    const reason = bucket.reasons.get("in/x/a.json");
    expect(reason).toMatchObject({ key: "in/x/a.json", code: "input-malformed", at: "1970-01-01T00:00:00.000Z", sequencer: "02" });
    expect(JSON.stringify([reason, dead.attributes, outcome])).not.toMatch(/secret|words/i);
    expect(dead.bodies).toEqual([bell("in/x/a.json", "02")]);
    expect(dead.attributes).toMatchObject([{ code: "input-malformed", key: "in/x/a.json" }]);
    bucket.put("in/x/a.json", JSON.stringify({ id: "a", text: "Better." }));
    await hear("in/x/a.json", "03");
    expect(bucket.reasons.size).toBe(0);
    expect(catalogue.items).toMatchObject([{ op: "publish", article: "a" }]);
  });

  it("publishes the good lines of a file with bad ones, and withdraws nothing, since nobody knows what those would have given", async () => {
    const { bucket, catalogue, hear } = setting();
    bucket.put("in/a.jsonl", '{"id":"a","text":"Text a."}\n{"id":"b","text":"Text b."}\n');
    await hear("in/a.jsonl", "01");
    catalogue.take();
    bucket.put("in/a.jsonl", '{"id":"a","text":"Text a, new."}\n{"id":"b", nonsense\n{"id":"c","text":""}\n');
    const outcome = await hear("in/a.jsonl", "02");
    expect(outcome).toMatchObject({ published: 1, withdrawn: 0, refused: [{ code: "input-malformed" }, { code: "input-empty" }] });
    expect(bucket.reasons.get("in/a.jsonl")).toMatchObject({ refused: 2, message: expect.stringMatching(/^in\/a\.jsonl:2: /) });
    expect(catalogue.items.map(({ op, article }) => [op, article])).toEqual([["publish", "a"]]);
  });

  it("refuses the id of another object's article, but not of its own", async () => {
    const { bucket, catalogue, dead, hear, commit } = setting();
    bucket.put("in/a.json", JSON.stringify({ id: "one", text: "First." }));
    await hear("in/a.json", "01");
    await commit();
    bucket.put("in/b.json", JSON.stringify({ id: "one", text: "Quite another." }));
    expect((await hear("in/b.json", "02")).refused).toMatchObject([{ code: "article-duplicate" }]);
    expect(dead.bodies).toHaveLength(1);
    bucket.objects.delete("in/b.json");
    await hear("in/b.json", "03");
    expect(catalogue.take()).toEqual([]);
    bucket.put("in/a.json", JSON.stringify({ id: "one", text: "Quite another, of its own object." }));
    await hear("in/a.json", "04");
    expect(catalogue.items).toMatchObject([{ op: "publish", article: "one" }]);
  });

  it("keeps the article of an object that was moved, whichever event is heard first, until the last that gives it goes", async () => {
    for (const order of [["copy", "original"], ["original", "copy"]]) {
      const { bucket, store, hear, commit } = setting();
      const published = async (): Promise<number> => (await createPublication({ store }).manifest())?.counts.articles ?? 0;
      bucket.put("in/old/a.txt", "The same text.");
      await hear("in/old/a.txt", "01");
      await commit();
      bucket.put("in/new/a.txt", "The same text.");
      bucket.objects.delete("in/old/a.txt");
      for (const which of order) {
        await (which === "copy" ? hear("in/new/a.txt", "02") : hear("in/old/a.txt", "03"));
        await commit();
      }
      expect(await published()).toBe(1);
      bucket.objects.delete("in/new/a.txt");
      await hear("in/new/a.txt", "02");
      await hear("in/new/a.txt", "04");
      await commit();
      expect(await published()).toBe(0);
      expect((await textsIn(store)).filter((key) => key.startsWith("g/"))).toEqual([]);
    }
  });

  it("goes back to what another object says of an article, when the one that said the last goes", async () => {
    const { bucket, catalogue, hear } = setting();
    const url = "https://news.example/a";
    bucket.put("in/a.json", JSON.stringify({ url, text: "As it was." }));
    await hear("in/a.json", "01");
    bucket.put("in/b.json", JSON.stringify({ url, text: "As it was corrected." }));
    await hear("in/b.json", "02");
    const before = catalogue.take() as { sha: string }[];
    bucket.objects.delete("in/b.json");
    await hear("in/b.json", "03");
    expect(catalogue.items).toMatchObject([{ op: "publish", sha: before[0]!.sha, source: { key: "in/a.json" } }]);
    expect(isNewer(catalogue.items[0]!.sequencer, "02")).toBe(true);
  });

  it("passes over what holds no article, and gives messages that are no events to people", async () => {
    const { bucket, catalogue, dead, hear } = setting();
    const convert = createConvert({ bucket: BUCKET, source: bucket, reasons: bucket, store: new MemoryStore(), publication: createPublication({ store: new MemoryStore() }), converter, catalogue, dead });
    for (const key of ["in/news/", "in/news/articles.json", "in/news/news.json", "in/.hidden.txt", "errors/in/a.txt.json", "elsewhere/a.txt"]) {
      bucket.put(key, "x");
      expect(await hear(key, "01")).toEqual({ key, published: 0, withdrawn: 0, refused: [] });
    }
    expect([catalogue.bodies, dead.bodies, bucket.reads]).toEqual([[], [], 0]);
    for (const body of ["", "{", "[]", "null", '{"detail-type":"Object Created"}', "[".repeat(100_000), bell("in/a.txt", "01").replace(BUCKET, "another-bucket")]) {
      expect((await convert(body, PLENTY)).refused).toMatchObject([{ code: "input-malformed" }]);
    }
    expect(dead.bodies).toHaveLength(7);
  });

  it("reads neither an object that is too large nor one of an unknown kind", async () => {
    const { bucket, dead, hear } = setting();
    bucket.put("in/a.jsonl", " ".repeat(5 * 1024 * 1024));
    bucket.put("in/a.pdf", "%PDF");
    expect((await hear("in/a.jsonl", "01")).refused).toMatchObject([{ code: "input-too-large", message: expect.stringContaining("split it") }]);
    expect((await hear("in/a.pdf", "01")).refused).toMatchObject([{ code: "input-unsupported" }]);
    expect(dead.bodies).toHaveLength(2);
  });

  it("gives what a store does not let it do back to the queue", async () => {
    const { bucket, store, dead, catalogue } = setting();
    const failing: ObjectStore = { get: (key) => (key.startsWith("state/article/") ? Promise.reject(new CommuniqueError("input-unreadable", "slow down")) : store.get(key)), put: store.put.bind(store), delete: store.delete.bind(store), list: store.list.bind(store) };
    const convert = createConvert({ bucket: BUCKET, source: bucket, reasons: bucket, store, publication: createPublication({ store: failing }), converter, catalogue, dead });
    bucket.put(KEY, "Text.");
    await expect(convert(bell(KEY, "01"), PLENTY)).rejects.toThrow("slow down");
    expect([dead.bodies, [...bucket.reasons]]).toEqual([[], []]);
  });

  it("begins nothing without time, and refuses the object that takes more than there ever is", async () => {
    const { bucket, dead, hear } = setting({ left: () => 4000 });
    bucket.put(KEY, "Text.");
    await expect(hear(KEY, "01")).rejects.toThrow("no time left");
    expect(dead.bodies).toEqual([]);

    let left = 62_000;
    const slow = setting({ left: () => (left -= 2000) });
    slow.bucket.put("in/a.jsonl", Array.from({ length: 100 }, (_, i) => JSON.stringify({ id: `a${i}`, text: `Text ${i}.` })).join("\n"));
    const outcome = await slow.hear("in/a.jsonl", "01");
    expect(outcome.refused).toMatchObject([{ code: "input-too-large", message: expect.stringContaining("split it") }]);
    expect(outcome.published).toBeGreaterThan(10);
  });

  it("lets a bell without a sequencer read anew, but never undo an event", async () => {
    const { bucket, catalogue, hear } = setting();
    bucket.put(KEY, "Text.");
    await hear(KEY);
    const [first] = catalogue.take();
    expect(isNewer("0055AED6DCD90281E5", first!.sequencer)).toBe(true);
    await hear(KEY, "0055AED6DCD90281E5");
    catalogue.take();
    await hear(KEY, "0055AED6DCD90281E4");
    catalogue.take();
    await hear(KEY);
    await hear(KEY);
    const [again, once] = catalogue.take();
    expect(isNewer(again!.sequencer, "0055AED6DCD90281E5")).toBe(true);
    expect(isNewer(once!.sequencer, again!.sequencer)).toBe(true);
    expect(isNewer("0055AED6DCD90281E6", once!.sequencer)).toBe(true);
  });
});

describe("bells in any order, twice and at once", () => {
  /** What the publication does with items in any order: the newest of each id counts. */
  const settled = (items: readonly CatalogueMessage[]): string[] => {
    const last = new Map<string, CatalogueMessage>();
    for (const item of items) if (isNewer(item.sequencer, last.get(item.article)?.sequencer)) last.set(item.article, item);
    return [...last.values()].filter(({ op }) => op === "publish").map(({ article }) => article).sort();
  };

  /** Ids that an object holds after each step, of one of two objects. Their sequencers cannot be compared, as S3 has it. */
  const step = fc.record({ which: fc.constantFrom(0, 1), ids: fc.uniqueArray(fc.constantFrom("a", "b", "c", "__proto__"), { maxLength: 3 }) });
  const keyOf = (which: number): string => `in/${"ab".charAt(which)}.jsonl`;
  const sequencerOf = (which: number, n: number): string => `${"0F".charAt(which)}${n + 1}`;

  it.each([["one object", 1, 150], ["two objects that give the same articles", 2, 300]])("end as %s did", async (_, objects, numRuns) => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 5 }), fc.scheduler(), fc.infiniteStream(fc.nat(99)), async (steps, scheduler, dice) => {
        const { bucket, store, catalogue, dead } = setting();
        const slow: ObjectStore = {
          get: async (key) => (await scheduler.schedule(Promise.resolve()), store.get(key)),
          put: async (...put) => (await scheduler.schedule(Promise.resolve()), store.put(...put)),
          delete: (key) => store.delete(key),
          list: (prefix) => store.list(prefix),
        };
        const source: ArticleSource = { read: async (key, limit) => (await scheduler.schedule(Promise.resolve()), bucket.read(key, limit)) };
        const convert = createConvert({ bucket: BUCKET, source, reasons: bucket, store: slow, publication: createPublication({ store }), converter, catalogue, dead });
        const roll = (below: number): number => (dice.next().value as number) % below;
        const heard: Promise<void>[] = [];
        const ring = async (key: string, sequencer: string | undefined): Promise<void> => {
          // As a queue does: what fails comes again.
          for (let attempt = 0; attempt < 20; attempt++) {
            try {
              await convert(bell(key, sequencer), PLENTY);
              return;
            } catch {
              await scheduler.schedule(Promise.resolve());
            }
          }
          throw new Error("a bell was never heard");
        };
        const late: (() => void)[] = [];
        const counts = [0, 0];
        for (const { which: any, ids } of steps) {
          const which = any % objects;
          const key = keyOf(which);
          const n = counts[which]!++;
          const hear = (sequencer?: string): void => void heard.push(ring(key, sequencer));
          if (ids.length === 0) bucket.objects.delete(key);
          else bucket.put(key, ids.map((id) => JSON.stringify({ id, text: `Text ${n} of ${id}.` })).join("\n"));
          if (roll(2) === 0) late.push(() => hear(sequencerOf(which, n)));
          else hear(sequencerOf(which, n));
          // One told before, once more.
          if (roll(2) === 0) hear(sequencerOf(which, roll(n + 1)));
          if (roll(4) === 0) hear();
          for (let steps = roll(12); steps > 0 && scheduler.count() > 0; steps--) await scheduler.waitNext(1);
        }
        late.reverse().forEach((start) => start());
        await scheduler.waitFor(Promise.all(heard));
        const shuffled = catalogue.items.map((item) => ({ item, at: roll(100) })).sort((a, b) => a.at - b.at).map(({ item }) => item);
        const there = [...bucket.objects.values()].flatMap(({ bytes }) => Buffer.from(bytes).toString().split("\n").map((line) => (JSON.parse(line) as { id: string }).id));
        expect(settled(shuffled)).toEqual([...new Set(there)].sort());
      }),
      { numRuns },
    );
  });
});
