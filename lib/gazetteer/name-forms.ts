import { foldDiacritics, isLoose, nameWords } from "./name-words.ts";
import type { NameSense } from "./types.ts";

/** A name as it is compared with a text: the words that count, in the spellings a text may have. */
export interface Form {
  readonly words: readonly string[];
  readonly capitals: readonly string[];
  readonly capitalised: readonly string[];
  readonly senses: readonly NameSense[];
}

/** The forms of names, each once, with all its senses. */
export function compileForms(names: readonly (readonly [string, NameSense])[]): Form[] {
  const forms = new Map<string, Form>();
  for (const [name, sense] of names) {
    const words = nameWords(name);
    const key = words.join(" ");
    const senses = mergeSenses(forms.get(key)?.senses ?? [], [sense]);
    forms.set(key, { words, capitals: words.map((word) => word.toUpperCase()), capitalised: words.map(capitalise), senses });
  }
  return [...forms.values()];
}

/** Both, without those of an entry and use already there. */
export function mergeSenses(some: readonly NameSense[], more: readonly NameSense[]): NameSense[] {
  return [...some, ...more.filter((a) => !some.some((b) => b.entry.id === a.entry.id && b.use === a.use))];
}

function capitalise(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}

/** Where the form ends that starts at `from`, or -1. */
export function matchForm(form: Form, words: readonly string[], from: number): number {
  let at = from;
  for (let i = 0; i < form.words.length; i++) {
    if (i > 0) at = skipLoose(words, at);
    const given = words[at];
    if (given === undefined) return -1;
    const word = form.words[i] ?? "";
    const folded = foldDiacritics(given);
    const same =
      folded === word ||
      folded === form.capitalised[i] ||
      (folded === form.capitals[i] && folded.length > 1) ||
      (i === 0 && word === "The" && folded === "the");
    at = same ? at + 1 : matchLetters(word, words, at);
    if (at < 0) return -1;
  }
  return at;
}

/**
 * Past the loose punctuation within a name, at most two characters of it. A full stop is part of a name only after an
 * initial or an abbreviation: "St. Petersburg", not "to Paris. Hilton".
 */
function skipLoose(words: readonly string[], at: number): number {
  if (words[at] === "." && (words[at - 1]?.length ?? 0) > 4) return at;
  for (let n = 0; n < 2 && isLoose(words[at] ?? ""); n++) at++;
  return at;
}

/** Where the abbreviation `word` ends that the text spells with full stops from `at`, or -1. The last stop belongs to it. */
function matchLetters(word: string, words: readonly string[], at: number): number {
  if (word.length < 2 || words[at]?.length !== 1 || words[at + 1] !== ".") return -1;
  for (let i = 0; i < word.length; i++) {
    if (words[at] !== word[i]) return -1;
    at++;
    if (words[at] === ".") at++;
    else if (i < word.length - 1) return -1;
  }
  return at;
}
