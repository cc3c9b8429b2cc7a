import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { fromJson, gunzip } from "../../lib/publication/codec.ts";
import type { Manifest } from "../../lib/publication/types.ts";
import { SplitStore } from "../../lib/store/split-store.ts";
import { S3Store } from "../../lib/store/s3-store.ts";
import { FakeNeptune, quadsOf } from "../neptune/fake-neptune.ts";
import { publicationOn, SIX } from "../publication/support.ts";
import { resultOf, startFunction, type LambdaFunction } from "../support/lambda.ts";
import { startS3Server, type S3Server } from "../support/s3-server.ts";

const server = await startS3Server();

/** The fake database behind Neptune's HTTP interface. */
async function serve(neptune: FakeNeptune): Promise<Server> {
  const answer = async (url: string, body: string): Promise<unknown> => {
    if (url === "/sparql") return neptune.update(new URLSearchParams(body).get("update") ?? "");
    if (url === "/loader") return { payload: { loadId: await neptune.load((JSON.parse(body) as { source: string }).source.replace(/^s3:\/\/[^/]+\//, "")) } };
    const { state } = await neptune.status(url.slice("/loader/".length));
    return { payload: { overallStatus: { status: state === "loaded" ? "LOAD_COMPLETED" : state === "running" ? "LOAD_IN_PROGRESS" : "LOAD_FAILED" } } };
  };
  const http = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      if (!/^AWS4-HMAC-SHA256 .*\/neptune-db\//.test(request.headers.authorization ?? "")) return void response.writeHead(403).end();
      answer(request.url ?? "", Buffer.concat(chunks).toString()).then(
        (value) => response.writeHead(200).end(JSON.stringify(value ?? {})),
        (error: unknown) => response.writeHead(500).end(String(error)),
      );
    });
  });
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  return http;
}

describe.skipIf(server === undefined)("the function that loads Neptune, in Lambda's runtime client", () => {
  const { environment, createBucket } = server as S3Server;
  let http: Server;
  let lambda: LambdaFunction;
  let neptune: FakeNeptune;
  let store: SplitStore;

  beforeAll(async () => {
    for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
    const [published, log] = [await createBucket(), await createBucket()];
    store = new SplitStore({ prefix: "log/", part: new S3Store(log), rest: new S3Store(published) });
    neptune = new FakeNeptune(store);
    http = await serve(neptune);
    lambda = await startFunction({
      module: fileURLToPath(new URL("../../functions/neptune-load.ts", import.meta.url)),
      environment: {
        ...environment, PUBLISHED_BUCKET: published, LOG_BUCKET: log, NEPTUNE_ENDPOINT: `http://127.0.0.1:${(http.address() as AddressInfo).port}`, NEPTUNE_LOADER_ROLE: "arn:aws:iam::123456789012:role/reader",
        POWERTOOLS_SERVICE_NAME: "neptune-load", POWERTOOLS_METRICS_NAMESPACE: "Communique",
      },
    });
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await lambda.stop();
    await new Promise((resolve) => http.close(resolve));
    await server?.stop();
  });

  const settle = async (): Promise<void> => {
    for (let i = 0; i < 20; i++) {
      const answer = resultOf(await lambda.invoke({}, { timeout: 900_000 })) as { done: boolean };
      if (answer.done) return;
    }
    throw new Error("It is never done.");
  };
  const published = async (): Promise<readonly string[]> => {
    const { parts } = fromJson<Manifest>((await store.get("manifest.json"))?.body ?? "");
    return quadsOf(await Promise.all(parts.map(async ({ key }) => gunzip((await store.get(key))?.body ?? new Uint8Array()))));
  };

  it("takes it level with the dumps, again after a withdrawal", async () => {
    expect(resultOf(await lambda.invoke({}, { timeout: 900_000 }))).toEqual({ done: true, left: 0 });
    const publication = publicationOn(store);
    await publication.publish(SIX);
    await settle();
    expect(neptune.quads.length).toBeGreaterThan(100);
    expect(neptune.quads).toEqual(await published());
    await publication.withdraw(["a1"]);
    await settle();
    expect(neptune.quads).toEqual(await published());
    expect(neptune.quads.filter((quad) => quad.includes("/a1"))).toEqual([]);
  });

  it("fails where the database does, with what it said", async () => {
    neptune.before = () => {
      throw new Error("no capacity left");
    };
    await publicationOn(store).publish([SIX[0]!], { replace: true });
    const answer = await lambda.invoke({}, { timeout: 900_000 });
    expect(answer).toMatchObject({ outcome: "failed", message: expect.stringContaining("no capacity left") });
  });
});
