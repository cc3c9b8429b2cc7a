import type { Literal, Quad, Term } from "@rdfjs/types";
import { rdf, xsd } from "../graph/vocabulary.ts";
import { compareNatural } from "./order.ts";
import { isPart, subjectRank } from "./subjects.ts";

/** A node or value object of expanded JSON-LD. */
export type Expanded = Record<string, unknown>;

/** Nothing of ours nests deeper than three; the bound keeps foreign chains from nesting without end. */
const MAX_DEPTH = 12;

interface Subject {
  readonly id: string;
  readonly rank: number;
  readonly part: boolean;
  /** Distinct values in natural order, by property. */
  readonly properties: ReadonlyMap<string, readonly Term[]>;
  references: number;
}

/**
 * The triples of one graph as expanded JSON-LD that reads as a document: the article, claims and entities stand side by
 * side, in reading order; what is only a part of one other node (an involvement, a span, a tenure) stands inside it.
 * Framing algorithms drop nodes that no frame matches; this drops nothing, and takes linear time but for sorting.
 */
export function expandedTree(quads: Iterable<Quad>): Expanded[] {
  const subjects = [...Map.groupBy(quads, (quad) => named(quad.subject))]
    .map(([id, own]): Subject => ({
      id,
      rank: subjectRank(own),
      part: isPart(own),
      properties: propertiesOf(own),
      references: 0,
    }))
    .sort((a, b) => a.rank - b.rank || compareNatural(a.id, b.id));
  const byId = new Map(subjects.map((subject) => [subject.id, subject]));
  for (const { properties } of subjects) {
    for (const [property, values] of properties) {
      if (property === rdf.type.value) continue;
      for (const value of values) {
        const target = value.termType === "NamedNode" ? byId.get(value.value) : undefined;
        if (target) target.references++;
      }
    }
  }
  const written = new Set<Subject>();
  const write = (subject: Subject, depth: number): Expanded => {
    written.add(subject);
    const node: Expanded = { "@id": subject.id };
    for (const [property, values] of subject.properties) {
      const isType = (value: Term) => property === rdf.type.value && value.termType === "NamedNode";
      const types = values.filter(isType);
      if (types.length > 0) node["@type"] = types.map((type) => type.value);
      const others = values.filter((value) => !isType(value));
      if (others.length > 0) node[property] = others.map((value) => object(value, depth));
    }
    return node;
  };
  const object = (value: Term, depth: number): Expanded => {
    if (value.termType === "Literal") return literal(value);
    const id = named(value);
    const subject = byId.get(id);
    const nests = subject && subject.part && subject.references === 1 && !written.has(subject) && depth < MAX_DEPTH;
    return nests ? write(subject, depth + 1) : { "@id": id };
  };
  const nodes = subjects.filter((s) => !s.part || s.references !== 1).map((s) => write(s, 0));
  // Left over are only parts below MAX_DEPTH and those that hold one another in a ring.
  for (const subject of subjects) if (!written.has(subject)) nodes.push(write(subject, 0));
  return nodes;
}

function propertiesOf(quads: readonly Quad[]): Map<string, readonly Term[]> {
  const groups = Map.groupBy(quads, (quad) => named(quad.predicate));
  return new Map([...groups].map(([property, group]) => [property, distinct(group.map((quad) => quad.object))]));
}

function named(term: Term): string {
  if (term.termType !== "NamedNode") {
    throw new TypeError(`A ${term.termType} has no place in our datasets, which name every node`);
  }
  return term.value;
}

function distinct(terms: readonly Term[]): Term[] {
  const byKey = new Map(terms.map((term) => [termKey(term), term]));
  return [...byKey].sort(([a], [b]) => compareNatural(a, b)).map(([, term]) => term);
}

function termKey(term: Term): string {
  return term.termType === "Literal" ? `"${term.value}"@${term.language}^${term.datatype.value}` : term.value;
}

function literal({ value, language, datatype }: Literal): Expanded {
  if (language !== "") return { "@value": value, "@language": language };
  switch (datatype.value) {
    case "http://www.w3.org/2001/XMLSchema#string":
      return { "@value": value };
    case xsd.integer.value:
      return { "@value": isNativeInteger(value) ? Number(value) : value, "@type": datatype.value };
    case xsd.boolean.value:
      return { "@value": value === "true" ? true : value === "false" ? false : value, "@type": datatype.value };
    default:
      return { "@value": value, "@type": datatype.value };
  }
}

/** Only where the JSON number gives back the very same lexical form. */
function isNativeInteger(lexical: string): boolean {
  return Number.isSafeInteger(Number(lexical)) && String(Number(lexical)) === lexical;
}
