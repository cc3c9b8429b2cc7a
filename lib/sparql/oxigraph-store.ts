import { gunzipSync } from "node:zlib";
import type { ErrorCode } from "../errors/communique-error.ts";
import { cq, NAMESPACES } from "../graph/vocabulary.ts";
import { countRows } from "./count-rows.ts";
import { resultsToCsv } from "./csv.ts";
import { ENGINE_MEDIA_TYPE } from "./formats.ts";
import { SparqlProblem } from "./problem.ts";
import { queryShape, withRowLimit } from "./query-shape.ts";
import type { Snapshot } from "./source.ts";
import type { AnswerFormat, Coverage, EngineQuery } from "./types.ts";
import { withUnion, type Copied } from "./union-copy.ts";

type Oxigraph = typeof import("oxigraph");
type Store = InstanceType<Oxigraph["Store"]>;

const MAX_MESSAGE = 400;

export class Unloadable extends Error {
  readonly code: ErrorCode;
  readonly part: string;

  constructor(code: ErrorCode, message: string, part: string) {
    super(message);
    this.code = code;
    this.part = part;
  }
}

export interface StoreLimits {
  readonly memoryMegabytes: number;
  readonly quads: number;
  readonly rows: number;
  readonly answerBytes: number;
}

/** Loads a snapshot into a store in memory, part by part, until the budget of quads is reached. @throws Unloadable */
export async function openStore({ snapshot, ...limits }: StoreLimits & { readonly snapshot: Snapshot }): Promise<OxigraphStore> {
  const { default: oxigraph } = await import("oxigraph");
  const store = new oxigraph.Store();
  const copied: Copied = { quads: 0 };
  let loaded = 0;
  for (const { name, bytes } of snapshot.parts) {
    if (copied.quads >= limits.quads) break;
    load(store, name, new Uint8Array(bytes), limits.memoryMegabytes, copied);
    loaded++;
  }
  return new OxigraphStore(oxigraph, store, limits, { quads: copied.quads, ...measure(store), partsLoaded: loaded, partsOffered: snapshot.parts.length });
}

function load(store: Store, name: string, bytes: Uint8Array, memoryMegabytes: number, copied: Copied): void {
  try {
    const zipped = bytes[0] === 0x1f && bytes[1] === 0x8b;
    const lines = zipped ? gunzipSync(bytes, { maxOutputLength: memoryMegabytes * 2 ** 20 }) : bytes;
    store.load(withUnion(lines, copied), { format: "application/n-quads", no_transaction: true });
  } catch (error) {
    if (isTrap(error)) throw new Unloadable("input-too-large", `The dump does not fit into ${memoryMegabytes} MB of memory`, name);
    throw new Unloadable("input-malformed", `The dump is no N-Quads: ${messageOf(error).replace(/ ?at line \d+.*?: /, " ")}`, name);
  }
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
  readonly coverage: Coverage;
  readonly #oxigraph: Oxigraph;
  readonly #store: Store;
  readonly #limits: StoreLimits;

  constructor(oxigraph: Oxigraph, store: Store, limits: StoreLimits, coverage: Coverage) {
    this.#oxigraph = oxigraph;
    this.#store = store;
    this.#limits = limits;
    this.coverage = coverage;
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
      return this.#store.query(text, {
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

/** WebAssembly gave up (`RuntimeError`), or a string or buffer would be longer than there can be. */
function isTrap(error: unknown): boolean {
  return error instanceof RangeError || (error instanceof Error && error.name === "RuntimeError");
}

/** The engine lists whole character classes of what it would have liked to read. */
function messageOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.length > MAX_MESSAGE ? `${message.slice(0, MAX_MESSAGE).toWellFormed()}…` : message;
}
