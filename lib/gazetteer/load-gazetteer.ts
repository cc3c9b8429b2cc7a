import { CommuniqueError } from "../errors/communique-error.ts";
import { builtInFiles, contentVersion, overlayFile, parseTrusted, parseValidated } from "./data-files.ts";
import { NameIndex } from "./name-index.ts";
import { RecordStore } from "./record-store.ts";
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
 * Loads the built-in gazetteer and overlays: synchronous, a few ten milliseconds. Throws `gazetteer-invalid` (with file
 * and line) for an overlay's bad record, `input-not-found` or `input-unreadable` for a file that cannot be read.
 */
export function loadGazetteer(options: GazetteerOptions = {}): Gazetteer {
  const files = builtInFiles();
  const store = new RecordStore();
  for (const file of files) for (const record of parseTrusted(file)) store.add(record);
  const overlays = (options.overlays ?? []).map(overlayFile);
  for (const overlay of overlays) addOverlay(store, parseValidated(overlay));

  const index = new NameIndex();
  for (const entry of store.entries.values()) addNames(index, entry, store);
  const version = contentVersion([...files, ...overlays]);
  let events: readonly EventEntry[] | undefined;

  return {
    version,
    entry: (id) => store.entries.get(id),
    office: (id) => store.offices.get(id),
    match: (words, from) => index.match(words, from),
    lookup: (name) => index.lookup(name),
    tenuresOf: (person) => store.tenuresOf(person),
    holders: (of, role, on) => holdersOn(store.tenuresFor(of, role), on),
    get events() {
      return (events ??= [...store.events.values()]);
    },
  };
}

function addOverlay(store: RecordStore, records: ReturnType<typeof parseValidated>): void {
  const replaced = new Set<string>();
  for (const { record } of records) {
    if (record.kind !== "tenure") continue;
    const key = `${record.person} ${record.office}`;
    if (!replaced.has(key)) store.dropTenures(record.person, record.office);
    replaced.add(key);
  }
  for (const { record } of records) store.add(record);
  for (const { record, location } of records) {
    const missing = store.unresolved(record);
    if (missing !== undefined) {
      throw new CommuniqueError("gazetteer-invalid", `${location}: there is no "${missing}"`, { location });
    }
  }
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
