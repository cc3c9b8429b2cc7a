import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { headersOf } from "../../lib/publication/layout.ts";
import type { DumpPart } from "../../lib/publication/types.ts";
import { S3Store } from "../../lib/store/s3-store.ts";
import { startFunction, type Answered, type LambdaFunction } from "../support/lambda.ts";
import { startS3Server, type S3Server } from "../support/s3-server.ts";
import { openGate, type Gate } from "../support/tcp-gate.ts";

const SECRET = "only the distribution knows";
const BASE = "https://news.example/";
const FUNCTION = fileURLToPath(new URL("../../functions/sparql.ts", import.meta.url));
const FAST = new URL("../support/fast-clock.ts", import.meta.url).href;

const server = await startS3Server();
const quads = (from: number, to: number): string => Array.from({ length: to - from }, (_, i) => `<${BASE}id/thing/${from + i}> <http://www.w3.org/2000/01/rdf-schema#label> "Thing number ${from + i}, café" <${BASE}graph/${(from + i) % 100}> .\n`).join("");

interface Ask {
  readonly method?: string;
  readonly search?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** What CloudFront's request becomes at a function URL. */
function event({ method = "GET", search = "", headers = {}, body }: Ask): object {
  const http = { method, path: "/sparql", protocol: "HTTP/1.1", sourceIp: "127.0.0.1", userAgent: "test" };
  return {
    version: "2.0", routeKey: "$default", rawPath: "/sparql", rawQueryString: search, isBase64Encoded: body !== undefined,
    headers: { host: "abc.lambda-url.us-east-1.on.aws", "x-origin-secret": SECRET, ...headers },
    requestContext: { domainName: "abc.lambda-url.us-east-1.on.aws", http },
    ...(body === undefined ? {} : { body: Buffer.from(body).toString("base64") }),
  };
}
const query = (text: string): string => `query=${encodeURIComponent(text)}`;
const COUNT = { search: query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"), headers: { accept: "text/csv" } };

describe.skipIf(server === undefined)("the SPARQL function, in Lambda's runtime client", () => {
  const { environment, createBucket } = server as S3Server;
  const functions: LambdaFunction[] = [];
  let gate: Gate;
  let loaded: { lambda: LambdaFunction; store: S3Store };

  const parts: DumpPart[] = [];
  const publish = async (store: S3Store, ...texts: readonly string[]): Promise<void> => {
    const made: DumpPart[] = [];
    for (const text of texts) {
      const key = `dumps/2025-03/${parts.length}.facts.nq.gz`;
      await store.put(key, gzipSync(text), headersOf(key));
      made.push({ key, stream: "2025-03", type: "facts", from: 1, to: 1, articles: 1, quads: text.split("\n").length - 1, bytes: 1, sha256: "" });
      parts.push(...made.slice(-1));
    }
    await store.put("manifest.json", JSON.stringify({ base: BASE, parts: made }), headersOf("manifest.json"));
  };
  const start = async (): Promise<{ lambda: LambdaFunction; store: S3Store }> => {
    const bucket = await createBucket();
    const lambda = await startFunction({
      module: FUNCTION,
      memory: 1024,
      environment: { ...environment, S3_ENDPOINT: gate.url, PUBLISHED_BUCKET: bucket, ORIGIN_SECRET: SECRET, POWERTOOLS_SERVICE_NAME: "sparql", POWERTOOLS_METRICS_NAMESPACE: "Communique", NODE_OPTIONS: `--import ${FAST}` },
    });
    functions.push(lambda);
    return { lambda, store: new S3Store(bucket) };
  };
  const ask = async (lambda: LambdaFunction, asked: Ask): Promise<Answered & { status: number; headers: Record<string, string>; text: string }> => {
    const invocation = await lambda.invoke(event(asked));
    if (invocation.outcome !== "answered") throw new Error(JSON.stringify(invocation) + lambda.log);
    return { ...invocation, status: invocation.prelude?.statusCode ?? 0, headers: invocation.prelude?.headers ?? {}, text: invocation.body.toString() };
  };
  /** As a client does that is told when to come again. */
  const patiently = (lambda: LambdaFunction, asked: Ask) => vi.waitFor(async () => {
    const answer = await ask(lambda, asked);
    if (answer.headers["retry-after"] !== undefined) throw new Error(answer.text);
    return answer;
  }, { timeout: 20_000, interval: 50 });

  beforeAll(async () => {
    for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
    gate = await openGate(environment["S3_ENDPOINT"] ?? "");
    // It starts while nothing is published.
    loaded = await start();
    expect((await patiently(loaded.lambda, COUNT)).text).toBe("n\r\n0\r\n");
    await publish(loaded.store, quads(0, 400));
    await vi.waitFor(async () => expect((await patiently(loaded.lambda, COUNT)).text).toBe("n\r\n400\r\n"), { timeout: 20_000, interval: 100 });
  }, 60_000);
  afterEach(() => gate.open());
  afterAll(async () => {
    await Promise.all(functions.map((lambda) => lambda.stop()));
    await gate.stop();
    await server?.stop();
    vi.unstubAllEnvs();
  });

  it("answers a GET, its query as it was sent", async () => {
    const label = "Thing number 7, café";
    const answer = await patiently(loaded.lambda, { search: query(`SELECT ?s { ?s ?p "${label}" }`).replaceAll("%20", "+"), headers: { accept: "text/csv" } });
    expect([answer.status, answer.headers["content-type"], answer.text]).toEqual([200, "text/csv; charset=utf-8", `s\r\n${BASE}id/thing/7\r\n`]);
    expect(answer.headers["access-control-allow-origin"]).toBe("*");
  });

  it.each([
    ["application/sparql-query", 'ASK { ?s ?p "Thing number 7, café" }'],
    ["application/x-www-form-urlencoded", query('ASK { ?s ?p "Thing number 7, café" }')],
  ])("answers a POST of %s", async (type, body) => {
    const answer = await patiently(loaded.lambda, { method: "POST", headers: { "content-type": type, "accept": "text/csv" }, body });
    expect([answer.status, answer.text]).toEqual([200, "true\r\n"]);
  });

  it("streams an answer that is larger than one in a piece may be", async () => {
    const answer = await patiently(loaded.lambda, { search: query("SELECT * { ?s ?p ?o . ?t ?q ?r } LIMIT 30000"), headers: { accept: "application/sparql-results+json" } });
    expect(answer.body.length).toBeGreaterThan(6 * 2 ** 20);
    expect((JSON.parse(answer.text) as { results: { bindings: unknown[] } }).results.bindings).toHaveLength(30_000);
    expect(answer.failure).toBeUndefined();
  });

  it("answers HEAD and OPTIONS with headers alone", async () => {
    const head = await patiently(loaded.lambda, { method: "HEAD", ...COUNT });
    expect([head.status, head.headers["content-type"], head.body.length]).toEqual([200, "text/csv; charset=utf-8", 0]);
    const options = await ask(loaded.lambda, { method: "OPTIONS", headers: { origin: "https://page.example", "access-control-request-method": "POST" } });
    expect([options.status, options.headers["access-control-allow-methods"]]).toEqual([204, "GET, HEAD, POST, OPTIONS"]);
  });

  it("leads a browser to the query page, and a program to what the endpoint is at its public address", async () => {
    const page = await ask(loaded.lambda, { headers: { accept: "text/html,*/*;q=0.8" } });
    expect([page.status, page.headers["location"]]).toEqual([303, "query"]);
    const description = await patiently(loaded.lambda, { headers: { accept: "application/n-triples" } });
    expect(description.text).toContain(`<${BASE}sparql> <http://www.w3.org/ns/sparql-service-description#endpoint> <${BASE}sparql>`);
    expect(description.text).not.toContain("lambda-url");
  });

  it.each([{ "x-origin-secret": "" }, { "x-origin-secret": "a guess" }])("refuses whoever does not come through the distribution (%j)", async (headers) => {
    for (const method of ["GET", "POST", "OPTIONS"]) expect((await ask(loaded.lambda, { ...COUNT, method, headers })).status).toBe(403);
  });

  it("stops a query at its deadline, and answers the next", async () => {
    const runaway = query("SELECT (COUNT(*) AS ?n) { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f FILTER (?b + ?d + ?f = 1) }");
    const stopped = await ask(loaded.lambda, { search: runaway });
    expect([stopped.status, JSON.parse(stopped.text)]).toEqual([503, expect.objectContaining({ code: "query-timeout" })]);
    expect((await patiently(loaded.lambda, COUNT)).text).toBe("n\r\n400\r\n");
  });

  it("sees what is published later, its connections to the store having broken meanwhile", async () => {
    await publish(loaded.store, quads(0, 100), quads(200, 250));
    gate.cut();
    await vi.waitFor(async () => expect((await patiently(loaded.lambda, COUNT)).text).toBe("n\r\n150\r\n"), { timeout: 20_000, interval: 100 });
    await publish(loaded.store, quads(0, 400));
  });

  it("says when to come again while it loads, and meanwhile what needs no data", async () => {
    gate.close();
    const { lambda, store } = await start();
    const early = await ask(lambda, COUNT);
    expect([early.status, early.headers["retry-after"], JSON.parse(early.text)]).toEqual([503, "5", expect.objectContaining({ code: "busy" })]);
    expect((await ask(lambda, { method: "OPTIONS" })).status).toBe(204);
    await publish(store, quads(0, 3));
    gate.open();
    expect((await patiently(lambda, COUNT)).text).toBe("n\r\n3\r\n");
  });

  it("counts in its log, which tells no query", async () => {
    await patiently(loaded.lambda, { search: query('ASK { ?s ?p "private matters" }') });
    expect(loaded.lambda.log).toMatch(/"SparqlQueries":1/);
    expect(loaded.lambda.log).toMatch(/"SparqlLoadTime":\d/);
    expect(loaded.lambda.log).not.toContain("private matters");
  });
});
