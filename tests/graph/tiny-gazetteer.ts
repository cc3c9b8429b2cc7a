import type {
  Gazetteer,
  GazetteerEntry,
  OfficeEntry,
  TenureEntry,
} from "../../lib/gazetteer/types.ts";

const sourced = { source: "invented", asOf: "2025-03-01" };

export const tinyEntries: readonly GazetteerEntry[] = [
  { ...sourced, kind: "person", id: "person/mara-ellin", name: "Mara Ellin", shortName: "Ellin", state: "state/norlandia", wikidata: "Q900000001" },
  { ...sourced, kind: "person", id: "person/tomas-varga", name: "Tomas Varga", shortName: "Varga", state: "state/esteria" },
  { ...sourced, kind: "state", id: "state/norlandia", name: "Norlandia", recognition: "UN member", iso2: "XN", iso3: "XNL", demonyms: ["Norlandic"] },
  { ...sourced, kind: "state", id: "state/esteria", name: "Esteria", recognition: "other", demonyms: ["Esterian"], wikidata: "Q900000002" },
  { ...sourced, kind: "organization", id: "organization/harbour-office", name: "Harbour Office", partOf: "organization/union-of-coastal-states" },
  { ...sourced, kind: "organization", id: "organization/union-of-coastal-states", name: "Union of Coastal States" },
  { ...sourced, kind: "medium", id: "medium/ester-press", name: "Ester Press", state: "state/esteria", stateRun: true },
  { ...sourced, kind: "place", id: "place/port-selen", name: "Port Selen", state: "state/norlandia" },
];

const offices: readonly OfficeEntry[] = [
  { ...sourced, kind: "office", id: "office/norlandia-president", title: "President", of: "state/norlandia", role: "head-of-state" },
  { ...sourced, kind: "office", id: "office/esteria-prime-minister", title: "Prime Minister", of: "state/esteria", role: "head-of-government" },
];

export const tinyTenures: readonly TenureEntry[] = [
  { ...sourced, kind: "tenure", person: "person/mara-ellin", office: "office/norlandia-president", since: "2021-05-01" },
  { ...sourced, kind: "tenure", person: "person/tomas-varga", office: "office/esteria-prime-minister", since: "2023", until: "2027-01", acting: true },
];

/** Just enough of a gazetteer for its graph; names are never looked up. */
export function tinyGazetteer(tenures: readonly TenureEntry[] = tinyTenures): Gazetteer {
  return {
    version: "tiny-1",
    entry: (id) => tinyEntries.find((entry) => entry.id === id),
    office: (id) => offices.find((office) => office.id === id),
    match: () => undefined,
    lookup: () => [],
    tenuresOf: (person) => tenures.filter((tenure) => tenure.person === person),
    holders: () => [],
    events: [],
  };
}
