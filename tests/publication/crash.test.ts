import { describe, expect, it } from "vitest";
import type { ObjectStore, PutCondition, StoredObject, ObjectHeaders, ObjectSummary } from "../../lib/store/types.ts";
import { MemoryStore } from "../../lib/store/memory-store.ts";
import { story } from "../support/stories.ts";
import { contents, publicationOn, SIX } from "./support.ts";

/** Remembers what the store held after every write and deletion: what a crash right after it would leave. */
class Recorder implements ObjectStore {
  readonly #store: MemoryStore;
  readonly moments: Promise<MemoryStore>[] = [];

  constructor(store: MemoryStore) {
    this.#store = store;
  }

  get(key: string): Promise<StoredObject | undefined> {
    return this.#store.get(key);
  }

  list(prefix: string): AsyncIterable<ObjectSummary> {
    return this.#store.list(prefix);
  }

  put(key: string, body: Uint8Array | string, headers: ObjectHeaders, condition?: PutCondition): Promise<string> {
    return this.#write(() => this.#store.put(key, body, headers, condition));
  }

  delete(key: string): Promise<void> {
    return this.#write(() => this.#store.delete(key));
  }

  /** One write at a time, so that every moment has one more than the last. */
  #turn: Promise<unknown> = Promise.resolve();

  #write<Result>(write: () => Promise<Result>): Promise<Result> {
    const result = this.#turn.then(write);
    this.#turn = result.then(
      () => {
        const moment = copyOf(this.#store);
        this.moments.push(moment);
        return moment;
      },
      () => undefined,
    );
    return result;
  }
}

async function copyOf(store: MemoryStore): Promise<MemoryStore> {
  const copy = new MemoryStore();
  for await (const { key } of store.list("")) {
    const found = await store.get(key);
    if (found !== undefined) await copy.put(key, found.body, found);
  }
  return copy;
}

const corrected = story({ id: "a1", published: "2025-03-03", url: "https://news.example/1", statements: [{ by: "person/mara-ellin", words: "I never called." }] });

/** Kept apart from leases and the marks of time, which differ from run to run. */
async function tree(store: ObjectStore): Promise<Map<string, string>> {
  const all = await contents(store);
  all.delete("state/lease.json");
  return all;
}

const CASES: readonly (readonly [string, (store: ObjectStore) => Promise<unknown>, readonly unknown[]])[] = [
  ["publishing into an empty store", (store) => publicationOn(store).publish(SIX), []],
  ["replacing one article and adding another", (store) => publicationOn(store).publish([corrected, ...SIX.slice(5)]), SIX.slice(0, 5)],
  ["withdrawing", (store) => publicationOn(store).withdraw(["a2"]), SIX],
];

describe("a crash after any write", () => {
  it.each(CASES)("while %s: one more run completes the tree", async (_, run, before) => {
    const origin = new MemoryStore();
    if (before.length > 0) await publicationOn(origin).publish(before as typeof SIX);
    const whole = await copyOf(origin);
    const recorder = new Recorder(whole);
    await run(recorder);
    const expected = await tree(whole);
    const moments = [await copyOf(origin), ...(await Promise.all(recorder.moments))];
    expect(moments.length).toBeGreaterThan(20);
    for (const [at, store] of moments.entries()) {
      await run(store);
      // The second run commits again where the first had committed: its entry changes nothing but where the log ends.
      const result = await tree(store);
      const wrong = [...expected].filter(([key, body]) => !LATER.test(key) && result.get(key) !== body).map(([key]) => key);
      expect(wrong, `after write ${at} of ${moments.length - 1}`).toEqual([]);
      expect([...result.keys()].filter((key) => !expected.has(key) && !LATER.test(key)), `after write ${at}`).toEqual([]);
      if (at % 12 === 0) expect((await publicationOn(store).check({ shapes: false })).problems, `after write ${at}`).toEqual([]);
    }
  });
});

/** What speaks of the last log entry. */
const LATER = /^(?:log|manifest|state\/(?:cursor|start)|dataset|index\.html)/;
