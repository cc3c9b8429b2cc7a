import type { Span, TextDocument, Token } from "../text/types.ts";
import { sentenceAt, tokenAt } from "./content.ts";
import type { EntityTable } from "./entities.ts";
import lexicon from "./lexicon/sources.json" with { type: "json" };
import type { WorkingMention } from "./mention.ts";
import type { Antecedents } from "./pronouns.ts";
import { contains, within } from "./spans.ts";
import { isHead, isProxy } from "./titles.ts";
import type { EntityKey, EntityKind } from "./types.ts";

interface Context {
  readonly document: TextDocument;
  readonly entities: EntityTable;
  readonly mentions: readonly WorkingMention[];
}

/** One phrase for who speaks: the words that call them, without determiner and what is said of them. */
interface Phrase extends Span {
  /** The noun they are called by, lower case. */
  readonly head: string;
  readonly noun: Span;
  /** All its words begin with capitals. */
  readonly named: boolean;
}

const BODIES = new Set(lexicon.bodies);
const MEDIA = new Set(lexicon.media);
const PEOPLE = new Set(lexicon.people);
const PERSONS = new Set(lexicon.persons);
const THINGS = new Set(lexicon.things);

/** Bodies of a state that are not its voice as its government is. */
const OWN_VOICE = /^(?!government$|administration$|regime$|cabinet$|presidency$|junta$|leadership$|embassy$)/;
const DETERMINER = /^(?:the|an?|this|that|these|those|some|any|several|many|most|other|another|both|all|its|his|her|their|our|my|alleged|anonymous)$/;
const QUANTIFIER = /^(?:over|more|than|at|least|about|nearly|almost|around|up|to|only|even)$/;
/** Governments below the state speak for themselves. */
const LOCAL = /\b(?:regional|local|provincial|municipal|interim|provisional|city|county)\b/i;
/** A person's office is a body too. */
const PERSONAL = /^(?:office|campaign|foundation|family|company|firm)$/;
const LONGEST = 14;
/** Characters back that a body is looked for that was named in full. */
const NEAR = 3000;
/** Speakers back. */
const MEMORY = 40;

/** "Critics", "residents of Basra", "a colleague": an entity of the article for those whom a source calls by a noun alone. */
export function callSource(context: Context, area: Span, antecedents: Antecedents): { readonly key: EntityKey; readonly span: Span }[] {
  const { document } = context;
  const called: { key: EntityKey; span: Span }[] = [];
  let from = tokenAt(document, area.start);
  for (let n = 0; n < 3; n++) {
    const phrase = phraseAt(document, from, area.end);
    const kind = phrase === undefined ? undefined : kindOf(phrase);
    if (phrase === undefined || kind === undefined || within(context.mentions, phrase).some((m) => m.kind === "person" && !m.weak)) break;
    called.push({ key: namesake(context, phrase, kind, antecedents) ?? enter(context, phrase, kind), span: { start: phrase.start, end: phrase.end } });
    const next = tokenAt(document, phrase.end);
    if (!/^(?:and|,)$/.test(document.tokens[next]?.lower ?? "") || (document.tokens[next + 1]?.start ?? Infinity) >= area.end) break;
    from = document.tokens[next + 1]?.lower === "and" ? next + 2 : next + 1;
  }
  return called;
}

/** "the Ukrainian Ministry of Defence", "Israel’s military": a body of its own, not its state; undefined for what has a better name. */
export function bodyOf(context: Context, area: Span): { readonly key: EntityKey; readonly span: Span } | undefined {
  const { document, mentions } = context;
  const phrase = phraseAt(document, tokenAt(document, area.start), area.end);
  if (phrase === undefined || !BODIES.has(phrase.head)) return undefined;
  if (!OWN_VOICE.test(phrase.head) && !(phrase.head === "government" && LOCAL.test(document.text.slice(phrase.start, phrase.end)))) return undefined;
  const inside = within(mentions, phrase);
  // A body known by this name is resolved as names are.
  const known = (m: WorkingMention): boolean => contains(m, phrase.noun) && m.type !== "nominal" && !m.weak;
  if (inside.some((m) => known(m) || (m.type === "name" && !m.weak && m.kind !== "state" && m.kind !== "place" && !(m.kind === "person" && PERSONAL.test(phrase.head))))) return undefined;
  // "the ruling Hope party" is Hope; before a name or another noun the body only says whose they are.
  if (/^(?:party|group|movement|front|coalition|alliance)$/.test(phrase.head) && inside.some((m) => m.kind === "organisation" || m.kind === "group")) return undefined;
  const after = document.tokens[tokenAt(document, phrase.end)];
  if (after !== undefined && after.start > phrase.end && after.end <= area.end && /^(?:NOUN|PROPN|ADJ)$/.test(after.tag)) return undefined;
  const owned = inside.some((m) => m.kind === "state" || m.kind === "place" || m.type === "demonym");
  if (!owned && !phrase.named && !/\p{Lu}/u.test(document.text.slice(phrase.start + (opensSentence(document, phrase) ? 1 : 0), phrase.end))) return undefined;
  return { key: enter(context, phrase, "organisation"), span: { start: phrase.start, end: phrase.end } };
}

/** "Doctors treating Roe", "suspects in the killing of Roe": those who are described by a name do not go by it. */
export function leadOf(context: Context, area: Span, actors: readonly WorkingMention[]): { readonly key: EntityKey; readonly span: Span } | undefined {
  const { document } = context;
  const phrase = phraseAt(document, tokenAt(document, area.start), area.end);
  const actor = actors[0];
  if (phrase === undefined || actor === undefined || actor.start <= phrase.end || isHead(phrase.head) || isProxy(phrase.head)) return undefined;
  const kind = kindOf(phrase);
  if ((kind !== "group" && kind !== "person") || !/^ (?:\p{L}+ing|in|at|near|outside|inside|who|against|behind|on) /u.test(document.text.slice(phrase.end, actor.start + 1))) return undefined;
  return { key: enter(context, phrase, kind), span: { start: phrase.start, end: phrase.end } };
}

/** "the commission", "the embassy": the last body whose name holds the word, of those who spoke and those who were named. */
function namesake({ document, entities, mentions }: Context, phrase: Phrase, kind: EntityKind, { speakers }: Antecedents): EntityKey | undefined {
  if (kind !== "organisation" || document.text.slice(phrase.start, phrase.end).includes(" ") || !/\b(?:the|its|this)\s$/i.test(document.text.slice(Math.max(0, phrase.start - 6), phrase.start))) return undefined;
  const isCalled = (key: EntityKey): boolean => entities.kindOf(key) === "organisation" && entities.nameOf(key).toLowerCase().split(/\P{L}+/u).includes(phrase.head);
  const spoke = speakers.slice(-MEMORY).findLast((s) => s.at < phrase.start && isCalled(s.key));
  return spoke?.key ?? within(mentions, { start: phrase.start - NEAR, end: phrase.start }).findLast((m) => isCalled(m.entity))?.entity;
}

function opensSentence(document: TextDocument, { start }: Span): boolean {
  return sentenceAt(document, start)?.start === start;
}

function enter({ document, entities, mentions }: Context, phrase: Phrase, kind: EntityKind): EntityKey {
  const { tokens } = document;
  const words = document.text.slice(phrase.start, phrase.end);
  // A capital that only opens the sentence is no part of the name.
  const common = kind === "organisation" ? !phrase.named && tokens[tokenAt(document, phrase.start)]?.tag !== "PROPN" : !/\p{Lu}/u.test(words.slice(1));
  const name = common && opensSentence(document, phrase) && /^\p{Lu}\p{Ll}/u.test(words) ? words.charAt(0).toLowerCase() + words.slice(1) : words;
  const state = within(mentions, phrase).find((m) => m.kind === "state")?.entity;
  const key = entities.local(kind, name.replace(/\s+/g, " "), state);
  entities.addForm(key, words);
  return key;
}

function kindOf({ head, named }: Phrase): EntityKind | undefined {
  if (THINGS.has(head)) return undefined;
  if (MEDIA.has(head)) return "medium";
  if (PEOPLE.has(head)) return "group";
  if (BODIES.has(head)) return "organisation";
  if (PERSONS.has(head)) return "person";
  if (/[^su]s$/.test(head) && !/(?:ness|nosis|ysis)$/.test(head)) return "group";
  return named ? "organisation" : undefined;
}

/** The noun phrase that begins at a token: modifiers, head, and what "of" or a name's own "for" adds. */
function phraseAt(document: TextDocument, from: number, end: number): Phrase | undefined {
  const { tokens } = document;
  let first = from;
  while (DETERMINER.test(tokens[first]?.lower ?? "") || (QUANTIFIER.test(tokens[first]?.lower ?? "") && tokens[first]?.tag !== "NOUN")) first++;
  let head = -1;
  let at = first;
  for (; at < first + LONGEST; at++) {
    const token = tokens[at];
    if (token === undefined || token.end > end || !belongs(token, tokens[at - 1])) break;
    if (isNoun(token) || BODIES.has(token.lower)) head = at;
  }
  // "suspects", "rebels": what ends a source and looks like a verb is none.
  const verb = tokens[at];
  if (verb?.tag === "VERB" && /[^s]s$/.test(verb.lower) && (head < 0 || verb.end === end || tokens[at + 1]?.tag === "ADP") && verb.end <= end) head = at++;
  const noun = tokens[head];
  const start = tokens[first];
  if (noun === undefined || start === undefined) return undefined;
  let last = head;
  if (at === head + 1) last = complement(tokens, head, end);
  const words = tokens.slice(first, head + 1).filter((t) => /\p{L}{2}/u.test(t.text));
  return { start: start.start, end: tokens[last]?.end ?? noun.end, head: noun.lower, noun, named: words.every((t) => /^\p{Lu}/u.test(t.text)) };
}

/** "of the opposition", "of Defence", "for Human Rights": the last token that belongs to the name of what stands before it. */
function complement(tokens: readonly Token[], head: number, end: number): number {
  const link = tokens[head + 1]?.lower ?? "";
  const capitalised = /^\p{Lu}/u.test(tokens[head]?.text ?? "");
  if (link !== "of" && !(capitalised && /^(?:for|on|to|in)$/.test(link))) return head;
  let last = head;
  for (let i = head + 2; i < head + LONGEST; i++) {
    const token = tokens[i];
    if (token === undefined || token.end > end) break;
    const upper = /^\p{Lu}/u.test(token.text);
    if (link !== "of" && !upper && token.tag !== "NUM" && !/^(?:and|of|the|for)$/.test(token.lower)) break;
    if (!belongs(token, tokens[i - 1]) && !/^(?:of|the|and|for|an?)$/.test(token.lower)) break;
    if (isNoun(token) || upper || (capitalised && token.tag === "NUM")) last = i;
  }
  return last;
}

function isNoun({ tag, text }: Token): boolean {
  return (tag === "NOUN" || tag === "PROPN" || tag === "X") && /\p{L}/u.test(text) && text !== "s";
}

function belongs(token: Token, before: Token | undefined): boolean {
  if (/^(?:NOUN|PROPN|ADJ|NUM|ADV|X)$/.test(token.tag)) return true;
  if (/^(?:['’]|s|-|‑|–|&|\.|\/)$/.test(token.text)) return before !== undefined && before.end === token.start;
  return /^\p{Lu}/u.test(token.text) && token.tag !== "PUNCT";
}
