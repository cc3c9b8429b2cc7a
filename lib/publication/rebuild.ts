import { MemoryStore } from "../store/memory-store.ts";
import type { ObjectHeaders, ObjectStore, ObjectSummary, PutCondition, StoredObject } from "../store/types.ts";
import { applyNext, readCursor } from "./apply.ts";
import { carryOut, Overtaken } from "./journal.ts";
import { isOurs, isWithdrawn } from "./layout.ts";
import { Workspace } from "./workspace.ts";
import type { Pages } from "./types.ts";

/** Log entries and graph objects, from which all else follows. */
const SOURCES = /^(?:log|g)\//;

export interface RebuildInput {
  readonly store: ObjectStore;
  readonly pages: Pages | undefined;
  readonly base: string | undefined;
  /** Where the replay takes place; in memory unless given. */
  readonly scratch?: ObjectStore;
}

/**
 * Replays the log beside the tree and then makes the tree the same, in the order of writes of any other batch: readers
 * see the old tree or the new, document by document, and the new manifest last. To be run again where it was cut off.
 *
 * @throws Overtaken where somebody published meanwhile.
 */
export async function rebuildTree({ store, pages, base, scratch = new MemoryStore() }: RebuildInput): Promise<void> {
  const before = await readCursor(store);
  const replay = new Overlay(store, scratch);
  while (await applyNext(replay, pages, base));
  if ((await readCursor(store)).etag !== before.etag) throw new Overtaken();
  const workspace = new Workspace(store);
  const wanted = new Set<string>();
  for await (const { key } of scratch.list("")) {
    wanted.add(key);
    if (key === "state/lease.json") continue;
    const found = await scratch.get(key);
    if (found === undefined) continue;
    if (isWithdrawn(found)) workspace.bury(key, found.body);
    else workspace.stage(key, found.body);
  }
  for await (const { key } of store.list("")) {
    if (isOurs(key) && !SOURCES.test(key) && key !== "state/lease.json" && !wanted.has(key)) workspace.remove(key);
  }
  await carryOut(store, await workspace.steps());
}

/** Reads the sources from one store and everything else from another, which takes all writes. */
class Overlay implements ObjectStore {
  readonly #sources: ObjectStore;
  readonly #scratch: ObjectStore;

  constructor(sources: ObjectStore, scratch: ObjectStore) {
    this.#sources = sources;
    this.#scratch = scratch;
  }

  get(key: string): Promise<StoredObject | undefined> {
    return (SOURCES.test(key) ? this.#sources : this.#scratch).get(key);
  }

  put(key: string, body: Uint8Array | string, headers: ObjectHeaders, condition?: PutCondition): Promise<string> {
    return this.#scratch.put(key, body, headers, condition);
  }

  async delete(key: string): Promise<void> {
    // Withdrawn objects are gone from the sources already, or about to go by an entry of the log.
    if (!SOURCES.test(key)) await this.#scratch.delete(key);
  }

  list(prefix: string): AsyncIterable<ObjectSummary> {
    return (SOURCES.test(prefix) ? this.#sources : this.#scratch).list(prefix);
  }
}
