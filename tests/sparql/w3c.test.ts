import { Parser, Store } from "n3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openEndpoint, type Endpoint } from "./endpoint.ts";
import { hasSuite, protocolData, protocolTests, SKIPPED, type SuiteRequest } from "./suite.ts";

const RESULTS = ["application/sparql-results+json", "application/sparql-results+xml", "text/csv", "text/tab-separated-values"];
const GRAPHS = ["text/turtle", "application/n-triples", "application/rdf+xml"];
const SD = "http://www.w3.org/ns/sparql-service-description#";

const available = hasSuite("sparql11-protocol");
const tests = available ? protocolTests() : [];
const isUpdate = (id: string): boolean => /update/.test(id);

let endpoint: Endpoint;
beforeAll(async () => {
  endpoint = await openEndpoint([available ? protocolData() : ""]);
});
afterAll(() => endpoint.close());

const send = ({ method, search, headers, body }: SuiteRequest): Promise<Response> =>
  fetch(endpoint.url + search, { method, headers, ...(body === undefined ? {} : { body }) });

const mediaType = (response: Response): string => (response.headers.get("content-type") ?? "").replace(/;.*/, "");

describe.runIf(available)("the W3C's SPARQL 1.1 Protocol tests", () => {
  it("are the twenty that a read-only endpoint must pass, and the updates", () => {
    expect(tests.filter(({ id }) => !isUpdate(id))).toHaveLength(20);
    expect(tests.filter(({ id }) => isUpdate(id))).toHaveLength(14);
  });

  it.each(tests.filter(({ id }) => !isUpdate(id)))("$id: $name", async ({ requests }) => {
    for (const request of requests) {
      const response = await send(request);
      expect(request.statuses).toContain(String(response.status)[0]);
      const text = await response.text();
      if (request.format === "tabular") expect(RESULTS).toContain(mediaType(response));
      if (request.format === "RDF") expect(GRAPHS).toContain(mediaType(response));
      if (request.format === "boolean") {
        expect(RESULTS.slice(0, 2)).toContain(mediaType(response));
        if (request.boolean !== undefined) expect(JSON.parse(text)).toMatchObject({ boolean: request.boolean });
      }
    }
    expect(endpoint.faults).toEqual([]);
  });

  it.each(tests.filter(({ id }) => isUpdate(id)))("$id is refused", async ({ requests }) => {
    const [update] = requests;
    const response = await send(update as SuiteRequest);
    expect(response.status).toBeGreaterThanOrEqual(400);
    expect(response.status).toBeLessThan(500);
  });
});

describe.runIf(!available)("the W3C's SPARQL 1.1 Protocol tests", () => {
  it.skip(SKIPPED, () => undefined);
});

describe("the W3C's Service Description tests", () => {
  const description = async (): Promise<Store> => new Store(new Parser().parse(await (await fetch(endpoint.url)).text()));

  it("returns-rdf: GET on the endpoint returns RDF", async () => {
    const response = await fetch(endpoint.url);
    expect(response.status).toBe(200);
    expect(GRAPHS).toContain(mediaType(response));
    expect(new Parser().parse(await response.text()).length).toBeGreaterThan(10);
  });

  it("has-endpoint-triple: a matching sd:endpoint", async () => {
    expect((await description()).getSubjects(`${SD}endpoint`, endpoint.url, null)).toHaveLength(1);
  });

  it("conforms-to-schema: domains, ranges and closed lists of the vocabulary", async () => {
    const graph = await description();
    const rdfType = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
    const schema: Readonly<Record<string, readonly [domain: string, range?: string]>> = {
      endpoint: ["Service"], supportedLanguage: ["Service"], feature: ["Service"], resultFormat: ["Service"], inputFormat: ["Service"],
      defaultDataset: ["Service", "Dataset"], availableGraphs: ["Service", "GraphCollection"], defaultGraph: ["Dataset", "Graph"], namedGraph: ["Dataset", "NamedGraph"], name: ["NamedGraph"], graph: ["NamedGraph", "Graph"],
    };
    const isA = (node: string, type: string): boolean => graph.countQuads(node, rdfType, SD + type, null) > 0;
    const used = [...graph].filter(({ predicate }) => predicate.value.startsWith(SD));
    expect(used.length).toBeGreaterThan(5);
    for (const { subject, predicate, object } of used) {
      const [domain, range] = schema[predicate.value.slice(SD.length)] ?? [];
      expect(domain, predicate.value).toBeDefined();
      expect(isA(subject.value, domain ?? ""), `${subject.value} is no sd:${domain ?? ""}`).toBe(true);
      expect(object.termType).toBe("NamedNode");
      if (range !== undefined) expect(isA(object.value, range), `${object.value} is no sd:${range}`).toBe(true);
    }
    expect(graph.getObjects(null, `${SD}feature`, null).map(({ value }) => value)).toEqual([`${SD}UnionDefaultGraph`]);
    expect(graph.getObjects(null, `${SD}supportedLanguage`, null).map(({ value }) => value)).toEqual([`${SD}SPARQL11Query`]);
  });
});
