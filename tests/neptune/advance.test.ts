import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { advance } from "../../lib/neptune/advance.ts";
import { LOADED } from "../../lib/neptune/record.ts";
import type { Loaded } from "../../lib/neptune/types.ts";
import { fromJson, gunzip } from "../../lib/publication/codec.ts";
import type { Manifest } from "../../lib/publication/types.ts";
import { MemoryStore } from "../../lib/store/memory-store.ts";
import { publicationOn, SIX } from "../publication/support.ts";
import { story } from "../support/stories.ts";
import { FakeNeptune, quadsOf } from "./fake-neptune.ts";

type Conversion = ReturnType<typeof story>;

/** Other versions of two of the six: the call is of another day, the summit is no more. */
const CHANGED: readonly Conversion[] = [
  story({ id: "a2", published: "2025-03-04", url: "https://news.example/2", meetings: [{ kind: "PhoneCall", who: ["person/mara-ellin", "person/tomas-varga"], on: "2025-03-02" }] }),
  story({ id: "a4", published: "2025-04-02", statements: [{ by: "person/lena-orsk", words: "There was no summit." }] }),
  story({ id: "a3", published: "2025-03-10", meetings: [{ kind: "Summit", who: ["person/mara-ellin", "person/tomas-varga"], on: "2025-04-02" }] }),
];

function world(small = 0) {
  const store = new MemoryStore();
  const neptune = new FakeNeptune(store);
  const publication = publicationOn(store);
  const step = (into = neptune, database = "https://first.example:8182") => advance({ published: store, log: store, neptune: into, database, left: () => 900_000, small });
  const settle = async (into?: FakeNeptune, database?: string) => {
    for (let i = 0; i < 200; i++) if ((await step(into, database)).done) return;
    throw new Error("It is never done.");
  };
  const published = async () => {
    const { parts } = fromJson<Manifest>((await store.get("manifest.json"))?.body ?? "");
    return quadsOf(await Promise.all(parts.map(async ({ key }) => gunzip((await store.get(key))?.body ?? new Uint8Array()))));
  };
  return { store, neptune, publication, step, settle, published };
}

describe("loading into Neptune", () => {
  it("has nothing to do before anything is published", async () => {
    const { step, neptune } = world();
    expect(await step()).toEqual({ done: true, left: 0 });
    expect(neptune.quads).toEqual([]);
  });

  it("begins anew in a database that took the place of another", async () => {
    const { store, publication, settle, published } = world();
    await publication.publish(SIX);
    await settle();
    const second = new FakeNeptune(store);
    await settle(second, "https://second.example:8182");
    expect(second.quads).toEqual(await published());
  });

  it.each([["by the loader", 0], ["by inserting", 1 << 20], ["by both", 1500]])("holds what the dumps hold, %s", async (_, small) => {
    const { neptune, publication, settle, published } = world(small);
    neptune.store.update("INSERT DATA { GRAPH <https://old.example/g> { <https://old.example/s> a <https://old.example/c> } }");
    await publication.publish(SIX);
    await settle();
    expect(neptune.quads).toEqual(await published());
    await publication.publish(CHANGED, { replace: true });
    await publication.withdraw(["a1"]);
    await settle();
    expect(neptune.quads).toEqual(await published());
    await publication.withdraw(["a2", "a3", "a4", "a5", "a6"]);
    await settle();
    expect(neptune.quads).toEqual(await published());
    expect(neptune.quads.filter((quad) => quad.includes("/id/meeting/"))).toEqual([]);
  });

  it("leaves alone the articles of events that came too late", async () => {
    const { neptune, publication, settle, published } = world();
    await publication.publish(SIX.map((conversion) => ({ ...conversion, sequencer: "10" })));
    await settle();
    await publication.publish([{ ...CHANGED[0]!, sequencer: "05" }, { ...CHANGED[1]!, sequencer: "15" }], { replace: true });
    await publication.withdraw(["a5"], { sequencer: "05" });
    await settle();
    expect(neptune.quads).toEqual(await published());
    expect(neptune.quads.filter((quad) => quad.endsWith("graph/a5> .")).length).toBeGreaterThan(0);
  });

  it("says why the loader failed, and loads again when asked again", async () => {
    const { neptune, publication, step, settle, published } = world();
    await publication.publish(SIX);
    await step();
    const status = neptune.status.bind(neptune);
    neptune.status = () => Promise.resolve({ state: "failed", reason: "LOAD_DATA_DEADLOCK" });
    await expect(step()).rejects.toThrow("LOAD_DATA_DEADLOCK");
    neptune.status = status;
    await settle();
    expect(neptune.quads).toEqual(await published());
  });

  it("starts from nothing under another base", async () => {
    const { store, neptune, publication, settle, published } = world();
    await publication.publish(SIX);
    await settle();
    await store.put(LOADED, JSON.stringify({ ...fromJson<Loaded>((await store.get(LOADED))!.body), base: "https://other.example/" }), { contentType: "application/json" });
    neptune.store.update("INSERT DATA { GRAPH <https://other.example/g> { <https://other.example/s> a <https://old.example/c> } }");
    await settle();
    expect(neptune.quads).toEqual(await published());
  });

  const act = fc.oneof(
    fc.record({ type: fc.constant("publish" as const), which: fc.subarray([0, 1, 2, 3, 4, 5], { minLength: 1 }) }),
    fc.record({ type: fc.constant("change" as const), which: fc.subarray([0, 1, 2], { minLength: 1 }) }),
    fc.record({ type: fc.constant("withdraw" as const), which: fc.subarray([0, 1, 2, 3, 4, 5], { minLength: 1, maxLength: 3 }) }),
    fc.record({ type: fc.constant("step" as const), which: fc.constant([0]) }),
    fc.record({ type: fc.constant("crash" as const), which: fc.tuple(fc.nat(6)) }),
    fc.record({ type: fc.constant("settle" as const), which: fc.constant([0]) }),
  );

  it("comes to the dumps whatever happens between its steps, crashes among it", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 2, maxLength: 12 }), fc.constantFrom(0, 1500, 1 << 20), async (acts, small) => {
        const { neptune, publication, step, settle, published } = world(small);
        for (const { type, which } of acts) {
          if (type === "publish") await publication.publish(which.map((i) => SIX[i]!), { replace: true });
          else if (type === "change") await publication.publish(which.map((i) => CHANGED[i]!), { replace: true });
          else if (type === "withdraw") await publication.withdraw(which.map((i) => SIX[i]!.article.id)).catch(() => undefined);
          else if (type === "settle") await settle();
          else if (type === "step") await step();
          else {
            let until = which[0] ?? 0;
            neptune.before = () => {
              if (until-- <= 0) throw new Error("crash");
            };
            await step().catch(() => undefined);
            neptune.before = () => undefined;
          }
        }
        await publication.publish([SIX[4]!], { replace: true });
        await settle();
        expect(neptune.quads).toEqual(await published());
      }),
      { numRuns: 25 },
    );
  });
});
