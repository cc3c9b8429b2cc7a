import { gzipSync } from "node:zlib";
import { afterEach, describe, expect, it, vi } from "vitest";
import { headersOf } from "../../lib/publication/layout.ts";
import type { DumpPart } from "../../lib/publication/types.ts";
import { openEndpoint, openingEndpoint, type Endpoint, type EndpointOptions } from "../../lib/site/endpoint.ts";
import { MemoryStore } from "../../lib/store/memory-store.ts";

const BASE = "https://data.example/";
const quad = (number: number): string => `<${BASE}s> <${BASE}p> "${number}" <${BASE}g> .\n`;
const key = (name: string): string => `dumps/2025-03/${name}.facts.nq.gz`;
const put = (store: MemoryStore, name: string, ...numbers: number[]): Promise<string> => store.put(key(name), gzipSync(numbers.map(quad).join("")), headersOf(key(name)));
const publish = (store: MemoryStore, ...names: string[]): Promise<string> => {
  const parts = names.map((name): DumpPart => ({ key: key(name), stream: "2025-03", type: "facts", from: 1, to: 1, articles: 1, quads: 1, bytes: 1, sha256: "" }));
  return store.put("manifest.json", JSON.stringify({ base: BASE, parts }), headersOf("manifest.json"));
};
const request = (search: string, headers: Record<string, string> = { accept: "text/csv" }): Request => new Request(`http://proxied.example/any${search}`, { headers });
const numbers = async (endpoint: Endpoint): Promise<string[]> => {
  const response = await endpoint.handle(request(`?query=${encodeURIComponent("SELECT ?o { ?s ?p ?o } ORDER BY ?o")}`));
  return (await response.text()).trim().split("\r\n").slice(1);
};

const open: Endpoint[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((endpoint) => endpoint.close()));
});
const endpointOf = async (store: MemoryStore, options: EndpointOptions = {}): Promise<Endpoint> => {
  const endpoint = await openEndpoint(store, { workers: 1, onError: (error) => expect(error).toBeUndefined(), ...options });
  open.push(endpoint);
  return endpoint;
};

describe("an endpoint of a tree", () => {
  it("answers from nothing where nothing is published, and from what is published then", async () => {
    const store = new MemoryStore();
    let now = 0;
    const endpoint = await endpointOf(store, { clock: () => now, patience: 10_000 });
    expect(await numbers(endpoint)).toEqual([]);
    await put(store, "a", 1, 2);
    await publish(store, "a");
    now += 5000;
    expect(await numbers(endpoint)).toEqual(["1", "2"]);
  });

  it("looks no more often than it is told to, and with patience answers from what it finds", async () => {
    const store = new MemoryStore();
    await put(store, "a", 1);
    await put(store, "b", 2);
    await publish(store, "a");
    let now = 0;
    const endpoint = await endpointOf(store, { clock: () => now, lookEvery: 30_000, patience: 10_000 });
    await publish(store, "a", "b");
    now = 29_999;
    expect(await numbers(endpoint)).toEqual(["1"]);
    now = 30_000;
    expect(await numbers(endpoint)).toEqual(["1", "2"]);
  });

  it("reads of a new manifest only the parts that came", async () => {
    const store = new MemoryStore();
    await put(store, "a", 1);
    await put(store, "b", 2);
    await publish(store, "a");
    const read = vi.spyOn(store, "get");
    let now = 0;
    const endpoint = await endpointOf(store, { clock: () => now, patience: 10_000 });
    await publish(store, "b", "a");
    now += 5000;
    expect(await numbers(endpoint)).toEqual(["1", "2"]);
    expect(read.mock.calls.map(([name]) => name)).toEqual(["manifest.json", key("a"), "manifest.json", key("b")]);
  });

  it("looks again at once where a part was merged away before it was read", async () => {
    const store = new MemoryStore();
    await put(store, "ab", 1, 2);
    await publish(store, "a");
    const endpoint = await endpointOf(store, { clock: () => 0, patience: 10_000 });
    await publish(store, "ab");
    expect(await numbers(endpoint)).toEqual(["1", "2"]);
  });

  it("keeps what it has where the new cannot be read, tells of it, and tries again", async () => {
    const store = new MemoryStore();
    await put(store, "a", 1);
    await publish(store, "a");
    let now = 0;
    const errors: unknown[] = [];
    const endpoint = await endpointOf(store, { clock: () => now, patience: 10_000, onError: (error) => errors.push(error) });
    await store.put(key("b"), "no quads", headersOf(key("b")));
    await publish(store, "b");
    now += 5000;
    expect(await numbers(endpoint)).toEqual(["1"]);
    expect(errors).toEqual([expect.objectContaining({ code: "input-malformed", location: key("b") })]);
    await put(store, "c", 3);
    await publish(store, "c");
    now += 5000;
    expect(await numbers(endpoint)).toEqual(["3"]);
  });

  it("is known by the manifest's base behind a proxy, and else by the address that it is asked at", async () => {
    const store = new MemoryStore();
    await publish(store);
    const describe = async (options: EndpointOptions): Promise<string> => (await (await endpointOf(store, options)).handle(request("", { accept: "application/n-triples" }))).text();
    const endpoint = "<http://www.w3.org/ns/sparql-service-description#endpoint>";
    const behind = await describe({});
    expect(behind).toContain(`<${BASE}sparql> ${endpoint} <${BASE}sparql>`);
    expect(behind).toContain(`<${BASE}dataset>`);
    expect(await describe({ base: BASE })).toContain(`<http://proxied.example/any> ${endpoint} <http://proxied.example/any>`);
  });
});

describe("an endpoint that opens", () => {
  const ASK = `?query=${encodeURIComponent("ASK {}")}`;
  const opened = (text: string): Endpoint => ({ handle: () => Promise.resolve(new Response(text)), close: () => Promise.resolve() });

  it("says when to come again, and answers once it is open", async () => {
    const { promise, resolve } = Promise.withResolvers<Endpoint>();
    const endpoint = openingEndpoint(() => promise, 20);
    const early = await endpoint.handle(request(ASK));
    expect([early.status, early.headers.get("retry-after"), early.headers.get("access-control-allow-origin"), await early.json()]).toEqual([503, "5", "*", expect.objectContaining({ code: "busy" })]);
    const waiting = endpoint.handle(request(ASK));
    resolve(opened("open"));
    expect(await (await waiting).text()).toBe("open");
  });

  it("answers meanwhile what needs no data", async () => {
    const endpoint = openingEndpoint(() => new Promise(() => undefined), 0);
    expect((await endpoint.handle(new Request("http://a.example/sparql", { method: "OPTIONS" }))).status).toBe(204);
    expect((await endpoint.handle(request(`?query=${encodeURIComponent("DROP ALL")}`))).status).toBe(403);
  });

  it("tells whoever waits why it could not be opened, and tries again with the next", async () => {
    const attempts = [Promise.reject(new Error("no such bucket")), Promise.resolve(opened("open"))];
    const endpoint = openingEndpoint(() => attempts.shift() as Promise<Endpoint>, 1000);
    await expect(endpoint.handle(request(ASK))).rejects.toThrow("no such bucket");
    expect(await (await endpoint.handle(request(ASK))).text()).toBe("open");
    expect(attempts).toEqual([]);
  });
});
