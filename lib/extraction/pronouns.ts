import { firstIndex } from "../text/search.ts";
import type { Span, TextDocument } from "../text/types.ts";
import { tokenAt } from "./content.ts";
import type { EntityTable } from "./entities.ts";
import type { WorkingMention } from "./mention.ts";
import { isCovered } from "./spans.ts";
import type { EntityKey } from "./types.ts";

/** Who has spoken last, and where: the likeliest antecedent in news. */
export interface Antecedents {
  readonly speakers: readonly { readonly key: EntityKey; readonly at: number }[];
  readonly quotes: readonly Span[];
}

interface Context {
  readonly document: TextDocument;
  readonly entities: EntityTable;
  readonly mentions: readonly WorkingMention[];
}

/** Sentences back that an antecedent may lie. */
const REACH = 4;

/**
 * Whom "he", "she" or "it" means: the subject of its own sentence, the last speaker, the subject of the sentence
 * before; gender and kind must agree where known. Undefined rather than a guess among several of the same sentence.
 */
export function resolvePronoun(context: Context, pronoun: Span & { word: string }, antecedents: Antecedents): EntityKey | undefined {
  const { document, mentions } = context;
  const relative = /^(?:who|which|that)$/.test(pronoun.word);
  const person = pronoun.word !== "it" && pronoun.word !== "which" && pronoun.word !== "that";
  const agrees = (key: EntityKey): boolean => {
    const kind = context.entities.kindOf(key);
    return person ? kind === "person" && genderAgrees(context, key, pronoun.word) : kind === "state" || kind === "organisation" || kind === "medium" || kind === "group";
  };
  const sentence = document.tokens[tokenAt(document, pronoun.start)]?.sentence ?? 0;
  const before = precedingMentions(mentions, pronoun.start).filter((m) => !m.inTitle && !m.possessive && m.type !== "demonym" && !isCovered(antecedents.quotes, m.start));
  const sentenceOf = (m: WorkingMention): number => document.tokens[m.first]?.sentence ?? -1;
  if (relative) {
    // "anger from China, who warned": what stands right before it, be it no person.
    const next = before[before.length - 1];
    if (next !== undefined && /^[\s,]*$/.test(document.text.slice(next.end, pronoun.start))) return next.entity;
    return before.filter((m) => sentenceOf(m) === sentence && agrees(m.entity)).pop()?.entity;
  }
  const own = before.filter((m) => sentenceOf(m) === sentence && agrees(m.entity) && !m.weak);
  // "Asked whether Trump would go, he said": the one who was asked.
  const asked = /^(?:asked|pressed|questioned|quizzed)$/.test(document.tokens[document.sentences[sentence]?.first ?? -1]?.lower ?? "");
  if (own[0] !== undefined && !asked) return own[0].entity;
  const start = document.sentences[Math.max(0, sentence - REACH)]?.start ?? 0;
  const speaker = [...antecedents.speakers].reverse().find((s) => s.at >= start && s.at < pronoun.start && agrees(s.key));
  for (let back = 1; back <= REACH; back++) {
    const subject = before.find((m) => sentenceOf(m) === sentence - back && agrees(m.entity) && (!m.weak || m.kind === "person"));
    if (speaker !== undefined && (document.sentences[sentence - back]?.start ?? 0) <= speaker.at) return speaker.key;
    if (subject !== undefined) return subject.entity;
  }
  return speaker?.key;
}

/** The two whom "both sides" or "they" means: the last two actors told of together. */
export function pluralAntecedents(context: Context, pronoun: Span & { word: string }, antecedents: Antecedents): EntityKey[] {
  const { document, mentions } = context;
  const persons = /leader|men|president|minister|pair/.test(pronoun.word);
  const states = /side|countr|government|nation/.test(pronoun.word);
  const sentence = document.tokens[tokenAt(document, pronoun.start)]?.sentence ?? 0;
  const fits = (m: WorkingMention): boolean =>
    !m.inTitle && !m.weak && m.type !== "demonym" && !m.possessive && !isCovered(antecedents.quotes, m.start) && (persons ? m.kind === "person" : states ? m.kind === "state" || m.kind === "organisation" || m.kind === "group" : m.kind === "person" || m.kind === "state");
  const before = precedingMentions(mentions, pronoun.start).filter(fits);
  for (let back = 0; back <= REACH; back++) {
    const keys = [...new Set(before.filter((m) => document.tokens[m.first]?.sentence === sentence - back).map((m) => m.entity))];
    const people = keys.filter((k) => context.entities.kindOf(k) === "person");
    if (!states && people.length === 2) return people;
    if (keys.length === 2) return keys;
    if (keys.length > 2) return [];
  }
  return [];
}

function genderAgrees(context: Context, key: EntityKey, word: string): boolean {
  const entry = context.entities.entry(key);
  if (entry?.kind !== "person" || entry.gender === undefined) return true;
  return entry.gender === (/^(?:she|her|herself)$/.test(word) ? "female" : "male");
}

/** Mentions looked back through, enough for four sentences. */
const MEMORY = 80;

function precedingMentions(mentions: readonly WorkingMention[], offset: number): WorkingMention[] {
  const end = firstIndex(mentions.length, (i) => (mentions[i]?.start ?? 0) >= offset);
  return mentions.slice(Math.max(0, end - MEMORY), end);
}
