import { chooseOffer, type Offer } from "../http/accept.ts";
import { SparqlProblem } from "./problem.ts";
import type { AnswerFormat, QueryForm } from "./types.ts";

export interface Representation {
  /** What the client asked for, which may be a general name such as `application/json`. */
  readonly contentType: string;
  readonly format: AnswerFormat;
}

interface Serialisation extends Offer {
  readonly format: AnswerFormat;
}

/** Best first: where a client likes several equally, it gets the first. */
const RESULTS: readonly Serialisation[] = [
  { mediaType: "application/sparql-results+json", format: "json" },
  { mediaType: "application/json", format: "json" },
  { mediaType: "application/sparql-results+xml", format: "xml" },
  { mediaType: "text/csv", format: "csv" },
  { mediaType: "text/tab-separated-values", format: "tsv" },
  { mediaType: "application/xml", format: "xml" },
  { mediaType: "text/xml", format: "xml" },
];

const GRAPHS: readonly Serialisation[] = [
  { mediaType: "text/turtle", format: "ttl" },
  { mediaType: "application/ld+json", format: "jsonld" },
  { mediaType: "application/n-triples", format: "nt" },
  { mediaType: "application/rdf+xml", format: "rdfxml" },
  { mediaType: "application/trig", format: "trig" },
  { mediaType: "application/n-quads", format: "nq" },
  { mediaType: "application/json", format: "jsonld" },
  { mediaType: "application/xml", format: "rdfxml" },
  { mediaType: "text/xml", format: "rdfxml" },
];

/** The media types that name one format each, in the order of preference. */
export const RESULT_MEDIA_TYPES = RESULTS.slice(0, 5).map(({ mediaType }) => mediaType).filter((type) => type !== "application/json");
export const GRAPH_MEDIA_TYPES = GRAPHS.slice(0, 6).map(({ mediaType }) => mediaType);

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

function choose(offers: readonly Serialisation[], accept: string | null): Representation {
  const chosen = chooseOffer(accept, offers);
  if (chosen === undefined) {
    throw new SparqlProblem("not-acceptable", 406, `None of the media types asked for is at hand. There are: ${offers.map(({ mediaType }) => mediaType).join(", ")}.`);
  }
  const { mediaType, format } = chosen;
  return { contentType: mediaType.startsWith("text/") ? `${mediaType}; charset=utf-8` : mediaType, format };
}
