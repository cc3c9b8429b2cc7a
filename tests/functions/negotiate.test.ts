import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import type { EdgeRequest, EdgeResponse } from "../../functions/negotiate.ts";
import { headersOf } from "../../lib/publication/layout.ts";
import { createSite } from "../../lib/site/site.ts";
import { negotiateSource } from "../../lib/stack/negotiate.ts";
import { MemoryStore } from "../../lib/store/memory-store.ts";
import { hasNjs, inNjs, inVm, type Edge } from "../support/njs.ts";

const ORIGIN = "https://data.example";
const store = new MemoryStore();

const PUBLISHED = [
  "index.html", "query.html", "dataset.ttl", "dataset.jsonld", "feed.ttl", "feed.jsonld", "feed/1.ttl", "feed/1.jsonld", "ontology.ttl", "shapes.ttl", "alignments.ttl", "manifest.json", "context/v1.jsonld",
  "data/person/x.html", "data/person/x.ttl", "data/person/x.jsonld", "data/person/x/1.html", "data/person/x/1.ttl", "data/person/x/1.jsonld", "index/person.html", "month/2025-02.html", "day/2025-02-24.html",
  "article/a.b-1.html", "article/a.b-1.ttl", "article/a.b-1.jsonld", "article/a.b-1.nq", "text/a.b-1.txt", "article/page.html.html", "article/page.html.ttl", "article/page.html.jsonld", "article/page.html.nq",
  "assets/site.css", "dumps/2025-02/1.nq.gz",
];
const WITHDRAWN = ["article/old.html", "article/old.ttl", "article/old.jsonld", "article/old.nq", "text/old.txt"];
const PRIVATE = ["log/000000000001.json", "state/start.json", "state/article/a.b-1.json", "g/a/1.json.gz"];

beforeAll(async () => {
  for (const key of [...PUBLISHED, ...PRIVATE]) await store.put(key, key, headersOf(key));
  for (const key of WITHDRAWN) await store.put(key, "withdrawn", headersOf(key, { withdrawn: true }));
});

interface Asked {
  readonly path: string;
  readonly accept?: string | undefined;
  readonly method?: string;
}

interface Answer {
  readonly status: number;
  readonly location: string | null;
  readonly vary: readonly string[];
  readonly contentLocation: string | null;
  readonly link: string | null;
  readonly cacheControl: string | null;
  readonly allow: string | null;
}

function summary(status: number, header: (name: string) => string | null): Answer {
  const vary = (header("vary") ?? "").split(",").map((name) => name.trim()).filter((name) => name !== "" && name !== "Accept-Encoding");
  return { status, location: header("location"), vary, contentLocation: header("content-location"), link: header("link"), cacheControl: header("cache-control"), allow: header("allow") };
}

async function locally(root: string, { path, accept, method = "GET" }: Asked): Promise<Answer> {
  const site = createSite({ store, base: ORIGIN + root });
  const response = await site.fetch(new Request(ORIGIN + path, { method, headers: accept === undefined ? {} : { Accept: accept } }));
  return summary(response.status, (name) => response.headers.get(name));
}

/** The function with a bucket behind it, as CloudFront puts them together. */
async function atTheEdge(edge: Edge, source: string, asked: readonly Asked[]): Promise<Answer[]> {
  const requests = asked.map(({ path, accept, method = "GET" }): EdgeRequest => ({ method, uri: path, headers: accept === undefined ? {} : { accept: { value: accept } } }));
  const incoming = edge(source, requests.map((request) => ({ request })));
  const fetched = await Promise.all(
    incoming.map(async (result) => {
      if ("statusCode" in result) return result;
      const found = await store.get(result.uri.slice(1));
      return found === undefined ? { statusCode: 404, headers: { "cache-control": { value: "public, max-age=60" }, vary: { value: "Accept" } } } : fromBucket(result, found.cacheControl ?? "");
    }),
  );
  // Where the function answered, or the bucket had nothing, the way out is not taken.
  const passing = fetched.flatMap((result) => ("request" in result ? [result] : []));
  const outgoing = edge(source, passing);
  // The same where CloudFront shows the request as it was sent.
  const unchanged = fetched.flatMap((result, i) => ("request" in result ? [{ request: requests[i]!, response: result.response }] : []));
  expect(edge(source, unchanged)).toEqual(outgoing);
  return fetched.map((result) => {
    const response = "request" in result ? outgoing[passing.indexOf(result)] : result;
    if (response === undefined || !("statusCode" in response)) throw new Error("The way out gave no response.");
    return summary(response.statusCode, (name) => response.headers[name]?.value ?? null);
  });
}

function fromBucket(request: EdgeRequest, cacheControl: string): { readonly request: EdgeRequest; readonly response: EdgeResponse } {
  return { request, response: { statusCode: 200, headers: { "cache-control": { value: cacheControl }, vary: { value: "Accept-Encoding" } } } };
}

const BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8";
const ACCEPTS = [undefined, BROWSER, "text/turtle", "application/ld+json", "application/json;q=0.9, text/turtle;q=0.8", "application/n-quads", "text/*", "*/*", "text/html;q=0", "application/ld+json;profile=\"http://www.w3.org/ns/json-ld#compacted\"", ", ;q=1,text/turtle;q=2", ""];
const PATHS = [
  "", "index", "index.html", "query", "query.html", "dataset", "dataset.ttl", "dataset.nq", "feed", "feed/1", "feed/1.jsonld", "feed/a.b-1/0123", "ontology", "ontology.ttl", "shapes", "alignments.ttl", "manifest.json", "context/v1", "context/v1.jsonld",
  "data/person/x", "data/person/x.ttl", "data/person/x.nq", "data/person/x/1", "data/person/x/1.html", "index/person", "month/2025-02", "day/2025-02-24.html", "article/a.b-1", "article/a%2Eb-1", "article/a.b-1.jsonld", "article/page.html.ttl",
  "text/a.b-1.txt", "text/a.b-1", "assets/site.css", "dumps/2025-02/1.nq.gz", "article/old", "article/old.ttl", "text/old.txt", "article/never", "article/never.ttl", "nothing", "data/person", "data",
  "id/person/x", "id/person/nobody", "id/article/old", "graph/old/evidence", "article/page.html", "article/page.html.html", "data/x..ttl", "data/x.", "text/.txt", "id/article/a.b-1", "id/article/page.html", "id/tenure/x/president/2012", "id/person", "id/person/x/y", "id/", "graph/a.b-1", "graph/a.b-1/evidence", "graph/page.html", "graph/links", "graph/gazetteer/77aa",
  ...PRIVATE, "state/", "g", "log", "gone/old.json", "data//person/x", "data/person/x%2fy", "data/person/%00", "%ff", "%", "__proto__", "constructor", "data/__proto__/x", "hasOwnProperty", "article/x y", `data/${"x".repeat(300)}`, `data/${"x/".repeat(600)}x`,
];

/** The paths of the table that are answered otherwise than by the local site, at least with some header. */
const NOT_LOOKED_UP = [
  // Things of which nothing is known, or whose article is withdrawn: 303 to where 404 or 410 is the answer.
  "id/person/nobody", "id/article/old", "graph/old/evidence",
  // What is not there or withdrawn, asked for in a format that it would not have: 406 where the local site says 404 or 410.
  "article/old", "article/never", "data/person", "data/person/x.nq", "data/x..ttl", "data/__proto__/x",
  // The address of the article "page.html" is taken for that of the HTML of an article "page": 404.
  "article/page.html",
];

const TABLE: readonly Asked[] = PATHS.flatMap((path) => ACCEPTS.map((accept) => ({ path, accept })));
const METHODS: readonly Asked[] = ["HEAD", "OPTIONS", "POST", "PUT", "DELETE"].flatMap((method) => ["", "data/person/x", "id/person/x", "state/start.json", "none"].map((path) => ({ path, method })));

/** Whatever the local site looks up before it answers, the function cannot. True where that alone is the difference. */
async function cannotLookUp(asked: Asked, local: Answer, edge: Answer, follow: (asked: Asked) => Promise<Answer>): Promise<boolean> {
  // A thing of which no document is, or whose article is withdrawn: the document's address says so.
  if (edge.status === 303 && (local.status === 404 || local.status === 410)) {
    const { status } = await follow({ ...asked, path: edge.location ?? "" });
    return status === local.status || status === 406;
  }
  // A document that is not there, in a format that it would not have.
  if (edge.status === 406) return local.status === 404 || local.status === 410;
  // The article "page.html" by its own address: the key is taken for the HTML of an article "page".
  return edge.status === 404 && asked.path.endsWith("article/page.html");
}

/** A tombstone's body stays as it is, so that it does not vary where the address named a format. */
function comparable(answer: Answer): Answer {
  return answer.status === 410 ? { ...answer, vary: [] } : answer;
}

async function expectSame(edge: Edge, root: string, asked: readonly Asked[]): Promise<string[]> {
  const source = negotiateSource(root);
  const rooted = asked.map((one) => ({ ...one, path: root + one.path }));
  const answers = await atTheEdge(edge, source, rooted);
  const excused = new Set<string>();
  for (const [i, one] of rooted.entries()) {
    const answer = answers[i];
    if (answer === undefined) throw new Error("An answer is missing.");
    const local = await locally(root, one);
    const follow = async (next: Asked): Promise<Answer> => (await atTheEdge(inVm, source, [next]))[0] ?? answer;
    if (await cannotLookUp(one, local, answer, follow)) excused.add(one.path.slice(root.length));
    else expect.soft({ ...one, ...comparable(answer) }).toEqual({ ...one, ...comparable(local) });
  }
  return [...excused].sort();
}

const segment = fc.oneof(
  fc.constantFrom("data", "article", "id", "graph", "feed", "text", "state", "g", "log", "index", "person", "x", "x.ttl", "a.b-1", "a.b-1.html", "page.html", "old", "%2E", "a%2Fb", "1", "links", "%zz", "manifest.json"),
  fc.stringMatching(/^[A-Za-z0-9%._~=,-]{1,6}$/),
);
const range = fc.tuple(fc.constantFrom("text/html", "text/turtle", "text/*", "*/*", "application/json", "application/ld+json", "application/n-quads", "application/xhtml+xml", "image/png", "nonsense"), fc.constantFrom("", ";q=0", ";q=0.5", ";q=0.123", "; Q=1.0", ";q=7", ";charset=utf-8;q=0.9", ';a="b,c;d"', ';profile="x";q=0.8')).map((parts) => parts.join(""));
const request: fc.Arbitrary<Asked> = fc.record({
  path: fc.array(segment, { maxLength: 4 }).map((segments) => segments.join("/")),
  accept: fc.option(fc.oneof(fc.array(range, { maxLength: 4 }).map((ranges) => ranges.join(", ")), fc.stringMatching(/^[ -~]{0,20}$/)), { nil: undefined }),
  // A URL's dot segments are gone before the local site sees them, and spaces around a header.
}).filter(({ path, accept }) => new URL(`${ORIGIN}/${path}`).pathname === `/${path}` && accept?.trim() === accept && path !== "sparql");

const engines: [name: string, edge: Edge, skipped: boolean][] = [["node:vm", inVm, false], [hasNjs ? "njs" : "njs (not installed here: skipped; Debian's package is njs)", inNjs, !hasNjs]];

describe.each(engines)("negotiate in %s", (_, edge, skipped) => {
  it.skipIf(skipped).each(["/", "/news/"])("answers as the local site under %s, but for what only a look can tell", async (root) => {
    const excused = await expectSame(edge, root, [...TABLE, ...METHODS]);
    expect(excused).toEqual(NOT_LOOKED_UP.toSorted());
  });

  it.skipIf(skipped)("answers as the local site whatever is asked", async () => {
    await expectSame(edge, "/news/", fc.sample(request, 1500));
  });

  it.skipIf(skipped)("says failures as the client reads: page, JSON, text; to HEAD nothing", () => {
    const none = (accept: string, method = "GET") => ({ request: { method, uri: "/none", headers: { accept: { value: accept } } } });
    const bodies = edge(negotiateSource("/"), [none(BROWSER), none("application/json"), none("text/turtle"), none("text/html", "HEAD")]).map((answer) => ("body" in answer ? answer.body?.data : undefined));
    expect(bodies[0]).toContain("<h1>Not found</h1>");
    expect(JSON.parse(bodies[1] ?? "")).toEqual({ title: "Not found", status: 404, detail: "Nothing is published at this address." });
    expect(bodies[2]).toBe("404 Not found\nNothing is published at this address.\n");
    expect(bodies[3]).toBeUndefined();
  });

  it.skipIf(skipped)("lets no client say that a format was chosen", () => {
    const headers = { "x-communique-choice": { value: "chosen" } };
    const [request] = edge(negotiateSource("/"), [{ request: { method: "GET", uri: "/dataset.ttl", headers } }]);
    expect(request).toMatchObject({ uri: "/dataset.ttl", headers: { "x-communique-choice": { value: "named dataset.ttl" } } });
  });

  it.skipIf(skipped)("leaves alone what it did not let in", () => {
    const response = { statusCode: 200, headers: { "content-type": { value: "text/plain" } } };
    expect(edge(negotiateSource("/"), [{ request: { method: "GET", uri: "/state/start.json", headers: {} }, response }])).toEqual([response]);
  });
});

describe("the source of negotiate", () => {
  it("fits, is the same each time, and reaches for nothing that an edge has not", () => {
    const source = negotiateSource("/some/longer/path/of/a/base/iri/");
    expect(Buffer.byteLength(source)).toBeLessThan(10_240);
    expect(negotiateSource("/some/longer/path/of/a/base/iri/")).toBe(source);
    expect(source).not.toMatch(/\b(?:setTimeout|setInterval|setImmediate|eval|require|import|export|process|globalThis|Function|Promise|Map|Set|Symbol)\b/);
    expect(source).toMatch(/function handler\(event\)/);
  });
});
