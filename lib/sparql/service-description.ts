import type { Literal, NamedNode, Quad } from "@rdfjs/types";
import { DataFactory } from "n3";
import { cq, NAMESPACES } from "../graph/vocabulary.ts";
import { GRAPH_MEDIA_TYPES, RESULT_MEDIA_TYPES } from "./formats.ts";
import { writeDescription } from "./description-writer.ts";
import type { AnswerFormat, Coverage } from "./types.ts";

export interface Service {
  readonly endpoint: string;
  readonly dataset?: string | undefined;
}

const SD = "http://www.w3.org/ns/sparql-service-description#";
const VOID = "http://rdfs.org/ns/void#";
const DCAT = "http://www.w3.org/ns/dcat#";
const FORMATS = "http://www.w3.org/ns/formats/";

/** How the W3C names the serialisations (https://www.w3.org/ns/formats/). */
const FORMAT_NAMES: Readonly<Record<string, string>> = {
  "application/sparql-results+json": "SPARQL_Results_JSON",
  "application/sparql-results+xml": "SPARQL_Results_XML",
  "text/csv": "SPARQL_Results_CSV",
  "text/tab-separated-values": "SPARQL_Results_TSV",
  "text/turtle": "Turtle",
  "application/ld+json": "JSON-LD",
  "application/n-triples": "N-Triples",
  "application/rdf+xml": "RDF_XML",
  "application/trig": "TriG",
  "application/n-quads": "N-Quads",
};

/**
 * The SPARQL 1.1 Service Description: what the endpoint speaks, that its default graph is the union of all graphs, and
 * how much of the data is loaded: quads (`void:triples`), articles, the days between the oldest and the newest.
 */
export function describeService(coverage: Coverage, service: Service, format: AnswerFormat): Promise<string> {
  return writeDescription(serviceQuads(coverage, service), format, { sd: SD, void: VOID, dcat: DCAT, dcterms: NAMESPACES.dcterms, xsd: NAMESPACES.xsd, cq: NAMESPACES.cq, formats: FORMATS });
}

export function serviceQuads(coverage: Coverage, { endpoint, dataset }: Service): Quad[] {
  const quads: Quad[] = [];
  const add = (subject: NamedNode, property: string, object: NamedNode | Literal): void => {
    quads.push(DataFactory.quad(subject, DataFactory.namedNode(property), object));
  };
  const part = (name: string): NamedNode => DataFactory.namedNode(`${endpoint}#${name}`);
  const type = (subject: NamedNode, iri: string): void => add(subject, `${NAMESPACES.rdf}type`, DataFactory.namedNode(iri));
  const count = (value: number): Literal => DataFactory.literal(String(value), DataFactory.namedNode(`${NAMESPACES.xsd}integer`));
  const day = (value: string): Literal => DataFactory.literal(value, DataFactory.namedNode(`${NAMESPACES.xsd}date`));

  const self = DataFactory.namedNode(endpoint);
  type(self, `${SD}Service`);
  add(self, `${SD}endpoint`, self);
  add(self, `${SD}supportedLanguage`, DataFactory.namedNode(`${SD}SPARQL11Query`));
  add(self, `${SD}feature`, DataFactory.namedNode(`${SD}UnionDefaultGraph`));
  for (const mediaType of [...RESULT_MEDIA_TYPES, ...GRAPH_MEDIA_TYPES]) {
    add(self, `${SD}resultFormat`, DataFactory.namedNode(FORMATS + (FORMAT_NAMES[mediaType] ?? "")));
  }

  const loaded = part("dataset");
  add(self, `${SD}defaultDataset`, loaded);
  type(loaded, `${SD}Dataset`);
  type(loaded, `${VOID}Dataset`);
  if (dataset !== undefined) add(loaded, `${NAMESPACES.dcterms}isPartOf`, DataFactory.namedNode(dataset));
  const whole = coverage.partsLoaded === coverage.partsOffered;
  add(loaded, `${NAMESPACES.dcterms}description`, DataFactory.literal(whole ? "All of the published data." : `The newest of the published data: ${coverage.partsLoaded} of ${coverage.partsOffered} dump parts.`, "en"));
  const union = part("default-graph");
  add(loaded, `${SD}defaultGraph`, union);
  type(union, `${SD}Graph`);
  for (const subject of [loaded, union]) add(subject, `${VOID}triples`, count(coverage.quads));

  const articles = part("articles");
  add(loaded, `${VOID}classPartition`, articles);
  add(articles, `${VOID}class`, DataFactory.namedNode(cq.Article.value));
  add(articles, `${VOID}entities`, count(coverage.articles));
  if (coverage.oldest !== undefined && coverage.newest !== undefined) {
    const period = part("period");
    add(loaded, `${NAMESPACES.dcterms}temporal`, period);
    type(period, `${NAMESPACES.dcterms}PeriodOfTime`);
    add(period, `${DCAT}startDate`, day(coverage.oldest));
    add(period, `${DCAT}endDate`, day(coverage.newest));
  }
  return quads;
}
