/** An object as it is now. */
export interface SourceObject {
  readonly key: string;
  readonly bytes: Uint8Array;
  /** Opaque; changes with the content. */
  readonly etag: string;
  /** What the object's own metadata says of it: `published`, `url`, … */
  readonly metadata: Readonly<Record<string, string>>;
}

/** Where articles are dropped. Keys are a user's, any text of up to 1,024 bytes. */
export interface ArticleSource {
  /**
   * The object as it is now; undefined where there is none.
   *
   * @throws CommuniqueError "input-too-large" for more than `limit` bytes, before any of them is read.
   */
  read(key: string, limit: number): Promise<SourceObject | undefined>;
}

/** Why an object was refused. Never a word of its text. */
export interface Reason {
  readonly key: string;
  readonly code: string;
  readonly message: string;
  /** ISO time of the refusal. */
  readonly at: string;
  readonly sequencer?: string;
  /** Of an object of several articles: how many of them were refused; the reason is that of the first. */
  readonly refused?: number;
}

/** Reasons of refusal, one an object, where those who drop articles can read them. */
export interface Reasons {
  put(reason: Reason): Promise<void>;
  /** Clearing what is not there succeeds. */
  clear(key: string): Promise<void>;
}
