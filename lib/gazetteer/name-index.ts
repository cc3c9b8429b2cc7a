import { foldDiacritics, isLoose, nameWords, splitWords } from "./name-words.ts";
import type { NameMatch, NameSense } from "./types.ts";

interface Form {
  readonly words: readonly string[];
  /** The same words in capitals, and with a capital first: the other spellings a text may have. */
  readonly capitals: readonly string[];
  readonly capitalised: readonly string[];
  readonly senses: NameSense[];
}

/** Longest abbreviation looked for letter by letter ("U.N.E.S.C.O."). */
const MAX_LETTERS = 8;

/**
 * Names and what they stand for, found at a position of a text. Adding a name is cheap: it is filed under its first
 * word and split only when a text first has that word.
 */
export class NameIndex {
  readonly #filed = new Map<string, [string, NameSense][]>();
  readonly #forms = new Map<string, readonly Form[]>();

  add(name: string, sense: NameSense): void {
    const head = firstWord(name);
    const filed = this.#filed.get(head);
    if (filed === undefined) this.#filed.set(head, [[name, sense]]);
    else filed.push([name, sense]);
  }

  /** The longest name that starts at `words[from]`: see `Gazetteer.match`. */
  match(words: readonly string[], from: number): NameMatch | undefined {
    const first = words[from];
    if (first === undefined) return undefined;
    let best = this.#longest(first, words, from);
    if (first.length === 1 && words[from + 1] === ".") {
      let letters = first;
      for (let i = from + 2; words[i]?.length === 1 && letters.length < MAX_LETTERS; i += 2) {
        letters += words[i];
        const other = this.#longest(letters, words, from);
        if (other !== undefined && other.length > (best?.length ?? 0)) best = other;
        if (words[i + 1] !== ".") break;
      }
    }
    return best;
  }

  /** All senses of a whole name. */
  lookup(name: string): readonly NameSense[] {
    const words = splitWords(name);
    while (words.length > 0 && isLoose(words[0] ?? "")) words.shift();
    const match = this.match(words, 0);
    return match !== undefined && words.slice(match.length).every(isLoose) ? match.senses : [];
  }

  #longest(head: string, words: readonly string[], from: number): NameMatch | undefined {
    const key = foldDiacritics(head).toLowerCase();
    let forms = this.#forms.get(key);
    if (forms === undefined) {
      const filed = this.#filed.get(key);
      if (filed === undefined) return undefined;
      forms = compile(filed);
      this.#forms.set(key, forms);
    }
    let length = 0;
    let found: Form | undefined;
    for (const form of forms) {
      const end = matchForm(form, words, from);
      if (end - from > length) {
        length = end - from;
        found = form;
      } else if (found !== undefined && end - from === length) {
        // Names that differ in case only ("van Dyk", "Van Dyk"), both of which the text may mean.
        found = { ...found, senses: merge(found.senses, form.senses) };
      }
    }
    return found === undefined ? undefined : { length, senses: found.senses };
  }
}

/** The first word of a name in lower case. Most are plain; the rest need the splitting that texts get. */
function firstWord(name: string): string {
  for (let i = 0; i < name.length; i++) {
    const unit = name.charCodeAt(i);
    if (unit === 0x20) return name.slice(0, i).toLowerCase();
    const lower = unit | 0x20;
    if (lower < 0x61 || lower > 0x7a) return (nameWords(name)[0] ?? "").toLowerCase();
  }
  return name.toLowerCase();
}

function compile(filed: readonly (readonly [string, NameSense])[]): Form[] {
  const forms = new Map<string, Form>();
  for (const [name, sense] of filed) {
    const words = nameWords(name);
    const key = words.join(" ");
    const form = forms.get(key);
    if (form === undefined) {
      forms.set(key, { words, capitals: words.map((w) => w.toUpperCase()), capitalised: words.map(capitalise), senses: [sense] });
    } else {
      form.senses.splice(0, form.senses.length, ...merge(form.senses, [sense]));
    }
  }
  return [...forms.values()];
}

function merge(some: readonly NameSense[], more: readonly NameSense[]): NameSense[] {
  return [...some, ...more.filter((a) => !some.some((b) => b.entry.id === a.entry.id && b.use === a.use))];
}

function capitalise(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}

/** Where the form ends that starts at `from`, or -1. */
function matchForm(form: Form, words: readonly string[], from: number): number {
  let at = from;
  for (let i = 0; i < form.words.length; i++) {
    const word = form.words[i] ?? "";
    if (i > 0) {
      // A full stop is part of a name only after an initial or an abbreviation: "St. Petersburg", not "to Paris. Hilton".
      const before = words[at - 1] ?? "";
      if (words[at] !== "." || before.length <= 4) for (let n = 0; n < 2 && isLoose(words[at] ?? ""); n++) at++;
    }
    const given = words[at];
    if (given === undefined) return -1;
    const folded = foldDiacritics(given);
    if (folded === word || folded === form.capitalised[i] || (folded === form.capitals[i] && folded.length > 1)) {
      at++;
    } else if (i === 0 && word === "The" && folded === "the") {
      at++;
    } else {
      const end = matchLetters(word, words, at);
      if (end < 0) return -1;
      at = end;
    }
  }
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
