import { foldDiacritics } from "./name-words.ts";
import type { RecordStore } from "./record-store.ts";
import type { GazetteerRecord, OfficeEntry, PersonEntry, StateEntry, TenureEntry } from "./types.ts";

/** That somebody heads a state or its government since a day, as a source outside has it. */
export interface HolderFact {
  /** Wikidata items. */
  readonly state: string;
  readonly person: string;
  /** ISO 3166-1 alpha-2 code of the state. */
  readonly code: string;
  readonly role: "head-of-state" | "head-of-government";
  readonly name: string;
  readonly gender?: "female" | "male";
  readonly since: string;
}

const SOURCE = "Wikidata (CC0)";

/**
 * Records that bring what is stored to the facts, and nothing that is known already: persons, offices, then tenures,
 * sorted. A new holder ends the tenure of who held the office before. An overlay replaces all tenures of a person in
 * an office, so that all of them are written.
 */
export function overlayRecords(facts: readonly HolderFact[], store: RecordStore, asOf: string): GazetteerRecord[] {
  const states = new Map<string, StateEntry>();
  const persons = new Map<string, PersonEntry>();
  for (const entry of store.entries.values()) {
    if (entry.kind === "person" && entry.wikidata !== undefined) persons.set(entry.wikidata, entry);
    if (entry.kind !== "state") continue;
    if (entry.iso2 !== undefined) states.set(entry.iso2, entry);
    if (entry.wikidata !== undefined) states.set(entry.wikidata, entry);
  }
  const newPersons = new Map<string, PersonEntry>();
  const newOffices = new Map<string, OfficeEntry>();
  const tenures = new Map<string, TenureEntry[]>();
  const put = (tenure: TenureEntry): void => {
    const key = `${tenure.person} ${tenure.office}`;
    const kept = tenures.get(key) ?? store.tenuresOf(tenure.person).filter((t) => t.office === tenure.office);
    tenures.set(key, [...kept.filter((t) => t.since !== tenure.since), tenure]);
  };

  for (const fact of [...facts].sort((a, b) => (a.since < b.since ? -1 : 1))) {
    const state = states.get(fact.state) ?? states.get(fact.code);
    if (state === undefined) continue;
    const known = store.tenuresFor(state.id, fact.role);
    // A president who heads the government too has one office: that of the head of state.
    if (fact.role === "head-of-government" && known.length === 0 && store.tenuresFor(state.id, "head-of-state").length > 0) continue;
    const person = persons.get(fact.person) ?? namesake(fact, state, store) ?? newPerson(fact, state, store, newPersons, asOf);
    // Who is known to be in office is left alone: a start that differs is no reason to doubt the one that was checked.
    if (known.some((t) => t.person === person.id && t.until === undefined)) continue;
    persons.set(fact.person, person);
    if (!store.entries.has(person.id)) newPersons.set(person.id, person);
    const last = known.filter((t) => t.disputed !== true).at(-1);
    const office = last?.office ?? newOffice(fact, state, newOffices, asOf);
    for (const before of known) {
      if (before.office === office && before.until === undefined && before.since < fact.since) put({ ...before, until: fact.since, source: SOURCE, asOf });
    }
    put({ kind: "tenure", person: person.id, office, since: fact.since, source: SOURCE, asOf });
  }
  const written = [...tenures.values()].flat().sort((a, b) => compare(a.person, b.person) || compare(a.since, b.since));
  return [...sortById(newPersons), ...sortById(newOffices), ...written];
}

/** Somebody of that name and state whose item is not known: two of one name who head one state would be a wonder. */
function namesake(fact: HolderFact, state: StateEntry, store: RecordStore): PersonEntry | undefined {
  const entry = store.entries.get(`person/${slugOf(fact.name)}`);
  return entry?.kind === "person" && entry.state === state.id && entry.wikidata === undefined ? entry : undefined;
}

function newPerson(fact: HolderFact, state: StateEntry, store: RecordStore, others: ReadonlyMap<string, PersonEntry>, asOf: string): PersonEntry {
  const slug = slugOf(fact.name);
  const taken = (id: string): boolean => store.entries.has(id) || others.has(id);
  const id = slug === "" ? `person/${fact.person.toLowerCase()}` : taken(`person/${slug}`) ? `person/${slug}-${fact.person.toLowerCase()}` : `person/${slug}`;
  return {
    kind: "person",
    id,
    name: fact.name,
    shortName: fact.name.split(/\s+/).at(-1) ?? fact.name,
    ...(fact.gender === undefined ? {} : { gender: fact.gender }),
    state: state.id,
    wikidata: fact.person,
    source: SOURCE,
    asOf,
  };
}

function newOffice(fact: HolderFact, state: StateEntry, offices: Map<string, OfficeEntry>, asOf: string): string {
  const id = `office/${fact.role}-of-${state.id.slice("state/".length)}`;
  const title = fact.role === "head-of-state" ? "Head of State" : "Head of Government";
  offices.set(id, { kind: "office", id, title, of: state.id, role: fact.role, source: SOURCE, asOf });
  return id;
}

function slugOf(name: string): string {
  return foldDiacritics(name).toLowerCase().replace(/['’.]/g, "").replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "");
}

function sortById<T extends { readonly id: string }>(records: ReadonlyMap<string, T>): T[] {
  return [...records.values()].sort((a, b) => compare(a.id, b.id));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
