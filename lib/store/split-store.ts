import type { ObjectHeaders, ObjectStore, ObjectSummary, PutCondition, StoredObject } from "./types.ts";

export interface Split {
  /** Whole folders: ends with "/". */
  readonly prefix: string;
  /** Holds the keys that begin with the prefix, under the same names. */
  readonly part: ObjectStore;
  /** Holds all others. What it has under the prefix is not seen. */
  readonly rest: ObjectStore;
}

/** An ObjectStore that keeps one folder elsewhere: the log has its own bucket, where versions are kept. */
export class SplitStore implements ObjectStore {
  readonly #prefix: string;
  readonly #part: ObjectStore;
  readonly #rest: ObjectStore;

  constructor({ prefix, part, rest }: Split) {
    this.#prefix = prefix;
    this.#part = part;
    this.#rest = rest;
  }

  get(key: string): Promise<StoredObject | undefined> {
    return this.#of(key).get(key);
  }

  put(key: string, body: Uint8Array | string, headers: ObjectHeaders, condition?: PutCondition): Promise<string> {
    return this.#of(key).put(key, body, headers, condition);
  }

  delete(key: string): Promise<void> {
    return this.#of(key).delete(key);
  }

  async *list(prefix: string): AsyncIterable<ObjectSummary> {
    if (prefix.startsWith(this.#prefix) || !this.#prefix.startsWith(prefix)) {
      yield* this.#of(prefix).list(prefix);
      return;
    }
    // The part's keys are neighbours in the order of all.
    let listed = false;
    for await (const object of this.#rest.list(prefix)) {
      if (object.key.startsWith(this.#prefix)) continue;
      if (!listed && object.key > this.#prefix) {
        yield* this.#part.list(this.#prefix);
        listed = true;
      }
      yield object;
    }
    if (!listed) yield* this.#part.list(this.#prefix);
  }

  #of(key: string): ObjectStore {
    return key.startsWith(this.#prefix) ? this.#part : this.#rest;
  }
}
