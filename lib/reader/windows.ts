import type { WordPieces } from "./wordpiece.ts";
import { wordsOf, type Word } from "./words.ts";

/** A stretch of text small enough for the model, with everything the model takes. */
export interface Window {
  readonly words: readonly Word[];
  /** One number a piece, `[CLS]` first and `[SEP]` after each chunk. */
  readonly ids: readonly number[];
  readonly features: readonly number[];
  /** Index into `words`, or -1. */
  readonly word: readonly number[];
  /** Which chunk (a paragraph, or a part of a very long one) a piece belongs to, or -1. */
  readonly chunk: readonly number[];
  /** Whether a piece is the first of its word: only those carry a label. */
  readonly first: readonly boolean[];
}

export const WINDOW_PIECES = 256;

interface Chunk {
  readonly words: Word[];
  readonly pieces: (readonly number[])[];
  count: number;
}

/** Paragraphs, those that exceed a window cut where it is full. */
function* chunksOf(text: string, pieces: WordPieces): Generator<Chunk> {
  let chunk: Chunk = { words: [], pieces: [], count: 0 };
  for (const word of wordsOf(text)) {
    const ids = pieces(text.slice(word.start, word.end));
    const last = chunk.words.at(-1);
    if (last && (last.paragraph !== word.paragraph || chunk.count + ids.length > WINDOW_PIECES - 2)) {
      yield chunk;
      chunk = { words: [], pieces: [], count: 0 };
    }
    chunk.words.push(word);
    chunk.pieces.push(ids);
    chunk.count += ids.length;
  }
  if (chunk.words.length > 0) yield chunk;
}

function build(chunks: readonly Chunk[], { cls, sep }: WordPieces): Window {
  const words: Word[] = [];
  const ids = [cls];
  const features = [0];
  const word = [-1];
  const chunk = [-1];
  const first = [false];
  for (const [index, { words: members, pieces }] of chunks.entries()) {
    for (const [at, member] of members.entries()) {
      const memberPieces = pieces[at] ?? [];
      for (const [k, id] of memberPieces.entries()) {
        ids.push(id);
        features.push(member.feature);
        word.push(words.length);
        chunk.push(index);
        first.push(k === 0);
      }
      words.push(member);
    }
    ids.push(sep);
    features.push(0);
    word.push(-1);
    chunk.push(-1);
    first.push(false);
  }
  return { words, ids, features, word, chunk, first };
}

/**
 * The windows of a text: as many whole paragraphs as `WINDOW_PIECES` holds. Where they begin and end depends on the
 * text alone, and every word is in exactly one. Lazy: only one window is in memory at a time.
 */
export function* windowsOf(text: string, pieces: WordPieces): Generator<Window> {
  let chunks: Chunk[] = [];
  let count = 2;
  for (const chunk of chunksOf(text, pieces)) {
    if (chunks.length > 0 && count + chunk.count + 1 > WINDOW_PIECES) {
      yield build(chunks, pieces);
      chunks = [];
      count = 2;
    }
    chunks.push(chunk);
    count += chunk.count + 1;
  }
  if (chunks.length > 0) yield build(chunks, pieces);
}
