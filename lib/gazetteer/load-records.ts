import { CommuniqueError } from "../errors/communique-error.ts";
import { builtInFiles, overlayFile, parseTrusted, parseValidated } from "./data-files.ts";
import type { RecordFile } from "./data-files.ts";
import { RecordStore } from "./record-store.ts";

/**
 * The built-in records and those of overlay files over them, and the files read. Throws `gazetteer-invalid` (with file
 * and line) for an overlay's bad record, `input-not-found` or `input-unreadable` for a file that cannot be read.
 */
export function loadRecords(overlays: readonly string[] = []): { store: RecordStore; files: readonly RecordFile[] } {
  const builtIn = builtInFiles();
  const store = new RecordStore();
  for (const file of builtIn) {
    const { records, tenures } = parseTrusted(file);
    for (const record of records) store.add(record);
    store.defer(tenures);
  }
  const over = overlays.map(overlayFile);
  for (const file of over) addOverlay(store, parseValidated(file));
  return { store, files: [...builtIn, ...over] };
}

/** References are checked once all records are in, so that lines of an overlay may stand in any order. */
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
