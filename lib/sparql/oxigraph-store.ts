import { gunzipSync } from "node:zlib";
import type { ErrorCode } from "../errors/communique-error.ts";
import { cq, NAMESPACES } from "../graph/vocabulary.ts";
import { countRows } from "./count-rows.ts";
import { ENGINE_MEDIA_TYPE } from "./formats.ts";
import { SparqlProblem } from "./problem.ts";
import { queryShape, withRowLimit } from "./query-shape.ts";
import type { Snapshot } from "./source.ts";
import type { Coverage, EngineQuery } from "./types.ts";

type Oxigraph = typeof import("oxigraph");
type Store = InstanceType<Oxigraph["Store"]>;

/** Fed to the engine by pieces, so that its memory never holds a whole dump beside the quads. */
const SLICE = 1 << 20;
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
  let loaded = 0;
  for (const { name, bytes } of snapshot.parts) {
    if (store.size >= limits.quads) break;
    load(store, name, new Uint8Array(bytes), limits.memoryMegabytes);
    loaded++;
  }
  return new OxigraphStore(oxigraph, store, limits, { ...measure(store), partsLoaded: loaded, partsOffered: snapshot.parts.length });
}

function load(store: Store, name: string, bytes: Uint8Array, memoryMegabytes: number): void {
  try {
    const zipped = bytes[0] === 0x1f && bytes[1] === 0x8b;
    const lines = zipped ? gunzipSync(bytes, { maxOutputLength: memoryMegabytes * 2 ** 20 }) : bytes;
    store.load(slices(lines), { format: "application/n-quads", no_transaction: true });
  } catch (error) {
    if (isTrap(error)) throw new Unloadable("input-too-large", `The dump does not fit into ${memoryMegabytes} MB of memory`, name);
    throw new Unloadable("input-malformed", `The dump is no N-Quads: ${messageOf(error)}`, name);
  }
}

function* slices(bytes: Uint8Array): Iterable<Uint8Array> {
  // Copied: the engine takes no view of shared memory.
  for (let at = 0; at < bytes.length; at += SLICE) yield bytes.slice(at, at + SLICE);
}

function measure(store: Store): Omit<Coverage, "partsLoaded" | "partsOffered"> {
  const value = (query: string, variable: string): string | undefined => {
    const [row] = store.query(query, { use_default_graph_as_union: true }) as Map<string, { value: string }>[];
    return row?.get(variable)?.value;
  };
  const dates = `SELECT (MIN(?d) AS ?oldest) (MAX(?d) AS ?newest) WHERE { ?a <${NAMESPACES.schema}datePublished> ?d FILTER(DATATYPE(?d) = <${NAMESPACES.xsd}date>) }`;
  const oldest = value(dates, "oldest");
  const newest = value(dates, "newest");
  return {
    quads: store.size,
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
    if (shape.form === "SELECT" && result.length > rows && countRows(result, query.format) > rows) {
      throw new SparqlProblem("result-too-large", 400, `The result has more than ${rows} rows. Ask for fewer with LIMIT, and for the next with OFFSET and ORDER BY.`);
    }
    const bytes = new TextEncoder().encode(result);
    if (bytes.byteLength > answerBytes) {
      throw new SparqlProblem("result-too-large", 400, `The result is larger than ${Math.floor(answerBytes / 2 ** 20)} MiB. The dumps hold all of the data.`);
    }
    return bytes;
  }

  #evaluate(text: string, { format, baseIri, dataset, hasDatasetClause }: EngineQuery): string {
    const graph = (iri: string): ReturnType<Oxigraph["namedNode"]> => this.#oxigraph.namedNode(iri);
    try {
      return this.#store.query(text, {
        base_iri: baseIri,
        results_format: ENGINE_MEDIA_TYPE[format],
        // The engine lets the union override FROM, and a missing list of named graphs mean all of them.
        ...(dataset === undefined
          ? { use_default_graph_as_union: !hasDatasetClause }
          : { default_graph: dataset.defaultGraphs.map(graph), named_graphs: dataset.namedGraphs.map(graph) }),
      }) as string;
    } catch (error) {
      if (isTrap(error)) throw error;
      throw new SparqlProblem("query-malformed", 400, `The query is malformed: ${messageOf(error)}`, { cause: error });
    }
  }
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
