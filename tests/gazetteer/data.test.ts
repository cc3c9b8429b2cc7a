import { describe, expect, test } from "vitest";
import { builtInFiles, parseTrusted, parseValidated } from "../../lib/gazetteer/data-files.ts";
import { RecordStore } from "../../lib/gazetteer/record-store.ts";
import type { GazetteerRecord, OfficeRole, StateEntry, TenureEntry } from "../../lib/gazetteer/types.ts";

const files = builtInFiles();
const records = files.flatMap((file) => parseValidated(file).map(({ record, location }) => ({ record, location, file: file.name })));
const store = new RecordStore();
for (const { record } of records) store.add(record);
const all = records.map(({ record }) => record);
const tenures = all.filter((record): record is TenureEntry => record.kind === "tenure");
const states = all.filter((record): record is StateEntry => record.kind === "state");
const idOf = (record: GazetteerRecord): string | undefined => (record.kind === "tenure" ? undefined : record.id);

function duplicates(values: readonly string[]): string[] {
  return [...new Set(values.filter((value, index) => values.indexOf(value) !== index))];
}

describe("the built-in records", () => {
  test("are read alike by the fast parser and by the validating one", () => {
    for (const file of files) {
      const { records: fast, tenures: deferred } = parseTrusted(file);
      expect([...fast, ...deferred()]).toEqual(parseValidated(file).map(({ record }) => record));
      expect(fast.filter((record) => record.kind === "tenure")).toEqual([]);
    }
  });

  test("have unique ids", () => {
    expect(duplicates(all.flatMap((record) => idOf(record) ?? []))).toEqual([]);
  });

  test("refer to what exists", () => {
    expect(records.flatMap(({ record, location }) => (store.unresolved(record) === undefined ? [] : [`${location}: ${store.unresolved(record)}`]))).toEqual([]);
  });

  test("use a Wikidata item for one thing only", () => {
    const items = all.flatMap((record) => ("wikidata" in record && record.wikidata !== undefined ? [record.wikidata] : []));
    expect(duplicates(items)).toEqual([]);
  });

  test("are sorted within their file, kind by kind", () => {
    for (const file of files) {
      const keys = new Map<string, string[]>();
      for (const { record } of parseValidated(file)) {
        const key = record.kind === "tenure" ? `${record.person} ${record.since}` : record.id;
        const kind = record.kind === "tenure" || record.kind === "office" ? record.kind : "entry";
        keys.set(kind, [...(keys.get(kind) ?? []), key]);
      }
      for (const sorted of keys.values()) expect(sorted).toEqual([...sorted].sort());
    }
  }, 20_000);

  test("name no form twice in one entry", () => {
    const doubled = all.filter((record) => "names" in record && record.names !== undefined && duplicates([record.name, ...record.names]).length > 0);
    expect(doubled.map(idOf)).toEqual([]);
  });
});

describe("the states", () => {
  test("are the 193 members of the United Nations, its 2 observers and others", () => {
    const count = (recognition: string): number => states.filter((state) => state.recognition === recognition).length;
    expect([count("UN member"), count("UN observer")]).toEqual([193, 2]);
    expect(states.filter((state) => state.recognition === "other").map((state) => state.name)).toEqual(expect.arrayContaining(["Taiwan", "Kosovo"]));
  });

  test("have unique codes, and those of the United Nations all have codes, demonyms and an item", () => {
    expect(duplicates(states.flatMap((state) => state.iso2 ?? []))).toEqual([]);
    expect(duplicates(states.flatMap((state) => state.iso3 ?? []))).toEqual([]);
    const poor = states.filter((s) => s.recognition !== "other" && (s.iso2 === undefined || s.iso3 === undefined || s.wikidata === undefined || (s.demonyms.length === 0 && s.name !== "Vatican City")));
    expect(poor.map((state) => state.name)).toEqual([]);
  });

  test("have a head of state or of government, as far as they are members of the United Nations", () => {
    const leaderless = states.filter(
      (state) => state.recognition === "UN member" && store.tenuresFor(state.id, "head-of-state").length + store.tenuresFor(state.id, "head-of-government").length === 0,
    );
    expect(leaderless.map((state) => state.name)).toEqual([]);
  });
});

describe("heads of state and government", () => {
  /** Offices that several people hold together. */
  const SHARED = new Set(["office/member-of-the-presidency-of-bosnia-and-herzegovina", "office/captain-regent-of-san-marino"]);
  const roles: readonly OfficeRole[] = ["head-of-state", "head-of-government", "supreme-leader", "heir"];

  test("follow one another: nobody holds an office before the other has left it, unless acting or contested", () => {
    const overlaps: string[] = [];
    for (const state of states) {
      for (const role of roles) {
        const held = store.tenuresFor(state.id, role).filter((t) => t.acting !== true && t.disputed !== true && !SHARED.has(t.office));
        for (const [index, tenure] of held.entries()) {
          const next = held.slice(index + 1).find((other) => other.office === tenure.office);
          if (next !== undefined && (tenure.until === undefined || tenure.until > next.since)) overlaps.push(`${tenure.person} ${tenure.office} and ${next.person}`);
        }
      }
    }
    expect(overlaps).toEqual([]);
  });

  test("say where they are from and when", () => {
    expect(tenures.filter((tenure) => tenure.source === "" || tenure.asOf === "").length).toBe(0);
  });
});
