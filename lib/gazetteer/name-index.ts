import { compileForms, matchForm, mergeSenses } from "./name-forms.ts";
import type { Form } from "./name-forms.ts";
import { foldDiacritics, isLoose, nameWords, splitWords } from "./name-words.ts";
import type { NameMatch, NameSense } from "./types.ts";

/** The forms that may start with one word of a text, those of several words by their second. */
interface Start {
  readonly single: readonly Form[];
  readonly several: readonly Form[];
  readonly bySecond: ReadonlyMap<string, readonly Form[]>;
}

/** Longest abbreviation looked for letter by letter ("U.N.E.S.C.O."). */
const MAX_LETTERS = 8;
/** Words of texts whose starts are kept; more than a language has in use, few enough for any memory. */
const MAX_STARTS = 50_000;
const NOT_PLAIN = /[^A-Za-z]/;

/**
 * Names and what they stand for, found at a position of a text. Adding a name is cheap: it is filed under its first
 * word and split only when a text first has that word.
 */
export class NameIndex {
  readonly #filed = new Map<string, [string, NameSense][]>();
  readonly #forms = new Map<string, readonly Form[]>();
  readonly #starts = new Map<string, Start | undefined>();

  add(name: string, sense: NameSense): void {
    const space = name.indexOf(" ");
    const first = space < 0 ? name : name.slice(0, space);
    // Most names start with a plain word; the rest need the splitting that texts get.
    const head = (NOT_PLAIN.test(first) ? (nameWords(name)[0] ?? "") : first).toLowerCase();
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
        letters += words[i] ?? "";
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
    const start = this.#start(head);
    if (start === undefined) return undefined;
    let length = 0;
    let senses: readonly NameSense[] = [];
    const consider = (forms: readonly Form[]): void => {
      for (const form of forms) {
        const taken = matchForm(form, words, from) - from;
        if (taken > length) {
          length = taken;
          senses = form.senses;
        } else if (taken === length) {
          // Names that differ in case only ("van Dyk", "Van Dyk"), both of which the text may mean.
          senses = mergeSenses(senses, form.senses);
        }
      }
    };
    consider(start.single);
    if (start.several.length > 0) consider(several(start, head, words, from));
    return length === 0 ? undefined : { length, senses };
  }

  #start(head: string): Start | undefined {
    if (this.#starts.has(head)) return this.#starts.get(head);
    if (this.#starts.size >= MAX_STARTS) this.#starts.clear();
    const key = foldDiacritics(head).toLowerCase();
    let forms = this.#forms.get(key);
    if (forms === undefined) {
      const filed = this.#filed.get(key);
      if (filed !== undefined) this.#forms.set(key, (forms = compileForms(filed)));
    }
    const start = forms === undefined ? undefined : startOf(forms);
    this.#starts.set(head, start);
    return start;
  }
}

function startOf(forms: readonly Form[]): Start {
  const several = forms.filter((form) => form.words.length > 1);
  return { single: forms.filter((form) => form.words.length === 1), several, bySecond: Map.groupBy(several, (form) => form.words[1]?.toLowerCase() ?? "") };
}

/** The forms of several words that the text's second word leaves possible. */
function several(start: Start, head: string, words: readonly string[], from: number): readonly Form[] {
  // An abbreviation in full stops takes up several words of the text.
  if (start.several.length <= 2 || words[from] !== head) return start.several;
  let second = from + 1;
  while (second < from + 3 && isLoose(words[second] ?? "")) second++;
  const word = words[second];
  if (word === undefined) return [];
  if (word.length === 1 && words[second + 1] === ".") return start.several;
  return start.bySecond.get(foldDiacritics(word).toLowerCase()) ?? [];
}
