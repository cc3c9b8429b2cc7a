/**
 * A stretch of text. Inside `lib/text`, `lib/reader` and `lib/extraction` offsets count UTF-16 code units; an
 * `Extraction` and all that is made of it counts Unicode code points (see `codePoints`). The end is exclusive.
 */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Universal part-of-speech tags (universaldependencies.org/u/pos), as the tagger gives them. */
export type PartOfSpeech =
  | "ADJ" | "ADP" | "ADV" | "AUX" | "CCONJ" | "DET" | "INTJ" | "NOUN" | "NUM" | "PART" | "PRON" | "PROPN" | "PUNCT" | "SCONJ"
  | "SPACE" | "SYM" | "VERB" | "X";

/** A run of letters and digits, or one other visible character. */
export interface Token extends Span {
  readonly text: string;
  readonly lower: string;
  readonly tag: PartOfSpeech;
  /** Index of its sentence. */
  readonly sentence: number;
}

export interface Sentence extends Span {
  /** Indexes of its tokens, end exclusive. */
  readonly first: number;
  readonly last: number;
  /** Index of its paragraph: a line that is not blank. */
  readonly paragraph: number;
}

export interface Paragraph extends Span {
  readonly first: number;
  readonly last: number;
}

/** A text cut into paragraphs, sentences and tokens. */
export interface TextDocument {
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly sentences: readonly Sentence[];
  readonly paragraphs: readonly Paragraph[];
}
