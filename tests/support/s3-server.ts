import { execFile, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { CreateBucketCommand, DeleteBucketCommand, DeleteObjectsCommand, ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";

const VERSION = "1.8.0";
const MODULE = `github.com/versity/versitygw/cmd/versitygw@v${VERSION}`;
/** Compiling it the first time takes a minute or two; afterwards it is kept. */
const INSTALL_MS = 300_000;

export interface S3Server {
  /** What the SDK and `S3Store` read: endpoint, region, credentials. Given to child processes, or assigned to `process.env`. */
  readonly environment: Readonly<Record<string, string>>;
  /** A new bucket of a name that no other test has; gives the name. */
  createBucket(): Promise<string>;
  /** Ends the server and removes what it stored (of a server that was there already, the buckets made here). */
  stop(): Promise<void>;
}

/**
 * A real S3 server on loopback for tests: the one `S3_ENDPOINT` names where it is set (with `AWS_*` credentials), else versitygw, installed
 * with Go into a cache folder when first asked for. Undefined, after one line that says why, where it cannot be had.
 */
export async function startS3Server(): Promise<S3Server | undefined> {
  const given = process.env["S3_ENDPOINT"];
  try {
    return given === undefined ? await start(await install()) : serverAt({ S3_ENDPOINT: given }, () => Promise.resolve(), true);
  } catch (error) {
    process.stderr.write(`Tests of S3 are skipped: versitygw cannot be installed or started (${(error as Error).message.split("\n")[0]}).\n`);
    return undefined;
  }
}

/** The path of versitygw's program. */
async function install(): Promise<string> {
  const name = process.platform === "win32" ? "versitygw.exe" : "versitygw";
  const folder = join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "communique", "tools", `versitygw-${VERSION}`);
  const program = join(folder, name);
  if (existsSync(program)) return program;
  await mkdir(folder, { recursive: true });
  const building = await mkdtemp(join(folder, "build-"));
  try {
    await promisify(execFile)("go", ["install", "-ldflags=-s -w", MODULE], { env: { ...process.env, GOBIN: building, GOFLAGS: "" }, timeout: INSTALL_MS });
    await rename(join(building, name), program);
  } finally {
    await rm(building, { recursive: true, force: true });
  }
  return program;
}

async function start(program: string): Promise<S3Server> {
  const folder = await mkdtemp(join(tmpdir(), "communique-s3-"));
  const data = join(folder, "data");
  const versions = join(folder, "versions");
  await mkdir(data);
  await mkdir(versions);
  const port = await freePort();
  const [access, secret] = ["communique", "communique-secret"];
  const child = spawn(program, ["--access", access, "--secret", secret, "--port", `127.0.0.1:${port}`, "--health", "/health", "--quiet", "posix", "--versioning-dir", versions, data], { stdio: "ignore" });
  const ended = new Promise<void>((resolve) => {
    child.once("exit", () => resolve());
    child.once("error", () => resolve());
  });
  const kill = (): void => void child.kill("SIGKILL");
  process.once("exit", kill);
  const stop = async (): Promise<void> => {
    process.removeListener("exit", kill);
    child.kill();
    await ended;
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  const endpoint = `http://127.0.0.1:${port}`;
  if (!(await isHealthy(`${endpoint}/health`, () => child.exitCode !== null || child.pid === undefined))) {
    await stop();
    throw new Error("it does not answer");
  }
  return serverAt({ S3_ENDPOINT: endpoint, AWS_REGION: "us-east-1", AWS_ACCESS_KEY_ID: access, AWS_SECRET_ACCESS_KEY: secret }, stop, false);
}

function serverAt(environment: Record<string, string>, stop: () => Promise<void>, tidy: boolean): S3Server {
  const credentials = { accessKeyId: environment["AWS_ACCESS_KEY_ID"] ?? "", secretAccessKey: environment["AWS_SECRET_ACCESS_KEY"] ?? "" };
  const client = new S3Client({
    endpoint: environment["S3_ENDPOINT"] ?? "",
    forcePathStyle: true,
    region: environment["AWS_REGION"] ?? process.env["AWS_REGION"] ?? "us-east-1",
    ...(credentials.accessKeyId === "" ? {} : { credentials }),
  });
  const buckets: string[] = [];
  return {
    environment,
    async createBucket() {
      const name = `communique-test-${crypto.randomUUID()}`;
      await client.send(new CreateBucketCommand({ Bucket: name }));
      buckets.push(name);
      return name;
    },
    async stop() {
      if (tidy) for (const bucket of buckets) await remove(client, bucket);
      client.destroy();
      await stop();
    },
  };
}

async function remove(client: S3Client, bucket: string): Promise<void> {
  for (;;) {
    const { Contents } = await client.send(new ListObjectsV2Command({ Bucket: bucket }));
    if (Contents === undefined || Contents.length === 0) break;
    await client.send(new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects: Contents.map(({ Key }) => ({ Key })) } }));
  }
  await client.send(new DeleteBucketCommand({ Bucket: bucket }));
}

async function isHealthy(url: string, hasEnded: () => boolean): Promise<boolean> {
  for (let attempt = 0; attempt < 200 && !hasEnded(); attempt++) {
    const answer = await fetch(url).catch(() => undefined);
    await answer?.body?.cancel();
    if (answer?.ok === true) return true;
    await sleep(25);
  }
  return false;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
