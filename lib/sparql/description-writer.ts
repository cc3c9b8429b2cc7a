import type { Quad } from "@rdfjs/types";
import { escapeHtml } from "../serialization/html-escape.ts";
import { expandedTree } from "../serialization/jsonld-tree.ts";
import { toNQuads } from "../serialization/nquads.ts";
import type { Prefixes } from "../serialization/prefixes.ts";
import { toTurtle } from "../serialization/turtle.ts";
import type { AnswerFormat } from "./types.ts";

/**
 * Writes a few triples of one graph, without blank nodes, by our own serializers, so that no engine is needed to describe one.
 * JSON-LD declares the prefixes in the document. @throws TypeError for the format of a query's results.
 */
export async function writeDescription(quads: readonly Quad[], format: AnswerFormat, prefixes: Prefixes): Promise<string> {
  switch (format) {
    case "ttl":
    case "trig":
      return toTurtle(quads, prefixes);
    case "nt":
    case "nq":
      return toNQuads(quads);
    case "jsonld":
      return jsonLd(quads, prefixes);
    case "rdfxml":
      return rdfXml(quads, prefixes);
    default:
      throw new TypeError(`No graph is written as ${format}`);
  }
}

async function jsonLd(quads: readonly Quad[], prefixes: Prefixes): Promise<string> {
  const { default: library } = await import("jsonld");
  const compacted = await library.compact({ "@graph": expandedTree(quads) } as object, { ...prefixes }, { graph: true });
  return `${JSON.stringify(compacted, undefined, 2)}\n`;
}

function rdfXml(quads: readonly Quad[], prefixes: Prefixes): string {
  const names = { rdf: "http://www.w3.org/1999/02/22-rdf-syntax-ns#", ...prefixes };
  const qname = (iri: string): string => {
    const prefix = Object.entries(names).find(([, namespace]) => iri.startsWith(namespace));
    if (prefix === undefined) throw new TypeError(`No prefix for ${iri}`);
    return `${prefix[0]}:${iri.slice(prefix[1].length)}`;
  };
  const property = ({ predicate, object }: Quad): string => {
    const name = qname(predicate.value);
    if (object.termType !== "Literal") return `    <${name} rdf:resource="${escapeHtml(object.value)}"/>\n`;
    const kind = object.language === "" ? ` rdf:datatype="${escapeHtml(object.datatype.value)}"` : ` xml:lang="${object.language}"`;
    return `    <${name}${kind}>${escapeHtml(object.value)}</${name}>\n`;
  };
  const nodes = [...Map.groupBy(quads, (quad) => quad.subject.value)].map(
    ([subject, own]) => `  <rdf:Description rdf:about="${escapeHtml(subject)}">\n${own.map(property).join("")}  </rdf:Description>\n`,
  );
  const declared = Object.entries(names).map(([prefix, namespace]) => ` xmlns:${prefix}="${escapeHtml(namespace)}"`);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF${declared.join("")}>\n${nodes.join("")}</rdf:RDF>\n`;
}
