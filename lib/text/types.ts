/**
 * A stretch of text. Inside `lib/text`, `lib/reader` and `lib/extraction` offsets count UTF-16 code units; an
 * `Extraction` and all that is made of it counts Unicode code points (see `codePoints`). The end is exclusive.
 */
export interface Span {
  readonly start: number;
  readonly end: number;
}
