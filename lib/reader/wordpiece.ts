/** Turns one word into the numbers of its pieces. Never empty. */
export interface WordPieces {
  (word: string): readonly number[];
  /** What a window begins with. */
  readonly cls: number;
  /** What each chunk of a window ends with. */
  readonly sep: number;
}

const MAX_LETTERS = 100;
/** More than a word can hold before it is unknown; what exceeds it cannot change the pieces of any real word. */
const MAX_UNITS = 512;
/**
 * A run of letters without spaces (a sentence of Chinese, a file name) is many pieces. Its first ones stand for it,
 * so that one word never fills a window; the longest English word of the vocabulary's kind needs far fewer.
 */
const MAX_PIECES = 48;
const CACHED_WORDS = 20_000;
const CACHED_LETTERS = 24;

const CONTROL = /\p{C}/gu;
const NONSPACING = /\p{Mn}/gu;
const IDEOGRAPH =
  /[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{2a6df}\u{2a700}-\u{2b81f}\u{2b920}-\u{2ceaf}\u{2f800}-\u{2fa1f}]/u;
const PUNCTUATION = /[!-/:-@[-`{-~\p{P}]/u;
const PLAIN = /^[A-Za-z0-9]*$/;

/** Splits a cleaned word where BERT does: at every punctuation mark and every ideograph, which stand by themselves. */
function tokensOf(word: string): string[] {
  const tokens: string[] = [];
  let current = "";
  for (const character of word) {
    if (IDEOGRAPH.test(character) || PUNCTUATION.test(character)) {
      if (current !== "") tokens.push(current);
      tokens.push(character);
      current = "";
    } else current += character;
  }
  if (current !== "") tokens.push(current);
  return tokens;
}

/** Drops control characters and accents and lowers the case, letter by letter (no final sigma). */
function clean(word: string): string {
  const bare = word.replace(CONTROL, "").replaceAll("\ufffd", "").normalize("NFD").replace(NONSPACING, "");
  let lower = "";
  for (const character of bare) lower += character.toLowerCase();
  return lower;
}

function countLetters(token: string): number {
  let count = 0;
  for (let i = 0; i < token.length; i++) if ((token.charCodeAt(i) & 0xfc00) !== 0xdc00) count++;
  return count;
}

/**
 * The uncased WordPiece of BERT (Devlin et al. 2019; Wu et al. 2016) over single words, greedy longest match first.
 * A word without any piece is `[UNK]`. Frequent words are remembered, which changes nothing but the time.
 */
export function wordPieces(vocabulary: ReadonlyMap<string, number>): WordPieces {
  const unknown = vocabulary.get("[UNK]") ?? 0;
  let longest = 0;
  for (const piece of vocabulary.keys()) longest = Math.max(longest, piece.length);
  let cache = new Map<string, readonly number[]>();

  function match(token: string, pieces: number[]): void {
    const before = pieces.length;
    let start = 0;
    while (start < token.length) {
      let end = Math.min(token.length, start + longest);
      let found: number | undefined;
      for (; end > start; end--) {
        const candidate = token.slice(start, end);
        found = vocabulary.get(start === 0 ? candidate : `##${candidate}`);
        if (found !== undefined) break;
      }
      if (found === undefined) {
        pieces.length = before;
        pieces.push(unknown);
        return;
      }
      pieces.push(found);
      start = end;
    }
  }

  function split(word: string): readonly number[] {
    // The word pattern never ends a word inside a surrogate pair, but the cut may: the half is a control character.
    const head = word.length > MAX_UNITS ? word.slice(0, MAX_UNITS) : word;
    const tokens = PLAIN.test(head) ? [head.toLowerCase()] : tokensOf(clean(head));
    const pieces: number[] = [];
    for (const token of tokens) {
      if (countLetters(token) > MAX_LETTERS) pieces.push(unknown);
      else match(token, pieces);
      if (pieces.length >= MAX_PIECES) break;
    }
    if (pieces.length === 0) pieces.push(unknown);
    return pieces.length > MAX_PIECES ? pieces.slice(0, MAX_PIECES) : pieces;
  }

  const pieces = (word: string): readonly number[] => {
    if (word.length > CACHED_LETTERS) return split(word);
    const known = cache.get(word);
    if (known !== undefined) return known;
    const pieces = split(word);
    if (cache.size >= CACHED_WORDS) cache = new Map();
    cache.set(word, pieces);
    return pieces;
  };
  return Object.assign(pieces, { cls: vocabulary.get("[CLS]") ?? 0, sep: vocabulary.get("[SEP]") ?? 0 });
}

/** Reads a vocabulary: one piece a line, its number being that of the line. */
export function parseVocabulary(file: string): Map<string, number> {
  const vocabulary = new Map<string, number>();
  const lines = file.split("\n");
  for (let i = 0; i < lines.length; i++) {
    const piece = (lines[i] ?? "").replace(/\r$/, "");
    if (piece !== "") vocabulary.set(piece, i);
  }
  return vocabulary;
}
