/** One news article, as read from any input format. */
export interface Article {
  /** Stable identifier, used in IRIs and file names: `[A-Za-z0-9._~-]{1,128}`, never starting with a dot. */
  readonly id: string;
  /** Normalised plain text (`normalizeText`). Every offset of an extraction counts Unicode code points into it. */
  readonly text: string;
  readonly headline?: string;
  /** ISO 8601 date (YYYY-MM-DD) of publication. */
  readonly published?: string;
  /** Name of the publisher, as given. */
  readonly publisher?: string;
  /** http(s) URL of the original. */
  readonly url?: string;
  /** BCP 47 language tag; only English is read. */
  readonly language: string;
}
