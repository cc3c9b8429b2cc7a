import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { DeleteObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { createPublication, type Manifest } from "../../lib/publication/index.ts";
import { openPages } from "../../lib/site/pages/index.ts";
import { s3Client, S3Store } from "../../lib/store/s3-store.ts";
import { SplitStore } from "../../lib/store/split-store.ts";
import { writeBell } from "../../lib/intake/messages.ts";
import { writeBundle } from "../../lib/stack/bundle.ts";
import { startFunction, type LambdaFunction } from "../support/lambda.ts";
import type { S3Server } from "../support/s3-server.ts";
import { startSqsServer, type Delivering, type SqsServer, type TestQueue } from "../support/sqs-server.ts";

export const BASE = "https://news.example/";

export interface SystemOptions {
  readonly bundles: Bundles;
  /** Whether convert dies of what holds `FATAL`. */
  readonly fragile?: boolean;
  /** Whether a request to S3 is answered with "slow down"; asked by the functions only. */
  readonly throttle?: () => boolean;
}

/** What an article holds that ends a fragile process that reads it, as a fault in native code would. */
export const FATAL = "Abracadabra";
const FRAGILE = `
const normalize = String.prototype.normalize;
String.prototype.normalize = function (form) {
  if (this.includes("${FATAL}")) process.kill(process.pid, "SIGKILL");
  return normalize.call(this, form);
};
export { handler } from "./index.mjs";
`;

/** The assets of the functions, as they are deployed. */
export interface Bundles {
  readonly folder: string;
  remove(): Promise<void>;
}

export async function writeBundles(): Promise<Bundles> {
  const folder = await mkdtemp(join(tmpdir(), "communique-bundles-"));
  for (const name of ["convert", "catalogue"]) writeBundle(join(folder, name), { name, entry: `functions/${name}.ts`, architecture: process.arch === "arm64" ? "arm64" : "x64" });
  await writeFile(join(folder, "convert/code/convert/fragile.mjs"), FRAGILE);
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** What is deployed, on this machine: buckets in a real S3, queues, and the functions in Lambda's runtime client. */
export class System {
  readonly articles: TestQueue;
  readonly dead: TestQueue;
  readonly catalogueQueue: TestQueue;
  readonly convert: LambdaFunction;
  readonly catalogue: LambdaFunction;
  readonly store: SplitStore;
  readonly published: S3Store;
  readonly sqs: SqsServer;
  readonly #bucket: string;
  readonly #client: ReturnType<typeof s3Client>;
  readonly #stop: () => Promise<void>;
  #events = 0x62e99a88;

  constructor(parts: Pick<System, "articles" | "dead" | "catalogueQueue" | "convert" | "catalogue" | "store" | "published" | "sqs">, bucket: string, client: ReturnType<typeof s3Client>, stop: () => Promise<void>) {
    ({ articles: this.articles, dead: this.dead, catalogueQueue: this.catalogueQueue, convert: this.convert, catalogue: this.catalogue, store: this.store, published: this.published, sqs: this.sqs } = parts);
    this.#bucket = bucket;
    this.#client = client;
    this.#stop = stop;
  }

  static async start(server: S3Server, { bundles: { folder }, fragile = false, throttle }: SystemOptions): Promise<System> {
    Object.assign(process.env, server.environment);
    const sqs = await startSqsServer();
    const proxy = throttle === undefined ? undefined : await startThrottle(server.environment["S3_ENDPOINT"] ?? "", throttle);
    const [bucket, log, published] = [await server.createBucket(), await server.createBucket(), await server.createBucket()];
    const dead = sqs.queue("articles-dead");
    const [articles, catalogueQueue] = [sqs.queue("articles", { dead }), sqs.queue("catalogue", { dead: sqs.queue("catalogue-dead") })];
    const environment = {
      ...server.environment, ...sqs.environment, ...(proxy === undefined ? {} : { S3_ENDPOINT: proxy.endpoint }),
      ARTICLES_BUCKET: bucket, LOG_BUCKET: log, PUBLISHED_BUCKET: published,
      ARTICLES_QUEUE_URL: articles.url, ARTICLES_DLQ_URL: dead.url, CATALOGUE_QUEUE_URL: catalogueQueue.url,
      BASE, POWERTOOLS_METRICS_NAMESPACE: "Communique",
    };
    const start = (name: string, file = "index"): Promise<LambdaFunction> =>
      startFunction({ root: join(folder, name), module: `code/${name}/${file}.mjs`, environment: { ...environment, POWERTOOLS_SERVICE_NAME: name } });
    const functions = await Promise.all([start("convert", fragile ? "fragile" : "index"), start("catalogue")]);
    const client = s3Client(server.environment["S3_ENDPOINT"]);
    const rest = new S3Store(published, "", { client });
    const store = new SplitStore({ prefix: "log/", part: new S3Store(log, "", { client }), rest });
    return new System({ articles, dead, catalogueQueue, convert: functions[0], catalogue: functions[1], store, published: rest, sqs }, bucket, client, async () => {
      await Promise.all(functions.map((one) => one.stop()));
      await Promise.all([sqs.stop(), proxy?.stop()]);
    });
  }

  /** Drops an article. Gives its event, which S3 has not sent yet. */
  async put(key: string, body: string, metadata: Record<string, string> = {}): Promise<string> {
    await this.#client.send(new PutObjectCommand({ Bucket: this.#bucket, Key: key, Body: Buffer.from(body), Metadata: metadata }));
    return this.#event(key, false);
  }

  async delete(key: string): Promise<string> {
    await this.#client.send(new DeleteObjectCommand({ Bucket: this.#bucket, Key: key }));
    return this.#event(key, true);
  }

  /** Lets the queues be worked off, one delivery after another. */
  async drain(options: Delivering = {}): Promise<void> {
    for (let rounds = 0; rounds < 50; rounds++) {
      const heard = await this.articles.deliver((event) => this.convert.invoke(event), options);
      const catalogued = await this.catalogueQueue.deliver((event) => this.catalogue.invoke(event), { ...options, batch: 500 });
      if (heard === undefined && catalogued === undefined) return;
    }
    throw new Error("the queues are never empty");
  }

  /** What the whole tree says of itself: problems, and how much there is. */
  async check(): Promise<{ readonly problems: readonly unknown[]; readonly articles: number }> {
    const { problems, articles } = await createPublication({ store: this.store, pages: await openPages(BASE) }).check({ shapes: false });
    return { problems, articles };
  }

  manifest(): Promise<Manifest | undefined> {
    return createPublication({ store: this.store }).manifest();
  }

  async text(key: string): Promise<string | undefined> {
    const found = await this.store.get(key);
    return found === undefined ? undefined : Buffer.from(found.body).toString("utf8");
  }

  /** Keys of all objects, the log's included, in which a word stands, compressed or not. */
  async holding(word: string): Promise<string[]> {
    const keys: string[] = [];
    for await (const { key } of this.store.list("")) {
      const body = Buffer.from((await this.store.get(key))?.body ?? []);
      if ((key.endsWith(".gz") ? gunzipSync(body) : body).includes(word)) keys.push(key);
    }
    return keys;
  }

  /** What is in the bucket of articles beside the articles. */
  async reason(key: string): Promise<unknown> {
    const found = await new S3Store(this.#bucket, "", { client: this.#client }).get(`errors/${key}.json`);
    return found === undefined ? undefined : JSON.parse(Buffer.from(found.body).toString("utf8"));
  }

  async stop(): Promise<void> {
    await this.#stop();
    this.#client.destroy();
  }

  #event(key: string, deleted: boolean): string {
    return writeBell({ bucket: this.#bucket, key, deleted, sequencer: `00${(++this.#events).toString(16).toUpperCase()}DC407460` });
  }
}

/** Stands before a server and now and then answers in its place, as a busy S3 does. */
async function startThrottle(target: string, throttle: () => boolean): Promise<{ readonly endpoint: string; stop(): Promise<void> }> {
  const { hostname, port } = new URL(target);
  const server = createServer((incoming, outgoing) => {
    if (throttle()) {
      incoming.resume();
      outgoing.writeHead(503, { "content-type": "application/xml" }).end("<Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>");
      return;
    }
    // The signature covers the host that was asked, which is this one.
    const forwarded = request({ hostname, port, method: incoming.method, path: incoming.url, headers: incoming.headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    forwarded.on("error", () => outgoing.destroy());
    incoming.pipe(forwarded);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
