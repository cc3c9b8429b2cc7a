/** What an object is served with. */
export interface ObjectHeaders {
  readonly contentType: string;
  readonly contentEncoding?: "gzip";
  readonly cacheControl?: string;
}

export interface StoredObject extends ObjectHeaders {
  readonly key: string;
  readonly body: Uint8Array;
  /** Opaque; changes with the content. */
  readonly etag: string;
}

export interface ObjectSummary {
  readonly key: string;
  readonly etag: string;
  readonly size: number;
}

export type PutCondition =
  /** Create only: fails where the key exists. The one primitive that commits rely on. */
  | { readonly ifNoneMatch: "*" }
  /** Replace only what was read. */
  | { readonly ifMatch: string };

/**
 * Keys to objects: memory, files and S3 keep one contract. Keys are `/`-separated segments of `[A-Za-z0-9._~=,-]+`, none of
 * them `.` or `..`, the last with an extension, so that no key is both a file and a folder. Reads see the last
 * completed write of a key; a write is whole or not at all.
 */
export interface ObjectStore {
  /** Undefined where there is none. */
  get(key: string): Promise<StoredObject | undefined>;
  /** The ETag of what was written. @throws PreconditionFailed where the condition does not hold; nothing is written then. */
  put(key: string, body: Uint8Array | string, headers: ObjectHeaders, condition?: PutCondition): Promise<string>;
  /** Deleting what is not there succeeds. */
  delete(key: string): Promise<void>;
  /** In key order (UTF-8 bytes), any number of them. */
  list(prefix: string): AsyncIterable<ObjectSummary>;
}

/** A condition of `put` did not hold: somebody else wrote first. Never shown to a user. */
export class PreconditionFailed extends Error {
  readonly key: string;

  constructor(key: string, options: { cause?: unknown } = {}) {
    super(`The object ${key} was written by another process.`, options);
    this.name = "PreconditionFailed";
    this.key = key;
  }
}
