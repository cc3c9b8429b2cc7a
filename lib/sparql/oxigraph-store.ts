import { cq, NAMESPACES } from "../graph/vocabulary.ts";
import { countRows } from "./count-rows.ts";
import { resultsToCsv } from "./csv.ts";
import { ENGINE_MEDIA_TYPE } from "./formats.ts";
import { LoadedParts, type LoadLimits, type Store } from "./loaded-parts.ts";
import { SparqlProblem } from "./problem.ts";
import { queryShape, withRowLimit } from "./query-shape.ts";
import type { Snapshot } from "./source.ts";
import type { AnswerFormat, Coverage, EngineQuery } from "./types.ts";
import { isTrap, messageOf } from "./unloadable.ts";

type Oxigraph = typeof import("oxigraph");

export interface StoreLimits extends LoadLimits {
  readonly rows: number;
  readonly answerBytes: number;
}

/** Loads a snapshot into a store in memory, part by part, until the budget of quads is reached. @throws Unloadable */
export async function openStore({ snapshot, ...limits }: StoreLimits & { readonly snapshot: Snapshot }): Promise<OxigraphStore> {
  const { default: oxigraph } = await import("oxigraph");
  const parts = new LoadedParts(oxigraph, limits);
  parts.load(snapshot);
  return new OxigraphStore(oxigraph, parts, limits, snapshot);
}

function coverageOf(parts: LoadedParts, snapshot: Snapshot): Coverage {
  return { quads: parts.quads, ...measure(parts.store), partsLoaded: parts.count, partsOffered: snapshot.offered };
}

function measure(store: Store): Omit<Coverage, "quads" | "partsLoaded" | "partsOffered"> {
  const value = (query: string, variable: string): string | undefined => {
    const [row] = store.query(query) as Map<string, { value: string }>[];
    return row?.get(variable)?.value;
  };
  const dates = `SELECT (MIN(?d) AS ?oldest) (MAX(?d) AS ?newest) WHERE { ?a <${NAMESPACES.schema}datePublished> ?d FILTER(DATATYPE(?d) = <${NAMESPACES.xsd}date>) }`;
  const oldest = value(dates, "oldest");
  const newest = value(dates, "newest");
  return {
    graphs: Number(value("SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g {} }", "n") ?? 0),
    articles: Number(value(`SELECT (COUNT(DISTINCT ?a) AS ?n) WHERE { ?a a <${cq.Article.value}> }`, "n") ?? 0),
    ...(oldest === undefined || newest === undefined ? {} : { oldest, newest }),
  };
}

export class OxigraphStore {
  readonly #oxigraph: Oxigraph;
  readonly #parts: LoadedParts;
  readonly #limits: StoreLimits;
  #coverage: Coverage;

  constructor(oxigraph: Oxigraph, parts: LoadedParts, limits: StoreLimits, snapshot: Snapshot) {
    this.#oxigraph = oxigraph;
    this.#parts = parts;
    this.#limits = limits;
    this.#coverage = coverageOf(parts, snapshot);
  }

  get coverage(): Coverage {
    return this.#coverage;
  }

  /** As `LoadedParts.update`. @throws Unloadable */
  update(snapshot: Snapshot): boolean {
    const updated = this.#parts.update(snapshot);
    if (updated) this.#coverage = coverageOf(this.#parts, snapshot);
    return updated;
  }

  /** @throws SparqlProblem; anything else thrown means that the engine has trapped and must not be asked again. */
  query(query: EngineQuery): Uint8Array<ArrayBuffer> {
    const { rows, answerBytes } = this.#limits;
    const shape = queryShape(query.text);
    // One more than allowed, to know that there are more.
    const limited = withRowLimit(query.text, shape, rows + 1);
    let result: string;
    try {
      result = this.#evaluate(limited, query);
    } catch (error) {
      if (limited === query.text || !(error instanceof SparqlProblem)) throw error;
      // Malformed: the lines and columns told must be those of the query as it came.
      result = this.#evaluate(query.text, query);
    }
    if (shape.form === "SELECT" && result.length > rows && countRows(result, engineFormat(query.format)) > rows) {
      throw new SparqlProblem("result-too-large", 400, `The result has more than ${rows} rows. Ask for fewer with LIMIT, and for the next with OFFSET and ORDER BY.`);
    }
    const bytes = new TextEncoder().encode(query.format === "csv" ? resultsToCsv(result) : result);
    if (bytes.byteLength > answerBytes) {
      throw new SparqlProblem("result-too-large", 400, `The result is larger than ${Math.floor(answerBytes / 2 ** 20)} MiB. The dumps hold all of the data.`);
    }
    return bytes;
  }

  #evaluate(text: string, { format, baseIri, dataset }: EngineQuery): string {
    const graph = (iri: string): ReturnType<Oxigraph["namedNode"]> => this.#oxigraph.namedNode(iri);
    try {
      return this.#parts.store.query(text, {
        base_iri: baseIri,
        results_format: ENGINE_MEDIA_TYPE[engineFormat(format)],
        // A missing list of named graphs would mean all of them.
        ...(dataset === undefined ? {} : { default_graph: dataset.defaultGraphs.map(graph), named_graphs: dataset.namedGraphs.map(graph) }),
      }) as string;
    } catch (error) {
      if (isTrap(error)) throw error;
      throw new SparqlProblem("query-malformed", 400, `The query is malformed: ${messageOf(error)}`, { cause: error });
    }
  }
}

/** CSV is written here, from JSON. */
function engineFormat(format: AnswerFormat): AnswerFormat {
  return format === "csv" ? "json" : format;
}
