import type { Gazetteer, NameSense } from "../gazetteer/types.ts";
import type { Span, TextDocument } from "../text/types.ts";
import type { EntityTable } from "./entities.ts";
import lexicon from "./lexicon/names.json" with { type: "json" };
import { isLocative } from "./locative.ts";
import type { WorkingMention } from "./mention.ts";
import { isCovered } from "./spans.ts";
import { findNames, isSentenceStart, type NameCandidate } from "./names.ts";
import { personByName, personByShortName, type PersonClues } from "./persons.ts";
import { titleAfter, titleBefore, type Title } from "./titles.ts";
import type { EntityKey, EntityKind } from "./types.ts";

const ORGANISATION_WORDS = new Set(lexicon.organisationWords);
const MEDIA_WORDS = new Set(lexicon.mediaWords);
const NOT_PERSON_WORDS = new Set(lexicon.notPersonWords);

interface Context {
  readonly document: TextDocument;
  readonly gazetteer: Gazetteer;
  readonly entities: EntityTable;
  readonly on: string | undefined;
}

interface Named {
  readonly name: NameCandidate;
  readonly title: Title | undefined;
  readonly clues: PersonClues;
}

/** Names of an article resolved to entities, in order: full names first, then the short ones by those. */
export function findMentions(context: Context, excluded: readonly Span[]): WorkingMention[] {
  const { document, gazetteer } = context;
  const names = findNames(document, gazetteer).filter((n) => !isExcluded(document, n, excluded));
  const starting = new Map(names.map((n, i) => [n.first, i]));
  const ending = new Map(names.map((n, i) => [n.last, i]));
  const inTitle = new Set<number>();
  const named = names.map((name): Named => {
    const title = couldBePerson(name) ? (titleBefore(document, name.first, names, ending) ?? titleAfter(document, name.last, names, starting)) : undefined;
    const of = title === undefined ? [] : title.names.flatMap((i) => titleEntity(names[i]?.senses ?? []));
    // "Prime Minister Jane Roe of Fiji"
    if (title !== undefined && of.length === 0 && document.tokens[name.last]?.lower === "of") of.push(...titleEntity(names[starting.get(name.last + 1) ?? -1]?.senses ?? []));
    return { name, title, clues: { role: title?.role, of, former: title?.former ?? false } };
  });
  const persons = new PersonMemory();
  const resolved = new Map<number, EntityKey>();
  named.forEach((n, i) => {
    const key = fullPerson(context, n, persons);
    if (key === undefined) return;
    resolved.set(i, key);
    for (const t of n.title?.names ?? []) inTitle.add(t);
  });
  const mentions: WorkingMention[] = [];
  named.forEach((n, i) => {
    const mention = resolve(context, n, resolved.get(i), persons);
    if (mention === undefined) return;
    if (mention.kind === "person") for (const t of n.title?.names ?? []) inTitle.add(t);
    mentions.push(mention);
  });
  const titled = new Set([...inTitle].map((i) => names[i]?.first));
  for (const mention of mentions) if (titled.has(mention.first)) mention.inTitle = true;
  return mentions;
}

function isExcluded(document: TextDocument, name: NameCandidate, excluded: readonly Span[]): boolean {
  const start = document.tokens[name.first]?.start ?? 0;
  return isCovered(excluded, start);
}

function couldBePerson(name: NameCandidate): boolean {
  return name.senses.length === 0 || name.senses.some((s) => s.entry.kind === "person");
}

function titleEntity(senses: readonly NameSense[]): EntityKey[] {
  const sense = senses.find((s) => s.entry.kind === "state") ?? senses.find((s) => s.entry.kind === "organization" || s.entry.kind === "group");
  return sense === undefined ? [] : [sense.entry.id];
}

/** Persons met so far, by the last word of their names. */
class PersonMemory {
  readonly #byShort = new Map<string, EntityKey>();

  add(key: EntityKey, ...shorts: readonly string[]): void {
    for (const short of shorts) this.#byShort.set(short.toLowerCase(), key);
  }

  find(short: string): EntityKey | undefined {
    return this.#byShort.get(short.toLowerCase());
  }
}

function wordsOf(context: Context, name: NameCandidate): string {
  const first = context.document.tokens[name.first];
  const last = context.document.tokens[name.last - 1];
  return first === undefined || last === undefined ? "" : context.document.text.slice(first.start, last.end);
}

function fullPerson(context: Context, { name, title, clues }: Named, persons: PersonMemory): EntityKey | undefined {
  const { gazetteer, entities, on } = context;
  const form = wordsOf(context, name);
  const entry = personByName(gazetteer, name.senses, clues, on);
  if (entry !== undefined && (!name.senses.some((s) => s.use !== "short" && s.entry.kind !== "person") || title !== undefined)) {
    persons.add(entry.id, entry.shortName, lastWord(form));
    return entry.id;
  }
  const tokens = name.last - name.first;
  if (name.senses.some((s) => s.entry.kind !== "person")) return undefined;
  const unknownName = name.senses.length === 0 || (name.senses.every((s) => s.use === "name") && entry === undefined);
  if (!unknownName || tokens < 2) return undefined;
  const words = form.split(/[\s-]+/);
  if (words.some((w) => ORGANISATION_WORDS.has(w) || NOT_PERSON_WORDS.has(w)) || form === form.toUpperCase()) return undefined;
  if (title === undefined && isSentenceStart(context.document.tokens, name.first) && isHeadline(context, name)) return undefined;
  const key = entities.local("person", form, clues.of[0]);
  persons.add(key, lastWord(form), words.slice(1).join(" "));
  return key;
}

/** A line without a full stop at its end, whose capitals may mean nothing. */
function isHeadline(context: Context, name: NameCandidate): boolean {
  const { document } = context;
  const sentence = document.sentences[document.tokens[name.first]?.sentence ?? 0];
  const last = sentence === undefined ? undefined : document.tokens[sentence.last - 1];
  return last !== undefined && !/^[.!?”"’'…]$/.test(last.text);
}

function lastWord(form: string): string {
  return form.split(/\s+/).pop() ?? form;
}

function resolve(context: Context, named: Named, person: EntityKey | undefined, persons: PersonMemory): WorkingMention | undefined {
  const { gazetteer, entities, on } = context;
  const { name, title, clues } = named;
  const form = wordsOf(context, name);
  if (person !== undefined) {
    const known = !person.startsWith("#");
    return mention(context, named, person, "person", "name", !known && title === undefined);
  }
  const other = name.senses.filter((s) => s.entry.kind !== "person");
  const short = name.senses.filter((s) => s.use === "short");
  const earlier = name.senses.length === short.length ? persons.find(form) : undefined;
  if (other.length === 0 && (short.length > 0 || name.senses.length === 0)) {
    if (earlier !== undefined && clues.of.every((of) => entities.stateOf(earlier) === undefined || sharesSide(context, earlier, of))) return mention(context, named, earlier, "person", "name", false);
    const entry = personByShortName(gazetteer, short, clues, on);
    if (entry !== undefined) {
      persons.add(entry.id, entry.shortName);
      return mention(context, named, entry.id, "person", "name", false);
    }
    if (title !== undefined && title.last === name.first && !isDescription(title)) {
      const key = entities.local("person", form, clues.of[0]);
      persons.add(key, form);
      return mention(context, named, key, "person", "name", false);
    }
    return unknown(context, named, form, clues);
  }
  return thing(context, named, other);
}

function sharesSide(context: Context, person: EntityKey, of: EntityKey): boolean {
  const entry = context.gazetteer.entry(person);
  if (entry?.kind !== "person") return context.entities.stateOf(person) === of;
  return entry.state === of || context.gazetteer.tenuresOf(person).some((t) => context.gazetteer.office(t.office)?.of === of);
}

function isDescription(title: Title): boolean {
  return title.role === undefined && title.last - title.first > 6;
}

function unknown(context: Context, named: Named, form: string, clues: PersonClues): WorkingMention | undefined {
  const words = form.split(/[\s-]+/);
  const last = words[words.length - 1] ?? "";
  if (words.length > 1 && MEDIA_WORDS.has(last)) return mention(context, named, context.entities.local("medium", form), "medium", "name", true);
  if (words.length > 1 && words.some((w) => ORGANISATION_WORDS.has(w))) {
    return mention(context, named, context.entities.local("organisation", form, clues.of[0]), "organisation", "name", true);
  }
  if (words.length === 1 && /^\p{Lu}{2,6}$/u.test(form)) return mention(context, named, context.entities.local("organisation", form), "organisation", "name", true);
  if (words.some((w) => NOT_PERSON_WORDS.has(w))) return undefined;
  if (words.length === 1 && isSentenceStart(context.document.tokens, named.name.first)) return undefined;
  if (named.name.senses.length === 0 && words.length > 3) return undefined;
  return mention(context, named, context.entities.local("person", form), "person", "name", true);
}

function thing(context: Context, named: Named, senses: readonly NameSense[]): WorkingMention | undefined {
  const { document } = context;
  const place = senses.find((s) => s.entry.kind === "place");
  const state = senses.find((s) => s.entry.kind === "state");
  const locative = isLocative(document, named.name.first, named.name.last);
  const order: readonly NameSense["entry"]["kind"][] = ["state", "organization", "group", "medium", "place"];
  const sense = place !== undefined && (state === undefined || locative || (state.use !== "capital" && state.use !== "metonym" && state.use !== "name"))
    ? place
    : order.map((kind) => senses.find((s) => s.entry.kind === kind)).find((s) => s !== undefined);
  if (sense === undefined) return undefined;
  const kinds: Readonly<Record<string, EntityKind>> = { organization: "organisation" };
  const kind = kinds[sense.entry.kind] ?? (sense.entry.kind as EntityKind);
  const type = sense.use === "demonym" ? "demonym" : sense.use === "capital" || sense.use === "metonym" ? "metonym" : "name";
  return { ...mention(context, named, sense.entry.id, kind, type, false), ...(place === undefined ? {} : { place: place.entry.id }) };
}

function mention(context: Context, named: Named, entity: EntityKey, kind: EntityKind, type: WorkingMention["type"], weak: boolean): WorkingMention {
  const { document, entities } = context;
  const { name, title } = named;
  const first = document.tokens[name.first];
  const last = document.tokens[name.last - 1];
  if (!weak) entities.addForm(entity, wordsOf(context, name));
  return {
    first: name.first, last: name.last, start: first?.start ?? 0, end: last?.end ?? 0, entity, kind, type,
    ...(kind === "person" && title !== undefined ? { title } : {}),
    inTitle: false,
    possessive: /^['’]$/.test(document.tokens[name.last]?.text ?? "") && (document.tokens[name.last + 1]?.lower === "s" || /s$/.test(last?.text ?? "")) && document.tokens[name.last]?.start === last?.end,
    locative: isLocative(document, name.first, name.last),
    proxy: false,
    weak,
  };
}
