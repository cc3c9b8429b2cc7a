import type { Quad } from "@rdfjs/types";
import { CommuniqueError } from "../errors/communique-error.ts";
import { ArticleIris } from "../graph/iris.ts";
import { toJsonLd } from "./jsonld.ts";
import { toNQuads } from "./nquads.ts";
import { documentPrefixes, type Prefixes } from "./prefixes.ts";
import { toTriG } from "./trig.ts";
import { toTurtle } from "./turtle.ts";

export { CONTEXT_IRI, contextDocument, loadContext } from "./context.ts";
export { explain, type ExplainInput, type ExplainOptions } from "./explain.ts";
export { toHtml, type HtmlInput } from "./html.ts";
export { toJsonLd, type JsonLdOptions } from "./jsonld.ts";
export { toNQuads } from "./nquads.ts";
export { documentPrefixes, type Prefixes } from "./prefixes.ts";
export { toTriG } from "./trig.ts";
export { toTurtle } from "./turtle.ts";

export type RdfFormat = "nq" | "ttl" | "trig" | "jsonld";

export interface FormatInfo {
  readonly name: string;
  /** As registered with IANA. */
  readonly mediaType: string;
  /** With its dot. */
  readonly extension: string;
  /** Carries all graphs of a dataset; Turtle carries one. */
  readonly dataset: boolean;
}

export const FORMATS: Readonly<Record<RdfFormat, FormatInfo>> = {
  nq: { name: "N-Quads", mediaType: "application/n-quads", extension: ".nq", dataset: true },
  ttl: { name: "Turtle", mediaType: "text/turtle", extension: ".ttl", dataset: false },
  trig: { name: "TriG", mediaType: "application/trig", extension: ".trig", dataset: true },
  jsonld: { name: "JSON-LD", mediaType: "application/ld+json", extension: ".jsonld", dataset: true },
};

export interface SerializeOptions {
  /** The base IRI of the dataset: gives Turtle and TriG readable prefixes. */
  readonly base?: string;
  /** The article's id: prefixes for its fragments and spans, and the default of `facts`. */
  readonly article?: string;
  /** IRI of the graph that Turtle holds; by default `{base}graph/{article}`, or the only graph there is. */
  readonly facts?: string;
  /** JSON-LD with our context written out rather than named. */
  readonly inlineContext?: boolean;
}

/**
 * Writes quads in one of the RDF formats. The same set of quads gives the same text, in whatever order they come.
 * Turtle for quads of several graphs, without a word which are the facts, is refused ("option-invalid"). Blank nodes
 * and invalid IRIs, which our graphs never hold, throw a TypeError.
 */
export async function serialize(
  quads: Iterable<Quad>,
  format: RdfFormat,
  options: SerializeOptions = {},
): Promise<string> {
  switch (format) {
    case "nq":
      return toNQuads(quads);
    case "ttl":
      return toTurtle(factsOf([...quads], options), prefixesOf(options));
    case "trig":
      return toTriG(quads, prefixesOf(options));
    case "jsonld":
      return toJsonLd(quads, options);
  }
}

function prefixesOf({ base, article }: SerializeOptions): Prefixes {
  return base === undefined ? {} : documentPrefixes(base, article);
}

function factsOf(quads: readonly Quad[], { base, article, facts }: SerializeOptions): readonly Quad[] {
  const named =
    facts ?? (base !== undefined && article !== undefined ? new ArticleIris(base, article).facts.value : undefined);
  if (named !== undefined) return quads.filter((quad) => quad.graph.value === named);
  if (quads.some((quad) => quad.graph.value !== quads[0]?.graph.value)) {
    throw new CommuniqueError(
      "option-invalid",
      "Turtle holds one graph; say which of the dataset's graphs are the facts",
    );
  }
  return quads;
}
