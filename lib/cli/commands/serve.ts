import { createReadStream } from "node:fs";
import { access } from "node:fs/promises";
import { Command } from "commander";
import { readArticles } from "../../article/read.ts";
import { CommuniqueError } from "../../errors/communique-error.ts";
import { checkBase, DEFAULT_BASE } from "../../graph/iris.ts";
import { fromJson } from "../../publication/codec.ts";
import { headersOf } from "../../publication/layout.ts";
import type { Manifest } from "../../publication/types.ts";
import type { Endpoint } from "../../site/endpoint.ts";
import { openStore } from "../../store/open.ts";
import type { ObjectStore } from "../../store/types.ts";
import { exitCodeOf, printable } from "../messages.ts";
import { collect } from "../options.ts";
import { withWarnings } from "../warnings.ts";

interface ServeOptions {
  from?: string[];
  port: number;
  host: string;
  base?: string;
  publish?: string[];
}

/** Where `publish` and `serve` meet unless told otherwise. */
const DEFAULT_TREE = "build/published";

export function serveCommand(): Command {
  return new Command("serve")
    .summary("serve what was published, for browsers and programs")
    .description(
      "Serves a published tree over HTTP: pages, linked data in the format asked for, dumps, the feed of changes and a SPARQL " +
        "endpoint. It only reads. Dumps (N-Quads, gzipped or not) can be served without a tree: then there are the endpoint and its page.",
    )
    .option("-f, --from <place...>", `folder or s3://bucket/prefix that was published to; or FILE.nq.gz, one or more (default: "${DEFAULT_TREE}")`, collect((place) => [place]))
    .option("-p, --port <n>", "port to listen on; 0 for any free one", parsePort, 8080)
    .option("--host <address>", "address to listen on; 0.0.0.0 to be reached from elsewhere", "localhost")
    .option("-b, --base <iri>", "where IRIs begin: of dumps, and of what --publish publishes (default: the server's own address)", checkBase)
    .option("--publish <path>", "articles to publish first where nothing is published yet; may be given again", collect((path) => [path]))
    .addHelpText(
      "after",
      `
Examples:
  communique serve
  communique serve --from s3://news/tree --port 80 --host 0.0.0.0
  communique serve --from dumps/2025-02.facts.nq.gz --base https://data.example.org/`,
    )
    .action(async (options: ServeOptions) => {
      await serve(options);
    });
}

function parsePort(value: string): number {
  const port = Number(value);
  if (!/^\d{1,5}$/.test(value) || port > 65_535) throw new CommuniqueError("option-invalid", `--port: ${JSON.stringify(value)} is no number from 0 to 65535`);
  return port;
}

async function serve(options: ServeOptions): Promise<void> {
  const from = options.from ?? [DEFAULT_TREE];
  const dumps = from.filter((place) => /\.nq(?:\.gz)?$/.test(place));
  if (dumps.length > 0 && dumps.length < from.length) throw new CommuniqueError("option-invalid", "--from takes dumps or one published tree, not both");
  if (dumps.length === 0 && from.length > 1) throw new CommuniqueError("option-invalid", "--from takes one published tree");
  const source = dumps.length > 0 ? await openDumps(dumps, options) : await openTree(from[0] ?? DEFAULT_TREE, options);
  const { createSite, listen } = await import("../../site/index.ts");
  const { endpoint, store, base } = source;
  const site = createSite({ store, base, sparql: (request) => endpoint.handle(request), describe: dumps.length > 0, onError });
  const server = await listen(site, options).catch(async (error: unknown) => {
    await endpoint.close();
    throw error;
  });
  const address = addressOf(options.host, server.port) + new URL(base).pathname.slice(1);
  process.stderr.write(`Serving ${printable(from.join(", "))} at ${address} (Ctrl+C ends it)\n`);
  if (base !== address) process.stderr.write(`IRIs begin with ${printable(base)}\n`);
  const stop = (): void => {
    void server.close().then(() => endpoint.close());
  };
  process.once("SIGINT", stop).once("SIGTERM", stop);
}

interface Source {
  readonly store: ObjectStore;
  readonly base: string;
  readonly endpoint: Endpoint;
}

async function openTree(place: string, options: ServeOptions): Promise<Source> {
  const store = await openStore(place, { usualHeaders: headersOf });
  let manifest = await readManifest(store);
  if (manifest === undefined && options.publish !== undefined) {
    if (options.base === undefined && options.port === 0) throw new CommuniqueError("option-invalid", "--publish on any free port needs --base: IRIs are for good");
    await publish(place, options.publish, options.base ?? addressOf(options.host, options.port));
    manifest = await readManifest(store);
  }
  if (manifest === undefined) {
    throw new CommuniqueError("input-not-found", 'nothing is published there; "communique publish" does that', { location: place });
  }
  const { base } = manifest;
  const { openEndpoint } = await import("../../site/index.ts");
  return { store, base, endpoint: await openEndpoint(store, { base, onError }) };
}

/** Dumps need no tree: what pages need is kept in memory. */
async function openDumps(files: readonly string[], options: ServeOptions): Promise<Source> {
  for (const file of files) {
    await access(file).catch((cause: unknown) => {
      throw new CommuniqueError("input-not-found", "cannot be read", { cause, location: file });
    });
  }
  const base = options.base ?? DEFAULT_BASE;
  const [{ MemoryStore }, { openDumpEndpoint, openPages }, { dumpsPage }] = await Promise.all([
    import("../../store/memory-store.ts"), import("../../site/index.ts"), import("../../site/pages/dumps.ts"),
  ]);
  const store = new MemoryStore();
  for (const { key, body, headers } of (await openPages(base)).assets()) await store.put(key, body, headers);
  await store.put("index.html", dumpsPage(files), { contentType: "text/html" });
  const parts = files.map((file) => ({ name: file, read: () => createReadStream(file) as AsyncIterable<Uint8Array> }));
  return { store, base, endpoint: await openDumpEndpoint(parts, { base, onError }) };
}

async function publish(place: string, paths: readonly string[], base: string): Promise<void> {
  const [{ createConverter }, { openPublication }] = await Promise.all([import("../../convert/converter.ts"), import("../publication.ts")]);
  const converter = await createConverter();
  try {
    const conversions = [];
    for await (const reading of withWarnings(readArticles([...paths]))) {
      if ("error" in reading) throw reading.error;
      conversions.push(await converter.convert(reading.article));
    }
    await (await openPublication(place, { base, gazetteer: converter.gazetteer })).publish(conversions);
    process.stderr.write(`Published ${conversions.length === 1 ? "1 article" : `${conversions.length} articles`}\n`);
  } finally {
    await converter.close();
  }
}

function addressOf(host: string, port: number): string {
  return `http://${host.includes(":") ? `[${host}]` : host}:${port}/`;
}

async function readManifest(store: ObjectStore): Promise<Manifest | undefined> {
  const found = await store.get("manifest.json");
  return found === undefined ? undefined : fromJson<Manifest>(found.body);
}

function onError(error: unknown): void {
  exitCodeOf(error);
}
