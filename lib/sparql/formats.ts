import { chooseMediaType } from "./negotiate.ts";
import { SparqlProblem } from "./problem.ts";
import type { AnswerFormat, QueryForm } from "./types.ts";

export interface Representation {
  /** What the client asked for, which may be a general name such as `application/json`. */
  readonly contentType: string;
  readonly format: AnswerFormat;
}

type Offers = readonly (readonly [mediaType: string, format: AnswerFormat])[];

/** Best first: where a client likes several equally, it gets the first. */
const RESULTS: Offers = [
  ["application/sparql-results+json", "json"],
  ["application/json", "json"],
  ["application/sparql-results+xml", "xml"],
  ["text/csv", "csv"],
  ["text/tab-separated-values", "tsv"],
  ["application/xml", "xml"],
  ["text/xml", "xml"],
];

const GRAPHS: Offers = [
  ["text/turtle", "ttl"],
  ["application/ld+json", "jsonld"],
  ["application/n-triples", "nt"],
  ["application/rdf+xml", "rdfxml"],
  ["application/trig", "trig"],
  ["application/n-quads", "nq"],
  ["application/json", "jsonld"],
  ["application/xml", "rdfxml"],
  ["text/xml", "rdfxml"],
];

/** The media types that name one format each, in the order of preference. */
export const RESULT_MEDIA_TYPES = RESULTS.slice(0, 5).filter(([type]) => type !== "application/json").map(([type]) => type);
export const GRAPH_MEDIA_TYPES = GRAPHS.slice(0, 6).map(([type]) => type);

/** The media type by which the engine knows a format. */
export const ENGINE_MEDIA_TYPE: Readonly<Record<AnswerFormat, string>> = {
  json: "application/sparql-results+json",
  xml: "application/sparql-results+xml",
  csv: "text/csv",
  tsv: "text/tab-separated-values",
  ttl: "text/turtle",
  nt: "application/n-triples",
  nq: "application/n-quads",
  trig: "application/trig",
  jsonld: "application/ld+json",
  rdfxml: "application/rdf+xml",
};

/** @throws SparqlProblem "not-acceptable" (406) with the list of what there is. */
export function representationOf(form: QueryForm, accept: string | null): Representation {
  return choose(form === "SELECT" || form === "ASK" ? RESULTS : GRAPHS, accept);
}

/** For graphs that no query made: the Service Description. @throws SparqlProblem "not-acceptable" */
export function graphRepresentation(accept: string | null): Representation {
  return choose(GRAPHS, accept);
}

function choose(offers: Offers, accept: string | null): Representation {
  const types = offers.map(([type]) => type);
  const chosen = chooseMediaType(accept, types);
  const format = offers.find(([type]) => type === chosen)?.[1];
  if (chosen === undefined || format === undefined) {
    throw new SparqlProblem("not-acceptable", 406, `None of the media types asked for is at hand. There are: ${types.join(", ")}.`);
  }
  return { contentType: chosen.startsWith("text/") ? `${chosen}; charset=utf-8` : chosen, format };
}
