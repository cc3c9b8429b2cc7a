import type { Entity } from "../extraction/types.ts";
import type { Gazetteer, GazetteerEntry, OfficeEntry, TenureEntry } from "../gazetteer/types.ts";
import type { DocumentKind, EntityFacts, OfficeFact, Ref } from "./types.ts";

/** Records of the gazetteer: entries, offices and tenures. */
export type Known = readonly (GazetteerEntry | OfficeEntry | TenureEntry)[];

const KINDS = ["person", "state", "organization", "group", "medium", "place", "office"] as const satisfies readonly DocumentKind[];
const ID = new RegExp(`^(?:${KINDS.join("|")})/[a-z0-9]+(?:-[a-z0-9]+)*$`);

/** Whether a key names something with a document of its own. Anything else, whatever it holds, is only a name. */
export function isEntityId(key: string): boolean {
  return key.length <= 150 && ID.test(key);
}

export function kindOf(id: string): DocumentKind {
  return id.slice(0, id.indexOf("/")) as DocumentKind;
}

/** The records of the entities given and of all they belong to, in a fixed order. */
export function selectKnown(gazetteer: Gazetteer, keys: Iterable<string>): Known {
  const entries = new Map<string, GazetteerEntry>();
  const offices = new Map<string, OfficeEntry>();
  const tenures: TenureEntry[] = [];
  const waiting = [...keys];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    const entry = gazetteer.entry(id);
    if (entry === undefined || entries.has(id) || !isEntityId(id)) continue;
    entries.set(id, entry);
    const whole = wholeOf(entry);
    if (whole !== undefined) waiting.push(whole);
    if (entry.kind !== "person") continue;
    for (const tenure of gazetteer.tenuresOf(id)) {
      tenures.push(tenure);
      const office = gazetteer.office(tenure.office);
      if (office === undefined) continue;
      offices.set(office.id, office);
      waiting.push(office.of);
    }
  }
  const byId = (a: { readonly id: string }, b: { readonly id: string }): number => (a.id < b.id ? -1 : 1);
  return [
    ...[...entries.values()].sort(byId),
    ...[...offices.values()].sort(byId),
    ...tenures.sort((a, b) => (`${a.person} ${a.since} ${a.office}` < `${b.person} ${b.since} ${b.office}` ? -1 : 1)),
  ];
}

function wholeOf(entry: GazetteerEntry): string | undefined {
  if (entry.kind === "organization") return entry.partOf;
  return entry.kind === "state" ? undefined : entry.state;
}

/** Records as a gazetteer that answers for them alone; names are not looked up in it. */
export function knownGazetteer(known: Known, version: string): Gazetteer {
  const entries = new Map(known.flatMap((record) => (record.kind === "tenure" || record.kind === "office" ? [] : [[record.id, record] as const])));
  const offices = new Map(known.flatMap((record) => (record.kind === "office" ? [[record.id, record] as const] : [])));
  const tenures = Map.groupBy(known.filter((record) => record.kind === "tenure"), ({ person }) => person);
  return {
    version,
    entry: (id) => entries.get(id),
    office: (id) => offices.get(id),
    match: () => undefined,
    lookup: () => [],
    tenuresOf: (person) => tenures.get(person) ?? [],
    holders: () => [],
    events: [],
  };
}

export interface Described {
  readonly id: string;
  readonly name: string;
  readonly facts: EntityFacts;
}

/** What records say of everything among them that has a document. */
export function describeKnown(known: Known): Described[] {
  const gazetteer = knownGazetteer(known, "");
  const ref = (id: string | undefined): Ref | undefined => {
    const entry = id === undefined ? undefined : gazetteer.entry(id);
    return entry === undefined ? undefined : { name: entry.name, id: entry.id };
  };
  return known.flatMap((record): Described[] => {
    if (record.kind === "tenure") return [];
    const { source, asOf, wikidata } = record;
    const base = { ...(wikidata === undefined ? {} : { wikidata }), source, asOf };
    if (record.kind === "office") {
      const of = ref(record.of);
      return [{ id: record.id, name: record.title, facts: { ...base, ...(of === undefined ? {} : { belongsTo: of }), role: record.role, offices: [] } }];
    }
    const belongsTo = ref(wholeOf(record));
    return [{
      id: record.id,
      name: record.name,
      facts: {
        ...base,
        ...(belongsTo === undefined ? {} : { belongsTo }),
        ...(record.kind === "state" ? stateFacts(record) : {}),
        ...(record.kind === "medium" && record.stateRun !== undefined ? { stateRun: record.stateRun } : {}),
        offices: gazetteer.tenuresOf(record.id).flatMap((tenure): OfficeFact[] => officeFact(tenure, gazetteer, ref)).reverse(),
      },
    }];
  });
}

function stateFacts({ recognition, iso2, iso3 }: { recognition: "UN member" | "UN observer" | "other"; iso2?: string; iso3?: string }): Partial<EntityFacts> {
  return { recognition, ...(iso2 === undefined ? {} : { iso2 }), ...(iso3 === undefined ? {} : { iso3 }) };
}

function officeFact(tenure: TenureEntry, gazetteer: Gazetteer, ref: (id: string) => Ref | undefined): OfficeFact[] {
  const office = gazetteer.office(tenure.office);
  if (office === undefined) return [];
  const of = ref(office.of);
  const { since, until, acting, disputed } = tenure;
  return [{
    id: office.id, title: office.title, since,
    ...(of === undefined ? {} : { of }),
    ...(until === undefined ? {} : { until }),
    ...(acting === undefined ? {} : { acting }),
    ...(disputed === undefined ? {} : { disputed }),
  }];
}

/** What the extraction alone tells of an entity, where no gazetteer was at hand. */
export function describeEntity(entity: Entity, nameOf: (key: string) => string | undefined): Described {
  const whole = entity.state;
  const wholeName = whole === undefined || !isEntityId(whole) ? undefined : nameOf(whole);
  return {
    id: entity.key,
    name: entity.name,
    facts: {
      ...(entity.wikidata === undefined ? {} : { wikidata: entity.wikidata }),
      ...(whole === undefined || wholeName === undefined ? {} : { belongsTo: { name: wholeName, id: whole } }),
      offices: [],
    },
  };
}
