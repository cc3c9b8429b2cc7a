import { CommuniqueError } from "../errors/communique-error.ts";
import { loadRecords } from "./load-records.ts";
import { overlayRecords } from "./overlay-records.ts";
import { isDate } from "./record-validation.ts";
import { select } from "./sparql-select.ts";
import type { HolderFact } from "./overlay-records.ts";
import type { Solution } from "./sparql-select.ts";
import type { GazetteerRecord } from "./types.ts";

export interface RefreshOptions {
  /** URL of a SPARQL 1.1 endpoint with Wikidata's data. */
  readonly endpoint: string;
  /** The ISO date to give the facts: that of the answer. */
  readonly on: string;
  readonly fetch?: typeof fetch;
  /** Overlay files that hold more of what is known already (see `GazetteerOptions`). */
  readonly overlays?: readonly string[];
  /** Milliseconds until the endpoint is given up. */
  readonly timeout?: number;
}

/** Head of state (P35) and head of government (P6) of everything with an ISO 3166-1 code (P297), with starts (P580), ends (P582) left out. */
export const HOLDERS_QUERY = `PREFIX wd: <http://www.wikidata.org/entity/>
PREFIX wdt: <http://www.wikidata.org/prop/direct/>
PREFIX p: <http://www.wikidata.org/prop/>
PREFIX ps: <http://www.wikidata.org/prop/statement/>
PREFIX pq: <http://www.wikidata.org/prop/qualifier/>
PREFIX wikibase: <http://wikiba.se/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?state ?code ?role ?person ?name ?gender ?since WHERE {
  ?state wdt:P297 ?code .
  { ?state p:P35 ?statement . ?statement ps:P35 ?person . BIND("head-of-state" AS ?role) }
  UNION
  { ?state p:P6 ?statement . ?statement ps:P6 ?person . BIND("head-of-government" AS ?role) }
  ?statement wikibase:rank ?rank .
  FILTER(?rank != wikibase:DeprecatedRank)
  FILTER NOT EXISTS { ?statement pq:P582 ?end }
  ?person rdfs:label ?name .
  FILTER(LANG(?name) = "en")
  OPTIONAL { ?person wdt:P21 ?gender }
  OPTIONAL { ?statement pq:P580 ?since }
}
ORDER BY ?code ?role ?since`;

/**
 * The records of an overlay (see `GazetteerOptions.overlays`) that bring heads of state and government up to date: persons
 * not known yet, offices where a state has none, tenures with their start, and an end for predecessors still in office.
 * Facts without a start, or of states the gazetteer does not know, are left out. Throws `gazetteer-refresh-failed`.
 */
export async function refreshGazetteer(options: RefreshOptions): Promise<GazetteerRecord[]> {
  if (!isDate(options.on)) throw new CommuniqueError("option-invalid", `Not a date: ${options.on}`);
  const { store } = loadRecords(options.overlays);
  const found = await select({ ...options, query: HOLDERS_QUERY });
  const facts = found.map(holderFact).filter((fact) => fact !== undefined);
  if (facts.length === 0) {
    throw new CommuniqueError("gazetteer-refresh-failed", `The SPARQL endpoint ${options.endpoint} knows no head of state or government`, {
      location: options.endpoint,
    });
  }
  return overlayRecords(facts, store, options.on);
}

const ITEM = /^https?:\/\/www\.wikidata\.org\/entity\/(Q[1-9]\d*)$/;
const FEMALE = new Set(["Q6581072", "Q1052281"]);

/** A solution as a fact; undefined where it lacks what a tenure needs. */
function holderFact(solution: Solution): HolderFact | undefined {
  const state = item(solution["state"]);
  const person = item(solution["person"]);
  const role = solution["role"];
  const name = solution["name"]?.trim();
  const since = solution["since"]?.slice(0, 10);
  if (state === undefined || person === undefined || name === undefined || name === "" || !isDate(since) || since === undefined) return undefined;
  if (role !== "head-of-state" && role !== "head-of-government") return undefined;
  const gender = item(solution["gender"]);
  return {
    state,
    code: solution["code"] ?? "",
    role,
    person,
    name,
    since,
    ...(gender === undefined ? {} : { gender: FEMALE.has(gender) ? "female" : "male" }),
  };
}

function item(iri: string | undefined): string | undefined {
  return iri === undefined ? undefined : ITEM.exec(iri)?.[1];
}
