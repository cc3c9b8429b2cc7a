import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ListObjectsV2Command, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { S3Articles } from "../../lib/aws/s3-articles.ts";
import { createConverter, type Converter } from "../../lib/convert/converter.ts";
import { createCatalogue, type Catalogue } from "../../lib/intake/catalogue.ts";
import { createConvert, type Convert } from "../../lib/intake/convert.ts";
import { writeBell } from "../../lib/intake/messages.ts";
import { createPublication } from "../../lib/publication/index.ts";
import { S3Store } from "../../lib/store/s3-store.ts";
import { SplitStore } from "../../lib/store/split-store.ts";
import { startCloudFormation, type CloudFormationServer } from "../support/cloudformation-server.ts";
import { communique, type Finished } from "../support/command.ts";
import { startS3Server } from "../support/s3-server.ts";

const BASE = "https://news.example/";
const PLENTY = { left: () => 100_000 };
const TEXT = "French President Emmanuel Macron met German Chancellor Olaf Scholz in Berlin on Tuesday, officials said.";

const server = await startS3Server();
describe.skipIf(server === undefined)("communique push", () => {
  let folder: string;
  let cloudFormation: CloudFormationServer;
  let environment: Record<string, string>;
  let stack: RunningStack;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "communique-push-"));
    cloudFormation = await startCloudFormation();
    environment = { ...server!.environment, ...cloudFormation.environment };
    const [articles, log, published] = [await server!.createBucket(), await server!.createBucket(), await server!.createBucket()];
    cloudFormation.stacks.set("Communique", { BaseUrl: BASE, ArticlesBucket: articles, LogBucket: log, PublishedBucket: published });
    cloudFormation.stacks.set("Other", { WebsiteUrl: BASE });
    stack = await startStack(environment, { articles, log, published });
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await stack?.stop();
    await cloudFormation?.stop();
    await server?.stop();
  });
  const write = (name: string, content: string): string => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  };
  /** Runs the command while the stack hears of what comes and goes. */
  const withStack = async (...args: string[]): Promise<Finished> => {
    const running = communique(args, { env: environment });
    let ended = false;
    void running.finally(() => (ended = true));
    while (!ended) {
      await stack.work();
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return running;
  };

  it("uploads articles, waits for the stack and prints where they are", async () => {
    const file = write("news.jsonl", [JSON.stringify({ id: "one", text: TEXT, published: "2024-03-06" }), JSON.stringify({ id: "two", text: "Japan and India agreed on a treaty, Kyodo reported." })].join("\n"));
    const pushed = await withStack("push", file, "--stack", "Communique", "--timeout", "60");
    expect(pushed).toEqual({ code: 0, stdout: `${BASE}article/one\n${BASE}article/two\n`, stderr: "" });
    expect(await stack.published.get("article/one.ttl")).toBeDefined();
    const again = await withStack("push", write("one.json", JSON.stringify({ id: "one", text: `${TEXT} Talks go on.` })), "--stack", "Communique", "--timeout", "60");
    expect([again.code, again.stdout]).toEqual([0, `${BASE}article/one\n`]);
    expect(Buffer.from((await stack.published.get("text/one.txt"))!.body).toString()).toContain("Talks go on.");
  }, 60_000);

  it("waits for what it uploaded, also where the command line dates it", async () => {
    const pushed = await withStack("push", write("dated.txt", TEXT), "--published", "2024-03-06", "--stack", "Communique", "--timeout", "5");
    expect([pushed.code, pushed.stderr]).toEqual([0, ""]);
    expect(pushed.stdout).toMatch(/^https:\/\/news\.example\/article\/dated-[0-9a-f]{8}\n$/);
  }, 60_000);

  it("says why an article was refused, and publishes the others", async () => {
    await stack.drop("in/news/taken.json", JSON.stringify({ id: "taken", text: "Brazil said it would host the talks.", url: "https://news.example/brazil" }));
    await stack.work();
    const files = [write("taken.json", JSON.stringify({ id: "taken", text: TEXT, url: "https://news.example/paris" })), write("broken.json", "{"), write("fine.json", JSON.stringify({ id: "fine", text: TEXT }))];
    const { code, stdout, stderr } = await withStack("push", ...files, "--stack", "Communique", "--timeout", "60");
    expect([code, stdout]).toEqual([2, `${BASE}article/fine\n`]);
    expect(stderr.split("\n").sort()).toEqual(["", expect.stringMatching(/broken\.json: .*\[input-malformed\]$/), expect.stringMatching(/taken\.json: .*\[article-duplicate\]$/)]);
    // The reason stays where it lies; what is put right is published nevertheless.
    const mended = await withStack("push", write("taken.json", JSON.stringify({ id: "taken", text: TEXT, url: "https://news.example/brazil" })), "--stack", "Communique", "--timeout", "60");
    expect([mended.code, mended.stdout, mended.stderr]).toEqual([0, `${BASE}article/taken\n`, ""]);
  }, 60_000);

  it("withdraws what was pushed, and nothing that came otherwise", async () => {
    await stack.drop("in/news/many.jsonl", JSON.stringify({ id: "of-many", text: TEXT }));
    await withStack("push", write("gone.json", JSON.stringify({ id: "gone", text: TEXT })), "--stack", "Communique", "--timeout", "60");
    const { code, stdout, stderr } = await withStack("withdraw", "gone", "of-many", "never", "--stack", "Communique", "--timeout", "60");
    expect([code, stdout]).toEqual([2, "Withdrew gone\n"]);
    expect(stderr).toMatch(/"of-many" was not pushed: delete the object that it came from, under s3:\/\/[\w-]+\/in\//);
    expect(stderr).toMatch(/no article "never" is published here/);
    expect(await stack.published.get("text/gone.txt")).toMatchObject({ cacheControl: expect.stringContaining("withdrawn") as string });
    expect(await stack.published.get("article/of-many.ttl")).toBeDefined();
  }, 60_000);

  it("only uploads where nobody waits, and says so where the stack does nothing in time", async () => {
    const file = write("later.json", JSON.stringify({ id: "later", text: TEXT }));
    expect(await communique(["push", file, "--stack", "Communique", "--no-wait"], { env: environment })).toEqual({ code: 0, stdout: "Uploaded 1 article to Communique\n", stderr: "" });
    const { code, stdout, stderr } = await communique(["push", file, "--stack", "Communique", "--timeout", "1"], { env: environment });
    expect([code, stdout]).toEqual([3, ""]);
    expect(stderr).toMatch(/^communique: 1 article is uploaded but not published yet, .*\[push-pending\]\n$/);
    await stack.work();
    expect(await stack.published.get("article/later.ttl")).toBeDefined();
  }, 60_000);

  it("checks and rebuilds what a stack has published", async () => {
    const rebuilt = await communique(["rebuild", "--stack", "Communique"], { env: environment });
    expect([rebuilt.code, rebuilt.stderr]).toEqual([0, ""]);
    const checked = await communique(["check", "--stack", "Communique"], { env: environment });
    expect([checked.code, checked.stderr]).toEqual([0, ""]);
    expect(checked.stdout).toMatch(/^All is well: \d+ articles/);
  }, 60_000);

  it.each([
    ["an unknown stack", ["--stack", "Nowhere"], {}, /There is no stack "Nowhere" in this account and region/],
    ["a stack of another kind", ["--stack", "Other"], {}, /The stack "Other" \(CREATE_COMPLETE\) has no output BaseUrl, ArticlesBucket, LogBucket, PublishedBucket: /],
    ["no region", ["--stack", "Communique"], { AWS_REGION: "", AWS_DEFAULT_REGION: "", AWS_CONFIG_FILE: "/none" }, /AWS_REGION must say in which region/],
    ["no credentials", ["--stack", "Communique"], { AWS_ACCESS_KEY_ID: "", AWS_SECRET_ACCESS_KEY: "", AWS_SHARED_CREDENTIALS_FILE: "/none", AWS_CONFIG_FILE: "/none", AWS_EC2_METADATA_DISABLED: "true" }, /There are no credentials for AWS/],
    ["a place and a stack", ["--stack", "Communique", "somewhere"], {}, /one of them/],
  ])("refuses %s with words that help", async (_, args, variables, message) => {
    const command = args.length > 2 ? ["check"] : ["push", write("x.txt", TEXT)];
    const { code, stdout, stderr } = await communique([...command, ...args], { env: { ...environment, ...variables } });
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(message);
    expect(stderr.trimEnd().split("\n")).toHaveLength(1);
  });

  it("says which right is lacking", async () => {
    cloudFormation.refuse = [403, "AccessDenied", "User is not authorized to perform cloudformation:DescribeStacks"];
    const { code, stderr } = await communique(["push", write("x.txt", TEXT), "--stack", "Communique"], { env: environment });
    cloudFormation.refuse = undefined;
    expect(code).toBe(2);
    expect(stderr).toMatch(/may not ask about the stack "Communique" \(cloudformation:DescribeStacks\).*\[stack-invalid\]\n$/);
  });
});

interface RunningStack {
  readonly published: S3Store;
  drop(key: string, body: string): Promise<void>;
  /** Hears of all that came, changed or went since the last time, and publishes it. */
  work(): Promise<void>;
  stop(): Promise<void>;
}

/** The intake of a stack in this process: its bells are what lies in the bucket, its queues are lists. */
async function startStack(environment: Record<string, string>, buckets: { readonly articles: string; readonly log: string; readonly published: string }): Promise<RunningStack> {
  const client = new S3Client({
    endpoint: environment["S3_ENDPOINT"] ?? "", forcePathStyle: true, region: "us-east-1", maxAttempts: 1,
    credentials: { accessKeyId: environment["AWS_ACCESS_KEY_ID"] ?? "", secretAccessKey: environment["AWS_SECRET_ACCESS_KEY"] ?? "" },
  });
  const published = new S3Store(buckets.published, "", { client });
  const store = new SplitStore({ prefix: "log/", part: new S3Store(buckets.log, "", { client }), rest: published });
  const source = new S3Articles(buckets.articles, client);
  const converter: Converter = await createConverter();
  const publication = createPublication({ store, base: BASE, gazetteer: converter.gazetteer });
  const committing: string[] = [];
  const nowhere = { send: () => Promise.resolve() };
  const convert: Convert = createConvert({ bucket: buckets.articles, source, reasons: source, store, publication, converter, catalogue: { send: (bodies) => Promise.resolve(void committing.push(...bodies)) }, dead: nowhere });
  const catalogue: Catalogue = createCatalogue({ bucket: buckets.articles, publication, articles: nowhere });
  const heard = new Map<string, string>();
  let events = 0;
  return {
    published,
    async drop(key, body) {
      await client.send(new PutObjectCommand({ Bucket: buckets.articles, Key: key, Body: body }));
    },
    async work() {
      const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket: buckets.articles, Prefix: "in/" }));
      const now = new Map(Contents.map(({ Key = "", ETag = "", LastModified }) => [Key, `${ETag} ${LastModified?.getTime()}`]));
      const changed = [...new Set([...now.keys(), ...heard.keys()])].filter((key) => now.get(key) !== heard.get(key));
      for (const key of changed) {
        await convert(writeBell({ bucket: buckets.articles, key, deleted: !now.has(key), sequencer: (++events).toString(16).padStart(16, "0") }), PLENTY);
        heard.delete(key);
        const stamp = now.get(key);
        if (stamp !== undefined) heard.set(key, stamp);
      }
      const batch = committing.splice(0).map((body, index) => ({ messageId: String(index), receives: 1, body }));
      const { errors } = await catalogue(batch, PLENTY);
      expect(errors).toEqual([]);
    },
    async stop() {
      await converter.close();
      client.destroy();
    },
  };
}
