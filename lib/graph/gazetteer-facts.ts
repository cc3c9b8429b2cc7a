import type { NamedNode, Quad } from "n3";
import { CommuniqueError } from "../errors/communique-error.ts";
import type { EntityKey } from "../extraction/types.ts";
import type { Gazetteer, GazetteerEntry, GazetteerKind, OfficeEntry, Sourced, StateEntry, TenureEntry } from "../gazetteer/types.ts";
import { GraphBuilder } from "./graph-builder.ts";
import { BaseIris, wikidataItem } from "./iris.ts";
import { boolean, date, text } from "./literals.ts";
import { partialDate } from "./partial-date.ts";
import { cq, owl, rdfs } from "./vocabulary.ts";

/** The class of each kind of entry. */
export const CLASS_OF: Readonly<Record<GazetteerKind, NamedNode>> = {
  person: cq.Person,
  state: cq.State,
  organization: cq.Organization,
  group: cq.Group,
  medium: cq.Medium,
  place: cq.Place,
};

/** The term for each way a state is recognised. */
export const RECOGNITION: Readonly<Record<StateEntry["recognition"], NamedNode>> = {
  "UN member": cq.unMember,
  "UN observer": cq.unObserver,
  other: cq.otherRecognition,
};

/**
 * What the gazetteer knows of the entities given, in its own graph `{base}graph/gazetteer/<version>`: names, identity
 * with Wikidata items, and every tenure and office of the persons among them, each with source and day. What they
 * belong to is described too, so that nothing points nowhere. Keys that are local to an article are passed over.
 * Deterministic whatever the order of `keys`. Throws `gazetteer-invalid` on a malformed date.
 */
export function gazetteerQuads(gazetteer: Gazetteer, keys: Iterable<EntityKey>, base: string): Quad[] {
  const iris = new BaseIris(base);
  const writer = new GazetteerWriter(gazetteer, iris);
  for (const key of [...new Set(keys)].sort()) writer.writeEntry(key);
  return writer.quads;
}

class GazetteerWriter {
  readonly #gazetteer: Gazetteer;
  readonly #iris: BaseIris;
  readonly #graph: GraphBuilder;
  readonly #written = new Set<string>();

  constructor(gazetteer: Gazetteer, iris: BaseIris) {
    this.#gazetteer = gazetteer;
    this.#iris = iris;
    this.#graph = new GraphBuilder(iris.gazetteerGraph(gazetteer.version));
  }

  get quads(): Quad[] {
    return this.#graph.quads;
  }

  writeEntry(id: string): void {
    // What something belongs to may belong to something again: a list, not recursion, however long the chain.
    const waiting = [id];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const entry = this.#gazetteer.entry(next);
      if (entry === undefined || this.#written.has(next)) continue;
      this.#written.add(next);
      const whole = belongsTo(entry);
      this.#describe(entry, whole);
      if (whole !== undefined) waiting.push(whole);
      if (entry.kind === "person") waiting.push(...this.#writeTenures(entry.id));
    }
  }

  #describe(entry: GazetteerEntry, whole: string | undefined): void {
    const iri = this.#iris.thing(entry.id);
    this.#graph.type(iri, CLASS_OF[entry.kind]);
    this.#graph.add(iri, rdfs.label, text(entry.name));
    this.#identify(iri, entry.wikidata);
    if (whole !== undefined) this.#graph.add(iri, cq.affiliation, this.#iris.thing(whole));
    if (entry.kind === "state") {
      this.#graph.add(iri, cq.recognition, RECOGNITION[entry.recognition]);
      if (entry.iso2 !== undefined) this.#graph.add(iri, cq.isoAlpha2, text(entry.iso2));
      if (entry.iso3 !== undefined) this.#graph.add(iri, cq.isoAlpha3, text(entry.iso3));
    }
    if (entry.kind === "medium" && entry.stateRun !== undefined) this.#graph.add(iri, cq.stateRun, boolean(entry.stateRun));
    this.#source(iri, entry);
  }

  /** Returns what the person's offices belong to. */
  #writeTenures(person: string): string[] {
    const holder = this.#iris.thing(person);
    const tenures = this.#gazetteer.tenuresOf(person);
    if (tenures.length > 0) this.#graph.type(holder, cq.Leader);
    const owners: string[] = [];
    for (const tenure of tenures) {
      const iri = this.#iris.tenure(person, tenure.office, tenure.since);
      if (this.#written.has(iri.value)) continue;
      this.#written.add(iri.value);
      this.#graph.add(holder, cq.tenure, iri);
      this.#graph.type(iri, cq.Tenure);
      this.#graph.add(iri, cq.holder, holder);
      this.#graph.add(iri, cq.office, this.#iris.thing(tenure.office));
      this.#writeDates(iri, tenure);
      if (tenure.acting !== undefined) this.#graph.add(iri, cq.acting, boolean(tenure.acting));
      if (tenure.disputed !== undefined) this.#graph.add(iri, cq.disputed, boolean(tenure.disputed));
      this.#source(iri, tenure);
      const office = this.#gazetteer.office(tenure.office);
      if (office === undefined) continue;
      this.#writeOffice(office);
      owners.push(office.of);
    }
    return owners;
  }

  #writeDates(iri: NamedNode, { since, until }: TenureEntry): void {
    const from = partialDate(since);
    const to = until === undefined ? undefined : partialDate(until);
    if (from === undefined || (until !== undefined && to === undefined)) {
      throw new CommuniqueError("gazetteer-invalid", `A tenure's dates are no dates: ${since} to ${until ?? "now"}`, {
        location: iri.value,
      });
    }
    this.#graph.add(iri, cq.since, date(from.first));
    this.#graph.add(iri, cq.sincePrecision, from.precision);
    if (to !== undefined) {
      // "until 2012" may be any day of 2012: the first day it had surely ended is the next year's first.
      this.#graph.add(iri, cq.until, date(to.precision === cq.day ? to.first : to.after));
      this.#graph.add(iri, cq.untilPrecision, to.precision);
    }
  }

  #writeOffice(office: OfficeEntry): void {
    if (this.#written.has(office.id)) return;
    this.#written.add(office.id);
    const iri = this.#iris.thing(office.id);
    this.#graph.type(iri, cq.Office);
    this.#graph.add(iri, rdfs.label, text(office.title));
    this.#graph.add(iri, cq.officeOf, this.#iris.thing(office.of));
    this.#graph.add(iri, cq.officeRole, text(office.role));
    this.#identify(iri, office.wikidata);
    this.#source(iri, office);
  }

  #identify(iri: NamedNode, wikidata: string | undefined): void {
    if (wikidata !== undefined && /^Q[1-9]\d*$/.test(wikidata)) this.#graph.add(iri, owl.sameAs, wikidataItem(wikidata));
  }

  #source(iri: NamedNode, { source, asOf }: Sourced): void {
    this.#graph.add(iri, cq.source, text(source));
    this.#graph.add(iri, cq.asOf, date(asOf));
  }
}

function belongsTo(entry: GazetteerEntry): string | undefined {
  if (entry.kind === "organization") return entry.partOf;
  return entry.kind === "state" ? undefined : entry.state;
}
