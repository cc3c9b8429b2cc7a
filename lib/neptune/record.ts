import { fromJson, toJson } from "../publication/codec.ts";
import type { ObjectStore, StoredObject } from "../store/types.ts";
import type { Loaded } from "./types.ts";

/** In the log bucket, so that no rebuilding of the published tree touches it. */
export const LOADED = "neptune/loaded.json";

/** The record, written only over what was read. What it says of another database is none of this one's. */
export class LoadRecord {
  readonly #store: ObjectStore;
  readonly #database: string;
  #found: StoredObject | undefined;
  value: Loaded | undefined;

  private constructor(store: ObjectStore, database: string, found: StoredObject | undefined) {
    this.#store = store;
    this.#database = database;
    this.#found = found;
    const value = found === undefined ? undefined : fromJson<Loaded>(found.body);
    this.value = value?.database === database ? value : undefined;
  }

  static async read(store: ObjectStore, database: string): Promise<LoadRecord> {
    return new LoadRecord(store, database, await store.get(LOADED));
  }

  async write(loaded: Omit<Loaded, "database">): Promise<void> {
    const value = { ...loaded, database: this.#database };
    const condition = this.#found === undefined ? ({ ifNoneMatch: "*" } as const) : { ifMatch: this.#found.etag };
    const body = toJson(value);
    const headers = { contentType: "application/json", cacheControl: "private, no-store" };
    const etag = await this.#store.put(LOADED, body, headers, condition);
    this.#found = { key: LOADED, body: new TextEncoder().encode(body), etag, ...headers };
    this.value = value;
  }
}
