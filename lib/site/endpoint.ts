import type { DumpPart, Manifest } from "../publication/types.ts";
import { keys } from "../publication/layout.ts";
import { handleSparql, OxigraphEngine, type DataPart, type DataSource, type EngineOptions } from "../sparql/index.ts";
import type { ObjectStore } from "../store/types.ts";

/** So often at most the manifest is looked at, in milliseconds. */
const LOOK_EVERY = 5000;

export interface Endpoint {
  /** Answers the SPARQL 1.1 Protocol. Never rejects but for a store that cannot be read. */
  handle(request: Request): Promise<Response>;
  close(): Promise<void>;
}

export interface EndpointOptions extends EngineOptions {
  readonly base: string;
  readonly clock?: () => number;
  readonly onError?: (error: unknown) => void;
}

/**
 * An endpoint over the dumps of a published tree. When a new manifest is there, its dumps are loaded beside the present
 * data while queries go on, then take their place.
 */
export async function openEndpoint(store: ObjectStore, options: EndpointOptions): Promise<Endpoint> {
  const { base, clock = Date.now, onError = () => undefined, ...limits } = options;
  let current = await readManifest(store);
  const engine = await OxigraphEngine.open(dumpsOf(store, current?.manifest), { ...limits, onError });
  let looked = clock();
  let refreshing: Promise<void> | undefined;

  async function refresh(): Promise<void> {
    const newest = await readManifest(store);
    if (newest === undefined || newest.etag === current?.etag) return;
    await engine.replace(dumpsOf(store, newest.manifest));
    current = newest;
  }

  return {
    handle(request) {
      if (clock() - looked >= LOOK_EVERY && refreshing === undefined) {
        looked = clock();
        // The query at hand is answered from what is loaded; the next ones see the new data.
        refreshing = refresh().catch(onError).finally(() => (refreshing = undefined));
      }
      return handleSparql(request, engine, { dataset: `${base}dataset`, onError });
    },
    async close() {
      await refreshing;
      await engine.close();
    },
  };
}

/** An endpoint over dumps alone. */
export async function openDumpEndpoint(source: DataSource, options: Omit<EndpointOptions, "clock">): Promise<Endpoint> {
  const { base, onError = () => undefined, ...limits } = options;
  const engine = await OxigraphEngine.open(source, { ...limits, onError });
  return { handle: (request) => handleSparql(request, engine, { dataset: `${base}dataset`, onError }), close: () => engine.close() };
}

async function readManifest(store: ObjectStore): Promise<{ manifest: Manifest; etag: string } | undefined> {
  const found = await store.get(keys.manifest);
  if (found === undefined) return undefined;
  return { manifest: JSON.parse(new TextDecoder().decode(found.body)) as Manifest, etag: found.etag };
}

/**
 * The parts worth loading first come first: what is known of the entities and of linked meetings, then facts, the newest
 * months before the older ones, then evidence.
 */
export function inOrderOfWorth(parts: readonly DumpPart[]): DumpPart[] {
  const rank = ({ stream, type }: DumpPart): number => (type === "evidence" ? 2 : /^\d{4}-\d\d$/.test(stream) ? 1 : 0);
  return parts.toSorted((a, b) => rank(a) - rank(b) || compare(b.stream, a.stream) || b.to - a.to || compare(a.key, b.key));
}

function* dumpsOf(store: ObjectStore, manifest: Manifest | undefined): Iterable<DataPart> {
  for (const { key } of inOrderOfWorth(manifest?.parts ?? [])) yield { name: key, read: () => readPart(store, key) };
}

async function* readPart(store: ObjectStore, key: string): AsyncIterable<Uint8Array> {
  const found = await store.get(key);
  // Merged away since the manifest was read: the next look finds the part that took its place.
  if (found !== undefined) yield found.body;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
