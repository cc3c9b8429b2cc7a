import { classOf, LETTER, LINE_BREAK, NOT_UPPER, SPACE, UPPER } from "./characters.ts";

/** A word or a single punctuation mark, as the model sees it. */
export interface Word {
  /** UTF-16 offsets into the text, end exclusive. */
  readonly start: number;
  readonly end: number;
  /** Which of the text's lines that are not blank it stands in, counted from 0. */
  readonly paragraph: number;
  /** Case (0 lower, 1 capitalised, 2 all capitals) times 3, plus quotation (0 outside, 1 inside, 2 a mark itself). */
  readonly feature: number;
}

const OPENING = 0x201c;
const CLOSING = 0x201d;
const STRAIGHT = 0x22;

/**
 * The words of a text in order: runs of letters, digits and underscores, and every other character that is not
 * a space by itself. A quotation is taken to end with its paragraph at the latest. Lazy and linear: a text of any
 * length needs no more memory than one word.
 */
export function* wordsOf(text: string): Generator<Word> {
  let paragraph = 0;
  let paragraphHasWords = false;
  let quoted = 0;
  let at = 0;
  while (at < text.length) {
    const first = text.codePointAt(at) ?? 0;
    const flags = classOf(first);
    const start = at;
    at += first > 0xffff ? 2 : 1;
    if (flags & SPACE) {
      if (flags & LINE_BREAK) {
        if (paragraphHasWords) paragraph++;
        paragraphHasWords = false;
        quoted = 0;
      }
      continue;
    }
    paragraphHasWords = true;
    if (first === OPENING) quoted = 1;
    else if (first === CLOSING) quoted = 0;
    else if (first === STRAIGHT) quoted = 1 - quoted;
    let all = flags;
    let length = 1;
    if (flags & LETTER) {
      while (at < text.length) {
        const next = text.codePointAt(at) ?? 0;
        const nextFlags = classOf(next);
        if (!(nextFlags & LETTER)) break;
        all |= nextFlags;
        length++;
        at += next > 0xffff ? 2 : 1;
      }
    }
    const letterCase = !(flags & UPPER) ? 0 : length > 1 && !(all & NOT_UPPER) ? 2 : 1;
    const isMark = first === OPENING || first === CLOSING || first === STRAIGHT;
    yield { start, end: at, paragraph, feature: letterCase * 3 + (isMark ? 2 : quoted) };
  }
}
