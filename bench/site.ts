import { Agent, request } from "node:http";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { Worker, isMainThread, parentPort, workerData } from "node:worker_threads";
import { table } from "../lib/cli/table.ts";
import { createConverter } from "../lib/convert/converter.ts";
import { createPublication, type Publishing } from "../lib/publication/index.ts";
import { quotedEtag } from "../lib/http/conditional.ts";
import { createSite, listen, openPages } from "../lib/site/index.ts";
import { FileStore } from "../lib/store/file-store.ts";
import { generatedArticle } from "./generated-articles.ts";

// node bench/site.ts [--articles 100] [--seconds 2] [--at-once 16]: requests a second of what lies in a tree of files, over loopback.
// The client has a thread of its own, yet shares the machine: the server alone would answer more.

const BASE = "http://localhost/";

interface Load {
  readonly port: number;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly status: number;
  readonly seconds: number;
  readonly atOnce: number;
}

interface Measured {
  readonly requests: number;
  readonly seconds: number;
  /** Milliseconds of each, ascending. */
  readonly times: readonly number[];
  /** Of one answer's body. */
  readonly bytes: number;
}

if (isMainThread) await main();
else parentPort?.postMessage(await load(workerData as Load));

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { articles: { type: "string", default: "100" }, seconds: { type: "string", default: "2" }, "at-once": { type: "string", default: "16" } } });
  const [articles, seconds, atOnce] = [Number(values.articles), Number(values.seconds), Number(values["at-once"])];
  const folder = await mkdtemp(join(tmpdir(), "communique-bench-"));
  try {
    const store = new FileStore(join(folder, "tree"), { durable: false });
    const { article, entity } = await publishSome(store, articles);
    const etag = (await store.get(`${article}.html`))?.etag ?? "";
    const server = await listen(createSite({ store, base: BASE }), { port: 0, host: "127.0.0.1" });
    const requests: readonly (readonly [string, string, Readonly<Record<string, string>>, number])[] = [
      ["start page", "/", { Accept: "text/html" }, 200],
      ["article, page", `/${article}.html`, {}, 200],
      ["article, negotiated Turtle", `/${article}`, { Accept: "text/turtle" }, 200],
      ["article, not modified", `/${article}.html`, { "If-None-Match": quotedEtag(etag) }, 304],
      ["entity, page", `/${entity}.html`, {}, 200],
      ["entity, JSON-LD", `/${entity}.jsonld`, {}, 200],
      ["thing, redirect", `/${entity.replace("data/", "id/")}`, {}, 303],
      ["nothing there", "/data/person/nobody-at-all", {}, 404],
    ];
    const rows = [];
    for (const [name, path, headers, status] of requests) {
      const { requests: count, seconds: took, times, bytes } = await inThread({ port: server.port, path, headers, status, seconds, atOnce });
      rows.push([name, bytes, Math.round(count / took), percentile(times, 0.5), percentile(times, 0.99)]);
    }
    await server.close();
    process.stdout.write(`Requests to a tree of ${articles} articles in files, ${atOnce} at once\n\n${table(["asked for", "bytes", "requests/s", "p50, ms", "p99, ms"], rows)}\n`);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Publishes generated articles. Answers with the stem of an article's documents and of those of a state. */
async function publishSome(store: FileStore, count: number): Promise<{ readonly article: string; readonly entity: string }> {
  const converter = await createConverter();
  const conversions: Publishing[] = [];
  for (let i = 0; i < count; i++) conversions.push(await converter.convert(generatedArticle(i)));
  await createPublication({ store, base: BASE, gazetteer: converter.gazetteer, pages: await openPages(BASE) }).publish(conversions);
  await converter.close();
  return { article: `article/${conversions[0]?.article.id ?? ""}`, entity: "data/state/france" };
}

function inThread(workerData: Load): Promise<Measured> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL(import.meta.url), { workerData });
    worker.once("message", resolve);
    worker.once("error", reject);
  });
}

async function load({ port, path, headers, status, seconds, atOnce }: Load): Promise<Measured> {
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce });
  const ask = (): Promise<number> =>
    new Promise((resolve, reject) => {
      request({ host: "127.0.0.1", port, path, headers, agent }, (response) => {
        if (response.statusCode !== status) reject(new Error(`${path}: ${response.statusCode ?? "no status"} instead of ${status}`));
        let bytes = 0;
        response.on("data", (chunk: Buffer) => (bytes += chunk.length));
        response.once("end", () => resolve(bytes));
        response.once("error", reject);
      })
        .once("error", reject)
        .end();
    });
  // A quarter of a second to warm up.
  const run = async (duration: number): Promise<Measured> => {
    const times: number[] = [];
    let bytes = 0;
    const start = performance.now();
    await Promise.all(
      Array.from({ length: atOnce }, async () => {
        while (performance.now() - start < duration * 1000) {
          const asked = performance.now();
          bytes = await ask();
          times.push(performance.now() - asked);
        }
      }),
    );
    return { requests: times.length, seconds: (performance.now() - start) / 1000, times: times.sort((a, b) => a - b), bytes };
  };
  await run(0.25);
  const measured = await run(seconds);
  agent.destroy();
  return measured;
}

function percentile(times: readonly number[], share: number): number {
  return Math.round((times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0) * 100) / 100;
}
