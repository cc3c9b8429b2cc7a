import type { DumpPart, Manifest } from "../publication/types.ts";
import { fromJson } from "../publication/codec.ts";
import { keys } from "../publication/layout.ts";
import { OxigraphEngine, type EngineOptions } from "../sparql/oxigraph-engine.ts";
import { SparqlProblem } from "../sparql/problem.ts";
import { handleSparql } from "../sparql/protocol.ts";
import type { DataPart, DataSource } from "../sparql/source.ts";
import type { SparqlEngine } from "../sparql/types.ts";
import type { ObjectStore } from "../store/types.ts";

const LOOK_EVERY = 5000;

export interface Endpoint {
  /** Answers the SPARQL 1.1 Protocol. Never rejects but for a store that cannot be read. */
  handle(request: Request): Promise<Response>;
  close(): Promise<void>;
}

interface CommonOptions extends EngineOptions {
  /** Told of faults that the client learns nothing more of. */
  readonly onError?: (error: unknown) => void;
  /** Told of every query, before it is answered. */
  readonly onQuery?: (text: string) => void;
}

export interface EndpointOptions extends CommonOptions {
  /**
   * The base IRI. Without it the manifest's is taken, and queries are answered as of `{base}sparql`: for endpoints behind a proxy, which get
   * requests under another address.
   */
  readonly base?: string;
  /** So often at most the manifest is looked at, in milliseconds. */
  readonly lookEvery?: number;
  /**
   * How long the query that finds a new manifest waits for its data, in milliseconds. None unless given: it is answered from what is
   * loaded. For processes that stand still between requests.
   */
  readonly patience?: number;
  readonly clock?: () => number;
}

/**
 * An endpoint over the dumps of a published tree, or over nothing where nothing is published yet. When a new manifest is there,
 * the data change by what its dumps have more and less.
 */
export async function openEndpoint(store: ObjectStore, options: EndpointOptions = {}): Promise<Endpoint> {
  const { base, lookEvery = LOOK_EVERY, patience = 0, clock = Date.now, onError = () => undefined, onQuery, ...limits } = options;
  let looked = clock();
  const dumpsOf = function* (manifest: Manifest | undefined): Iterable<DataPart> {
    for (const { key, quads } of inOrderOfWorth(manifest?.parts ?? [])) yield { name: key, quads, read: () => readPart(key) };
  };
  async function* readPart(key: string): AsyncIterable<Uint8Array> {
    const found = await store.get(key);
    if (found !== undefined) yield found.body;
    // Merged away since the manifest was read: the next query looks for the part that took its place.
    else looked = -Infinity;
  }

  let current = await readManifest(store);
  const engine = await OxigraphEngine.open(dumpsOf(current?.manifest), { ...limits, onError });
  let refreshing: Promise<void> | undefined;

  async function refresh(): Promise<void> {
    const newest = await readManifest(store);
    if (newest === undefined || newest.etag === current?.etag) return;
    await engine.update(dumpsOf(newest.manifest));
    current = newest;
  }

  return {
    async handle(request) {
      if (clock() - looked >= lookEvery && refreshing === undefined) {
        looked = clock();
        refreshing = refresh().catch(onError).finally(() => (refreshing = undefined));
      }
      if (refreshing !== undefined && patience > 0) await settled(refreshing, patience);
      const published = base ?? current?.manifest.base;
      return handleSparql(request, engine, {
        ...(published === undefined ? {} : { dataset: `${published}dataset` }),
        ...(base !== undefined || published === undefined ? {} : { endpoint: `${published}sparql` }),
        ...(onQuery === undefined ? {} : { onQuery }),
        onError,
      });
    },
    async close() {
      await refreshing;
      await engine.close();
    },
  };
}

/** An endpoint over dumps alone. */
export async function openDumpEndpoint(source: DataSource, options: CommonOptions & { readonly base: string }): Promise<Endpoint> {
  const { base, onError = () => undefined, onQuery, ...limits } = options;
  const engine = await OxigraphEngine.open(source, { ...limits, onError });
  const shared = { dataset: `${base}dataset`, onError, ...(onQuery === undefined ? {} : { onQuery }) };
  return { handle: (request) => handleSparql(request, engine, shared), close: () => engine.close() };
}

/**
 * An endpoint that is there at once, while it still opens: a request waits for it so many milliseconds, then is answered with 503 and when to
 * come again. Where opening fails the requests that wait reject with the reason, and the next one tries again.
 */
export function openingEndpoint(open: () => Promise<Endpoint>, patience: number): Endpoint {
  const attempt = (): Promise<Endpoint> => {
    const opening = open();
    opening.catch(() => (endpoint = undefined));
    return opening;
  };
  let endpoint: Promise<Endpoint> | undefined = attempt();
  return {
    async handle(request) {
      // A browser's question before its request needs no data.
      if (request.method === "OPTIONS") return handleSparql(request, LOADING);
      const opened = await settled((endpoint ??= attempt()), patience);
      return opened === undefined ? handleSparql(request, LOADING) : opened.handle(request);
    },
    async close() {
      await (await endpoint)?.close();
    },
  };
}

const loading = (): Promise<never> => Promise.reject(new SparqlProblem("busy", 503, "The data are still being loaded. Try again in a moment."));
const LOADING: SparqlEngine = { query: loading, coverage: loading };

/** What a promise comes to, or undefined where it takes longer. @throws what the promise rejects with. */
async function settled<Result>(promise: Promise<Result>, milliseconds: number): Promise<Result | undefined> {
  const { promise: late, resolve } = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => resolve(undefined), milliseconds);
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

async function readManifest(store: ObjectStore): Promise<{ manifest: Manifest; etag: string } | undefined> {
  const found = await store.get(keys.manifest);
  if (found === undefined) return undefined;
  return { manifest: fromJson<Manifest>(found.body), etag: found.etag };
}

/**
 * The parts worth loading first come first: what is known of the entities and of linked meetings, then facts, the newest
 * months before the older ones, then evidence.
 */
export function inOrderOfWorth(parts: readonly DumpPart[]): DumpPart[] {
  const rank = ({ stream, type }: DumpPart): number => (type === "evidence" ? 2 : /^\d{4}-\d\d$/.test(stream) ? 1 : 0);
  return parts.toSorted((a, b) => rank(a) - rank(b) || compare(b.stream, a.stream) || b.to - a.to || compare(a.key, b.key));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
