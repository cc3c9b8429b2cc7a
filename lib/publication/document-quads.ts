import { DataFactory, type NamedNode, type Quad } from "n3";
import { CLASS_OF, RECOGNITION } from "../graph/gazetteer-facts.ts";
import { MEETING_KIND } from "../graph/meeting-facts.ts";
import { partialDate } from "../graph/partial-date.ts";
import { ArticleIris, BaseIris, wikidataItem } from "../graph/iris.ts";
import { cq, owl, prov, rdf, rdfs, schema } from "../graph/vocabulary.ts";
import { boolean, date, decimal, text } from "../graph/literals.ts";
import { term } from "./terms.ts";
import type { DocumentKind, EntityDocument, Item, MeetingItem, OfficeFact, Ref, StatementItem } from "./types.ts";

const CLASS: Readonly<Record<DocumentKind, NamedNode>> = { ...CLASS_OF, office: cq.Office, meeting: cq.Meeting };

/** An entity's document as triples: its facts, and of the claims in it what it takes to find and judge them. */
export function entityQuads(document: EntityDocument): Quad[] {
  const writer = new Writer(document.base);
  writer.entity(document);
  for (const item of document.items) writer.item(item);
  return writer.quads;
}

class Writer {
  readonly quads: Quad[] = [];
  readonly #iris: BaseIris;

  constructor(base: string) {
    this.#iris = new BaseIris(base);
  }

  entity({ id, kind, name, facts, meeting }: EntityDocument): void {
    const iri = this.#iris.thing(id);
    this.#add(iri, rdf.type, CLASS[kind]);
    this.#add(iri, rdfs.label, text(name));
    if (facts.wikidata !== undefined && /^Q[1-9]\d*$/.test(facts.wikidata)) this.#add(iri, owl.sameAs, wikidataItem(facts.wikidata));
    if (facts.belongsTo !== undefined) this.#add(iri, kind === "office" ? cq.officeOf : cq.affiliation, this.#ref(facts.belongsTo));
    if (facts.recognition !== undefined) this.#add(iri, cq.recognition, RECOGNITION[facts.recognition]);
    if (facts.iso2 !== undefined) this.#add(iri, cq.isoAlpha2, text(facts.iso2));
    if (facts.iso3 !== undefined) this.#add(iri, cq.isoAlpha3, text(facts.iso3));
    if (facts.stateRun !== undefined) this.#add(iri, cq.stateRun, boolean(facts.stateRun));
    if (facts.role !== undefined) this.#add(iri, cq.officeRole, text(facts.role));
    if (facts.offices.length > 0) this.#add(iri, rdf.type, cq.Leader);
    for (const office of facts.offices) this.#tenure(iri, id, office);
    if (meeting === undefined) return;
    if (meeting.replacedBy !== undefined) this.#add(iri, term("dcterms:isReplacedBy"), this.#iris.thing(`meeting/${meeting.replacedBy}`));
    else this.#add(iri, cq.latestStatus, cq[meeting.latestStatus]);
    for (const old of meeting.replacedBy === undefined ? meeting.replaces : []) this.#add(this.#iris.thing(`meeting/${old}`), term("dcterms:isReplacedBy"), iri);
  }

  item(item: Item): void {
    const iris = new ArticleIris(this.#iris.base, item.article.id);
    const claim = iris.fragment(item.fragment);
    this.#add(claim, prov.wasDerivedFrom, iris.article);
    this.#add(iris.article, rdf.type, cq.Article);
    if (item.article.headline !== undefined) this.#add(iris.article, schema.headline, text(item.article.headline));
    if (item.type === "meeting") this.#meeting(claim, item);
    else this.#statement(claim, item);
    this.#add(claim, cq.confidence, decimal(item.confidence));
  }

  #tenure(holder: NamedNode, person: string, { id, title, of, since, until, acting, disputed }: OfficeFact): void {
    const iri = this.#iris.tenure(person, id, since);
    const office = this.#iris.thing(id);
    this.#add(holder, cq.tenure, iri);
    this.#add(iri, rdf.type, cq.Tenure);
    this.#add(iri, cq.holder, holder);
    this.#add(iri, cq.office, office);
    this.#add(office, rdfs.label, text(title));
    if (of !== undefined) this.#add(office, cq.officeOf, this.#ref(of));
    const from = partialDate(since);
    if (from !== undefined) this.#add(iri, cq.since, date(from.first));
    const to = until === undefined ? undefined : partialDate(until);
    if (to !== undefined) this.#add(iri, cq.until, date(to.precision === cq.day ? to.first : to.after));
    if (acting !== undefined) this.#add(iri, cq.acting, boolean(acting));
    if (disputed !== undefined) this.#add(iri, cq.disputed, boolean(disputed));
  }

  #meeting(report: NamedNode, item: MeetingItem): void {
    this.#add(report, rdf.type, cq.MeetingReport);
    this.#add(report, cq.kind, MEETING_KIND[item.kind]);
    this.#add(report, cq.status, cq[item.status]);
    for (const participant of item.participants) this.#party(report, cq.participant, participant);
    this.#party(report, cq.host, item.host);
    this.#party(report, cq.mediator, item.mediator);
    this.#party(report, cq.place, item.place);
    if (item.date?.earliest !== undefined) this.#add(report, cq.earliest, date(item.date.earliest));
    if (item.date?.latest !== undefined) this.#add(report, cq.latest, date(item.date.latest));
    if (item.date?.end !== undefined) this.#add(report, cq.lastDay, date(item.date.end));
    if (item.article.published !== undefined) this.#add(report, cq.asOf, date(item.article.published));
    if (item.meeting !== undefined) this.#add(report, cq.meeting, this.#iris.thing(`meeting/${item.meeting}`));
  }

  #statement(statement: NamedNode, item: StatementItem): void {
    const kinds = { direct: cq.DirectStatement, mixed: cq.MixedStatement, indirect: cq.IndirectStatement } as const;
    if (item.mode === "attitude") this.#add(statement, rdf.type, cq.Attitude);
    else for (const type of [cq.Statement, kinds[item.kind]]) this.#add(statement, rdf.type, type);
    for (const speaker of item.speakers) this.#party(statement, cq.speaker, speaker);
    this.#party(statement, cq.reportedBy, item.reportedBy);
    this.#party(statement, cq.addressee, item.addressee);
    for (const about of item.about) this.#party(statement, cq.about, about);
    if (item.date !== undefined) this.#add(statement, cq.date, date(item.date));
  }

  #party(claim: NamedNode, property: NamedNode, ref: Ref | undefined): void {
    if (ref === undefined || (ref.id === undefined && ref.local === undefined)) return;
    const iri = this.#ref(ref);
    this.#add(claim, property, iri);
    this.#add(iri, rdfs.label, text(ref.name));
  }

  #ref({ name, id, local }: Ref): NamedNode {
    if (local !== undefined) return new ArticleIris(this.#iris.base, local.article).fragment(local.fragment);
    return this.#iris.thing(id ?? name);
  }

  #add(subject: NamedNode, predicate: NamedNode, object: NamedNode | ReturnType<typeof text>): void {
    this.quads.push(DataFactory.quad(subject, predicate, object));
  }
}
