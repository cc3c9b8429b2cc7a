/**
 * What the reader's word pattern asks of a character. The classes are those of Python's `str` methods and `re`, with
 * which the model was trained: they differ from JavaScript's `\s` and `\w` in details (U+FEFF is no space, U+001C is).
 */
export const LETTER = 1;
export const SPACE = 2;
export const LINE_BREAK = 4;
export const UPPER = 8;
/** Lower or title case: what keeps a word from being all capitals. */
export const NOT_UPPER = 16;

const SPACES = /^[\s\u001c-\u001f\u0085]$/;
const LINE_BREAKS = /^[\n\r\u000b\u000c\u001c-\u001e\u0085\u2028\u2029]$/;
const UNKNOWN = 255;

function classify(codePoint: number): number {
  const character = String.fromCodePoint(codePoint);
  let flags = 0;
  if (/^[\p{L}\p{N}_]$/u.test(character)) flags |= LETTER;
  if (SPACES.test(character) && codePoint !== 0xfeff) flags |= SPACE;
  if (LINE_BREAKS.test(character)) flags |= LINE_BREAK;
  if (/^\p{Uppercase}$/u.test(character)) flags |= UPPER;
  else if (/^[\p{Lowercase}\p{Lt}]$/u.test(character)) flags |= NOT_UPPER;
  return flags;
}

// Filled as characters are met: a table of the whole plane would cost more than any article needs.
const table = new Uint8Array(0x10000).fill(UNKNOWN);

/** The classes of a code point, as flags. A lone surrogate has none. */
export function classOf(codePoint: number): number {
  if (codePoint > 0xffff) return classify(codePoint);
  const known = table[codePoint] ?? UNKNOWN;
  if (known !== UNKNOWN) return known;
  return (table[codePoint] = classify(codePoint));
}
