import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { writeBundle, type Bundle, type BundleProps } from "../../lib/stack/bundle.ts";
import { companionsOf } from "../../lib/stack/companions.ts";
import { resultOf, startFunction } from "../support/lambda.ts";

const MB = 1_000_000;
const FUNCTIONS: Readonly<Record<string, readonly string[]>> = { convert: [], catalogue: [], sparql: ["lib/sparql/worker.ts"] };
/** This machine's, so that bundles can be run here. */
const HERE: BundleProps["architecture"] = process.arch === "arm64" ? "arm64" : "x64";
const THERE: BundleProps["architecture"] = HERE === "arm64" ? "x64" : "arm64";

const folders: string[] = [];
const newFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), "communique-bundle-"));
  folders.push(folder);
  return folder;
};
interface Written extends Bundle {
  readonly folder: string;
  /** Size of each file, by its path. */
  readonly files: ReadonlyMap<string, number>;
}
const write = (name: string, architecture: BundleProps["architecture"]): Written => {
  const folder = newFolder();
  const bundle = writeBundle(folder, { name, entry: `functions/${name}.ts`, architecture, beside: FUNCTIONS[name] ?? [] });
  return { ...bundle, folder, files: filesOf(folder) };
};
const filesOf = (folder: string): ReadonlyMap<string, number> =>
  new Map(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name))
      .map((path): [string, number] => [relative(folder, path), statSync(path).size])
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
const size = ({ files }: Written): number => [...files.values()].reduce((sum, bytes) => sum + bytes, 0);
const digest = (folder: string): string => {
  const hash = createHash("sha256");
  for (const [path] of filesOf(folder)) hash.update(path).update("\0").update(readFileSync(join(folder, path)));
  return hash.digest("hex");
};

const bundles = new Map<string, Written>();
const bundle = (name: string): Written => bundles.get(name) ?? expect.fail(`${name} was not bundled`);
beforeAll(() => {
  for (const name of Object.keys(FUNCTIONS)) bundles.set(name, write(name, HERE));
}, 60_000);
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

describe("a function's asset", () => {
  it.each(Object.keys(FUNCTIONS))("has less than 6 MB of code: %s", (name) => {
    expect(bundle(name).code).toBeLessThan(6 * MB);
  });

  it("has the reader, its networks and the one native part it runs on, within 70 MB for ARM; for x64 that part alone is 46 MB", () => {
    const there = write("convert", THERE);
    const sizes = { [HERE]: size(bundle("convert")), [THERE]: size(there) };
    expect(sizes["arm64"]).toBeLessThan(70 * MB);
    expect(sizes["x64"]).toBeLessThan(90 * MB);
    for (const [{ files }, architecture] of [[bundle("convert"), HERE], [there, THERE]] as const) {
      const native = [...files.keys()].filter((path) => /\.(?:node|so[.\d]*|dylib|dll)$/.test(path));
      expect(native.map((path) => path.split("/").slice(-2).join("/")).sort()).toEqual([`${architecture}/libonnxruntime.so.1`, `${architecture}/onnxruntime_binding.node`]);
      expect([...files.keys()].filter((path) => path.startsWith("models/"))).toEqual(["models/encoder.onnx", "models/meetings.onnx", "models/reader.json", "models/roles.onnx", "models/vocab.txt"]);
    }
  });

  it.each(["catalogue", "sparql"])("has neither reader nor networks where nothing is read: %s", (name) => {
    expect([...bundle(name).files.keys()].filter((path) => /onnx|models\/|wink/.test(path))).toEqual([]);
    expect(size(bundle(name))).toBeLessThan(10 * MB);
  });

  it("has no tests, sources, types or maps", () => {
    for (const { files } of bundles.values()) expect([...files.keys()].filter((path) => /\.(?:ts|map)$|test/.test(path))).toEqual([]);
  });

  it.each(Object.keys(FUNCTIONS))("is the same bytes in another folder: %s", (name) => {
    expect(digest(write(name, HERE).folder)).toBe(digest(bundle(name).folder));
  });

  it("is not written where a module would miss its files", () => {
    const place = { code: "code/x", architecture: HERE };
    expect(() => companionsOf(["lib/unheard/of.ts"], [], place, () => true)).toThrow("lib/unheard/of.ts");
    expect(companionsOf(["lib/unheard/of.ts"], [], place, () => false)).toEqual([]);
  });
});

describe.skipIf(process.platform !== "linux")("a bundle runs in Lambda's own runtime client", () => {
  /** Stands in for S3 with nothing in it. */
  let s3: Server;
  let endpoint: string;
  beforeAll(async () => {
    s3 = createServer((request, response) => {
      request.resume();
      response.writeHead(404, { "content-type": "application/xml" }).end('<?xml version="1.0"?><Error><Code>NoSuchKey</Code></Error>');
    });
    await new Promise<void>((resolve) => s3.listen(0, "127.0.0.1", resolve));
    endpoint = `http://127.0.0.1:${(s3.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    s3.closeAllConnections();
    s3.close();
  });

  const start = (name: string) =>
    startFunction({
      module: join(bundle(name).folder, `code/${name}/index.mjs`),
      root: bundle(name).folder,
      memory: 2048,
      environment: {
        ARTICLES_BUCKET: "articles",
        LOG_BUCKET: "log-bucket",
        PUBLISHED_BUCKET: "published",
        ARTICLES_QUEUE_URL: `${endpoint}/articles`,
        ARTICLES_DLQ_URL: `${endpoint}/dead`,
        CATALOGUE_QUEUE_URL: `${endpoint}/catalogue`,
        BASE: "https://example.org/",
        ORIGIN_SECRET: "secret",
        S3_ENDPOINT: endpoint,
        AWS_REGION: "eu-west-1",
        AWS_ACCESS_KEY_ID: "id",
        AWS_SECRET_ACCESS_KEY: "key",
      },
    });

  it.each(["convert", "catalogue"])("%s opens all it needs", async (name) => {
    const lambda = await start(name);
    try {
      expect(resultOf(await lambda.invoke({ Records: [] }))).toEqual({ batchItemFailures: [] });
    } finally {
      await lambda.stop();
    }
  });

  it("sparql starts its engine and answers", async () => {
    const lambda = await start("sparql");
    try {
      const event = {
        version: "2.0",
        rawPath: "/sparql",
        rawQueryString: `query=${encodeURIComponent("ASK {}")}`,
        headers: { host: "example.org", accept: "application/sparql-results+json", "x-origin-secret": "secret" },
        requestContext: { domainName: "example.org", http: { method: "GET", path: "/sparql" } },
        isBase64Encoded: false,
      };
      const answer = await lambda.invoke(event);
      expect(answer).toMatchObject({ outcome: "answered", prelude: { statusCode: 200 } });
      expect(JSON.parse(answer.outcome === "answered" ? answer.body.toString() : "")).toEqual({ head: {}, boolean: true });
    } finally {
      await lambda.stop();
    }
  });
});
