import { createAdaptorServer } from "@hono/node-server";
import type { AddressInfo } from "node:net";
import { handleSparql, OxigraphEngine, type EngineOptions } from "../../lib/sparql/index.ts";

export interface Endpoint {
  readonly engine: OxigraphEngine;
  readonly url: string;
  readonly faults: unknown[];
  get(query: string, accept?: string): Promise<Response>;
  close(): Promise<void>;
}

/** An endpoint over N-Quads, on a port of its own. */
export async function openEndpoint(dumps: readonly string[], options: EngineOptions = {}): Promise<Endpoint> {
  const faults: unknown[] = [];
  const parts = dumps.map((text, index) => ({ name: `part-${index}`, read: () => [new TextEncoder().encode(text)] }));
  const engine = await OxigraphEngine.open(parts, { workers: 1, timeoutMs: 5_000, memoryMegabytes: 256, onError: (error) => faults.push(error), ...options });
  const server = createAdaptorServer({ fetch: (request: Request) => handleSparql(request, engine, { onError: (error) => faults.push(error) }) });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/sparql`;
  return {
    engine,
    url,
    faults,
    get: (query, accept = "*/*") => fetch(`${url}?query=${encodeURIComponent(query)}`, { headers: { accept } }),
    close: async () => {
      await new Promise((resolve) => server.close(resolve));
      await engine.close();
    },
  };
}
