import { readFileSync } from "node:fs";
import type { Quad } from "@rdfjs/types";
import { Parser, Store } from "n3";
import { describe, expect, it } from "vitest";
import * as vocabulary from "../../lib/graph/vocabulary.ts";

const { NAMESPACES, cq } = vocabulary;
const ONTOLOGY = "https://w3id.org/communique/ontology";
const OWL = NAMESPACES.owl;
const SH = "http://www.w3.org/ns/shacl#";
const RDFS = NAMESPACES.rdfs;
const RDF = NAMESPACES.rdf;

function read(name: string): string {
  return readFileSync(new URL(`../../ontology/${name}`, import.meta.url), "utf8");
}

function load(name: string): Store {
  return new Store(new Parser().parse(read(name)));
}

const ontology = load("communique.ttl");
const alignments = load("alignments.ttl");
const shapes = load("shapes.ttl");
const sparqlShapes = load("shapes-sparql.ttl");
const context = (JSON.parse(read("context.jsonld")) as { "@context": Record<string, string | Record<string, string>> })["@context"];

const DECLARATIONS = ["Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty", "NamedIndividual"].map((name) => OWL + name);

function declared(store: Store): Set<string> {
  return new Set(DECLARATIONS.flatMap((kind) => store.getSubjects(`${RDF}type`, kind, null)).filter(({ termType }) => termType === "NamedNode").map(({ value }) => value));
}

function iris(quads: Iterable<Quad>): Set<string> {
  const found = new Set<string>();
  for (const { subject, predicate, object } of quads) {
    for (const term of [subject, predicate, object]) if (term.termType === "NamedNode") found.add(term.value);
  }
  return found;
}

const isOurs = (iri: string) => iri.startsWith(NAMESPACES.cq);
const isBuiltIn = (iri: string) => [NAMESPACES.owl, NAMESPACES.rdf, NAMESPACES.rdfs, NAMESPACES.xsd].some((namespace) => iri.startsWith(namespace));

describe("the ontology", () => {
  it("declares the terms our code writes and no others", () => {
    const ours = [...declared(ontology)].filter(isOurs);
    expect(ours.sort()).toEqual(Object.values(cq).map(({ value }) => value).sort());
  });

  it("declares every term of another vocabulary that our code writes", () => {
    const known = declared(ontology);
    const written = [vocabulary.prov, vocabulary.schema].flatMap((terms) => Object.values(terms)).map(({ value }) => value);
    for (const term of written) expect(known.has(term), term).toBe(true);
  });

  it("uses no term it does not declare", () => {
    const known = declared(ontology);
    const documents = [ONTOLOGY, `${ONTOLOGY}/0.1.0`, "https://www.apache.org/licenses/LICENSE-2.0"];
    for (const iri of iris(ontology)) expect(known.has(iri) || isBuiltIn(iri) || documents.includes(iri), iri).toBe(true);
  });

  it("labels, explains and places every term of its own, in English", () => {
    for (const term of Object.values(cq)) {
      for (const property of [`${RDFS}label`, `${RDFS}comment`]) {
        const texts = ontology.getObjects(term, property, null);
        expect(texts.length, `${property} of ${term.value}`).toBe(1);
        expect(texts[0]?.termType === "Literal" && texts[0].language).toBe("en");
        expect(texts[0]?.value.trim()).not.toBe("");
      }
      expect(ontology.getObjects(term, `${RDFS}isDefinedBy`, null).map(({ value }) => value)).toEqual([ONTOLOGY]);
    }
  });

  it("imports nothing and has a version", () => {
    expect(ontology.getObjects(null, `${OWL}imports`, null)).toEqual([]);
    expect(ontology.getObjects(ONTOLOGY, `${OWL}versionIRI`, null)).toHaveLength(1);
  });

  it("gives labels to one term each", () => {
    const labels = Object.values(cq).map(({ value }) => {
      const type = ontology.getObjects(value, `${RDF}type`, null).some((kind) => kind.value === `${OWL}Class`) ? "class" : "other";
      return `${type} ${ontology.getObjects(value, `${RDFS}label`, null)[0]?.value ?? ""}`;
    });
    expect(new Set(labels).size).toBe(labels.length);
  });
});

describe("the alignments", () => {
  it("align terms that exist, and state no SKOS mapping beside a subsumption", () => {
    const known = declared(ontology);
    for (const iri of iris(alignments)) if (isOurs(iri)) expect(known.has(iri), iri).toBe(true);
    for (const { subject, predicate, object } of alignments) {
      if (predicate.value !== `${RDFS}subClassOf` && predicate.value !== `${RDFS}subPropertyOf`) continue;
      expect(alignments.getQuads(subject, null, object, null)).toHaveLength(1);
    }
  });

  it("never let an office be held without dates", () => {
    expect([...iris(alignments)].filter((iri) => /org#(holds|heldBy)$/.test(iri))).toEqual([]);
  });
});

describe("the shapes", () => {
  it("speak only of terms the ontology declares", () => {
    const known = declared(ontology);
    for (const iri of [...iris(shapes), ...iris(sparqlShapes)]) {
      if (isOurs(iri)) expect(known.has(iri), iri).toBe(true);
    }
  });

  it("explain every constraint on a property", () => {
    const constraints = shapes.getObjects(null, `${SH}property`, null);
    expect(constraints.length).toBeGreaterThan(40);
    for (const constraint of constraints) expect(shapes.getObjects(constraint, `${SH}message`, null)).toHaveLength(1);
  });

  it("keep SPARQL apart from SHACL Core", () => {
    expect(shapes.getQuads(null, `${SH}sparql`, null, null)).toEqual([]);
    expect(sparqlShapes.getObjects(null, `${SH}sparql`, null)).toHaveLength(3);
  });

  it("list the same kinds and statuses as the ontology", () => {
    for (const [property, kind] of [[cq.kind, cq.MeetingKind], [cq.status, cq.MeetingStatus]] as const) {
      const individuals = ontology.getSubjects(`${RDF}type`, kind, null).map(({ value }) => value).sort();
      const listed = shapes.getSubjects(`${SH}path`, property, null).flatMap((shape) => {
        const [head] = shapes.getObjects(shape, `${SH}in`, null);
        return head === undefined ? [] : [shapes.extractLists()[head.value]?.map(({ value }) => value).sort() ?? []];
      });
      expect(listed).toContainEqual(individuals);
    }
  });
});

describe("the context", () => {
  const prefixes = new Map(Object.entries(context).filter(([, value]) => typeof value === "string" && /[#/]$/.test(value)) as [string, string][]);

  function expand(value: string): string {
    const colon = value.indexOf(":");
    const namespace = prefixes.get(value.slice(0, colon));
    return namespace === undefined ? value : namespace + value.slice(colon + 1);
  }

  const terms = new Map<string, string>();
  for (const [term, definition] of Object.entries(context)) {
    const iri = typeof definition === "string" ? definition : (definition["@id"] ?? "");
    if (!term.startsWith("@") && !iri.startsWith("@") && !prefixes.has(term)) terms.set(expand(iri), term);
  }

  it("has a name for every term the data use", () => {
    const structural = new Set([cq.MeetingKind, cq.MeetingStatus, cq.Precision, cq.Recognition].map(({ value }) => value));
    for (const { value } of Object.values(cq)) if (!structural.has(value)) expect(terms.has(value), value).toBe(true);
    for (const group of [vocabulary.prov, vocabulary.schema, vocabulary.owl, vocabulary.rdfs]) {
      for (const { value } of Object.values(group)) expect(terms.has(value), value).toBe(true);
    }
  });

  it("names nothing that the ontology does not declare", () => {
    const known = declared(ontology);
    for (const iri of terms.keys()) expect(known.has(iri) || isBuiltIn(iri), iri).toBe(true);
  });

  it("types what points elsewhere as links, and what the ontology makes data as data", () => {
    for (const [term, definition] of Object.entries(context)) {
      if (term.startsWith("@")) continue;
      const iri = expand(typeof definition === "string" ? definition : (definition["@id"] ?? ""));
      const type = typeof definition === "string" ? undefined : definition["@type"];
      const kinds = ontology.getObjects(iri, `${RDF}type`, null).map(({ value }) => value);
      if (kinds.includes(`${OWL}ObjectProperty`)) expect(["@id", "@vocab"], term).toContain(type);
      if (kinds.includes(`${OWL}DatatypeProperty`)) expect(type?.startsWith("@") ?? false, term).toBe(false);
    }
  });
});
