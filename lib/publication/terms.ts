import { DataFactory, type NamedNode, type Quad } from "n3";

/** Vocabularies of catalogues and feeds, which article graphs do not use. */
export const CATALOGUE_PREFIXES = {
  as: "https://www.w3.org/ns/activitystreams#",
  dcat: "http://www.w3.org/ns/dcat#",
  foaf: "http://xmlns.com/foaf/0.1/",
  ldes: "https://w3id.org/ldes#",
  sh: "http://www.w3.org/ns/shacl#",
  skos: "http://www.w3.org/2004/02/skos/core#",
  spdx: "http://spdx.org/rdf/terms#",
  tree: "https://w3id.org/tree#",
  vcard: "http://www.w3.org/2006/vcard/ns#",
  void: "http://rdfs.org/ns/void#",
  format: "http://www.w3.org/ns/formats/",
} as const;

const NAMESPACES = {
  ...CATALOGUE_PREFIXES,
  cq: "https://w3id.org/communique/ontology#",
  dcterms: "http://purl.org/dc/terms/",
  rdf: "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
  rdfs: "http://www.w3.org/2000/01/rdf-schema#",
  schema: "https://schema.org/",
  xsd: "http://www.w3.org/2001/XMLSchema#",
} as const;

type Prefix = keyof typeof NAMESPACES;

/** A term by its prefixed name: `term("dcat:Dataset")`. */
export function term(name: `${Prefix}:${string}`): NamedNode {
  const colon = name.indexOf(":");
  return DataFactory.namedNode(NAMESPACES[name.slice(0, colon) as Prefix] + name.slice(colon + 1));
}

export type Value = NamedNode | string | number | { readonly value: string; readonly type: `xsd:${string}` } | { readonly value: string; readonly language: string };

/** Collects triples of the default graph: plain strings are literals, whole numbers integers. */
export class Triples {
  readonly quads: Quad[] = [];

  add(subject: NamedNode, predicate: `${Prefix}:${string}`, ...values: readonly (Value | undefined)[]): void {
    for (const value of values) if (value !== undefined) this.quads.push(DataFactory.quad(subject, term(predicate), node(value)));
  }
}

function node(value: Value): NamedNode | ReturnType<typeof DataFactory.literal> {
  if (typeof value === "string") return DataFactory.literal(value.toWellFormed());
  if (typeof value === "number") return DataFactory.literal(String(value), term("xsd:integer"));
  if ("language" in value) return DataFactory.literal(value.value, value.language);
  return "type" in value ? DataFactory.literal(value.value, term(value.type)) : value;
}
