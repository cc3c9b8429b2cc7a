import { gunzipSync } from "node:zlib";
import { Parser } from "n3";
import { describe, expect, it } from "vitest";
import { CommuniqueError } from "../../lib/errors/communique-error.ts";
import { keys } from "../../lib/publication/layout.ts";
import type { EntityState, FeedState, LinkState } from "../../lib/publication/states.ts";
import type { Manifest } from "../../lib/publication/types.ts";
import { MemoryStore } from "../../lib/store/memory-store.ts";
import type { ObjectStore } from "../../lib/store/types.ts";
import { story } from "../support/stories.ts";
import { BASE, contents, publicationOn, SIX } from "./support.ts";

const ELLIN = "person/mara-ellin";
const VARGA = "person/tomas-varga";

async function text(store: ObjectStore, key: string): Promise<string> {
  const found = await store.get(key);
  if (found === undefined) throw new Error(`${key} is missing`);
  return Buffer.from(found.body).toString("utf8");
}

async function json<Value>(store: ObjectStore, key: string): Promise<Value> {
  return JSON.parse(await text(store, key)) as Value;
}

/** All quads of the dumps that the manifest names, one line each. */
async function dump(store: ObjectStore): Promise<string[]> {
  const { parts } = await json<Manifest>(store, "manifest.json");
  const bodies = await Promise.all(parts.map(async ({ key }) => gunzipSync((await store.get(key))?.body ?? Buffer.of()).toString("utf8")));
  return bodies.join("").split("\n").slice(0, -1);
}

/** What readers see: without log, states and leases. */
async function seen(store: ObjectStore): Promise<Map<string, string>> {
  return new Map([...(await contents(store))].filter(([key]) => !/^(?:log|state|g)\//.test(key)));
}

const TOMBSTONES = ["article/a2.html", "article/a2.ttl", "article/a2.jsonld", "article/a2.nq", "text/a2.txt"];

const small = (id: string, day = "2025-03-03") => story({ id, published: day, meetings: [{ kind: "PhoneCall", who: [ELLIN, VARGA], on: day }], statements: [{ by: ELLIN, words: `I am ${id}.` }] });

describe("a publication", () => {
  it("is whole after publishing, replacing and withdrawing", async () => {
    const store = new MemoryStore();
    const publication = publicationOn(store);
    expect(await publication.publish(SIX)).toEqual([1]);
    expect((await publication.check()).problems).toEqual([]);
    await publication.publish([story({ id: "a1", published: "2025-03-03", statements: [{ by: ELLIN, words: "I correct myself." }] })], { replace: true });
    expect((await publication.check()).problems).toEqual([]);
    await publication.withdraw(["a2"]);
    const report = await publication.check();
    expect(report.problems).toEqual([]);
    expect(report.articles).toBe(5);
  });

  it("holds dumps and documents that parse and say the same", async () => {
    const store = new MemoryStore();
    await publicationOn(store).publish(SIX);
    const lines = await dump(store);
    expect(new Parser({ format: "N-Quads" }).parse(lines.join("\n")).length).toBe(lines.length);
    const dumped = new Set(lines);
    for (const line of (await text(store, "article/a1.nq")).split("\n").slice(0, -1)) expect(dumped.has(line), line).toBe(true);
    for (const [key, body] of await contents(store)) if (key.endsWith(".ttl")) expect(() => new Parser().parse(Buffer.from(body, "latin1").toString("utf8")), key).not.toThrow();
  });

  it("links reports of several articles in a graph of its own", async () => {
    const store = new MemoryStore();
    await publicationOn(store).publish(SIX);
    const links = (await dump(store)).filter((line) => line.endsWith(` <${BASE}graph/links> .`));
    const meeting = (report: string) => links.find((line) => line.startsWith(`<${BASE}article/${report}>`) && line.includes("ontology#meeting>"))?.split(" ")[2];
    expect(meeting("a1#meeting-1")).toBeDefined();
    expect(meeting("a2#meeting-1")).toBe(meeting("a1#meeting-1"));
    expect(new Set(["a1#meeting-2", "a3#meeting-1", "a4#meeting-1"].map(meeting)).size).toBe(1);
    expect(links.some((line) => line.startsWith(`${meeting("a4#meeting-1")} <https://w3id.org/communique/ontology#latestStatus> <https://w3id.org/communique/ontology#held>`))).toBe(true);
  });
});

describe("publishing again", () => {
  it("changes nothing that readers see but the place in the log", async () => {
    const store = new MemoryStore();
    const publication = publicationOn(store);
    await publication.publish(SIX);
    const before = await seen(store);
    await publication.publish(SIX);
    const after = await seen(store);
    const changed = [...after].filter(([key, body]) => before.get(key) !== body).map(([key]) => key);
    expect(changed.sort()).toEqual(["dataset.jsonld", "dataset.ttl", "manifest.json"]);
  });

  it("replaces: nothing of the old version is left in documents and dumps", async () => {
    const store = new MemoryStore();
    const publication = publicationOn(store);
    await publication.publish(SIX);
    await publication.publish([story({ id: "a2", published: "2025-03-04", url: "https://news.example/2", statements: [{ by: VARGA, words: "No bird at all." }] })]);
    expect((await dump(store)).some((line) => line.includes("heron"))).toBe(false);
    for (const [key, body] of await seen(store)) if (!key.startsWith("dumps/")) expect(body.includes("heron"), key).toBe(false);
    expect((await publication.check()).problems).toEqual([]);
  });

  it("refuses an id that is another article's, before anything is committed", async () => {
    const store = new MemoryStore();
    const publication = publicationOn(store);
    await publication.publish(SIX);
    const other = story({ id: "a2", url: "https://news.example/other", statements: [{ by: VARGA, words: "Another story." }] });
    await expect(publication.publish([small("new"), other])).rejects.toThrow(CommuniqueError);
    expect(await publication.find("new")).toBeUndefined();
    await publication.publish([other], { replace: true });
    expect((await publication.check()).problems).toEqual([]);
  });
});

describe("withdrawing", () => {
  it("leaves no trace of the text anywhere, and says so", async () => {
    const store = new MemoryStore();
    const publication = publicationOn(store);
    await publication.publish(SIX);
    await publication.publish([story({ id: "a2", published: "2025-03-04", url: "https://news.example/2", headline: "A heron again", statements: [{ by: VARGA, words: "The secretive heron came back." }] })]);
    await publication.withdraw(["a2"]);
    for await (const { key } of store.list("")) {
      const body = (await store.get(key))?.body ?? Buffer.of();
      const words = key.endsWith(".gz") ? gunzipSync(body).toString("utf8") : Buffer.from(body).toString("utf8");
      expect(/heron|The call again/.test(words), key).toBe(false);
    }
    expect(await publication.find("a2")).toBe("withdrawn");
    for (const key of TOMBSTONES) expect((await store.get(key))?.cacheControl, key).toBe("public, max-age=60, withdrawn");
    expect(new Parser().parse(await text(store, "article/a2.ttl"))).toEqual([]);
    const { members } = await json<FeedState>(store, "state/feed.json");
    expect(members.at(-1)).toMatchObject({ article: "a2", type: "delete" });
    expect(await text(store, "feed/1.ttl")).toMatch(/withdrawn-3> a as:Delete/);
    expect((await publication.check()).problems).toEqual([]);
  });

  it("lets the article be published again", async () => {
    const store = new MemoryStore();
    const publication = publicationOn(store);
    await publication.publish(SIX);
    await publication.withdraw(["a2", "a2", "nobody"]);
    await publication.publish([SIX[1] ?? small("x")]);
    expect(await publication.find("a2")).toBe("published");
    expect((await publication.check()).problems).toEqual([]);
    for (const key of TOMBSTONES) expect((await store.get(key))?.cacheControl ?? "public, max-age=60", key).toBe("public, max-age=60");
    expect(await store.get("article/a2.html")).toBeUndefined();
  });

  it("tells its tombstones from an article whose words are theirs", async () => {
    const store = new MemoryStore();
    const publication = publicationOn(store);
    const words = "This article was published here and has been withdrawn.\n";
    const twin = { ...small("a2"), article: { ...small("a2").article, text: words }, extraction: { ...small("a2").extraction, statements: [], meetings: [], mentions: [], entities: [] } };
    const control = async (): Promise<string | undefined> => (await store.get("text/a2.txt"))?.cacheControl;
    for (let round = 0; round < 2; round++) {
      await publication.publish([twin], { replace: true });
      expect([await text(store, "text/a2.txt"), await control()]).toEqual([words, "public, max-age=60"]);
      expect((await publication.check()).problems).toEqual([]);
      await publication.withdraw(["a2"]);
      expect([await text(store, "text/a2.txt"), await control()]).toEqual([words, "public, max-age=60, withdrawn"]);
      expect((await publication.check()).problems).toEqual([]);
    }
  });

  it("has tombstones checked and mended, and rebuilt as such", async () => {
    const store = new MemoryStore();
    const publication = publicationOn(store);
    await publication.publish(SIX);
    await publication.withdraw(["a2"]);
    await store.delete("article/a2.ttl");
    await store.put("article/a2.nq", (await store.get("article/a2.nq"))?.body ?? "", { contentType: "application/n-quads" });
    await store.put("text/a2.txt", "A heron.", { contentType: "text/plain", cacheControl: "withdrawn" });
    const { problems } = await publication.check({ shapes: false });
    expect(problems.map(({ key, message }) => `${key} ${message}`).sort()).toEqual(["article/a2.nq does not say that it is a tombstone", "article/a2.ttl is missing", "text/a2.txt is not what it should be"]);
    expect((await publication.check({ repair: true, shapes: false })).problems).toEqual([]);
    await store.delete("article/a2.ttl");
    await publication.rebuild();
    for (const key of TOMBSTONES) expect((await store.get(key))?.cacheControl, key).toBe("public, max-age=60, withdrawn");
    expect((await publication.check({ shapes: false })).problems).toEqual([]);
  });

  it("of everything leaves an empty, valid tree", async () => {
    const store = new MemoryStore();
    const publication = publicationOn(store);
    await publication.publish(SIX);
    await publication.withdraw(SIX.map(({ article }) => article.id));
    expect((await publication.check()).problems).toEqual([]);
    const { counts } = await json<Manifest>(store, "manifest.json");
    expect(counts).toMatchObject({ articles: 0, meetings: 0, statements: 0, evidence: 0 });
  });
});

describe("events out of order", () => {
  it("change nothing: late, told twice, or overtaken within a batch", async () => {
    const first = small("a", "2025-03-03");
    const second = story({ id: "a", published: "2025-03-03", statements: [{ by: ELLIN, words: "Second." }] });
    const store = new MemoryStore();
    const publication = publicationOn(store);
    await publication.publish([{ ...second, sequencer: "0000B0" }], { replace: true });
    const expected = await text(store, "article/a.nq");
    await publication.publish([{ ...first, sequencer: "0000A" }], { replace: true });
    await publication.publish([{ ...second, sequencer: "0000B" }], { replace: true });
    await publication.withdraw(["a"], { sequencer: "0000A1" });
    await publication.publish([{ ...second, sequencer: "0000D" }, { ...first, sequencer: "0000C" }], { replace: true });
    expect(await text(store, "article/a.nq")).toBe(expected);
    expect((await json<FeedState>(store, "state/feed.json")).members).toHaveLength(1);
    await publication.withdraw(["a"], { sequencer: "0000E" });
    await publication.publish([{ ...first, sequencer: "0000D" }], { replace: true });
    expect(await publication.find("a")).toBe("withdrawn");
    expect((await publication.check()).problems).toEqual([]);
  });
});

describe("eight publishers at once", () => {
  it("lose nothing and order nothing twice", async () => {
    const store = new MemoryStore();
    const all = Array.from({ length: 8 }, (_, publisher) => Array.from({ length: 12 }, (_, i) => small(`p${publisher}-${i}`, `2025-03-${String(i + 1).padStart(2, "0")}`)));
    const numbers = await Promise.all(all.map(async (articles) => {
      // The time of day, so that leases are honoured: the others wait.
      const publication = publicationOn(store, { clock: Date.now });
      return [...(await publication.publish(articles.slice(0, 5))), ...(await publication.publish(articles.slice(5)))];
    }));
    expect(numbers.flat().sort((a, b) => a - b)).toEqual(Array.from({ length: 16 }, (_, i) => i + 1));
    const report = await publicationOn(store).check({ shapes: false });
    expect(report.problems).toEqual([]);
    expect(report.articles).toBe(96);
    expect((await json<FeedState>(store, "state/feed.json")).members).toHaveLength(96);
  });

  it("are safe where the lease means nothing", async () => {
    const store = new MemoryStore();
    // Every look at the clock is an hour later: each holder finds the others' leases run out, and all apply at once.
    await Promise.all(Array.from({ length: 8 }, (_, i) => publicationOn(store).publish([small(`q${i}`)])));
    const report = await publicationOn(store).check({ shapes: false });
    expect(report.problems).toEqual([]);
    expect(report.articles).toBe(8);
  });
});

describe("a plan", () => {
  it("is given up, and no failure, where another applies the entry and takes away what was to be read", async () => {
    const store = new MemoryStore();
    await publicationOn(store).publish(SIX);
    let overtaken = 0;
    const watched: ObjectStore = {
      get: async (key) => {
        if (key.startsWith("dumps/") && overtaken++ === 0) await publicationOn(store).apply();
        return store.get(key);
      },
      put: store.put.bind(store), delete: store.delete.bind(store), list: store.list.bind(store),
    };
    await publicationOn(watched).withdraw(["a2"]);
    expect(overtaken).toBeGreaterThan(0);
    expect((await publicationOn(store).check({ shapes: false })).problems).toEqual([]);
  });

  it("is given up where the other has taken it away but not yet moved on", async () => {
    const store = new MemoryStore();
    await publicationOn(store).publish(SIX);
    const dies: ObjectStore = {
      put: (key, body, headers, condition) => (key === keys.state.cursor ? Promise.reject(new Error("died")) : store.put(key, body, headers, condition)),
      get: store.get.bind(store), delete: store.delete.bind(store), list: store.list.bind(store),
    };
    let overtaken = 0;
    const watched: ObjectStore = {
      get: async (key) => {
        if (key.startsWith("dumps/") && overtaken++ === 0) await expect(publicationOn(dies).apply()).rejects.toThrow("died");
        return store.get(key);
      },
      put: store.put.bind(store), delete: store.delete.bind(store), list: store.list.bind(store),
    };
    await publicationOn(watched).withdraw(["a2"]);
    expect(overtaken).toBeGreaterThan(0);
    expect((await publicationOn(store).check({ shapes: false })).problems).toEqual([]);
  });
});

describe("rebuilding", () => {
  it("gives the same tree", async () => {
    const store = new MemoryStore();
    const publication = publicationOn(store);
    await publication.publish(SIX.slice(0, 4));
    await publication.publish(SIX.slice(3));
    await publication.publish([small("a6")], { replace: true });
    const before = await contents(store);
    await publication.rebuild();
    const after = await contents(store);
    const differ = [...before].filter(([key, body]) => after.get(key) !== body && key !== "state/lease.json").map(([key]) => key);
    expect(differ).toEqual([]);
  });

  it("moves everything to another base", async () => {
    const store = new MemoryStore();
    const publication = publicationOn(store);
    await publication.publish(SIX);
    await publication.rebuild({ base: "https://moved.example/" });
    const moved = publicationOn(store, { base: "https://moved.example/" });
    expect((await moved.check()).problems).toEqual([]);
    for (const [key, body] of await seen(store)) if (!key.endsWith(".gz")) expect(body.includes(BASE), key).toBe(false);
    await expect(publication.publish([small("x")])).rejects.toThrow(/published under/);
    await moved.publish([small("x")]);
    await moved.rebuild();
    expect((await moved.check()).problems).toEqual([]);
  });

  it("without withdrawn articles gives a whole tree with the same feed", async () => {
    const store = new MemoryStore();
    const publication = publicationOn(store);
    await publication.publish(SIX);
    await publication.withdraw(["a1", "a4"]);
    const feed = await text(store, "feed/1.ttl");
    await publication.rebuild();
    expect(await text(store, "feed/1.ttl")).toBe(feed);
    expect((await publication.check()).problems).toEqual([]);
  });
});

describe("check", () => {
  it.each<[string, (store: MemoryStore) => Promise<unknown>]>([
    ["a document that is gone", (store) => store.delete("data/person/mara-ellin.ttl")],
    ["a document that was changed", (store) => store.put("article/a1.ttl", "# nothing\n", { contentType: "text/turtle" })],
    ["a leftover of nothing published", (store) => store.put("article/zz.ttl", "# nothing\n", { contentType: "text/turtle" })],
    ["a journal left behind", (store) => store.put("state/journal/000000000001.json.gz", "x", { contentType: "application/gzip" })],
  ])("finds %s, and mends it", async (_, harm) => {
    const store = new MemoryStore();
    const publication = publicationOn(store);
    await publication.publish(SIX);
    const before = await contents(store);
    await harm(store);
    expect((await publication.check({ shapes: false })).problems).toHaveLength(1);
    expect((await publication.check({ shapes: false, repair: true })).problems).toEqual([]);
    const after = await contents(store);
    for (const [key, body] of before) if (key !== "state/lease.json") expect(after.get(key) === body, key).toBe(true);
  });

  it.each<[string, RegExp, string]>([
    ["a part of the dumps that was changed", /^dumps\/2025-03\/.*facts/, "checksum"],
    ["a graph object that is gone", /^g\/a1\//, "is missing"],
  ])("finds %s", async (_, pattern, message) => {
    const store = new MemoryStore();
    const publication = publicationOn(store);
    await publication.publish(SIX);
    const key = [...(await contents(store)).keys()].find((each) => pattern.test(each)) ?? "";
    if (message === "checksum") await store.put(key, "x", { contentType: "application/gzip" });
    else await store.delete(key);
    expect((await publication.check({ shapes: false })).problems).toContainEqual(expect.objectContaining({ key, message: expect.stringContaining(message) as string }));
  });

  it("finds what is committed and not applied, and finishes it", async () => {
    const store = new MemoryStore();
    const publication = publicationOn(store);
    await publication.publish(SIX.slice(0, 2));
    const entry = await text(store, "log/000000000001.json");
    await store.put("log/000000000002.json", entry.replace('"number":1', '"number":2'), { contentType: "application/json" });
    expect((await publication.check({ shapes: false })).problems).toHaveLength(1);
    expect((await publication.check({ shapes: false, repair: true })).problems).toEqual([]);
  });
});

describe("much about one entity", () => {
  it("is sealed into pages that later articles leave alone, and found there again", async () => {
    const store = new MemoryStore();
    const publication = publicationOn(store, { gazetteer: undefined as never });
    const many = Array.from({ length: 130 }, (_, i) => small(`m${String(i).padStart(3, "0")}`, `2025-03-${String((i % 28) + 1).padStart(2, "0")}`));
    await publication.publish(many);
    const state = await json<EntityState>(store, "state/entity/person/mara-ellin.json");
    expect(state.pages).toBeGreaterThan(0);
    expect(state.open.length).toBeLessThan(200);
    const page = await text(store, "data/person/mara-ellin/1.ttl");
    await publication.publish([small("zzz")]);
    expect(await text(store, "data/person/mara-ellin/1.ttl")).toBe(page);
    await publication.withdraw(["m000", "m099"]);
    expect(await text(store, "data/person/mara-ellin/1.ttl")).not.toContain("m000");
    expect((await publication.check({ shapes: false })).problems).toEqual([]);
  });

  it("keeps few parts of the dumps however many entries there are", async () => {
    const store = new MemoryStore();
    const publication = publicationOn(store);
    for (let i = 0; i < 23; i++) await publication.publish([small(`s${i}`)]);
    const { parts } = await json<Manifest>(store, "manifest.json");
    const facts = parts.filter(({ stream, type }) => stream === "2025-03" && type === "facts");
    expect(facts.map(({ articles }) => articles)).toEqual([10, 10, 1, 1, 1]);
    expect((await publication.check({ shapes: false })).problems).toEqual([]);
  });
});

describe("meetings found to be one", () => {
  it("leave their old id with a note of what became of it", async () => {
    const store = new MemoryStore();
    const publication = publicationOn(store);
    const plan = { kind: "Summit", status: "planned", who: [ELLIN, VARGA] } as const;
    await publication.publish([story({ id: "late", published: "2025-03-10", meetings: [{ ...plan, on: "2025-03-20" }] })]);
    const [bucket = ""] = [...(await contents(store)).keys()].filter((key) => key.startsWith("state/links/"));
    const [old = ""] = Object.keys((await json<LinkState>(store, bucket)).meetings);
    await publication.publish([story({ id: "early", published: "2025-03-01", meetings: [{ ...plan, on: "2025-03-20" }] })]);
    const { meetings, retired } = await json<LinkState>(store, bucket);
    const [current = ""] = Object.keys(meetings);
    // Whoever came first in the world, not in the log, gives the id: so it is the same for every order of arrival.
    expect(retired[old] ?? old).toBe(current);
    const swapped = new MemoryStore();
    const other = publicationOn(swapped);
    await other.publish([story({ id: "early", published: "2025-03-01", meetings: [{ ...plan, on: "2025-03-20" }] })]);
    await other.publish([story({ id: "late", published: "2025-03-10", meetings: [{ ...plan, on: "2025-03-20" }] })]);
    expect(Object.keys((await json<LinkState>(swapped, bucket)).meetings)).toEqual([current]);
    expect((await publication.check({ shapes: false })).problems).toEqual([]);
  });

  it("keep no name that only a withdrawn article knew", async () => {
    const store = new MemoryStore();
    const publication = publicationOn(store);
    const plan = { kind: "Summit", status: "planned", on: "2025-03-20" } as const;
    await publication.publish([story({ id: "x", published: "2025-03-10", meetings: [{ ...plan, who: [ELLIN, VARGA, "#person-quentin-zapp"] }] })]);
    await publication.publish([story({ id: "y", published: "2025-03-01", meetings: [{ ...plan, who: [ELLIN, VARGA, "#person-quentin-zapp"] }] })]);
    await publication.withdraw(["x", "y"]);
    for await (const { key } of store.list("")) {
      const body = (await store.get(key))?.body ?? Buffer.of();
      expect(/quentin/i.test((key.endsWith(".gz") ? gunzipSync(body) : Buffer.from(body)).toString("utf8")), key).toBe(false);
    }
    expect((await publication.check()).problems).toEqual([]);
  });

  it("change the links of articles published long before", async () => {
    const store = new MemoryStore();
    const publication = publicationOn(store);
    await publication.publish([story({ id: "plan", published: "2025-03-01", meetings: [{ kind: "Summit", status: "planned", who: [ELLIN, VARGA], on: "2025-03-20", place: "place/port-selen" }] })]);
    await publication.publish([story({ id: "soon", published: "2025-02-20", meetings: [{ kind: "Summit", status: "planned", who: [ELLIN, VARGA] }] })]);
    await publication.publish([story({ id: "held", published: "2025-04-02", meetings: [{ kind: "Summit", who: [ELLIN, VARGA], on: "2025-04-02", place: "place/port-selen" }] })]);
    const links = (await dump(store)).filter((line) => line.includes("ontology#meeting>"));
    expect(new Set(links.map((line) => line.split(" ")[2])).size).toBe(1);
    expect(links).toHaveLength(3);
    const before = (await json<Manifest>(store, "manifest.json")).counts.meetings;
    expect(before).toBe(1);
    const retired = (await dump(store)).filter((line) => line.includes("isReplacedBy"));
    expect(retired.length).toBeGreaterThan(0);
    expect((await publication.check()).problems).toEqual([]);
    await publication.withdraw(["held"]);
    expect((await publication.check()).problems).toEqual([]);
    await publication.withdraw(["plan", "soon"]);
    expect((await publication.check()).problems).toEqual([]);
  });
});

describe("the text of articles", () => {
  it("is republished as the publisher decides", async () => {
    const store = new MemoryStore();
    const publication = publicationOn(store);
    const article = story({ id: "t", statements: [{ by: ELLIN, words: "Only this." }] });
    const whole = { ...article, article: { ...article.article, text: `Weather: rain.\n${article.article.text}` }, extraction: { ...article.extraction, statements: article.extraction.statements.map((statement) => ({ ...statement, content: [{ start: 0, end: 7 }], cue: [], source: [], support: {}, speakers: [] })) } };
    await publication.publish([whole]);
    expect(await text(store, "text/t.txt")).toBe(whole.article.text);
    await publication.publish([whole], { text: "evidence" });
    const shown = await text(store, "text/t.txt");
    expect(shown.startsWith("Weather· ····")).toBe(true);
    expect(shown).toHaveLength(whole.article.text.length);
    await publication.publish([whole], { text: "none" });
    expect(await store.get("text/t.txt")).toBeUndefined();
    expect((await publication.check({ shapes: false })).problems).toEqual([]);
  });
});
