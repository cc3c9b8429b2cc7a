import type { ObjectHeaders, ObjectStore, ObjectSummary, PutCondition, StoredObject } from "../../lib/store/types.ts";

/** What the process did not survive. */
export class Crash extends Error {
  override readonly name = "Crash";
}

export interface FaultyStore extends ObjectStore {
  /** Puts and deletes begun so far, the fatal one included: without a crash, how many there were in all. */
  readonly writes: number;
  readonly crashed: boolean;
}

/**
 * A store whose user dies at the `fatal`-th write (a put or a delete, from 1): just before it takes effect, or just after. As for a
 * process that is gone, nothing works afterwards, so that no handler can tidy up. Run on with the store inside.
 * With `Infinity` it only counts.
 */
export function faulty(store: ObjectStore, fatal: number, effect: "before" | "after" = "before"): FaultyStore {
  let writes = 0;
  let crashed = false;
  const alive = (): void => {
    if (crashed) throw new Crash(`crashed at write ${fatal}`);
  };
  const write = async <T>(action: () => Promise<T>): Promise<T> => {
    alive();
    const isFatal = ++writes === fatal;
    if (isFatal && effect === "before") crashed = true;
    alive();
    const result = await action();
    if (isFatal) crashed = true;
    alive();
    return result;
  };
  return {
    get writes() {
      return writes;
    },
    get crashed() {
      return crashed;
    },
    async get(key: string): Promise<StoredObject | undefined> {
      alive();
      const found = await store.get(key);
      alive();
      return found;
    },
    put(key: string, body: Uint8Array | string, headers: ObjectHeaders, condition?: PutCondition): Promise<string> {
      return write(() => store.put(key, body, headers, condition));
    },
    delete(key: string): Promise<void> {
      return write(() => store.delete(key));
    },
    async *list(prefix: string): AsyncIterable<ObjectSummary> {
      alive();
      for await (const summary of store.list(prefix)) {
        alive();
        yield summary;
      }
    },
  };
}
