import type { Literal, NamedNode, Quad, Term } from "@rdfjs/types";
import { compareNatural } from "./order.ts";
import { namer, VOCABULARY_PREFIXES, type Namer, type Prefixes } from "./prefixes.ts";
import { subjectRank } from "./subjects.ts";
import { escapeString } from "./terms.ts";

const RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
const RDFS_LABEL = "http://www.w3.org/2000/01/rdf-schema#label";
const XSD = "http://www.w3.org/2001/XMLSchema#";
/** Beyond this many characters a list of objects is broken, one object a line. */
const WIDTH = 100;

/** Numbers and truth values whose lexical form Turtle reads back as the same literal without quotation marks. */
const BARE: Readonly<Record<string, RegExp>> = {
  [`${XSD}integer`]: /^[+-]?[0-9]+$/,
  [`${XSD}decimal`]: /^[+-]?[0-9]*\.[0-9]+$/,
  [`${XSD}boolean`]: /^(?:true|false)$/,
};

function literal(value: Literal, names: Namer): string {
  const datatype = value.datatype.value;
  if (BARE[datatype]?.test(value.value) === true) return value.value;
  const quoted = `"${escapeString(value.value)}"`;
  if (value.language !== "") return `${quoted}@${value.language}`;
  return datatype === `${XSD}string` ? quoted : `${quoted}^^${names.name(datatype)}`;
}

function term(value: Term, names: Namer): string {
  if (value.termType === "NamedNode") return names.name(value.value);
  if (value.termType === "Literal") return literal(value, names);
  throw new TypeError(`A ${value.termType} has no place in our datasets, which name every node`);
}

function objects(values: Iterable<string>, column: number, indent: string): string {
  const sorted = [...new Set(values)].sort(compareNatural);
  const line = sorted.join(", ");
  if (sorted.length === 1 || column + line.length <= WIDTH) return ` ${line}`;
  return sorted.map((object) => `\n${indent}        ${object}`).join(",");
}

function predicateOrder(a: NamedNode | Term, b: NamedNode | Term): number {
  const rank = (p: Term): number => (p.value === RDF_TYPE ? 0 : p.value === RDFS_LABEL ? 1 : 2);
  return rank(a) - rank(b) || compareNatural(a.value, b.value);
}

function block(quads: readonly Quad[], names: Namer, indent: string): string {
  const byPredicate = Map.groupBy(quads, (quad) => quad.predicate.value);
  const groups = [...byPredicate.values()].sort(([a], [b]) => (a && b ? predicateOrder(a.predicate, b.predicate) : 0));
  const [first] = quads;
  const subject = first === undefined ? "" : term(first.subject, names);
  const lines = groups.map((group, index) => {
    const iri = group[0]?.predicate.value ?? "";
    const predicate = iri === RDF_TYPE ? "a" : names.name(iri);
    const lead = index === 0 ? `${indent}${subject} ${predicate}` : `${indent}    ${predicate}`;
    return (
      lead +
      objects(
        group.map((quad) => term(quad.object, names)),
        lead.length + 1,
        indent,
      )
    );
  });
  return `${lines.join(" ;\n")} .\n`;
}

/**
 * The triples of one graph as Turtle without a header: one block a subject, separated by blank lines, `a` first, then
 * the label, lists with `;` and `,`. The order is that of `subjectRank`, then natural; it depends on the set of triples
 * alone. Graph names are not looked at; a blank node throws a TypeError.
 */
export function writeTriples(quads: Iterable<Quad>, names: Namer, indent = ""): string {
  const bySubject = Map.groupBy(quads, (quad) => quad.subject.value);
  return [...bySubject]
    .map(([iri, group]) => ({ iri, group, rank: subjectRank(group) }))
    .sort((a, b) => a.rank - b.rank || compareNatural(a.iri, b.iri))
    .map(({ group }) => block(group, names, indent))
    .join("\n");
}

/**
 * Writes the triples of one graph as Turtle 1.1, pretty and deterministic: only the prefixes it uses, no blank nodes.
 * Quads of other graphs must be left out by the caller (`facts` of `serialize` does so).
 */
export function toTurtle(quads: Iterable<Quad>, prefixes: Prefixes = {}): string {
  const names = namer({ ...VOCABULARY_PREFIXES, ...prefixes });
  const body = writeTriples(quads, names);
  const header = names.header();
  return header === "" || body === "" ? header + body : `${header}\n${body}`;
}
