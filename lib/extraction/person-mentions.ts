import type { Gazetteer } from "../gazetteer/types.ts";
import type { TextDocument } from "../text/types.ts";
import type { EntityTable } from "./entities.ts";
import lexicon from "./lexicon/names.json" with { type: "json" };
import { isSentenceStart, type NameCandidate } from "./names.ts";
import { personByName, type PersonClues } from "./persons.ts";
import type { Title } from "./titles.ts";
import type { EntityKey } from "./types.ts";

export const ORGANISATION_WORDS = new Set(lexicon.organisationWords);
export const NOT_PERSON_WORDS = new Set(lexicon.notPersonWords);

export interface MentionContext {
  readonly document: TextDocument;
  readonly gazetteer: Gazetteer;
  readonly entities: EntityTable;
  readonly on: string | undefined;
}

/** A name with what stands around it. */
export interface Named {
  readonly name: NameCandidate;
  readonly title: Title | undefined;
  readonly clues: PersonClues;
}

/** Persons met so far, by the last word of their names. */
export class PersonMemory {
  readonly #byShort = new Map<string, { key: EntityKey; at: number }[]>();

  add(key: EntityKey, at: number, ...shorts: readonly string[]): void {
    for (const short of new Set(shorts.map((s) => s.toLowerCase()))) {
      const list = this.#byShort.get(short);
      if (list === undefined) this.#byShort.set(short, [{ key, at }]);
      else list.push({ key, at });
    }
  }

  /** The last one named before, else the first one after: headlines come before full names. */
  find(short: string, at: number): EntityKey | undefined {
    const list = this.#byShort.get(short.toLowerCase());
    return (list?.findLast((p) => p.at < at) ?? list?.[0])?.key;
  }
}

/** The name as the text has it. */
export function wordsOf(context: MentionContext, name: NameCandidate): string {
  const first = context.document.tokens[name.first];
  const last = context.document.tokens[name.last - 1];
  return first === undefined || last === undefined ? "" : context.document.text.slice(first.start, last.end);
}

/** The person whom a full name names: the gazetteer's, or one only this article knows. */
export function fullPerson(context: MentionContext, { name, title, clues }: Named, persons: PersonMemory): EntityKey | undefined {
  const { gazetteer, entities, on } = context;
  const form = wordsOf(context, name);
  const entry = personByName(gazetteer, name.senses, clues, on);
  if (entry !== undefined && (!name.senses.some((s) => s.use !== "short" && s.entry.kind !== "person") || title !== undefined)) {
    persons.add(entry.id, name.first, entry.shortName, lastWord(form));
    return entry.id;
  }
  const tokens = name.last - name.first;
  if (name.senses.some((s) => s.entry.kind !== "person")) return undefined;
  const unknownName = name.senses.length === 0 || (name.senses.every((s) => s.use === "name") && entry === undefined);
  if (!unknownName || tokens < 2) return undefined;
  const words = form.split(/[\s-]+/);
  if (words.some((w) => ORGANISATION_WORDS.has(w) || NOT_PERSON_WORDS.has(w)) || form === form.toUpperCase() || isAbbreviated(words)) return undefined;
  if (title === undefined && isSentenceStart(context.document.tokens, name.first) && isHeadline(context, name)) return undefined;
  const key = entities.local("person", form, clues.of[0]);
  persons.add(key, name.first, lastWord(form), words.slice(1).join(" "));
  return key;
}

/** "RAF Croughton", "USS Cole": no person; but "JD Vance". */
export function isAbbreviated(words: readonly string[]): boolean {
  return words.length > 1 && /^\p{Lu}{3,}$/u.test(words[0] ?? "") && words.some((w) => /\p{Ll}/u.test(w));
}

/** A line without a full stop at its end, whose capitals may mean nothing. */
function isHeadline(context: MentionContext, name: NameCandidate): boolean {
  const { document } = context;
  const sentence = document.sentences[document.tokens[name.first]?.sentence ?? 0];
  const last = sentence === undefined ? undefined : document.tokens[sentence.last - 1];
  return last !== undefined && !/^[.!?”"’'…]$/.test(last.text);
}

function lastWord(form: string): string {
  return form.split(/\s+/).pop() ?? form;
}

/** Whether a person may belong to the state or organisation of a title. */
export function sharesSide(context: MentionContext, person: EntityKey, of: EntityKey): boolean {
  const entry = context.gazetteer.entry(person);
  if (entry?.kind !== "person") return context.entities.stateOf(person) === of;
  return entry.state === of || context.gazetteer.tenuresOf(person).some((t) => context.gazetteer.office(t.office)?.of === of);
}

/** A long phrase after the name, no title. */
export function isDescription(title: Title): boolean {
  return title.role === undefined && title.last - title.first > 6;
}
