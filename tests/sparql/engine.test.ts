import { gzipSync } from "node:zlib";
import { afterEach, describe, expect, it } from "vitest";
import { OxigraphEngine, type DataPart, type EngineOptions, type EngineQuery } from "../../lib/sparql/index.ts";

const quad = (number: number, graph = "g"): string => `<http://a.example/s${number}> <http://a.example/p> "${number}" <http://a.example/${graph}> .\n`;
const part = (name: string, text: string | Uint8Array): DataPart => ({ name, read: () => [typeof text === "string" ? new TextEncoder().encode(text) : text] });
const many = (count: number): string => Array.from({ length: count }, (_, i) => quad(i)).join("");
const select = (text: string, format: EngineQuery["format"] = "csv"): EngineQuery => ({ text, form: "SELECT", baseIri: "http://a.example/", format });

/** Five nested loops over the data, none of which ends soon. */
const RUNAWAY = select("SELECT (COUNT(*) AS ?n) { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f . ?g ?t ?h FILTER (?b + ?d + ?f + ?h = 1) }");

const engines: OxigraphEngine[] = [];
const open = async (text: string, options: EngineOptions = {}): Promise<OxigraphEngine> => {
  const engine = await OxigraphEngine.open([part("dump", text)], { workers: 1, memoryMegabytes: 256, ...options });
  engines.push(engine);
  return engine;
};
afterEach(async () => {
  await Promise.all(engines.splice(0).map((engine) => engine.close()));
});
const answer = async (engine: OxigraphEngine, query: EngineQuery): Promise<string> => new TextDecoder().decode((await engine.query(query)).body as Uint8Array);
const COUNT = select("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }");

describe("a limit", () => {
  it("of time stops a runaway query, and the next one is answered", async () => {
    const engine = await open(many(1000), { timeoutMs: 300 });
    await expect(engine.query(RUNAWAY)).rejects.toMatchObject({ code: "query-timeout", status: 503 });
    expect(await answer(engine, COUNT)).toBe("n\r\n1000\r\n");
  });

  it("of time lets others be answered meanwhile, where there is another worker", async () => {
    const engine = await open(many(1000), { timeoutMs: 1_000, workers: 2 });
    const runaway = expect(engine.query(RUNAWAY)).rejects.toMatchObject({ code: "query-timeout" });
    const order: string[] = [];
    await Promise.all([runaway.then(() => order.push("runaway")), answer(engine, COUNT).then(() => order.push("count"))]);
    expect(order).toEqual(["count", "runaway"]);
  });

  it("of memory stops what fills it, and the next one is answered", async () => {
    const engine = await open(many(1000), { memoryMegabytes: 256, timeoutMs: 20_000 });
    const greedy = select("SELECT ?a ?c ?d { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f } ORDER BY ?a ?f");
    await expect(engine.query(greedy)).rejects.toMatchObject({ code: "query-too-complex", status: 400 });
    expect(await answer(engine, COUNT)).toBe("n\r\n1000\r\n");
  });

  it("of the parser's stack is a bad query, not the end", async () => {
    const engine = await open(many(3));
    await expect(engine.query({ ...select(`ASK { FILTER (1${"+1".repeat(20_000)} > 0) }`, "json"), form: "ASK" })).rejects.toMatchObject({ code: "query-too-complex" });
    expect(await answer(engine, COUNT)).toBe("n\r\n3\r\n");
  });

  it.each(["csv", "tsv", "json", "xml"] as const)("of rows refuses more in %s, and takes as many", async (format) => {
    // Line breaks, quotation marks, tags and braces in values are no rows.
    const engine = await open(`${many(4)}<http://a.example/s5> <http://a.example/p> "a\\n\\n\\"\\n<result>{{{{{{" <http://a.example/g> .\n`, { rows: 5 });
    const rows = "SELECT ?s ?o { ?s ?p ?o }";
    expect(await answer(engine, select(rows, format))).toContain("s5");
    for (const more of ["SELECT ?s ?o { { ?s ?p ?o } UNION { ?o ?p ?s } UNION { ?s ?q ?o } }", "SELECT ?s ?o { VALUES ?twice { 1 2 } ?s ?p ?o } # the end", "SELECT ?s { ?s ?p ?o VALUES ?y { 1 2 } } LIMIT 9"]) {
      await expect(engine.query(select(more, format))).rejects.toMatchObject({ code: "result-too-large", status: 400 });
    }
    expect(await answer(engine, select("SELECT ?s { ?s ?p ?o VALUES ?y { 1 2 } } LIMIT 2", format))).toContain("s");
    expect(await answer(engine, select("SELECT ?s { ?s ?p ?o } VALUES ?o { '1' }", format))).toContain("s1");
  });

  it("of size refuses an answer that is larger", async () => {
    const engine = await open(many(1000), { answerBytes: 1000 });
    await expect(engine.query(select("SELECT * { ?s ?p ?o }"))).rejects.toMatchObject({ code: "result-too-large" });
  });

  it("of the queue refuses at once what would wait behind too many", async () => {
    const engine = await open(many(1000), { timeoutMs: 500, queue: 1 });
    const running = expect(engine.query(RUNAWAY)).rejects.toMatchObject({ code: "query-timeout" });
    const waiting = answer(engine, COUNT);
    await expect(engine.query(COUNT)).rejects.toMatchObject({ code: "busy", status: 503 });
    await running;
    expect(await waiting).toBe("n\r\n1000\r\n");
  });

  it("of waiting refuses what has waited too long", async () => {
    const engine = await open(many(1000), { timeoutMs: 1_000, waitMs: 50 });
    const running = expect(engine.query(RUNAWAY)).rejects.toMatchObject({ code: "query-timeout" });
    await expect(engine.query(COUNT)).rejects.toMatchObject({ code: "busy" });
    await running;
  });

  it("drops what waits when whoever asked is gone", async () => {
    const engine = await open(many(1000), { timeoutMs: 500 });
    const running = expect(engine.query(RUNAWAY)).rejects.toMatchObject({ code: "query-timeout" });
    const gone = new AbortController();
    const waiting = expect(engine.query(COUNT, gone.signal)).rejects.toMatchObject({ code: "busy" });
    gone.abort();
    await waiting;
    await running;
  });
});

describe("loading", () => {
  it("takes gzipped and plain parts, and counts", async () => {
    const published = '<http://a.example/n> <https://schema.org/datePublished> "2025-02-24"^^<http://www.w3.org/2001/XMLSchema#date> <http://a.example/h> .\n<http://a.example/n> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/communique/ontology#Article> <http://a.example/h> .\n';
    const engine = await OxigraphEngine.open([part("a", gzipSync(many(10))), part("b", published)], { workers: 1 });
    engines.push(engine);
    expect(await engine.coverage()).toEqual({ quads: 12, graphs: 2, articles: 1, oldest: "2025-02-24", newest: "2025-02-24", partsLoaded: 2, partsOffered: 2 });
  });

  it("stops at the budget of quads, and says so", async () => {
    const engine = await OxigraphEngine.open([part("a", many(10)), part("b", quad(11)), part("c", quad(12))], { workers: 1, quads: 11 });
    engines.push(engine);
    expect(await engine.coverage()).toMatchObject({ quads: 11, partsLoaded: 2, partsOffered: 3 });
  });

  it("refuses what is no N-Quads, naming the part, and what is too large", async () => {
    await expect(OxigraphEngine.open([part("good", quad(1)), part("bad", "<relative> <p> <o> .")], { workers: 1 })).rejects.toMatchObject({ code: "input-malformed", location: "bad" });
    await expect(OxigraphEngine.open([part("zip", gzipSync(many(10)).subarray(0, 40))], { workers: 1 })).rejects.toMatchObject({ code: "input-malformed" });
    await expect(OxigraphEngine.open([part("big", many(100))], { workers: 1, sourceBytes: 100 })).rejects.toMatchObject({ code: "input-too-large", location: "big" });
    await expect(OxigraphEngine.open([part("bomb", gzipSync(Buffer.alloc(40 << 20)))], { workers: 1, memoryMegabytes: 32 })).rejects.toMatchObject({ code: "input-too-large" });
  });

  it("replaces the data under a running endpoint, and keeps it where the new is no good", async () => {
    const engine = await open(many(3), { workers: 2 });
    const before = Array.from({ length: 6 }, () => answer(engine, COUNT));
    await engine.replace([part("next", many(5))]);
    for (const text of await Promise.all(before)) expect(text).toMatch(/^n\r\n[35]\r\n$/);
    expect(await answer(engine, COUNT)).toBe("n\r\n5\r\n");
    expect((await engine.coverage()).quads).toBe(5);
    await expect(engine.replace([part("bad", "no quads")])).rejects.toMatchObject({ code: "input-malformed" });
    expect(await answer(engine, COUNT)).toBe("n\r\n5\r\n");
  });

  it("keeps a blank node one and the same in the union and in its graph", async () => {
    const engine = await open('_:b <http://a.example/p> "x" <http://a.example/g> .\n');
    expect(await answer(engine, select("SELECT (COUNT(*) AS ?n) { ?s ?p ?o GRAPH ?g { ?s ?p ?o } }"))).toBe("n\r\n1\r\n");
  });
});

describe("an update", () => {
  const range = (from: number, to: number): string => many(to).split("\n").slice(from, to).map((line) => `${line}\n`).join("");
  const openParts = async (parts: readonly DataPart[], options: EngineOptions): Promise<OxigraphEngine> => {
    const engine = await OxigraphEngine.open(parts, { memoryMegabytes: 256, ...options });
    engines.push(engine);
    return engine;
  };

  it.each([1, 2])("changes the data of %i workers under running queries, which see one or the other", async (workers) => {
    const engine = await openParts([part("a", range(0, 300)), part("b", range(300, 400))], { workers });
    // Both counts are taken in one query: they differ where it has seen a mixture.
    const both = select("SELECT ?n ?m { { SELECT (COUNT(*) AS ?n) { ?s ?p ?o } } { SELECT (COUNT(*) AS ?m) { GRAPH ?g { ?s ?p ?o } } } }");
    const asked = Array.from({ length: 10 }, () => answer(engine, both));
    await engine.update([part("a", range(0, 300)), part("c", range(350, 450)), part("d", range(450, 500))]);
    const after = Array.from({ length: 10 }, () => answer(engine, both));
    for (const text of await Promise.all(asked)) expect(text).toMatch(/^n,m\r\n(?:400,400|450,450)\r\n$/);
    expect(new Set(await Promise.all(after))).toEqual(new Set(["n,m\r\n450,450\r\n"]));
    expect(await engine.coverage()).toMatchObject({ quads: 450, partsLoaded: 3, partsOffered: 3 });
  });

  it("reads no part again", async () => {
    let reads = 0;
    const counted = (name: string, text: string): DataPart => ({ name, read: () => (reads++, [new TextEncoder().encode(text)]) });
    const engine = await openParts([counted("a", many(3))], { workers: 1 });
    await engine.update([counted("a", many(3)), counted("b", quad(4))]);
    expect([await answer(engine, COUNT), reads]).toEqual(["n\r\n4\r\n", 2]);
  });

  it("is what a worker begins with that takes the place of a stopped one", async () => {
    const engine = await openParts([part("a", many(1000))], { workers: 1, timeoutMs: 300 });
    await engine.update([part("b", many(1001))]);
    await expect(engine.query(RUNAWAY)).rejects.toMatchObject({ code: "query-timeout" });
    expect(await answer(engine, COUNT)).toBe("n\r\n1001\r\n");
  });

  it.each([1, 2])("that cannot be loaded leaves the present data to %i workers", async (workers) => {
    const engine = await openParts([part("a", many(3))], { workers });
    for (const bad of ["no quads", `${many(5)}<http://a.example/s> "p" <http://a.example/o> <http://a.example/g> .\n`, gzipSync(many(10)).subarray(0, 40)]) {
      await expect(engine.update([part("bad", bad)])).rejects.toMatchObject({ code: "input-malformed", location: "bad" });
      expect(await answer(engine, COUNT)).toBe("n\r\n3\r\n");
    }
    await engine.update([part("a", many(3)), part("b", quad(4))]);
    expect(await answer(engine, COUNT)).toBe("n\r\n4\r\n");
  });

  it.each([1, 2])("that no difference can make is loaded anew by %i workers", async (workers) => {
    const blank = '_:b <http://a.example/p> "x" <http://a.example/g> .\n';
    const engine = await openParts([part("a", blank)], { workers });
    await engine.update([part("b", blank), part("c", quad(1))]);
    expect(await Promise.all([answer(engine, COUNT), answer(engine, COUNT)])).toEqual(["n\r\n2\r\n", "n\r\n2\r\n"]);
    await expect(engine.update([part("d", `${blank}no quads`)])).rejects.toMatchObject({ code: "input-malformed" });
    expect(await Promise.all([answer(engine, COUNT), answer(engine, COUNT)])).toEqual(["n\r\n2\r\n", "n\r\n2\r\n"]);
  });

  it("waits for a query that runs, before those that wait", async () => {
    const engine = await openParts([part("a", many(1000))], { workers: 1, timeoutMs: 400 });
    const running = expect(engine.query(RUNAWAY)).rejects.toMatchObject({ code: "query-timeout" });
    const waiting = answer(engine, COUNT);
    const updated = engine.update([part("b", many(5))]);
    expect(await waiting).toBe("n\r\n5\r\n");
    await running;
    await updated;
  });
});
