import type { Quad, Term } from "@rdfjs/types";
import { codePointOrder } from "./order.ts";
import { escapeString, iriRef } from "./terms.ts";

const XSD_STRING = "http://www.w3.org/2001/XMLSchema#string";

function term(value: Term): string {
  switch (value.termType) {
    case "NamedNode":
      return iriRef(value.value);
    case "Literal": {
      const quoted = `"${escapeString(value.value)}"`;
      if (value.language !== "") return `${quoted}@${value.language}`;
      const datatype = value.datatype.value;
      return datatype === XSD_STRING ? quoted : `${quoted}^^${iriRef(datatype)}`;
    }
    default:
      throw new TypeError(`A ${value.termType} has no place in our datasets, which name every node`);
  }
}

/**
 * Writes quads as canonical N-Quads (the canonical form of RDF 1.2 N-Quads, which RDFC-1.0 hashes): one line a quad, in
 * code point order, no duplicates, each line ended by LF; the empty string where there are no quads. The same set of
 * quads gives the same string, whatever their order. Blank nodes are refused with a TypeError: their labels
 * would need canonicalisation first, and our datasets hold none.
 */
export function toNQuads(quads: Iterable<Quad>): string {
  const seen = new Map<string, string>();
  // IRIs of a dataset recur (predicates, graphs, subjects), so each is checked and bracketed once.
  const iri = (value: string): string => {
    let written = seen.get(value);
    if (written === undefined) seen.set(value, (written = iriRef(value)));
    return written;
  };
  const resource = (value: Term): string => (value.termType === "NamedNode" ? iri(value.value) : term(value));
  const lines: string[] = [];
  for (const { subject, predicate, object, graph } of quads) {
    const triple = `${resource(subject)} ${resource(predicate)} ${resource(object)}`;
    lines.push(graph.termType === "DefaultGraph" ? `${triple} .\n` : `${triple} ${resource(graph)} .\n`);
  }
  codePointOrder(lines);
  let out = "";
  let last = "";
  for (const line of lines) {
    if (line !== last) out += line;
    last = line;
  }
  return out;
}
