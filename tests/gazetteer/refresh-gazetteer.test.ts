import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { loadGazetteer, refreshGazetteer } from "../../lib/gazetteer/index.ts";
import { validateRecord } from "../../lib/gazetteer/record-validation.ts";
import type { GazetteerRecord } from "../../lib/gazetteer/types.ts";

type Handler = (request: IncomingMessage, response: ServerResponse, body: string) => void;

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** A SPARQL endpoint on loopback that answers as told. */
async function endpoint(handler: Handler): Promise<string> {
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString("utf8")));
    request.on("end", () => {
      handler(request, response, body);
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/sparql`;
}

interface Row {
  state: string;
  code: string;
  role: string;
  person: string;
  name: string;
  since?: string;
  gender?: string;
}

function answer(rows: readonly Row[]): string {
  const uri = (item: string): object => ({ type: "uri", value: `http://www.wikidata.org/entity/${item}` });
  const literal = (value: string): object => ({ type: "literal", value });
  const bindings = rows.map((row) => ({
    state: uri(row.state),
    code: literal(row.code),
    role: literal(row.role),
    person: uri(row.person),
    name: { ...literal(row.name), "xml:lang": "en" },
    ...(row.gender === undefined ? {} : { gender: uri(row.gender) }),
    ...(row.since === undefined ? {} : { since: literal(`${row.since}T00:00:00Z`) }),
  }));
  return JSON.stringify({ head: { vars: ["state"] }, results: { bindings } });
}

async function refresh(rows: readonly Row[]): Promise<GazetteerRecord[]> {
  const url = await endpoint((_, response) => response.setHeader("content-type", "application/sparql-results+json").end(answer(rows)));
  return refreshGazetteer({ endpoint: url, on: "2031-02-03" });
}

const RUSSIA = { state: "Q159", code: "RU", role: "head-of-state" };
const JANE = { ...RUSSIA, person: "Q999999999", name: "Jané O’Doe", gender: "Q6581072", since: "2031-01-01" };

describe("what a refresh writes", () => {
  test("a new president, and the end of the old one's tenure", async () => {
    const records = await refresh([JANE]);
    expect(records).toMatchObject([
      { kind: "person", id: "person/jane-odoe", name: "Jané O’Doe", shortName: "O’Doe", gender: "female", state: "state/russia", wikidata: "Q999999999" },
      { kind: "tenure", person: "person/jane-odoe", office: "office/president-of-russia", since: "2031-01-01", source: "Wikidata (CC0)", asOf: "2031-02-03" },
      { kind: "tenure", person: "person/vladimir-putin", since: "1999-12-31" },
      { kind: "tenure", person: "person/vladimir-putin", since: "2000-05-07", until: "2008-05-07" },
      { kind: "tenure", person: "person/vladimir-putin", since: "2012-05-07", until: "2031-01-01" },
    ]);
  });

  test("is an overlay that loads and changes the answer", async () => {
    const folder = mkdtempSync(join(tmpdir(), "refresh-"));
    try {
      const file = join(folder, "holders.jsonl");
      const records = await refresh([JANE]);
      writeFileSync(file, records.map((record) => `${JSON.stringify(record)}\n`).join(""));
      const gazetteer = loadGazetteer({ overlays: [file] });
      expect(gazetteer.holders("state/russia", "head-of-state", "2031-02-03").map((t) => t.person)).toEqual(["person/jane-odoe"]);
      expect(gazetteer.holders("state/russia", "head-of-state", "2010-06-01").map((t) => t.person)).toEqual(["person/dmitry-medvedev"]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test("nothing, where all is known", async () => {
    expect(await refresh([{ ...RUSSIA, person: "Q7747", name: "Vladimir Putin", since: "2012-05-07" }])).toEqual([]);
  });

  test("known people keep their ids, whatever their label", async () => {
    const records = await refresh([{ ...RUSSIA, person: "Q23530", name: "D. Medvedev", since: "2031-01-01" }]);
    expect(records.every((record) => record.kind === "tenure")).toBe(true);
    expect(records).toContainEqual(expect.objectContaining({ person: "person/dmitry-medvedev", since: "2031-01-01" }));
  });

  test("a stranger of a known name gets an id of their own", async () => {
    const records = await refresh([{ ...RUSSIA, person: "Q999999998", name: "Joe Biden", since: "2031-01-01" }]);
    expect(records[0]).toMatchObject({ id: "person/joe-biden-q999999998" });
  });

  test("no second office for a president who heads the government", async () => {
    expect(await refresh([{ state: "Q30", code: "US", role: "head-of-government", person: "Q22686", name: "Donald Trump", since: "2025-01-20" }])).toEqual([]);
  });

  test("nothing of unknown states, without a start, or with broken items", async () => {
    const rows = [
      { ...JANE, state: "Q1", code: "XX" },
      { ...RUSSIA, person: "Q999999997", name: "No Start" },
      { ...JANE, person: "javascript:alert(1)" },
      { ...JANE, since: "2031-13-40" },
      { ...RUSSIA, person: "Q7747", name: "Vladimir Putin", since: "2012-05-07" },
    ];
    expect(await refresh(rows)).toEqual([]);
  });

  test("only valid records", async () => {
    for (const record of await refresh([JANE, { ...JANE, state: "Q145", code: "GB", person: "Q999999996", name: "李四" }])) {
      expect(() => validateRecord(record, "test")).not.toThrow();
    }
  });
});

test("the query goes by POST, with its media types and a name of the client", async () => {
  let seen: { method: string | undefined; accept: string | undefined; type: string | undefined; agent: string | undefined; body: string } | undefined;
  const url = await endpoint((request, response, body) => {
    seen = { method: request.method, accept: request.headers.accept, type: request.headers["content-type"], agent: request.headers["user-agent"], body };
    response.end(answer([JANE]));
  });
  await refreshGazetteer({ endpoint: url, on: "2031-02-03" });
  expect(seen).toMatchObject({ method: "POST", accept: "application/sparql-results+json", type: "application/sparql-query" });
  expect(seen?.agent).toMatch(/^Communique/);
  expect(seen?.body).toMatch(/^PREFIX[\s\S]*SELECT[\s\S]*P35[\s\S]*P6/);
});

describe("what goes wrong is said", () => {
  const failing = async (handler: Handler, reason: RegExp, timeout?: number): Promise<void> => {
    const url = await endpoint(handler);
    const refreshing = refreshGazetteer({ endpoint: url, on: "2031-02-03", ...(timeout === undefined ? {} : { timeout }) });
    await expect(refreshing).rejects.toMatchObject({ name: "CommuniqueError", code: "gazetteer-refresh-failed", message: expect.stringMatching(reason) as string });
  };

  test("an error status", () => failing((_, response) => response.writeHead(500).end("down"), /status 500/));
  test("an answer that is not JSON", () => failing((_, response) => response.end("<html>"), /not JSON/));
  test("JSON that is no result", () => failing((_, response) => response.end('{"results":[]}'), /not a SPARQL result/));
  test("no facts at all", () => failing((_, response) => response.end(answer([])), /knows no head/));
  test("silence", () => failing(() => undefined, /in time/, 50));
  test("an answer that never ends", () => failing((_, response) => response.write("{"), /in time/, 50));
  test("a redirect to another host", () => failing((_, response) => response.writeHead(302, { location: "http://localhost:9/" }).end(), /another host/));
  test("a circle of redirects", () => failing((_, response) => response.writeHead(307, { location: "/sparql" }).end(), /too often/));
  test("an answer without bound", () =>
    failing((_, response) => {
      const chunk = Buffer.alloc(1 << 20, " ");
      const more = (): void => {
        while (response.write(chunk));
      };
      response.on("drain", more);
      more();
    }, /too large/));
  test("nobody there", async () => {
    const url = await endpoint(() => undefined);
    servers.pop()?.close();
    await expect(refreshGazetteer({ endpoint: url, on: "2031-02-03" })).rejects.toMatchObject({ code: "gazetteer-refresh-failed" });
  });
  test.each(["ftp://127.0.0.1/", "not a url", "file:///etc/passwd"])("an endpoint that is none: %s", async (url) => {
    await expect(refreshGazetteer({ endpoint: url, on: "2031-02-03" })).rejects.toMatchObject({ code: "option-invalid" });
  });

  test("a redirect on the same host is followed", async () => {
    const url = await endpoint((request, response) => {
      if (request.url === "/sparql") response.writeHead(308, { location: "/query" }).end();
      else response.end(answer([JANE]));
    });
    expect((await refreshGazetteer({ endpoint: url, on: "2031-02-03" })).length).toBeGreaterThan(0);
  });
});
