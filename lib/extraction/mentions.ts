import type { NameSense } from "../gazetteer/types.ts";
import type { Span, TextDocument } from "../text/types.ts";
import lexicon from "./lexicon/names.json" with { type: "json" };
import { isLocative } from "./locative.ts";
import type { WorkingMention } from "./mention.ts";
import { findNames, isSentenceStart, type NameCandidate } from "./names.ts";
import { fullPerson, isAbbreviated, isDescription, NOT_PERSON_WORDS, ORGANISATION_WORDS, PersonMemory, sharesSide, wordsOf, type MentionContext, type Named } from "./person-mentions.ts";
import { personByShortName, type PersonClues } from "./persons.ts";
import { isCovered } from "./spans.ts";
import { titleAfter, titleBefore } from "./titles.ts";
import type { EntityKey, EntityKind } from "./types.ts";

const MEDIA_WORDS = new Set(lexicon.mediaWords);

/** Names of an article resolved to entities, in order: full names first, then the short ones by those. */
export function findMentions(context: MentionContext, excluded: readonly Span[]): WorkingMention[] {
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
  nameOwners(context, mentions);
  return mentions;
}

/** "Germany’s Alice Weidel": the state says whose she is, and takes no part of its own. */
function nameOwners(context: MentionContext, mentions: readonly WorkingMention[]): void {
  mentions.forEach((owner, i) => {
    const person = mentions[i + 1];
    if (!owner.possessive || owner.kind !== "state" || person?.kind !== "person" || person.title !== undefined) return;
    if (!/^[’']s?\s$/.test(context.document.text.slice(owner.end, person.start))) return;
    owner.inTitle = true;
    person.title = { first: owner.first, last: person.first, role: undefined, names: [], former: false };
  });
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

function resolve(context: MentionContext, named: Named, person: EntityKey | undefined, persons: PersonMemory): WorkingMention | undefined {
  const { gazetteer, entities, on } = context;
  const { name, title, clues } = named;
  const form = wordsOf(context, name);
  if (person !== undefined) {
    const known = !person.startsWith("#");
    return mention(context, named, person, "person", "name", !known && title === undefined);
  }
  const other = name.senses.filter((s) => s.entry.kind !== "person");
  const short = name.senses.filter((s) => s.use === "short");
  const earlier = name.senses.length === short.length ? persons.find(form, name.first) : undefined;
  if (other.length === 0 && (short.length > 0 || name.senses.length === 0)) {
    if (earlier !== undefined && clues.of.every((of) => entities.stateOf(earlier) === undefined || sharesSide(context, earlier, of))) return mention(context, named, earlier, "person", "name", false);
    const entry = personByShortName(gazetteer, short, clues, on);
    if (entry !== undefined) {
      persons.add(entry.id, name.first, entry.shortName);
      return mention(context, named, entry.id, "person", "name", false);
    }
    if (title !== undefined && title.last === name.first && !isDescription(title) && !NOT_PERSON_WORDS.has(form)) {
      const key = entities.local("person", form, clues.of[0]);
      persons.add(key, name.first, form);
      return mention(context, named, key, "person", "name", false);
    }
    return unknown(context, named, form, clues);
  }
  return thing(context, named, other);
}

/** Whether a common noun follows, whose adjective the name then is. */
function isAdjective({ document: { tokens } }: MentionContext, last: number): boolean {
  const before = tokens[last - 1];
  const next = tokens[last];
  return before !== undefined && next !== undefined && next.tag === "NOUN" && next.start === before.end + 1 && /^\p{Ll}{3,}$/u.test(next.text) && /(?:an|ic|ish|ese|i|ous)$/.test(before.lower);
}

/** "visits İznik, Turkey": a place is named with the state that it is in. */
function isBeforeItsState({ document, gazetteer }: MentionContext, last: number): boolean {
  const [comma, first, second, third] = document.tokens.slice(last, last + 4);
  if (comma?.text !== "," || first === undefined) return false;
  const isArea = (form: string): boolean => gazetteer.lookup(form).some((s) => (s.entry.kind === "state" || s.entry.kind === "place") && s.use === "name");
  const after = isArea(first.text) ? second : second !== undefined && isArea(`${first.text} ${second.text}`) ? third : null;
  return after !== null && !/^[’'-]/.test(after?.text ?? "") && !/^(?:and|or)$/.test(after?.lower ?? "");
}

function unknown(context: MentionContext, named: Named, form: string, clues: PersonClues): WorkingMention | undefined {
  const words = form.split(/[\s-]+/);
  const last = words[words.length - 1] ?? "";
  if (words.length > 1 && MEDIA_WORDS.has(last)) return mention(context, named, context.entities.local("medium", form), "medium", "name", true);
  if (words.length > 1 && words.some((w) => ORGANISATION_WORDS.has(w))) {
    return mention(context, named, context.entities.local("organisation", form, clues.of[0]), "organisation", "name", true);
  }
  if (isAbbreviated(words) || (words.length === 1 && /^\p{Lu}{2,6}$/u.test(form))) return mention(context, named, context.entities.local("organisation", form), "organisation", "name", true);
  const isPlace = words.length < 3 && named.title === undefined && isBeforeItsState(context, named.name.last);
  if (!isPlace && words.some((w) => NOT_PERSON_WORDS.has(w))) return undefined;
  // "Darfurian rebels", "the Indigenous federation", "(R-SC)", "Ashfield MP Lee Anderson": what says whose another is.
  if (/^[A-Z]-[A-Z]{2}$/.test(form) || (words.length === 1 && named.title === undefined && /^(?:MPs?|MEPs?|MSPs?|TDs?)$/.test(context.document.tokens[named.name.last]?.text ?? "")) || (words.length === 1 && named.name.senses.length === 0 && named.title === undefined && isAdjective(context, named.name.last))) return undefined;
  if (words.length === 1 && isSentenceStart(context.document.tokens, named.name.first)) return undefined;
  if (named.name.senses.length === 0 && words.length > 3) return undefined;
  if (isPlace) return mention(context, named, context.entities.local("place", form), "place", "name", true);
  // "in Watford": where a place is meant, an unknown name is one.
  if (named.title === undefined && isLocative(context.document, named.name.first, named.name.last)) return mention(context, named, context.entities.local("place", form), "place", "name", true);
  // "the Volvo": no person has an article.
  const hasArticle = words.length === 1 && /^(?:the|an?)$/.test(context.document.tokens[named.name.first - 1]?.lower ?? "");
  const kind = hasArticle ? "organisation" : "person";
  return mention(context, named, context.entities.local(kind, form), kind, "name", true);
}

function thing(context: MentionContext, named: Named, senses: readonly NameSense[]): WorkingMention | undefined {
  const { document } = context;
  const place = senses.find((s) => s.entry.kind === "place");
  const state = senses.find((s) => s.entry.kind === "state");
  const locative = isLocative(document, named.name.first, named.name.last);
  // "Brussels" as an actor is the Union more often than Belgium.
  const union = senses.find((s) => s.entry.kind === "organization" && s.use === "metonym");
  const order: readonly NameSense["entry"]["kind"][] = ["state", "organization", "group", "medium", "place"];
  const sense = place !== undefined && (state === undefined || locative || (state.use !== "capital" && state.use !== "metonym" && state.use !== "name"))
    ? place
    : union !== undefined && state?.use === "capital"
    ? union
    : order.map((kind) => senses.find((s) => s.entry.kind === kind)).find((s) => s !== undefined);
  if (sense === undefined) return undefined;
  const kinds: Readonly<Record<string, EntityKind>> = { organization: "organisation" };
  const kind = kinds[sense.entry.kind] ?? (sense.entry.kind as EntityKind);
  const type = sense.use === "demonym" ? "demonym" : sense.use === "capital" || sense.use === "metonym" ? "metonym" : "name";
  // "Palestinians" are people who stand for their state, "Palestinian" only says whose something is.
  const people = type === "demonym" && /[^s]s$/.test(wordsOf(context, named.name));
  return { ...mention(context, named, sense.entry.id, kind, people ? "nominal" : type, false), proxy: people, ...(place === undefined ? {} : { place: place.entry.id }) };
}

function mention(context: MentionContext, named: Named, entity: EntityKey, kind: EntityKind, type: WorkingMention["type"], weak: boolean): WorkingMention {
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
