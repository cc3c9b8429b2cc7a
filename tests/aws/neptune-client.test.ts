import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { NeptuneClient } from "../../lib/aws/neptune-client.ts";

interface Heard {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

let server: Server;
let heard: Heard[] = [];
let answer: { readonly status: number; readonly body: unknown };

beforeEach(async () => {
  heard = [];
  answer = { status: 200, body: {} };
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      heard.push({ method: request.method, url: request.url, headers: request.headers, body: Buffer.concat(chunks).toString() });
      response.writeHead(answer.status).end(JSON.stringify(answer.body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterEach(() => new Promise((resolve) => server.close(resolve)));

const client = (sessionToken?: string): NeptuneClient =>
  new NeptuneClient({
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: "eu-west-1",
    bucket: "published",
    loaderRole: "arn:aws:iam::123456789012:role/reader",
    credentials: () => Promise.resolve({ accessKeyId: "AKID", secretAccessKey: "secret", ...(sessionToken === undefined ? {} : { sessionToken }) }),
  });

describe("Neptune over HTTP", () => {
  it("gets updates as the protocol has them, signed", async () => {
    await client("token").update("DROP SILENT GRAPH <https://data.example/graph/a+b>");
    const [{ method, url, headers, body }] = heard as [Heard];
    expect([method, url, headers["content-type"]]).toEqual(["POST", "/sparql", "application/x-www-form-urlencoded"]);
    expect(new URLSearchParams(body).get("update")).toBe("DROP SILENT GRAPH <https://data.example/graph/a+b>");
    expect(headers.authorization).toMatch(/^AWS4-HMAC-SHA256 Credential=AKID\/\d{8}\/eu-west-1\/neptune-db\/aws4_request, SignedHeaders=[a-z0-9;-]*host[a-z0-9;-]*, Signature=[0-9a-f]{64}$/);
    expect(headers["x-amz-security-token"]).toBe("token");
  });

  it("signs what is sent: another body, another signature", async () => {
    const signature = (one: Heard | undefined): string | undefined => one?.headers.authorization?.split("Signature=")[1];
    await client().update("DROP ALL");
    await client().update("DROP NAMED");
    expect(signature(heard[0])).not.toBe(signature(heard[1]));
    expect(heard[0]?.headers["x-amz-content-sha256"]).not.toBe(heard[1]?.headers["x-amz-content-sha256"]);
  });

  it("has the loader load a part once more, whatever it loaded before, and queue behind others", async () => {
    answer = { status: 200, body: { status: "200 OK", payload: { loadId: "ef478d76" } } };
    expect(await client().load("dumps/2025-03/1-ab.facts.nq.gz")).toBe("ef478d76");
    expect(JSON.parse(heard[0]?.body ?? "")).toEqual({
      source: "s3://published/dumps/2025-03/1-ab.facts.nq.gz", format: "nquads", iamRoleArn: "arn:aws:iam::123456789012:role/reader", region: "eu-west-1", mode: "NEW", failOnError: "TRUE", queueRequest: "TRUE",
    });
  });

  it.each([
    ["LOAD_IN_QUEUE", { state: "running" }], ["LOAD_IN_PROGRESS", { state: "running" }], ["LOAD_COMPLETED", { state: "loaded" }],
    ["LOAD_S3_READ_ERROR", { state: "failed", reason: "LOAD_S3_READ_ERROR" }], ["LOAD_COMMITTED_W_WRITE_CONFLICTS", { state: "failed", reason: "LOAD_COMMITTED_W_WRITE_CONFLICTS" }],
  ])("knows what %s means", async (status, expected) => {
    answer = { status: 200, body: { payload: { overallStatus: { status } } } };
    expect(await client().status("a/b")).toEqual(expected);
    expect([heard[0]?.method, heard[0]?.url]).toEqual(["GET", "/loader/a%2Fb"]);
  });

  it("fails with what Neptune said", async () => {
    answer = { status: 429, body: { code: "ThrottlingException" } };
    await expect(client().update("DROP ALL")).rejects.toThrow(/Neptune answered 429 to POST \/sparql: .*ThrottlingException/);
    answer = { status: 200, body: { payload: {} } };
    await expect(client().load("dumps/x.nq.gz")).rejects.toThrow("gave a job no id");
    answer = { status: 200, body: {} };
    await expect(client().status("x")).rejects.toThrow("without a payload");
  });
});
