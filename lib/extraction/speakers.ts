import type { Span, TextDocument } from "../text/types.ts";
import { tokenAt } from "./content.ts";
import type { EntityTable } from "./entities.ts";
import { titledStart, type WorkingMention } from "./mention.ts";
import { pluralAntecedents, resolvePronoun, type Antecedents } from "./pronouns.ts";
import { bodyOf, callSource, leadOf } from "./source-phrases.ts";
import { hull, within } from "./spans.ts";
import type { EntityKey, EntityKind } from "./types.ts";

export interface Resolved {
  readonly keys: readonly EntityKey[];
  /** The words that show each. */
  readonly support: ReadonlyMap<EntityKey, Span>;
  /** Mentions made by resolving: pronouns. */
  readonly pronouns: readonly WorkingMention[];
}

export const NOBODY: Resolved = { keys: [], support: new Map(), pronouns: [] };
const BETWEEN_JOINT = /^\s*(?:,|and|&|, and|as well as|,? along with)\s*(?:the\s+)?$/i;
const SPOKESMAN = /^\W*(?:an?|the|one|another)?\s*(?:[a-z]+\s)?(?:(?:spokes\w+|aide|advis[eo]r|lawyer|source) (?:for|of|to|close to)|(?:press )?secretary (?:for|to)) /i;
/** Characters since several spoke together that "they" may mean them, and how many those may be. */
const TOGETHER = 600;
const LARGEST_GROUP = 8;
const COLLECTIVE: ReadonlySet<EntityKind> = new Set(["organisation", "group"]);
const LED = /^(?:administration|government|regime|cabinet)$/;
const MEMBERS = /^(?:members?|countries|nations|states|allies|capitals)$/;
const PLURAL = /\b(?:both (?:sides|countries|leaders|men|governments|nations)|the two (?:sides|countries|leaders|men|governments|nations|presidents|ministers)|they|the (?:leaders|sides|pair))\b/i;

interface Context {
  readonly document: TextDocument;
  readonly entities: EntityTable;
  readonly mentions: readonly WorkingMention[];
}

/** Who a source is: the person, state or body its words name, or several joined by "and". */
export function resolveSource(context: Context, source: readonly Span[], antecedents: Antecedents): Resolved {
  const area = hull(source);
  if (area === undefined) return NOBODY;
  const words = context.document.text.slice(area.start, area.end);
  const named = within(context.mentions, area).filter((m) => !m.inTitle);
  // "leaders at the talks in Riyadh, Saudi Arabia": where a place lies.
  const actors = named.filter((m, i) => (m.kind !== "place" || !m.locative) && !(m.kind === "state" && named[i - 1]?.locative === true && named[i - 1]?.end === m.start - 2));
  const spokesman = SPOKESMAN.test(words) ? actors.find((m) => m.kind === "person" || m.kind === "state" || m.kind === "organisation") : undefined;
  // "a spokesman for the ministry, Jane Roe," is named.
  const person = spokesman === undefined ? undefined : actors.find((m) => m.kind === "person" && m.start > spokesman.end && /^\W*$/.test(context.document.text.slice(spokesman.end, m.start)));
  if (spokesman !== undefined && person === undefined && !/,/.test(context.document.text.slice(area.start, spokesman.start))) {
    // "a spokesman for the British prime minister" is not the prime minister.
    const side = spokesman.kind === "person" ? context.entities.sideOf(spokesman.entity) : spokesman.entity;
    return side === undefined ? NOBODY : { keys: [side], support: new Map([[side, { start: spokesman.start, end: spokesman.end }]]), pronouns: spokesman.kind === "person" ? [{ ...pronounMention(context, spokesman, side), type: "nominal" }] : [] };
  }
  const body = bodyOf(context, area) ?? leadOf(context, area, actors);
  if (body !== undefined) return called(context, [body]);
  const first = pick(actors, words, area.start, context.document);
  if (first === undefined) {
    const resolved = resolvePronounSource(context, area, words, antecedents);
    if (resolved.keys.length > 0 || PLURAL.test(words)) return resolved;
    const aide = aideOf(context, actors, words, area.start);
    return aide ?? called(context, callSource(context, area, antecedents));
  }
  const keys: EntityKey[] = [];
  const support = new Map<EntityKey, Span>();
  const add = (mention: WorkingMention): void => {
    const key = members(context, mention, area);
    if (!keys.includes(key)) keys.push(key);
    if (!support.has(key)) support.set(key, { start: mention.start, end: mention.end });
  };
  add(first);
  let last = first;
  for (const next of actors.slice(actors.indexOf(first) + 1)) {
    if (!BETWEEN_JOINT.test(context.document.text.slice(last.end, titledStart(context.document, next)))) break;
    add(next);
    last = next;
  }
  return { keys, support, pronouns: [] };
}

/** "Roe’s senior adviser" speaks for the side of Roe. */
function aideOf(context: Context, actors: readonly WorkingMention[], words: string, offset: number): Resolved | undefined {
  const owner = actors.find((m) => m.kind === "person" && m.possessive);
  const side = owner === undefined || !/^[’']s? (?:\w+ ){0,3}(?:advis[eo]r|aide|spokes\w+|representative|envoy|lawyer|press secretary)\W*$/i.test(words.slice(owner.end - offset)) ? undefined : context.entities.sideOf(owner.entity);
  if (owner === undefined || side === undefined) return undefined;
  return called(context, [{ key: side, span: { start: owner.start, end: owner.end } }]);
}

/** Those whom their noun alone calls. */
function called(context: Context, sources: readonly { readonly key: EntityKey; readonly span: Span }[]): Resolved {
  return { keys: sources.map((s) => s.key), support: new Map(sources.map((s) => [s.key, s.span])), pronouns: sources.map((s) => ({ ...pronounMention(context, s.span, s.key), type: "nominal" })) };
}

/** Of the names in a source the one that speaks: not those that only say whose it is. */
function pick(actors: readonly WorkingMention[], words: string, offset: number, document: TextDocument): WorkingMention | undefined {
  const speaking = actors.filter((m) => !m.possessive && m.type !== "demonym" && !m.locative);
  // "the Union's health commissioner, Jane Roe": who is named last, by name and title or behind a comma.
  const last = speaking[speaking.length - 1];
  if (last?.kind === "person" && last.type === "name" && (!last.weak || last.last - last.first > 1) && !speaking.some((m) => m !== last && m.kind === "person" && !m.weak)) {
    const start = titledStart(document, last);
    if (/^\W*$/.test(words.slice(last.end - offset)) && !/\b(?:and|for|of|to|with|by|about|at|in|as|than|against)\s*$/i.test(words.slice(0, Math.max(0, start - offset)))) return last;
  }
  const person = speaking.find((m) => m.kind === "person" && !m.weak);
  // "the office of President Xi", "a spokesman for Jane Roe": the one named first stands for it, person or not.
  if (speaking[0] !== undefined && speaking[0].type === "nominal") {
    // "the ambassador to India, Jane Roe," is Jane Roe; so is "the newspaper" before its name.
    const named = speaking.find((m) => m.type === "name" && m.start >= (speaking[0]?.end ?? 0) && (m.kind === "person" || m.kind === "medium"));
    if (named !== undefined && /^[^,]{0,30},?\s*$/.test(document.text.slice(speaking[0].end, named.start)) && !/\b(?:and|for|of|to)\s*$/.test(document.text.slice(speaking[0].end, named.start))) return named;
    return speaking[0];
  }
  if (person !== undefined && speaking.indexOf(person) <= 1) return person;
  if (speaking[0] !== undefined) return speaking[0];
  const owner = actors.find((m) => m.kind !== "place" && !m.locative);
  // "China’s state media" is resolved as a whole; else "Germany’s far right" is not Germany.
  if (owner !== undefined && (/^[\p{L}.\s]+[’']s?$/u.test(words) || owner.proxy)) return owner;
  // "the Russians"
  return owner !== undefined && owner.type === "demonym" && /^the \p{Lu}\p{L}+s$/iu.test(words.trim()) ? owner : undefined;
}

/** "some NATO members" are not NATO. */
function members(context: Context, mention: WorkingMention, area: Span): EntityKey {
  const { document, entities } = context;
  const next = document.tokens[mention.last];
  if (mention.kind === "organisation" && next !== undefined && next.end <= area.end && MEMBERS.test(next.lower)) {
    const key = entities.local("group", document.text.slice(mention.start, next.end), mention.entity);
    entities.addForm(key, document.text.slice(mention.start, next.end));
    return key;
  }
  // "Obama administration officials" speak for the state.
  const led = mention.kind === "person" && next !== undefined && next.end <= area.end && LED.test(next.lower) ? entities.sideOf(mention.entity) : undefined;
  if (led !== undefined) return led;
  use(context, mention);
  return mention.entity;
}

/** A capitalised name that a fact needs is an entity. */
export function use(context: { document: TextDocument; entities: EntityTable }, mention: WorkingMention): void {
  if (mention.type !== "pronoun" && mention.type !== "nominal") context.entities.addForm(mention.entity, context.document.text.slice(mention.start, mention.end));
}

function resolvePronounSource(context: Context, area: Span, words: string, antecedents: Antecedents): Resolved {
  const plural = PLURAL.exec(words);
  const bare = words.trim().toLowerCase();
  if (/^(?:he|she|it|who|which|that|him|her|himself|herself)$/.test(bare)) {
    const key = resolvePronoun(context, { ...area, word: bare }, antecedents);
    if (key === undefined) return NOBODY;
    const pronoun = pronounMention(context, area, key);
    return { keys: [key], support: new Map([[key, area]]), pronouns: [pronoun] };
  }
  // "his office", "her spokesman": who speaks for a person speaks for the person's side.
  const proxy = /^(his|her) (?:office|government|ministry|spokes\w+|aides?|press office|administration|department)\b/.exec(bare);
  if (proxy !== null) {
    const person = resolvePronoun(context, { ...area, word: proxy[1] === "her" ? "she" : "he" }, antecedents);
    const side = person === undefined ? undefined : context.entities.sideOf(person);
    if (side === undefined) return NOBODY;
    return { keys: [side], support: new Map([[side, area]]), pronouns: [{ ...pronounMention(context, area, side), type: "nominal" }] };
  }
  if (plural !== null) {
    // "Britain and France say … They recommend": those who spoke together.
    const spoke = antecedents.speakers[antecedents.speakers.length - 1];
    const together = bare === "they" && spoke !== undefined && area.start - spoke.at < TOGETHER ? antecedents.speakers.slice(-LARGEST_GROUP).filter((s) => s.at === spoke.at).map((s) => s.key) : [];
    const several = together.length > 1 ? together : pluralAntecedents(context, { ...area, word: plural[0].toLowerCase() }, antecedents);
    // "The commission criticized the move. They said": a body is many.
    const body = several.length === 0 && bare === "they" && spoke !== undefined && area.start - spoke.at < TOGETHER && COLLECTIVE.has(context.entities.kindOf(spoke.key)) ? [spoke.key] : [];
    const keys = several.length > 0 ? several : body;
    return { keys, support: new Map(keys.map((k) => [k, area])), pronouns: keys.map((k) => pronounMention(context, area, k)) };
  }
  return NOBODY;
}

export function pronounMention(context: { document: TextDocument; entities: EntityTable }, area: Span, entity: EntityKey): WorkingMention {
  const first = tokenAt(context.document, area.start);
  return {
    first, last: tokenAt(context.document, area.end - 1) + 1, start: area.start, end: area.end, entity, kind: context.entities.kindOf(entity), type: "pronoun",
    inTitle: false, possessive: false, locative: false, proxy: false, weak: false,
  };
}
