import { contentVersion } from "./data-files.ts";
import { loadRecords } from "./load-records.ts";
import { NameIndex } from "./name-index.ts";
import type { RecordStore } from "./record-store.ts";
import { holdersOn } from "./tenures.ts";
import type { EventEntry, Gazetteer, GazetteerEntry, NameSense, NameUse } from "./types.ts";

export interface GazetteerOptions {
  /**
   * Paths of JSON Lines files whose records are added; a record with a known id replaces it, and the tenures of one
   * person in one office replace all that were known of them. Later files win.
   */
  readonly overlays?: readonly string[];
}

/**
 * Loads the built-in gazetteer and overlays: synchronous, a few ten milliseconds; the index of names, the tenures and the
 * version, which not every use needs, are made when first asked for. Throws `gazetteer-invalid` (with file and line) for an
 * overlay's bad record, `input-not-found` or `input-unreadable` for a file that cannot be read.
 */
export function loadGazetteer(options: GazetteerOptions = {}): Gazetteer {
  const { store, files } = loadRecords(options.overlays);
  let index: NameIndex | undefined;
  let version: string | undefined;
  let events: readonly EventEntry[] | undefined;

  return {
    get version() {
      return (version ??= contentVersion(files));
    },
    entry: (id) => store.entries.get(id),
    office: (id) => store.offices.get(id),
    match: (words, from) => (index ??= indexNames(store)).match(words, from),
    lookup: (name) => (index ??= indexNames(store)).lookup(name),
    tenuresOf: (person) => store.tenuresOf(person),
    holders: (of, role, on) => holdersOn(store.tenuresFor(of, role), on),
    get events() {
      return (events ??= [...store.events.values()]);
    },
  };
}

function indexNames(store: RecordStore): NameIndex {
  const index = new NameIndex();
  for (const entry of store.entries.values()) addNames(index, entry, store);
  return index;
}

/** Files every name of an entry, with the use it has. */
function addNames(index: NameIndex, entry: GazetteerEntry, store: RecordStore): void {
  const senses = new Map<NameUse, NameSense>();
  const add = (name: string, use: NameUse): void => {
    let sense = senses.get(use);
    if (sense === undefined) senses.set(use, (sense = { entry, use }));
    index.add(name, sense);
  };
  add(entry.name, "name");
  for (const name of entry.names ?? []) add(name, "name");
  if (entry.kind === "person" && entry.shortName !== entry.name) add(entry.shortName, "short");
  if (entry.kind === "state") {
    for (const name of entry.demonyms) add(name, "demonym");
    const capital = entry.capital === undefined ? undefined : store.entries.get(entry.capital);
    for (const name of capital === undefined ? [] : [capital.name, ...(capital.names ?? [])]) add(name, "capital");
  }
  if (entry.kind === "state" || entry.kind === "organization") for (const name of entry.metonyms ?? []) add(name, "metonym");
}
