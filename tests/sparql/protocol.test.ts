import { Parser } from "n3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { handleSparql, type SparqlEngine } from "../../lib/sparql/index.ts";
import { diplomacy } from "./dump.ts";
import { openEndpoint, type Endpoint } from "./endpoint.ts";

const XI = "https://communique.example/id/person/xi-jinping";
const PERSONS = "SELECT DISTINCT ?label { ?s a <https://w3id.org/communique/ontology#Person> ; <http://www.w3.org/2000/01/rdf-schema#label> ?label } ORDER BY ?label";

let endpoint: Endpoint;
beforeAll(async () => {
  endpoint = await openEndpoint([diplomacy()]);
});
afterAll(() => endpoint.close());

const post = (type: string | undefined, body: string | Uint8Array<ArrayBuffer>, search = ""): Promise<Response> =>
  fetch(endpoint.url + search, { method: "POST", body: typeof body === "string" ? new TextEncoder().encode(body) : body, ...(type === undefined ? {} : { headers: { "content-type": type } }) });

const codeOf = async (response: Response): Promise<string> => {
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  const { status, code, detail } = (await response.json()) as { status: number; code: string; detail: string };
  expect(status).toBe(response.status);
  expect(detail).toMatch(/\.$|…$|\w$/);
  return code;
};

describe("a query", () => {
  it("comes by GET, by POST as it is, and by POST as a form, with the same answer", async () => {
    const answers = await Promise.all([
      endpoint.get(PERSONS),
      post("application/sparql-query", PERSONS),
      post("application/sparql-query; charset=UTF-8", PERSONS),
      post("application/x-www-form-urlencoded", new URLSearchParams({ query: PERSONS }).toString()),
    ]);
    const texts = await Promise.all(answers.map((answer) => answer.text()));
    expect(new Set(texts).size).toBe(1);
    expect(texts[0]).toContain("Vladimir Putin");
    for (const answer of answers) expect(answer.headers.get("access-control-allow-origin")).toBe("*");
  });

  it.each([
    ["application/sparql-results+json", "application/sparql-results+json", /^\{"head":\{"vars":\["label"\]/],
    ["application/json", "application/json", /^\{"head"/],
    ["application/sparql-results+xml", "application/sparql-results+xml", /^<\?xml/],
    ["text/csv", "text/csv; charset=utf-8", /^label\r\nDonald Trump\r\n/],
    ["text/tab-separated-values", "text/tab-separated-values; charset=utf-8", /^\?label\n"Donald Trump"\n/],
    ["text/csv;q=0.5, application/sparql-results+xml;q=0.9", "application/sparql-results+xml", /^<\?xml/],
    ["text/*", "text/csv; charset=utf-8", /^label/],
    ["text/turtle, */*;q=0.1", "application/sparql-results+json", /^\{/],
    ["application/sparql-results+json;q=0, */*", "application/json", /^\{/],
  ])("asked for as %s gives %s", async (accept, type, start) => {
    const response = await endpoint.get(PERSONS, accept);
    expect(response.headers.get("content-type")).toBe(type);
    expect(response.headers.get("vary")).toBe("Accept");
    expect(await response.text()).toMatch(start);
  });

  it.each(["text/turtle", "application/n-triples", "application/n-quads", "application/trig"])("gives triples as %s", async (type) => {
    for (const query of [`CONSTRUCT { ?s ?p ?o } { ?s ?p ?o FILTER (?s = <${XI}>) }`, `DESCRIBE <${XI}>`]) {
      const response = await endpoint.get(query, type);
      expect(response.headers.get("content-type")).toContain(type);
      const labels = new Parser({ format: type }).parse(await response.text()).filter(({ predicate }) => predicate.value.endsWith("#label"));
      expect(labels.map(({ object }) => object.value)).toEqual(["Xi Jinping"]);
    }
  });

  it.each(["application/ld+json", "application/rdf+xml"])("gives triples as %s", async (type) => {
    const response = await endpoint.get(`DESCRIBE <${XI}>`, type);
    expect(response.headers.get("content-type")).toBe(type);
    expect(await response.text()).toContain("Xi Jinping");
  });

  it("asked for as what there is not is 406, with the list", async () => {
    const response = await endpoint.get(PERSONS, "image/png");
    expect(response.status).toBe(406);
    expect(await response.text()).toContain("text/csv");
  });

  it("quotes in CSV what holds commas, quotation marks and line breaks, IRIs too", async () => {
    const query = 'SELECT ?iri ?text { VALUES (?iri ?text) { (<http://a.example/#char=1,2> "a \\"b\\"\\n, c") } }';
    expect(await (await endpoint.get(query, "text/csv")).text()).toBe('iri,text\r\n"http://a.example/#char=1,2","a ""b""\n, c"\r\n');
    expect(await (await endpoint.get("ASK {}", "text/csv")).text()).toBe("true\r\n");
  });

  it("may be sent by HEAD, and from any page", async () => {
    const url = `${endpoint.url}?query=${encodeURIComponent(PERSONS)}`;
    const head = await fetch(url, { method: "HEAD" });
    expect(head.status).toBe(200);
    expect(await head.text()).toBe("");
    const options = await fetch(url, { method: "OPTIONS", headers: { "origin": "https://elsewhere.example", "access-control-request-method": "POST", "access-control-request-headers": "content-type" } });
    expect(options.status).toBe(204);
    expect(options.headers.get("access-control-allow-methods")).toContain("POST");
    expect(options.headers.get("access-control-allow-headers")).toMatch(/content-type/i);
  });

  it("resolves relative IRIs against the endpoint", async () => {
    expect(await (await endpoint.get("SELECT (<x> AS ?x) {}", "text/csv")).text()).toBe(`x\r\n${endpoint.url.replace("sparql", "x")}\r\n`);
  });
});

describe("the dataset", () => {
  const count = async (query: string, search = ""): Promise<number> => {
    const response = await fetch(`${endpoint.url}?query=${encodeURIComponent(query)}${search}`, { headers: { accept: "text/csv" } });
    return Number((await response.text()).split("\r\n")[1]);
  };
  const graph = (name: string, kind: string): string => `&${kind}-graph-uri=${encodeURIComponent(`https://communique.example/graph/${name}`)}`;
  const LABELS = `{ <${XI}> <http://www.w3.org/2000/01/rdf-schema#label> ?label }`;

  it("is the union of all graphs, each triple once, with every graph by its name", async () => {
    expect(await count(`SELECT (COUNT(*) AS ?n) ${LABELS}`)).toBe(1);
    expect(await count(`SELECT (COUNT(*) AS ?n) { GRAPH ?g ${LABELS} }`)).toBe(4);
    const quads = new Parser().parse(diplomacy());
    expect((await endpoint.engine.coverage()).quads).toBe(quads.length);
    expect(await count("SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }")).toBe(quads.length);
    expect(await count("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")).toBe(new Set(quads.map(({ subject, predicate, object }) => `${subject.id} ${predicate.id} ${object.id}`)).size);
  });

  it("is what the query says, or else the request", async () => {
    const from = "FROM <https://communique.example/graph/plan>";
    expect(await count(`SELECT (COUNT(*) AS ?n) ${from} ${LABELS}`)).toBe(1);
    expect(await count(`SELECT (COUNT(*) AS ?n) FROM <https://communique.example/graph/none> ${LABELS}`)).toBe(0);
    expect(await count(`SELECT (COUNT(*) AS ?n) FROM NAMED <https://communique.example/graph/plan> { GRAPH ?g ${LABELS} }`)).toBe(1);
    expect(await count(`SELECT (COUNT(*) AS ?n) ${from} ${LABELS}`, graph("none", "default"))).toBe(0);
    expect(await count(`SELECT (COUNT(*) AS ?n) { GRAPH ?g ${LABELS} }`, graph("plan", "default"))).toBe(0);
    expect(await count(`SELECT (COUNT(*) AS ?n) { GRAPH ?g ${LABELS} }`, graph("plan", "named") + graph("held", "named"))).toBe(2);
    expect(await count(`SELECT (COUNT(*) AS ?n) ${LABELS}`, graph("plan", "named"))).toBe(0);
  });
});

describe("what is refused", () => {
  it.each([
    ["ASK {", 400, "query-malformed"],
    ["", 400, "query-malformed"],
    ['ASK { ?s ?p "open }', 400, "query-malformed"],
    ["CLEAR ALL", 403, "update-refused"],
    ["PREFIX a: <http://a.example/> INSERT DATA { a:b a:c a:d }", 403, "update-refused"],
    ["# SELECT\nDROP ALL", 403, "update-refused"],
    ["SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", 403, "service-refused"],
    ["SELECT * { service silent ?x { ?s ?p ?o } }", 403, "service-refused"],
    ["SELECT * { ?s ?p '#' . SERVICESILENT<http://127.0.0.1:9/>{} }", 403, "service-refused"],
    [`ASK ${"{".repeat(100)}${"}".repeat(100)}`, 400, "query-too-complex"],
    [`ASK {} # ${"x".repeat(70_000)}`, 413, "query-too-long"],
  ])("the query %.60s", async (query, status, code) => {
    const response = await post("application/sparql-query", query);
    expect(response.status).toBe(status);
    expect(await codeOf(response)).toBe(code);
  });

  it.each([
    "SELECT ('SERVICE' AS ?x) { }",
    "SELECT ?service { VALUES ?service { <http://a.example/SERVICE> } } # SERVICE <x> {}",
    'SELECT ("""INSERT "SERVICE" \\""" {""" AS ?x) { }',
    "PREFIX service: <http://a.example/> SELECT * { ?s service:SERVICE ?o FILTER (1 < 2 && 3 > 2) }",
  ])("is no query that only speaks of it: %s", async (query) => {
    expect((await endpoint.get(query)).status).toBe(200);
  });

  it.each([
    [undefined, "ASK {}", "", 415, "media-type-unsupported"],
    ["application/json", "{}", "", 415, "media-type-unsupported"],
    ["application/sparql-query; charset=latin1", "ASK {}", "", 415, "encoding-unsupported"],
    ["application/sparql-query", "ASK {}", "?query=ASK%20%7B%7D", 400, "query-repeated"],
    ["application/sparql-update", "CLEAR ALL", "", 403, "update-refused"],
    ["application/x-www-form-urlencoded", "update=CLEAR%20ALL", "", 403, "update-refused"],
    ["application/x-www-form-urlencoded", "query=ASK%20%7B%7D&query=ASK%20%7B%7D", "", 400, "query-repeated"],
    ["application/x-www-form-urlencoded", "query=%FF", "", 400, "encoding-unsupported"],
    ["application/x-www-form-urlencoded", "other=1", "", 400, "query-missing"],
    ["application/sparql-query", "ASK {}", "?default-graph-uri=relative", 400, "graph-invalid"],
    ["application/sparql-query", "ASK {}", `?named-graph-uri=${encodeURIComponent("http://a.example/> } #")}`, 400, "graph-invalid"],
    ["application/sparql-query", "ASK {}", "?using-graph-uri=http%3A%2F%2Fa.example%2F", 403, "update-refused"],
  ])("a POST of %s with %s%s", async (type, body, search, status, code) => {
    const response = await post(type, body, search);
    expect(response.status).toBe(status);
    expect(await codeOf(response)).toBe(code);
  });

  it("bytes that are no UTF-8, other methods, and bodies without end", async () => {
    expect(await codeOf(await post("application/sparql-query", new Uint8Array([0x41, 0xff])))).toBe("encoding-unsupported");
    const put = await fetch(endpoint.url, { method: "PUT", body: "ASK {}" });
    expect([put.status, put.headers.get("allow")]).toEqual([405, "GET, HEAD, POST, OPTIONS"]);
    const endless = new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(65_536).fill(0x20)) });
    const request = new Request(endpoint.url, { method: "POST", body: endless, headers: { "content-type": "application/sparql-query" }, duplex: "half" });
    expect((await handleSparql(request, endpoint.engine)).status).toBe(413);
  });

  it("tells nothing of a fault of the engine but that there is one", async () => {
    const broken: SparqlEngine = { query: () => Promise.reject(new Error("secret path")), coverage: () => Promise.reject(new Error("secret path")) };
    const faults: unknown[] = [];
    const response = await handleSparql(new Request("http://a.example/sparql?query=ASK%7B%7D"), broken, { onError: (error) => faults.push(error) });
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain("secret");
    expect(faults).toHaveLength(1);
  });

  it("markup in results is never a page", async () => {
    const response = await endpoint.get('SELECT ("<script>alert(1)</script>" AS ?x) {}', "text/html, */*;q=0.1");
    expect(response.headers.get("content-type")).not.toContain("html");
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
    expect(response.headers.get("content-security-policy")).toContain("default-src 'none'");
  });
});

describe("the Service Description", () => {
  it.each(["text/turtle", "application/n-triples", "application/ld+json", "application/rdf+xml"])("comes as %s", async (type) => {
    const response = await fetch(endpoint.url, { headers: { accept: type } });
    expect(response.headers.get("content-type")).toContain(type);
    expect(await response.text()).toContain("UnionDefaultGraph");
  });

  it("says how much is loaded, and of what days", async () => {
    const text = await (await fetch(endpoint.url)).text();
    const { quads } = await endpoint.engine.coverage();
    expect(text).toContain(`void:triples ${quads}`);
    expect(text).toContain("void:entities 3");
    expect(text).toContain('dcat:startDate "2025-02-24"^^xsd:date');
    expect(text).toContain('dcat:endDate "2025-05-08"^^xsd:date');
    expect(text).toContain("All of the published data.");
  });

  it("names the public endpoint and the dataset where a proxy hides them", async () => {
    const response = await handleSparql(new Request("http://10.0.0.1/sparql"), endpoint.engine, { endpoint: "https://news.example/sparql", dataset: "https://news.example/dataset" });
    const text = await response.text();
    expect(text).toContain("<https://news.example/sparql>");
    expect(text).toContain("<https://news.example/dataset>");
    expect(text).not.toContain("10.0.0.1");
  });
});
