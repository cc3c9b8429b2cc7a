import { foldDiacritics } from "./name-words.ts";
import { covers } from "./tenures.ts";
import type { Gazetteer, GazetteerEntry, NameSense, NameUse, TenureEntry } from "./types.ts";

export interface ReportedTenure {
  readonly title: string;
  /** Name of the state, organisation or group. */
  readonly of: string;
  readonly office: string;
  readonly since: string;
  readonly until?: string;
  readonly acting?: boolean;
  readonly disputed?: boolean;
  readonly source: string;
  readonly asOf: string;
}

export interface ReportedEntry {
  readonly id: string;
  readonly kind: GazetteerEntry["kind"];
  readonly name: string;
  /** How the name asked for stands for it: "name", "short", "demonym", "capital" or "metonym". */
  readonly use: NameUse;
  readonly names: readonly string[];
  readonly wikidata?: string;
  /** Name of the state it belongs to or lies in, or of what it is part of. */
  readonly state?: string;
  /** Of a person: those held on the day asked for, or all, oldest first. */
  readonly offices?: readonly ReportedTenure[];
  /** Of a state: who heads it and its government on the day asked for. */
  readonly heads?: readonly (ReportedTenure & { readonly person: string })[];
  readonly source: string;
  readonly asOf: string;
}

export interface LookupReport {
  readonly name: string;
  readonly on?: string;
  readonly entries: readonly ReportedEntry[];
}

/**
 * Everything a name can mean, as plain data for people to read. Forgiving where texts are not: a name in small letters
 * is looked up with capitals too. `on` is an ISO date; no entries, where nothing is known.
 */
export function lookupReport(gazetteer: Gazetteer, name: string, on?: string): LookupReport {
  const entries = senses(gazetteer, name).map((sense) => reportEntry(gazetteer, sense, on));
  return { name, ...(on === undefined ? {} : { on }), entries };
}

function senses(gazetteer: Gazetteer, name: string): readonly NameSense[] {
  const asGiven = gazetteer.lookup(name);
  if (asGiven.length > 0 || foldDiacritics(name) !== foldDiacritics(name).toLowerCase()) return asGiven;
  const capitalised = gazetteer.lookup(name.replace(/(^|[\s-])(\p{Ll})/gu, (_, before: string, letter: string) => before + letter.toUpperCase()));
  return capitalised.length > 0 ? capitalised : gazetteer.lookup(name.toUpperCase());
}

function reportEntry(gazetteer: Gazetteer, { entry, use }: NameSense, on: string | undefined): ReportedEntry {
  const owner = "state" in entry ? entry.state : "partOf" in entry ? entry.partOf : undefined;
  const state = owner === undefined ? undefined : gazetteer.entry(owner)?.name;
  return {
    id: entry.id,
    kind: entry.kind,
    name: entry.name,
    use,
    names: entry.names ?? [],
    ...(entry.wikidata === undefined ? {} : { wikidata: entry.wikidata }),
    ...(state === undefined ? {} : { state }),
    ...(entry.kind === "person" ? { offices: officesOf(gazetteer, entry.id, on) } : {}),
    ...(entry.kind === "state" && on !== undefined ? { heads: headsOf(gazetteer, entry.id, on) } : {}),
    source: entry.source,
    asOf: entry.asOf,
  };
}

function officesOf(gazetteer: Gazetteer, person: string, on: string | undefined): ReportedTenure[] {
  return gazetteer
    .tenuresOf(person)
    .filter((tenure) => on === undefined || covers(tenure, on))
    .map((tenure) => reportTenure(gazetteer, tenure));
}

function headsOf(gazetteer: Gazetteer, state: string, on: string): (ReportedTenure & { person: string })[] {
  const roles = ["supreme-leader", "head-of-state", "head-of-government"] as const;
  return roles.flatMap((role) =>
    gazetteer.holders(state, role, on).map((tenure) => ({
      person: gazetteer.entry(tenure.person)?.name ?? tenure.person,
      ...reportTenure(gazetteer, tenure),
    })),
  );
}

function reportTenure(gazetteer: Gazetteer, tenure: TenureEntry): ReportedTenure {
  const office = gazetteer.office(tenure.office);
  const of = office?.of ?? "";
  return {
    title: office?.title ?? "",
    of: gazetteer.entry(of)?.name ?? of,
    office: tenure.office,
    since: tenure.since,
    ...(tenure.until === undefined ? {} : { until: tenure.until }),
    ...(tenure.acting === true ? { acting: true } : {}),
    ...(tenure.disputed === true ? { disputed: true } : {}),
    source: tenure.source,
    asOf: tenure.asOf,
  };
}
