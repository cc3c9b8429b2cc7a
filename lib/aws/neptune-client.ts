import { createHash, createHmac } from "node:crypto";
import { SignatureV4 } from "@smithy/signature-v4";
import type { JobStatus, Neptune } from "../neptune/types.ts";

export interface NeptuneClientOptions {
  /** `https://<cluster>:8182` */
  readonly endpoint: string;
  readonly region: string;
  /** Where the loader finds the keys that it is given. */
  readonly bucket: string;
  /** ARN of the role that the loader reads the bucket as. */
  readonly loaderRole: string;
  readonly credentials?: () => Promise<Credentials>;
}

interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** Longer than Neptune lets any statement run, which is two minutes unless it was set otherwise. */
const TIMEOUT = 150_000;
const RUNNING: readonly unknown[] = ["LOAD_NOT_STARTED", "LOAD_IN_QUEUE", "LOAD_IN_PROGRESS"];

/**
 * Neptune over HTTP, each request signed with the role's credentials (IAM authentication).
 *
 * @see https://docs.aws.amazon.com/neptune/latest/userguide/load-api-reference-load.html
 */
export class NeptuneClient implements Neptune {
  readonly #endpoint: URL;
  readonly #options: NeptuneClientOptions;
  readonly #signer: SignatureV4;

  constructor(options: NeptuneClientOptions) {
    this.#endpoint = new URL(options.endpoint);
    this.#options = options;
    this.#signer = new SignatureV4({ service: "neptune-db", region: options.region, credentials: options.credentials ?? fromEnvironment, sha256: Sha256 });
  }

  async update(sparql: string): Promise<void> {
    await this.#send("POST", "/sparql", "application/x-www-form-urlencoded", new URLSearchParams({ update: sparql }).toString());
  }

  async load(key: string): Promise<string> {
    const { bucket, loaderRole, region } = this.#options;
    const request = { source: `s3://${bucket}/${key}`, format: "nquads", iamRoleArn: loaderRole, region, mode: "NEW", failOnError: "TRUE", queueRequest: "TRUE" };
    const { loadId } = payloadOf(await this.#send("POST", "/loader", "application/json", JSON.stringify(request)));
    if (typeof loadId !== "string") throw new Error("Neptune's loader gave a job no id.");
    return loadId;
  }

  async status(job: string): Promise<JobStatus> {
    const { overallStatus } = payloadOf(await this.#send("GET", `/loader/${encodeURIComponent(job)}`));
    const status = isRecord(overallStatus) ? overallStatus["status"] : undefined;
    if (status === "LOAD_COMPLETED") return { state: "loaded" };
    return RUNNING.includes(status) ? { state: "running" } : { state: "failed", reason: String(status) };
  }

  async #send(method: "GET" | "POST", path: string, type?: string, body?: string): Promise<string> {
    const { protocol, hostname, port, host, origin } = this.#endpoint;
    const headers = { host, ...(type === undefined ? {} : { "content-type": type }) };
    const signed = await this.#signer.sign({ method, protocol, hostname, path, headers, ...(port === "" ? {} : { port: Number(port) }), ...(body === undefined ? {} : { body }) });
    const response = await fetch(origin + path, { method, headers: signed.headers, signal: AbortSignal.timeout(TIMEOUT), ...(body === undefined ? {} : { body }) });
    const text = await response.text();
    if (!response.ok) throw new Error(`Neptune answered ${response.status} to ${method} ${path.split("/").slice(0, 2).join("/")}: ${text.slice(0, 300)}`);
    return text;
  }
}

function payloadOf(text: string): Readonly<Record<string, unknown>> {
  const value: unknown = JSON.parse(text);
  const payload = isRecord(value) ? value["payload"] : undefined;
  if (!isRecord(payload)) throw new Error("Neptune's loader answered without a payload.");
  return payload;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

/** Lambda keeps a role's credentials in these variables, and starts anew when they change. */
function fromEnvironment(): Promise<Credentials> {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_SESSION_TOKEN: sessionToken } = process.env;
  if (accessKeyId === undefined || secretAccessKey === undefined) return Promise.reject(new Error("The environment has no AWS credentials."));
  return Promise.resolve({ accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) });
}

type Hash = ReturnType<typeof createHash | typeof createHmac>;
type Chunk = string | ArrayBuffer | ArrayBufferView;

/** Node's SHA-256 and HMAC in the form that the signer asks for. */
class Sha256 {
  readonly #secret: Uint8Array | string | undefined;
  #hash: Hash;

  constructor(secret?: Chunk) {
    this.#secret = secret === undefined ? undefined : bytesOf(secret);
    this.#hash = this.#start();
  }

  update(chunk: Chunk): void {
    this.#hash.update(bytesOf(chunk));
  }

  digest(): Promise<Uint8Array> {
    return Promise.resolve(this.#hash.digest());
  }

  reset(): void {
    this.#hash = this.#start();
  }

  #start(): Hash {
    return this.#secret === undefined ? createHash("sha256") : createHmac("sha256", this.#secret);
  }
}

function bytesOf(chunk: Chunk): Uint8Array | string {
  if (typeof chunk === "string") return chunk;
  return ArrayBuffer.isView(chunk) ? new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength) : new Uint8Array(chunk);
}
