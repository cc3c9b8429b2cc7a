import { CommuniqueError } from "../errors/communique-error.ts";
import { etagOf, toBytes } from "./content.ts";
import { checkKey, checkPrefix } from "./keys.ts";
import { PreconditionFailed, type ObjectHeaders, type ObjectStore, type ObjectSummary, type PutCondition, type StoredObject } from "./types.ts";

/** An ObjectStore in memory: for tests, benchmarks and previews. */
export class MemoryStore implements ObjectStore {
  readonly #objects = new Map<string, StoredObject>();
  /** How many objects each folder holds, at any depth. */
  readonly #folders = new Map<string, number>();

  get(key: string): Promise<StoredObject | undefined> {
    return attempt(() => {
      checkKey(key);
      const found = this.#objects.get(key);
      return found === undefined ? undefined : { ...found, body: toBytes(found.body) };
    });
  }

  put(key: string, body: Uint8Array | string, headers: ObjectHeaders, condition?: PutCondition): Promise<string> {
    return attempt(() => {
      checkKey(key);
      const existing = this.#objects.get(key);
      if (condition !== undefined && ("ifMatch" in condition ? existing?.etag !== condition.ifMatch : existing !== undefined)) {
        throw new PreconditionFailed(key);
      }
      if (this.#folders.has(key) || foldersOf(key).some((folder) => this.#objects.has(folder))) {
        throw new CommuniqueError("option-invalid", `${key} cannot be stored: one key would be both an object and a folder.`);
      }
      const bytes = toBytes(body);
      const etag = etagOf(bytes);
      const { contentType, contentEncoding, cacheControl } = headers;
      this.#objects.set(key, {
        key, body: bytes, etag, contentType,
        ...(contentEncoding === undefined ? {} : { contentEncoding }),
        ...(cacheControl === undefined ? {} : { cacheControl }),
      });
      if (existing === undefined) this.#count(key, 1);
      return etag;
    });
  }

  delete(key: string): Promise<void> {
    return attempt(() => {
      checkKey(key);
      if (this.#objects.delete(key)) this.#count(key, -1);
    });
  }

  async *list(prefix: string): AsyncIterable<ObjectSummary> {
    checkPrefix(prefix);
    // Keys are ASCII, where UTF-16 order is byte order.
    const keys = [...this.#objects.keys()].filter((key) => key.startsWith(prefix)).sort();
    for (const key of keys) {
      const found = this.#objects.get(key);
      if (found !== undefined) yield await Promise.resolve({ key, etag: found.etag, size: found.body.length });
    }
  }

  #count(key: string, change: number): void {
    for (const folder of foldersOf(key)) {
      const count = (this.#folders.get(folder) ?? 0) + change;
      if (count === 0) this.#folders.delete(folder);
      else this.#folders.set(folder, count);
    }
  }
}

function foldersOf(key: string): string[] {
  const segments = key.split("/");
  return segments.slice(1).map((_, i) => segments.slice(0, i + 1).join("/"));
}

/** What throws at once elsewhere rejects here, as it does in a store that waits for something. */
function attempt<T>(run: () => T): Promise<T> {
  return new Promise((resolve) => {
    resolve(run());
  });
}
