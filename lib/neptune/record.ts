import { fromJson, toJson } from "../publication/codec.ts";
import type { ObjectStore, StoredObject } from "../store/types.ts";
import type { Loaded } from "./types.ts";

/** In the log bucket, so that no rebuilding of the published tree touches it. */
export const LOADED = "neptune/loaded.json";

/** The record, written only over what was read. */
export class LoadRecord {
  readonly #store: ObjectStore;
  #found: StoredObject | undefined;
  value: Loaded | undefined;

  private constructor(store: ObjectStore, found: StoredObject | undefined) {
    this.#store = store;
    this.#found = found;
    this.value = found === undefined ? undefined : fromJson<Loaded>(found.body);
  }

  static async read(store: ObjectStore): Promise<LoadRecord> {
    return new LoadRecord(store, await store.get(LOADED));
  }

  async write(value: Loaded): Promise<void> {
    const condition = this.#found === undefined ? ({ ifNoneMatch: "*" } as const) : { ifMatch: this.#found.etag };
    const body = toJson(value);
    const headers = { contentType: "application/json", cacheControl: "private, no-store" };
    const etag = await this.#store.put(LOADED, body, headers, condition);
    this.#found = { key: LOADED, body: new TextEncoder().encode(body), etag, ...headers };
    this.value = value;
  }
}
