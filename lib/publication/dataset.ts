import { DataFactory, type NamedNode, type Quad } from "n3";
import type { About } from "./states.ts";
import { term, Triples } from "./terms.ts";
import type { Manifest } from "./types.ts";

const VOCABULARIES = [
  "https://w3id.org/communique/ontology#",
  "http://purl.org/dc/terms/",
  "http://www.w3.org/ns/prov#",
  "https://schema.org/",
];

/** Authority tables of the EU Publications Office, which data portals index by. */
const AUTHORITY = "http://publications.europa.eu/resource/authority/";

/**
 * The description of the dataset for catalogues (DCAT 3, as DCAT-AP 3.0.1 profiles it) and for linked-data clients (VoID):
 * a function of the manifest alone.
 */
export function datasetQuads({ base, created, modified, counts, parts }: Manifest, about: About): Quad[] {
  const triples = new Triples();
  const dataset = iri(`${base}dataset`);
  const publisher = iri(about.publisher.iri ?? `${base}dataset#publisher`);
  const license = iri(about.license);
  const english = (value: string): { value: string; language: string } => ({ value, language: "en" });
  const time = (value: string): { value: string; type: "xsd:dateTime" } => ({ value, type: "xsd:dateTime" });

  // What kinds of things the terms of others are: validators look for it in the description itself.
  const typed = (node: NamedNode, ...types: readonly Parameters<typeof term>[0][]): NamedNode => {
    triples.add(node, "rdf:type", ...types.map(term));
    return node;
  };
  const authority = (name: string, type: Parameters<typeof term>[0]): NamedNode => typed(iri(AUTHORITY + name), type);
  typed(license, "dcterms:LicenseDocument");
  typed(iri(base), "foaf:Document");

  triples.add(publisher, "rdf:type", term("foaf:Agent"), term("foaf:Organization"));
  triples.add(publisher, "foaf:name", english(about.publisher.name));
  if (about.publisher.email !== undefined) triples.add(publisher, "foaf:mbox", iri(`mailto:${about.publisher.email}`));

  const catalog = iri(`${base}dataset#catalog`);
  triples.add(catalog, "rdf:type", term("dcat:Catalog"));
  triples.add(catalog, "dcterms:title", english(`Catalogue of ${about.title}`));
  triples.add(catalog, "dcterms:description", english(about.description));
  triples.add(catalog, "dcterms:publisher", publisher);
  triples.add(catalog, "dcat:dataset", dataset);
  triples.add(catalog, "foaf:homepage", iri(base));

  triples.add(dataset, "rdf:type", term("dcat:Dataset"), term("void:Dataset"));
  triples.add(dataset, "dcterms:title", english(about.title));
  triples.add(dataset, "dcterms:description", english(about.description));
  triples.add(dataset, "dcterms:publisher", publisher);
  triples.add(dataset, "dcterms:creator", publisher);
  triples.add(dataset, "dcterms:license", license);
  triples.add(dataset, "dcterms:identifier", `${base}dataset`);
  triples.add(dataset, "dcterms:issued", time(created));
  triples.add(dataset, "dcterms:created", time(created));
  triples.add(dataset, "dcterms:modified", time(modified));
  triples.add(dataset, "dcterms:language", authority("language/ENG", "dcterms:LinguisticSystem"));
  triples.add(dataset, "dcterms:accrualPeriodicity", authority("frequency/CONT", "dcterms:Frequency"));
  const theme = authority("data-theme/INTR", "skos:Concept");
  triples.add(theme, "skos:prefLabel", english("International issues"));
  triples.add(dataset, "dcat:theme", theme);
  triples.add(dataset, "dcat:keyword", english("diplomacy"), english("international relations"), english("news"), english("quotations"));
  triples.add(dataset, "dcat:landingPage", iri(base));
  const point = contact(triples, base, about);
  triples.add(catalog, "dcat:contactPoint", point);
  triples.add(dataset, "dcat:contactPoint", point);

  triples.add(dataset, "void:uriSpace", base);
  triples.add(dataset, "void:sparqlEndpoint", iri(`${base}sparql`));
  triples.add(dataset, "void:triples", counts.facts + counts.evidence);
  triples.add(dataset, "void:documents", counts.articles);
  triples.add(dataset, "void:entities", counts.entities);
  triples.add(dataset, "void:feature", term("format:N-Quads"), term("format:Turtle"), term("format:JSON-LD"));
  for (const vocabulary of VOCABULARIES) triples.add(dataset, "void:vocabulary", iri(vocabulary));
  for (const { key } of parts) triples.add(dataset, "void:dataDump", iri(base + key));
  triples.add(dataset, "void:rootResource", iri(base));

  const distribution = (name: string, title: string, access: string): NamedNode => {
    const node = iri(`${base}dataset#${name}`);
    triples.add(dataset, "dcat:distribution", node);
    triples.add(node, "rdf:type", term("dcat:Distribution"));
    triples.add(node, "dcterms:title", english(title));
    triples.add(node, "dcterms:license", license);
    triples.add(node, "dcterms:modified", time(modified));
    triples.add(node, "dcat:accessURL", iri(access));
    return node;
  };
  const media = (name: string): NamedNode => typed(iri(`https://www.iana.org/assignments/media-types/${name}`), "dcterms:MediaType", "dcterms:MediaTypeOrExtent");

  for (const part of parts) {
    const node = distribution(`part-${part.sha256.slice(0, 16)}`, `N-Quads of ${part.type}: ${part.stream}, log entries ${part.from} to ${part.to}`, base + part.key);
    triples.add(node, "dcat:downloadURL", iri(base + part.key));
    triples.add(node, "dcat:mediaType", media("application/n-quads"));
    triples.add(node, "dcat:compressFormat", media("application/gzip"));
    triples.add(node, "dcterms:format", authority("file-type/N_QUADS", "dcterms:MediaTypeOrExtent"));
    triples.add(node, "dcat:byteSize", { value: String(part.bytes), type: "xsd:nonNegativeInteger" });
    const checksum = iri(`${base}dataset#sha256-${part.sha256.slice(0, 16)}`);
    triples.add(node, "spdx:checksum", checksum);
    triples.add(checksum, "rdf:type", term("spdx:Checksum"));
    triples.add(checksum, "spdx:algorithm", typed(term("spdx:checksumAlgorithm_sha256"), "spdx:ChecksumAlgorithm"));
    triples.add(checksum, "spdx:checksumValue", { value: part.sha256, type: "xsd:hexBinary" });
  }
  const sparql = distribution("sparql", "SPARQL endpoint", `${base}sparql`);
  triples.add(sparql, "dcterms:format", authority("file-type/SPARQLQ", "dcterms:MediaTypeOrExtent"));
  triples.add(sparql, "dcterms:conformsTo", iri("https://www.w3.org/TR/sparql11-protocol/"));
  triples.add(sparql, "dcat:accessService", iri(`${base}sparql`));
  triples.add(iri(`${base}sparql`), "rdf:type", term("dcat:DataService"));
  triples.add(iri(`${base}sparql`), "dcterms:title", english("SPARQL 1.1 Protocol, read only"));
  triples.add(iri(`${base}sparql`), "dcterms:publisher", publisher);
  triples.add(iri(`${base}sparql`), "dcat:endpointURL", iri(`${base}sparql`));
  triples.add(iri(`${base}sparql`), "dcat:endpointDescription", iri(`${base}sparql`));
  triples.add(iri(`${base}sparql`), "dcat:servesDataset", dataset);
  triples.add(iri("https://www.w3.org/TR/sparql11-protocol/"), "rdf:type", term("dcterms:Standard"));
  const feed = distribution("changes", "Linked Data Event Stream of published, changed and withdrawn articles", `${base}feed`);
  triples.add(feed, "dcat:mediaType", media("text/turtle"));
  triples.add(feed, "dcterms:format", authority("file-type/RDF_TURTLE", "dcterms:MediaTypeOrExtent"));
  triples.add(feed, "dcterms:conformsTo", iri("https://w3id.org/ldes/specification"));
  triples.add(iri("https://w3id.org/ldes/specification"), "rdf:type", term("dcterms:Standard"));
  return triples.quads;
}

function contact(triples: Triples, base: string, { publisher }: About): NamedNode {
  const node = iri(`${base}dataset#contact`);
  triples.add(node, "rdf:type", term("vcard:Organization"), term("vcard:Kind"));
  triples.add(node, "vcard:fn", publisher.name);
  if (publisher.email === undefined) triples.add(node, "vcard:hasURL", iri(publisher.iri ?? base));
  else triples.add(node, "vcard:hasEmail", iri(`mailto:${publisher.email}`));
  return node;
}

function iri(value: string): NamedNode {
  return DataFactory.namedNode(value);
}
