import fc from "fast-check";
import { gzipSync } from "node:zlib";
import { beforeAll, describe, expect, it } from "vitest";
import { headersOf } from "../../lib/publication/layout.ts";
import { tombstones } from "../../lib/publication/tombstones.ts";
import { createSite } from "../../lib/site/site.ts";
import { targetOf } from "../../lib/site/paths.ts";
import { MemoryStore } from "../../lib/store/memory-store.ts";

const store = new MemoryStore();
const asked: string[] = [];
const base = "https://data.example/news/";
const watched = { get: (key: string) => (asked.push(key), store.get(key)), put: store.put.bind(store), delete: store.delete.bind(store), list: store.list.bind(store) };
const site = createSite({ store: watched, base, sparql: () => Promise.resolve(new Response("answer")) });
const fetchPath = (path: string, headers: Record<string, string> = {}, method = "GET") => site.fetch(new Request(`https://data.example${path}`, { method, headers }));

beforeAll(async () => {
  const bodies: Record<string, string> = {
    "index.html": "<p>start</p>", "query.html": "<p>query</p>", "data/person/x.html": "<p>x</p>", "data/person/x.ttl": "<x> a <y> .", "data/person/x.jsonld": "{}",
    "article/a.b-1.html": "<p>a</p>", "article/a.b-1.ttl": "ttl", "article/a.b-1.jsonld": "{}", "article/a.b-1.nq": "nq", "text/a.b-1.txt": "words", "dataset.ttl": "d", "dataset.jsonld": "{}",
    "feed.ttl": "f", "feed/1.ttl": "f", "context/v1.jsonld": "{}", "manifest.json": "{}", "log/000000000001.json": "secret", "state/start.json": "secret", "g/a/1.json.gz": "secret",
    "article/page.html.html": "<p>page.html</p>", "article/page.html.ttl": "page.html in Turtle", "dumps/2025-02/1.nq.gz": "gz", "ontology.ttl": "o",
  };
  for (const [key, body] of Object.entries(bodies)) await store.put(key, body, headersOf(key));
  for (const id of ["old", "old.ttl"]) for (const [key, body] of tombstones(id, base, undefined)) await store.put(key, body, headersOf(key, { withdrawn: true }));
  await store.put("assets/site.css", gzipSync("body{}"), { contentType: "text/css", contentEncoding: "gzip" });
});

describe("things", () => {
  it.each([
    ["/news/id/person/x", "/news/data/person/x"],
    ["/news/id/article/a.b-1", "/news/article/a.b-1"],
    ["/news/id/tenure/x/president/2012", "/news/data/person/x"],
    ["/news/graph/a.b-1", "/news/article/a.b-1"],
    ["/news/graph/a.b-1/evidence", "/news/article/a.b-1"],
    ["/news/graph/gazetteer/77aa", "/news/dataset"],
    ["/news/graph/links", "/news/dataset"],
    ["/news/feed/a.b-1/0123", "/news/feed"],
  ])("lead to what describes them: %s", async (path, location) => {
    const response = await fetchPath(path);
    expect([response.status, response.headers.get("Location")]).toEqual([303, location]);
  });

  it("that are not known are not found", async () => {
    expect((await fetchPath("/news/id/person/nobody")).status).toBe(404);
    expect((await fetchPath("/news/id/person")).status).toBe(404);
  });

  it("lead to a query where there are dumps alone", async () => {
    const dumps = createSite({ store, base, describe: true });
    const response = await dumps.fetch(new Request("https://data.example/news/id/person/nobody"));
    expect(decodeURIComponent(response.headers.get("Location") ?? "")).toBe("/news/sparql?query=DESCRIBE <https://data.example/news/id/person/nobody>");
  });

  it("have the well-known place lead to the dataset", async () => {
    expect((await fetchPath("/.well-known/void")).headers.get("Location")).toBe("/news/dataset");
  });
});

describe("articles whose names end like a format", () => {
  it("are found by their own address, whichever other article has a document there", async () => {
    expect((await fetchPath("/news/id/article/page.html")).headers.get("Location")).toBe("/news/article/page.html.html");
    expect((await fetchPath("/news/graph/page.html", { Accept: "text/turtle" })).headers.get("Location")).toBe("/news/article/page.html.ttl");
    expect(await (await fetchPath("/news/article/page.html.ttl")).text()).toBe("page.html in Turtle");
    const alone = await fetchPath("/news/article/page.html", { Accept: "text/turtle" });
    expect([await alone.text(), alone.headers.get("Content-Location")]).toEqual(["page.html in Turtle", "/news/article/page.html.ttl"]);
    await store.put("article/page.html", "page in HTML", headersOf("article/page.html"));
    expect(await (await fetchPath("/news/article/page.html", { Accept: "text/turtle" })).text()).toBe("page in HTML");
    expect((await fetchPath("/news/id/article/page.html")).headers.get("Location")).toBe("/news/article/page.html.html");
  });

  it("are gone once withdrawn", async () => {
    for (const path of ["article/old.ttl", "article/old.ttl.nq", "article/old.ttl.html", "id/article/old.ttl", "text/old.ttl.txt"]) {
      expect((await fetchPath(`/news/${path}`)).status, path).toBe(410);
    }
  });
});

describe("documents", () => {
  it("come in the format asked for, and say which others there are", async () => {
    const response = await fetchPath("/news/data/person/x", { Accept: "text/turtle" });
    expect(await response.text()).toBe("<x> a <y> .");
    expect(response.headers.get("Content-Type")).toBe("text/turtle; charset=utf-8");
    expect(response.headers.get("Content-Location")).toBe("/news/data/person/x.ttl");
    expect(response.headers.get("Vary")).toBe("Accept");
    expect(response.headers.get("Access-Control-Allow-Origin")).toBe("*");
    expect(response.headers.get("Link")).toBe(
      '</news/data/person/x>; rel="canonical", </news/data/person/x.html>; rel="alternate"; type="text/html", </news/data/person/x.jsonld>; rel="alternate"; type="application/ld+json"',
    );
  });

  it("come as JSON-LD for JSON, as HTML for browsers, and by extension whatever is accepted", async () => {
    expect((await fetchPath("/news/article/a.b-1", { Accept: "application/json" })).headers.get("Content-Type")).toBe("application/ld+json");
    expect((await fetchPath("/news/", { Accept: "text/html,*/*;q=0.8" })).headers.get("Content-Type")).toMatch(/^text\/html/);
    const named = await fetchPath("/news/article/a.b-1.nq", { Accept: "text/html" });
    expect([named.status, named.headers.get("Content-Type"), named.headers.get("Vary")]).toEqual([200, "application/n-quads", null]);
  });

  it("are 406 with the list where no format is accepted", async () => {
    const response = await fetchPath("/news/data/person/x", { Accept: "image/png" });
    expect([response.status, response.headers.get("Vary")]).toEqual([406, "Accept"]);
    expect(await response.text()).toContain("/news/data/person/x.jsonld  application/ld+json");
  });

  it("are 304 where the client has them, and HEAD has headers alone", async () => {
    const first = await fetchPath("/news/dataset", { Accept: "text/turtle" });
    const etag = first.headers.get("ETag") ?? "";
    const again = await fetchPath("/news/dataset", { Accept: "text/turtle", "If-None-Match": `"other", W/${etag}` });
    expect([again.status, await again.text(), again.headers.get("ETag"), again.headers.get("Vary")]).toEqual([304, "", etag, "Accept"]);
    expect((await fetchPath("/news/dataset", { Accept: "application/ld+json", "If-None-Match": etag })).status).toBe(200);
    const head = await fetchPath("/news/dataset", {}, "HEAD");
    expect([head.status, await head.text(), head.headers.get("Content-Length")]).toEqual([200, "", "1"]);
  });

  it("that were withdrawn are gone, their text too", async () => {
    for (const path of ["article/old", "article/old.html", "article/old.jsonld", "article/old.nq", "text/old.txt", "id/article/old", "graph/old", "graph/old/evidence"]) {
      expect([path, (await fetchPath(`/news/${path}`)).status]).toEqual([path, 410]);
      expect((await fetchPath(`/news/${path}`, { Accept: "image/png" })).status, path).toBe(410);
    }
    expect(await (await fetchPath("/news/article/old", { Accept: "text/html" })).text()).toContain("<h1>Withdrawn</h1>");
    expect(await (await fetchPath("/news/article/old", { Accept: "application/json" })).json()).toMatchObject({ status: 410 });
    expect((await fetchPath("/news/article/never")).status).toBe(404);
  });
});

describe("every answer", () => {
  it("forbids scripts, frames and sniffing", async () => {
    for (const path of ["/news/", "/news/data/person/x.ttl", "/news/none", "/news/id/person/x", "/elsewhere"]) {
      const { headers } = await fetchPath(path, { Accept: "text/html" });
      expect(headers.get("Content-Security-Policy")).toMatch(/^default-src 'none'.*frame-ancestors 'none'$/);
      expect(headers.get("Content-Security-Policy")).not.toContain("script-src");
      expect(headers.get("X-Content-Type-Options")).toBe("nosniff");
    }
    const query = await fetchPath("/news/query");
    expect(query.headers.get("Content-Security-Policy")).toContain("script-src 'self';");
  });

  it("to other methods than reading is 405, to OPTIONS what can be done", async () => {
    const refused = await fetchPath("/news/data/person/x", {}, "PUT");
    expect([refused.status, refused.headers.get("Allow")]).toEqual([405, "GET, HEAD, OPTIONS"]);
    const options = await fetchPath("/news/data/person/x", { "Access-Control-Request-Method": "GET" }, "OPTIONS");
    expect([options.status, options.headers.get("Access-Control-Allow-Methods")]).toEqual([204, "GET, HEAD, OPTIONS"]);
  });

  it("unpacks what the client cannot", async () => {
    const packed = await fetchPath("/news/assets/site.css", { "Accept-Encoding": "gzip, br" });
    expect(packed.headers.get("Content-Encoding")).toBe("gzip");
    const plain = await fetchPath("/news/assets/site.css", { "Accept-Encoding": "gzip;q=0" });
    expect([plain.headers.get("Content-Encoding"), await plain.text(), plain.headers.get("ETag") === packed.headers.get("ETag")]).toEqual([null, "body{}", false]);
  });

  it("says failures as the client reads: page, JSON, text", async () => {
    expect(await (await fetchPath("/news/none", { Accept: "text/html" })).text()).toContain("<h1>Not found</h1>");
    expect(JSON.parse(await (await fetchPath("/news/none", { Accept: "application/json" })).text())).toMatchObject({ status: 404 });
    expect(await (await fetchPath("/news/none")).text()).toMatch(/^404 Not found\n/);
  });

  it("tells nothing of a failure of the store", async () => {
    const errors: unknown[] = [];
    const broken = createSite({ store: { ...watched, get: () => Promise.reject(new Error("secret path")) }, base, onError: (error) => errors.push(error) });
    const response = await broken.fetch(new Request("https://data.example/news/"));
    expect([response.status, (await response.text()).includes("secret"), errors.length]).toEqual([500, false, 1]);
  });
});

describe("private things", () => {
  it.each([
    "/news/log/000000000001.json", "/news/state/start.json", "/news/g/a/1.json.gz", "/news/data/../state/start.json", "/news/data/%2e%2e/state/start.json",
    "/news/data/..%2fstate/start.json", "/news/data//person/x", "/news/data/person/%00", "/news/data/person/x%5c..%5c", "/news/%ff", "/news/__proto__", "/news/constructor", "/news/data/person/..", "/etc/passwd",
    `/news/data/${"x".repeat(2000)}`, `/news/data/${"x".repeat(190)}`, `/news/${"x/".repeat(9)}x`, "/news/text/no-extension", "/news/data/person/x.", "/news/id/person/x.",
  ])("are not found: %s", async (path) => {
    asked.length = 0;
    const response = await fetchPath(path);
    expect(response.status).toBe(404);
    expect(asked.filter((key) => !/^(?:data|article)\//.test(key) || key.includes(".."))).toEqual([]);
  });

  it("are never asked of the store, whatever the path", () => {
    const keys = fc.array(fc.oneof(fc.constantFrom("data", "state", "..", ".", "%2e%2e", "id", "article", "log", "feed", "x.ttl", "%2f"), fc.string({ maxLength: 8 })), { maxLength: 5 });
    fc.assert(
      fc.property(keys, (segments) => {
        const target = targetOf(`/news/${segments.join("/")}`, "/news/");
        const named = target === undefined || !("key" in target || "stem" in target) ? "" : "key" in target ? target.key : target.stem;
        expect(named).toMatch(/^[A-Za-z0-9._~=,/-]*$/);
        if (named !== "") expect(named.split("/").filter((segment) => ["", ".", ".."].includes(segment))).toEqual([]);
        expect(named).not.toMatch(/^(?:state|log|g)\//);
      }),
      { numRuns: 500 },
    );
  });
});

describe("the endpoint", () => {
  it("gets every query, and sends a person without one to the page", async () => {
    expect(await (await fetchPath("/news/sparql?query=ASK{}", { Accept: "text/html" })).text()).toBe("answer");
    expect(await (await fetchPath("/news/sparql", {}, "POST")).text()).toBe("answer");
    expect(await (await fetchPath("/news/sparql")).text()).toBe("answer");
    expect((await fetchPath("/news/sparql", { Accept: "text/html,*/*;q=0.8" })).headers.get("Location")).toBe("/news/query");
  });

  it("that is not there says so", async () => {
    const bare = createSite({ store, base });
    expect((await bare.fetch(new Request("https://data.example/news/sparql?query=x"))).status).toBe(503);
  });
});
