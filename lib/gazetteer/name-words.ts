/** The words of a text or name as the reader splits them: runs of letters, digits and low lines, or one other character. */
const WORD = /[\p{L}\p{N}_]+|[^\p{L}\p{N}_\s]/gu;
const MARKS = /\p{M}/gu;
const ASCII = /^[\x00-\x7f]*$/;
const LOOSE = /^[-'’‘ʼʻ`´‐‑‒–.]$/u;
/** Letters that stand alone in Unicode but are diacritics to an English typesetter. */
const LETTERS: Readonly<Record<string, string>> = {
  ı: "i", ø: "o", Ø: "O", ł: "l", Ł: "L", đ: "d", Đ: "D", ð: "d", Ð: "D", ß: "ss", æ: "ae", Æ: "Ae", œ: "oe", Œ: "Oe", ə: "a", Ə: "A", þ: "th", Þ: "Th",
};

/** Splits a name or text into words, punctuation included. */
export function splitWords(text: string): string[] {
  return text.match(WORD) ?? [];
}

/** The word without diacritics, in its own case. */
export function foldDiacritics(word: string): string {
  if (ASCII.test(word)) return word;
  return word
    .normalize("NFD")
    .replace(MARKS, "")
    .replace(/[^\x00-\x7f]/gu, (letter) => LETTERS[letter] ?? letter);
}

/** Hyphens, apostrophes and full stops: what may be missing from a name, or be added to it. */
export function isLoose(word: string): boolean {
  return word.length === 1 && LOOSE.test(word);
}

/**
 * The words of a name that count when it is compared: without diacritics and loose punctuation, abbreviations
 * written with full stops drawn together ("U.S." and "US" are one word, as are "J.D." and "J. D.").
 */
export function nameWords(name: string): string[] {
  const words = splitWords(name);
  const out: string[] = [];
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? "";
    if (isLoose(word)) continue;
    let letters = word;
    while (words[i]?.length === 1 && words[i + 1] === "." && /^\p{L}$/u.test(words[i + 2] ?? "")) {
      letters += words[i + 2] ?? "";
      i += 2;
    }
    out.push(foldDiacritics(letters));
  }
  return out;
}
