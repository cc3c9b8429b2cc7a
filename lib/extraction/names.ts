import type { Gazetteer, NameSense } from "../gazetteer/types.ts";
import type { TextDocument, Token } from "../text/types.ts";
import lexicon from "./lexicon/names.json" with { type: "json" };
import { isTitleWord } from "./titles.ts";

/** Words that name something: known to the gazetteer, or only by their capitals. */
export interface NameCandidate {
  /** Token indexes, end exclusive. */
  readonly first: number;
  readonly last: number;
  /** What the gazetteer knows under this name; empty where it knows nothing. */
  readonly senses: readonly NameSense[];
}

const PARTICLES = new Set(lexicon.particles);
const NOT_NAMES = new Set(lexicon.notNames);
const ORGANISATION_WORDS = new Set(lexicon.organisationWords);
const GIVEN = new Set(lexicon.givenNames);
const PLACE_GIVEN = new Set(lexicon.givenNamesThatArePlaces);
/** What follows a hyphen and is no part of a name. */
const COMPOUNDING = new Set(lexicon.compounding);
/** Name runs longer than this are headlines in title case. */
const LONGEST_NAME = 6;

const SIDE = /^(?:North|South|East|West)$/;
const UPPER = /^\p{Lu}/u;

export function isCapitalised(token: Token | undefined): boolean {
  return token !== undefined && UPPER.test(token.text);
}

/** Next to each other, with nothing but a space or hyphen between. */
function adjacent(text: string, a: Token, b: Token): boolean {
  const between = text.slice(a.end, b.start);
  return between === " " || between === "" || between === "\u00a0";
}

/**
 * All names of a document in order, none overlapping another: the longest the gazetteer knows, and runs of
 * capitalised words that it does not.
 */
export function findNames(document: TextDocument, gazetteer: Gazetteer): NameCandidate[] {
  const { tokens, text } = document;
  const words = tokens.map((t) => t.text);
  const known = new Map<number, NameCandidate>();
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i];
    if (token === undefined || !(isCapitalised(token) || PARTICLES.has(token.text))) continue;
    const half = northAndSouth(tokens, i, gazetteer);
    if (half !== undefined) {
      known.set(i, half);
      continue;
    }
    const match = gazetteer.match(words, i);
    if (match === undefined || match.length === 0) continue;
    // "He said", "West of the river"; but "May said".
    if (match.length === 1 && NOT_NAMES.has(token.lower) && match.senses.every((s) => s.use === "short") && !(token.lower === "may" && tokens[i + 1]?.tag === "VERB")) continue;
    const last = tokens[i + match.length - 1];
    if (last === undefined || last.sentence !== token.sentence) continue;
    known.set(i, { first: i, last: trimPossessive(tokens, i, i + match.length), senses: match.senses });
  }
  const names: NameCandidate[] = [];
  let i = 0;
  while (i < tokens.length) {
    const here = known.get(i);
    const run = unknownRun(i, tokens, text, known);
    if (run > i && (here === undefined || extendsKnown(here, run, tokens, known))) {
      names.push(joinedSenses(i, run, words, gazetteer));
      i = run;
    } else if (here !== undefined) {
      names.push(here);
      i = here.last;
    } else {
      i++;
    }
  }
  return names;
}

/** "North and South Korea": the first word of two shares the last one's noun. */
function northAndSouth(tokens: readonly Token[], at: number, gazetteer: Gazetteer): NameCandidate | undefined {
  const side = tokens[at];
  const noun = tokens[at + 3];
  if (side === undefined || noun === undefined || !SIDE.test(side.text) || tokens[at + 1]?.lower !== "and" || !SIDE.test(tokens[at + 2]?.text ?? "")) return undefined;
  const senses = gazetteer.lookup(`${side.text} ${noun.text}`).filter((s) => s.entry.kind === "state");
  return senses.length === 0 ? undefined : { first: at, last: at + 1, senses };
}

function trimPossessive(tokens: readonly Token[], first: number, last: number): number {
  let end = last;
  while (end - 1 > first && /^['’.]$/.test(tokens[end - 1]?.text ?? "") && tokens[end - 2]?.text.length !== 1) end--;
  return end;
}

/** A gazetteer name that is only the first part of another one: "Jordan Peterson", "Trump Tower". */
function extendsKnown(known: NameCandidate, run: number, tokens: readonly Token[], all: ReadonlyMap<number, NameCandidate>): boolean {
  if (run <= known.last || known.last - known.first > 1) return false;
  const first = tokens[known.first]?.text ?? "";
  // "Trump-Putin", "Russia-U.S.": two names, not one.
  if (/^[-‐–]$/.test(tokens[known.last]?.text ?? "") && all.has(known.last + 1)) return false;
  if (known.senses.every((s) => s.use === "demonym")) return false;
  if (all.has(known.last) && (all.get(known.last)?.senses.some((s) => s.use !== "short") ?? false)) return false;
  if (known.senses.some((s) => s.use === "short")) return true;
  // "Georgia Meloni", but "the President of Georgia Mikheil Saakashvili".
  if (PLACE_GIVEN.has(first)) return run - known.first <= 3 && tokens[known.first - 1]?.lower !== "of";
  return known.senses.every((s) => s.entry.kind === "medium" || s.use === "metonym");
}

/** Where a run of capitalised words ends that starts at `from`; `from` where none does. */
function unknownRun(from: number, tokens: readonly Token[], text: string, known: ReadonlyMap<number, NameCandidate>): number {
  const first = tokens[from];
  if (first === undefined || !isCapitalised(first) || NOT_NAMES.has(first.lower) || !/\p{L}/u.test(first.text)) return from;
  const body = bodyEnd(from, tokens, text, known);
  if (body > from) return body;
  if (isTitleWord(first.lower)) return from;
  let end = from + 1;
  let at = from + 1;
  while (at < tokens.length && at - from < LONGEST_NAME) {
    const token = tokens[at];
    const before = tokens[at - 1];
    if (token === undefined || before === undefined || token.sentence !== first.sentence) break;
    const initial = token.text === "." && before.text.length === 1 && isCapitalised(before);
    const joint = /^[-‐’']$/.test(token.text) && text[token.end] !== " " && before.end === token.start && isCapitalised(tokens[at + 1]);
    if (initial || joint) {
      at++;
      continue;
    }
    // "Wang Qi-shan", but "Houthi-led", "Tesla Model-style".
    const second = tokens[at + 1];
    if (/^[-‐]$/.test(token.text) && at - from >= 2 && before.end === token.start && second?.start === token.end && /^\p{Ll}{2,5}$/u.test(second.text) && !COMPOUNDING.has(second.text)) {
      at += 2;
      end = at;
      continue;
    }
    if (!adjacent(text, before, token) && before.text !== "." && !/^[-‐’']$/.test(before.text)) break;
    if (PARTICLES.has(token.lower)) {
      at++;
      continue;
    }
    if (!isCapitalised(token) || NOT_NAMES.has(token.lower) || isTitleWord(token.lower)) break;
    const here = known.get(at);
    // A known name inside ends the run before it, unless it is but a family name: "Melania Trump", "Jack London".
    const familyName = at === from + 1 && GIVEN.has(first.text) && here?.last === at + 1;
    if (here !== undefined && !familyName && !here.senses.every((s) => s.use === "short" || s.entry.kind === "person")) break;
    if (here !== undefined && here.last - here.first > 1) break;
    at++;
    end = at;
  }
  if (end === from + 1 && first.tag !== "PROPN" && isSentenceStart(tokens, from)) return from;
  return end;
}

/** Where the name of a body ends: capitalised words up to "Court", "Ministry" and the like, and "of" what: "Supreme Court of India". */
function bodyEnd(from: number, tokens: readonly Token[], text: string, known: ReadonlyMap<number, NameCandidate>): number {
  let end = from;
  for (let i = from; i < from + LONGEST_NAME; i++) {
    const token = tokens[i];
    const before = tokens[i - 1];
    if (token === undefined || (i > from && (before === undefined || !adjacent(text, before, token)))) break;
    if (!isCapitalised(token) && !(i > from && /^(?:and|for)$/.test(token.lower) && isCapitalised(tokens[i + 1]))) break;
    if (known.has(i) && i > from) break;
    if (ORGANISATION_WORDS.has(token.text) && i > from) end = i + 1;
  }
  if (end === from) return from;
  if (/^(?:of|for)$/.test(tokens[end]?.lower ?? "")) {
    const next = end + 1 + (tokens[end + 1]?.lower === "the" ? 1 : 0);
    const name = known.get(next);
    if (name !== undefined) return name.last;
    let last = next;
    while (isCapitalised(tokens[last]) && last - next < 4) last++;
    if (last > next) return last;
  }
  return end;
}

export function isSentenceStart(tokens: readonly Token[], index: number): boolean {
  const before = tokens[index - 1];
  return before === undefined || before.sentence !== tokens[index]?.sentence || /^[“"‘'«:–—]$/.test(before.text);
}

/** "Donald J. Trump" is whom "Donald Trump" names. */
function joinedSenses(first: number, last: number, words: readonly string[], gazetteer: Gazetteer): NameCandidate {
  const parts = words.slice(first, last);
  if (parts.length > 2) {
    const ends = gazetteer.lookup(`${parts[0] ?? ""} ${parts[parts.length - 1] ?? ""}`).filter((s) => s.use === "name" && s.entry.kind === "person");
    if (ends.length === 1) return { first, last, senses: ends };
  }
  return { first, last, senses: [] };
}
