import { Parser } from "n3";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { keys } from "../../lib/publication/index.ts";
import type { LambdaFunction } from "../support/lambda.ts";
import { startS3Server } from "../support/s3-server.ts";
import { BASE, FATAL, System, writeBundles, type Bundles, type SystemOptions } from "./system.ts";

const server = await startS3Server();
afterAll(() => server?.stop());

const SUMMIT = "French President Emmanuel Macron met German Chancellor Olaf Scholz in Paris on Tuesday. “We agree on everything,” Macron told reporters.\n";
const article = (id: string, day: number): string => JSON.stringify({ id, published: `2024-03-${String(day).padStart(2, "0")}`, text: `Chinese Foreign Minister Wang Yi met his Russian counterpart Sergei Lavrov in Beijing on Monday, word ${id}.` });

describe.skipIf(server === undefined)("an article dropped into the bucket", { timeout: 60_000 }, () => {
  let bundles: Bundles;
  let system: System;
  const start = async (options: Omit<SystemOptions, "bundles"> = {}): Promise<System> => (system = await System.start(server!, { bundles, ...options }));
  beforeAll(async () => {
    bundles = await writeBundles();
  }, 60_000);
  afterEach(() => system.stop());
  afterAll(() => bundles.remove());

  it("comes out as triples, and as nothing once it is deleted", async () => {
    const { articles, drain } = bound(await start());
    articles.send(await system.put("in/news/summit.txt", SUMMIT, { published: "2024-03-06" }));
    await drain();
    const manifest = await system.manifest();
    expect(manifest).toMatchObject({ base: BASE, counts: { articles: 1, meetings: 1 } });
    const [key] = (await system.holding("We agree on everything")).filter((one) => /^article\/.*\.ttl$/.test(one));
    const quads = new Parser({ baseIRI: BASE }).parse((await system.text(key!))!);
    expect(quads.some(({ object }) => object.value === `${BASE}id/person/emmanuel-macron`)).toBe(true);
    expect(await system.check()).toEqual({ problems: [], articles: 1 });

    articles.send(await system.delete("in/news/summit.txt"));
    await drain();
    expect(await system.holding("We agree on everything")).toEqual([]);
    expect((await system.manifest())?.counts.articles).toBe(0);
    expect(await system.check()).toMatchObject({ problems: [] });
    // Whoever reads the logs reads no article.
    expect(system.convert.log + system.catalogue.log).not.toMatch(/We agree|Macron/);
    expect(system.convert.log).toContain('"ArticlesConverted":1');
    expect(system.catalogue.log).toContain('"ArticlesWithdrawn":1');
  });

  it("is read in each format", async () => {
    const { articles, drain } = bound(await start());
    const page = `<!doctype html><html lang="en"><head><title>A summit</title><meta property="article:published_time" content="2024-03-06"></head><body><nav>Home</nav><article><p>${SUMMIT}</p><p>${SUMMIT}</p></article></body></html>`;
    const item = JSON.stringify({ published: "2024-03-07", text: SUMMIT });
    for (const [name, body] of [["page.html", page], ["item.json", item], ["lines.jsonl", `${item}\n`]] as const) articles.send(await system.put(`in/\u00fcber den Tag/${name}`, body));
    await drain();
    expect(system.dead.bodies).toEqual([]);
    expect(await system.check()).toEqual({ problems: [], articles: 3 });
  });

  it("is published once and as it is now, whatever comes twice, late or out of order", async () => {
    const { articles, drain } = bound(await start());
    const first = await system.put("in/a.txt", `${SUMMIT}An early version.`, { published: "2024-03-06" });
    articles.send(first, first);
    await drain();
    const second = await system.put("in/a.txt", `${SUMMIT}A corrected version.`, { published: "2024-03-06" });
    const gone = [await system.put("in/gone.json", article("gone", 5)), await system.delete("in/gone.json")];
    const back = [await system.put("in/back.json", article("back", 5)), await system.delete("in/back.json"), await system.put("in/back.json", article("back", 6))];
    articles.send(gone[1]!, second, first, gone[0]!, ...back.toReversed(), second, first, gone[1]!);
    await drain({ shuffle: (items) => [...items].reverse() });
    articles.send(first, back[1]!, gone[0]!);
    await drain();
    expect(await system.holding("An early version")).toEqual([]);
    expect(await system.holding("word gone")).toEqual([]);
    expect(await system.holding("2024-03-06")).not.toEqual([]);
    expect((await system.manifest())?.counts.articles).toBe(2);
    expect(await system.check()).toMatchObject({ problems: [] });
  });

  it("is not lost when functions are cut off in the middle and servers are busy", async () => {
    let requests = 0;
    /** Kills a function amid its work: at its n-th request. */
    let fatal: { at: number; of: LambdaFunction } | undefined;
    const { articles, catalogueQueue, drain } = bound(
      await start({
        throttle: () => {
          if (++requests === fatal?.at) void fatal.of.kill();
          return requests % 5 === 0;
        },
      }),
    );
    const cutOff = (of: LambdaFunction, after: number, event: unknown) => {
      fatal = { at: requests + after, of };
      return of.invoke(event);
    };
    let sends = 0;
    system.sqs.fault = () => ([undefined, "some", undefined, "down"] as const)[sends++ % 4];
    const ids = Array.from({ length: 12 }, (_, i) => `cut-${i}`);
    for (const [i, id] of ids.entries()) articles.send(await system.put(`in/${id}.json`, article(id, i + 1)));
    for (const after of [12, 50]) expect(await articles.deliver((event) => cutOff(system.convert, after, event))).toMatchObject({ outcome: "exited" });
    await articles.deliver((event) => system.convert.invoke(event));
    expect(catalogueQueue.bodies.length).toBeGreaterThan(0);
    expect(await catalogueQueue.deliver((event) => cutOff(system.catalogue, 60, event), { batch: 500 })).toMatchObject({ outcome: "exited" });
    // The lease of the one that is gone runs out.
    await system.published.delete(keys.state.lease);
    await drain();
    expect((await system.manifest())?.counts.articles).toBe(12);
    expect(system.dead.bodies).toEqual([]);
    expect(requests).toBeGreaterThan(100);
    expect(await system.check()).toMatchObject({ problems: [], articles: 12 });
  });

  it("is tried again in half a minute, then after longer, where its messages fail", async () => {
    const { articles, catalogueQueue } = bound(await start());
    catalogueQueue.send("none of ours");
    const pauses = [];
    for (let times = 0; times < 3; times++) {
      await catalogueQueue.deliver((event) => system.catalogue.invoke(event));
      pauses.push(...catalogueQueue.pauses);
    }
    expect(pauses).toEqual([30, 120, 480]);
    articles.send(await system.put("in/a.json", article("a", 1)));
    system.sqs.fault = (action) => (action === "SendMessageBatch" ? "down" : undefined);
    await articles.deliver((event) => system.convert.invoke(event));
    expect(articles.pauses).toEqual([30]);
  });

  it("goes to people alone when it is none, or when it ends whoever reads it", async () => {
    const { articles, drain } = bound(await start({ fragile: true }));
    const bad = await system.put("in/bad.json", '{"text": "Secret words", ');
    const fatal = await system.put("in/fatal.txt", `${FATAL}, said the minister.`);
    const innocent = [];
    for (let i = 0; i < 6; i++) innocent.push(await system.put(`in/innocent-${i}.json`, article(`innocent-${i}`, i + 1)));
    articles.send(innocent[0]!, bad, fatal, ...innocent.slice(1));
    await drain();
    // Some came twice, since they were delivered with one that ended the process.
    expect([...new Set(system.dead.bodies)].sort()).toEqual([bad, fatal].sort());
    expect(system.dead.attributes).toContainEqual(expect.objectContaining({ code: "input-malformed", key: "in/bad.json" }));
    const reason = await system.reason("in/bad.json");
    expect(reason).toMatchObject({ key: "in/bad.json", code: "input-malformed" });
    expect(JSON.stringify(reason) + system.convert.log).not.toContain("Secret");
    expect(await system.check()).toEqual({ problems: [], articles: 6 });

    articles.send(await system.put("in/bad.json", article("good-now", 9)));
    await drain();
    expect(await system.reason("in/bad.json")).toBeUndefined();
    expect(await system.check()).toEqual({ problems: [], articles: 7 });
  });
});

/** The parts that tests use by name. */
function bound(system: System) {
  const { articles, catalogueQueue } = system;
  return { articles, catalogueQueue, drain: system.drain.bind(system) };
}
