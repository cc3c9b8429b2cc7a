import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DataFactory, Parser, Store, type Term } from "n3";

// Reads the W3C's protocol tests. The suites are not part of the project: COMMUNIQUE_SUITES says in which folder they are.

export const SUITES = process.env["COMMUNIQUE_SUITES"];
export const SKIPPED = "the W3C suites are not at hand: set COMMUNIQUE_SUITES to the folder that holds sparql11-protocol";

export interface SuiteRequest {
  readonly method: string;
  /** What follows the endpoint's path. */
  readonly search: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array<ArrayBuffer> | undefined;
  readonly statuses: readonly string[];
  readonly boolean: boolean | undefined;
  readonly format: string | undefined;
}

export interface SuiteTest {
  readonly id: string;
  readonly name: string;
  readonly requests: readonly SuiteRequest[];
}

const HT = "http://www.w3.org/2011/http#";
const CNT = "http://www.w3.org/2011/content#";
const MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#";
const RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
const UT = "http://www.w3.org/2009/sparql/tests/test-update#";

export function hasSuite(name: string): boolean {
  return SUITES !== undefined && existsSync(join(SUITES, name, "manifest.ttl"));
}

export function protocolTests(): SuiteTest[] {
  const graph = manifest();
  return list(graph, one(graph, undefined, `${MF}entries`)).map((test) => ({
    id: test.value.slice(test.value.lastIndexOf("#") + 1),
    name: one(graph, test, `${MF}name`)?.value ?? "",
    requests: list(graph, one(graph, one(graph, test, `${MF}action`), `${HT}requests`)).map((request) => requestOf(graph, request)),
  }));
}

/** The graphs that the tests ask about, as N-Quads. */
export function protocolData(): string {
  const graph = manifest();
  const quads = new Set<string>();
  for (const data of graph.getObjects(null, `${UT}graphData`, null)) {
    const file = one(graph, data, `${UT}graph`)?.value ?? "";
    const name = one(graph, data, "http://www.w3.org/2000/01/rdf-schema#label")?.value ?? "";
    const lines = readFileSync(join(folder(), file.slice(file.lastIndexOf("/") + 1)), "utf8").trim().split("\n");
    for (const line of lines) quads.add(line.replace(/\s*\.\s*$/, ` <${name}> .\n`));
  }
  return [...quads].join("");
}

function folder(): string {
  return join(SUITES ?? "", "sparql11-protocol");
}

function manifest(): Store {
  return new Store(new Parser({ baseIRI: "http://suite.example/manifest" }).parse(readFileSync(join(folder(), "manifest.ttl"), "utf8")));
}

function one(graph: Store, subject: Term | undefined, predicate: string): Term | undefined {
  return graph.getObjects(subject ?? null, DataFactory.namedNode(predicate), null)[0];
}

function list(graph: Store, head: Term | undefined): Term[] {
  const items: Term[] = [];
  for (let node = head; node !== undefined && node.value !== `${RDF}nil`; node = one(graph, node, `${RDF}rest`)) {
    const first = one(graph, node, `${RDF}first`);
    if (first !== undefined) items.push(first);
  }
  return items;
}

function requestOf(graph: Store, request: Term): SuiteRequest {
  const path = one(graph, request, `${HT}absolutePath`)?.value ?? "";
  const body = one(graph, request, `${HT}body`);
  const response = one(graph, request, `${HT}resp`);
  const headers = list(graph, one(graph, request, `${HT}headers`)).map((header) => [one(graph, header, `${HT}fieldName`)?.value ?? "", one(graph, header, `${HT}fieldValue`)?.value ?? ""]);
  const boolean = response && one(graph, response, `${MF}expectedBoolean`)?.value;
  return {
    method: one(graph, request, `${HT}methodName`)?.value ?? "GET",
    search: path.replace(/^\/sparql\//, ""),
    headers: Object.fromEntries(headers) as Record<string, string>,
    body: body && encode(one(graph, body, `${CNT}chars`)?.value ?? "", one(graph, body, `${CNT}characterEncoding`)?.value ?? "UTF-8"),
    statuses: graph.getObjects(response ?? null, `${MF}expectedStatus`, null).map(({ value }) => value.slice(-3, -2)),
    boolean: boolean === undefined ? undefined : boolean === "true",
    format: response && one(graph, response, `${MF}expectedFormat`)?.value,
  };
}

function encode(text: string, encoding: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(text, encoding === "UTF-16" ? "utf16le" : "utf8"));
}
