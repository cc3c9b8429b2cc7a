import type { Literal, Quad, Term } from "@rdfjs/types";
import { codePointOrder } from "./order.ts";
import { escapeString, iriRef } from "./terms.ts";

const XSD_STRING = "http://www.w3.org/2001/XMLSchema#string";

/**
 * Writes quads as canonical N-Quads (the canonical form of RDF 1.2 N-Quads, which RDFC-1.0 hashes): one line a quad, in
 * code point order, no duplicates, each line ended by LF; the empty string where there are no quads. The same set of
 * quads gives the same string, whatever their order. Blank nodes are refused with a TypeError: their labels would need
 * canonicalisation first, and our datasets hold none.
 */
export function toNQuads(quads: Iterable<Quad>): string {
  const known = new Map<string, string>();
  // IRIs of a dataset recur, so each is checked and bracketed once.
  const iri = (value: string): string => {
    let written = known.get(value);
    if (written === undefined) known.set(value, (written = iriRef(value)));
    return written;
  };
  const literal = ({ value, language, datatype }: Literal): string => {
    const quoted = `"${escapeString(value)}"`;
    if (language !== "") return `${quoted}@${language}`;
    return datatype.value === XSD_STRING ? quoted : `${quoted}^^${iri(datatype.value)}`;
  };
  const term = (value: Term): string => {
    if (value.termType === "NamedNode") return iri(value.value);
    if (value.termType === "Literal") return literal(value);
    throw new TypeError(`A ${value.termType} has no place in our datasets, which name every node`);
  };

  // Lines are sorted subject by subject, which spares comparing the long beginning that most lines share. `>` ends an
  // IRI and is in none, so the order of the bracketed subjects is that of their lines.
  const bySubject = new Map<string, string[]>();
  for (const { subject, predicate, object, graph } of quads) {
    const start = term(subject);
    const rest = `${term(predicate)} ${term(object)}${graph.termType === "DefaultGraph" ? "" : ` ${term(graph)}`} .\n`;
    const own = bySubject.get(start);
    if (own === undefined) bySubject.set(start, [rest]);
    else own.push(rest);
  }
  let out = "";
  for (const subject of codePointOrder([...bySubject.keys()])) {
    let last = "";
    for (const rest of codePointOrder(bySubject.get(subject) ?? [])) {
      if (rest !== last) out += `${subject} ${rest}`;
      last = rest;
    }
  }
  return out;
}
