/** What a query gives: rows, yes or no, or triples. */
export type QueryForm = "SELECT" | "ASK" | "CONSTRUCT" | "DESCRIBE";

/**
 * The graphs that a request names (SPARQL 1.1 Protocol §2.1.4). Where it names any, they are the whole dataset: the
 * default graph is the union of `defaultGraphs`, and `GRAPH` sees `namedGraphs` alone, be they empty.
 */
export interface QueryDataset {
  readonly defaultGraphs: readonly string[];
  readonly namedGraphs: readonly string[];
}

export interface EngineQuery {
  readonly text: string;
  readonly form: QueryForm;
  /** Resolves relative IRIs of a query without BASE. */
  readonly baseIri: string;
  /** Overrides FROM and FROM NAMED of the text. Without either, the default graph is the union of all graphs. */
  readonly dataset?: QueryDataset | undefined;
  readonly format: AnswerFormat;
}

/** The serialisations an engine can write: four of results, six of graphs. */
export type AnswerFormat = "json" | "xml" | "csv" | "tsv" | "ttl" | "nt" | "nq" | "trig" | "jsonld" | "rdfxml";

export interface Answer {
  /** Its first bytes are there: whatever can go wrong before them has been thrown. */
  readonly body: Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array<ArrayBuffer>>;
}

/** What an engine has loaded, out of all there is. */
export interface Coverage {
  readonly quads: number;
  readonly graphs: number;
  readonly articles: number;
  /** Days of publication of the oldest and newest article (xsd:date), where any is dated. */
  readonly oldest?: string;
  readonly newest?: string;
  readonly partsLoaded: number;
  readonly partsOffered: number;
}

/** Whatever answers queries: an embedded store, or a client of a database. It changes nothing. */
export interface SparqlEngine {
  /**
   * @throws SparqlProblem where the query is wrong or goes beyond a limit; anything else thrown is a fault of the engine.
   * A query that waits for its turn when `signal` aborts is dropped.
   */
  query(query: EngineQuery, signal?: AbortSignal): Promise<Answer>;
  coverage(): Promise<Coverage>;
}
