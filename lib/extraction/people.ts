import type { Span, TextDocument, Token } from "../text/types.ts";
import type { EntityTable } from "./entities.ts";
import lexicon from "./lexicon/people.json" with { type: "json" };
import { mayTellOfMeeting } from "./meeting-words.ts";
import { isUnknownWord, type WorkingMention } from "./mention.ts";
import { overlaps, within } from "./spans.ts";
import { isProxy } from "./titles.ts";
import type { EntityKey } from "./types.ts";

interface Context {
  readonly document: TextDocument;
  readonly entities: EntityTable;
}

/** Those who are called by a noun alone: "rebels", "the opposition". */
const PEOPLE = new Set(lexicon.people);
/** Those who are somebody in particular only by the word before: "opposition leaders". */
const MEMBERS = new Set(lexicon.members);
const OF = new Set(lexicon.of);
/** Those that are written with a capital too. */
const PEOPLE_NAMED = /^(?:opposition|rebels|maoists|islamists|bishops|republicans|nationalists|unionists)$/;
/** Words before the noun. */
const LONGEST = 5;

/**
 * The people without a name who may take part in a meeting, in sentences with a word for one: "Syrian opposition leaders", "the
 * rebels". They are groups of the article, the same where the same noun calls them later. What was taken for their state there is to
 * make way for them.
 */
export function findPeople({ document, entities }: Context, mentions: readonly WorkingMention[]): WorkingMention[] {
  const found: WorkingMention[] = [];
  const known = new Map<string, EntityKey>();
  for (const sentence of document.sentences) {
    if (!document.tokens.slice(sentence.first, sentence.last).some((t) => mayTellOfMeeting(t.lower))) continue;
    // "Casamance separatists": a word that nobody knows says which ones.
    const named = within(mentions, sentence).filter((m) => m.type !== "nominal" && m.type !== "demonym" && !isUnknownWord(m));
    for (let i = sentence.first; i < sentence.last; i++) {
      const phrase = phraseEndingAt(document, i, sentence.first, named);
      if (phrase === undefined) continue;
      const noun = headOf(document.tokens, i);
      const short = phrase.first === i ? known.get(noun) : undefined;
      const words = document.text.slice(phrase.start, phrase.end);
      const key = short ?? entities.local("group", nameOf(document, phrase, words));
      entities.addForm(key, words);
      known.set(noun, key);
      found.push({ ...phrase, last: i + 1, entity: key, kind: "group", type: "nominal", inTitle: false, possessive: isPossessive(document.tokens, i), locative: false, proxy: false, weak: false });
    }
  }
  return found;
}

/** The mentions beside people: without the descriptions that hold them. */
export function besidePeople(mentions: readonly WorkingMention[], people: readonly WorkingMention[]): WorkingMention[] {
  return mentions.filter((m) => (m.type !== "nominal" && !isUnknownWord(m)) || !within(people, { start: m.start - FAR, end: m.end + FAR }).some((p) => overlaps(m, p)));
}

/** Characters that such a phrase has at most. */
const FAR = 120;

/** The noun phrase whose last word stands at a token, if it means such people. */
function phraseEndingAt({ tokens }: TextDocument, at: number, from: number, named: readonly WorkingMention[]): (Span & { first: number }) | undefined {
  const head = tokens[at];
  const next = tokens[at + 1];
  if (head === undefined || !(PEOPLE.has(head.lower) || MEMBERS.has(head.lower) || isProxy(head.lower)) || head.tag === "VERB") return undefined;
  if (next !== undefined && next.start === head.end + 1 && (/^(?:NOUN|PROPN)$/.test(next.tag) || MEMBERS.has(next.lower) || isProxy(next.lower))) return undefined;
  let first = at;
  while (first > from && at - first < LONGEST && isModifier(tokens[first - 1], tokens[first], named)) first--;
  while (first < at && /^[-‐–'’]$|^s$/.test(tokens[first]?.text ?? "")) first++;
  const start = tokens[first];
  // "Relief and Works Agency for Palestine Refugees": a name's own word.
  if (at > from && /^\p{Lu}/u.test(head.text) && !PEOPLE_NAMED.test(head.lower)) return undefined;
  const owned = tokens.slice(first, at).some((t) => OF.has(t.lower));
  if (start === undefined || (!PEOPLE.has(head.lower) && !owned)) return undefined;
  return { first, start: start.start, end: head.end };
}

/** "Syrian", "pro-Russian", "main": what stands before the noun, and is no name of somebody. */
function isModifier(token: Token | undefined, next: Token | undefined, named: readonly WorkingMention[]): boolean {
  if (token === undefined || next === undefined || next.start - token.end > 1 || named.some((m) => m.start <= token.start && m.end >= token.end)) return false;
  if (mayTellOfMeeting(token.lower)) return false;
  return /^(?:NOUN|PROPN|ADJ)$/.test(token.tag) || /^[-‐–]$/.test(token.text) || (token.tag === "VERB" && /^[-‐–]$|ed$/.test(token.text)) || OF.has(token.lower);
}

/** The word that calls them later: "rebel leaders" are "the rebels". */
function headOf(tokens: readonly Token[], at: number): string {
  const head = tokens[at]?.lower ?? "";
  return PEOPLE.has(head) ? head : `${tokens[at - 1]?.lower ?? ""}s`;
}

/** Without the capital that only opens a sentence. */
function nameOf({ tokens, sentences }: TextDocument, { first }: { first: number }, words: string): string {
  const token = tokens[first];
  const opens = token !== undefined && sentences[token.sentence]?.first === first && token.tag !== "PROPN" && token.tag !== "ADJ";
  return (opens ? words.charAt(0).toLowerCase() + words.slice(1) : words).replace(/\s+/g, " ");
}

function isPossessive(tokens: readonly Token[], at: number): boolean {
  return /^['’]$/.test(tokens[at + 1]?.text ?? "") && tokens[at + 1]?.start === tokens[at]?.end;
}
