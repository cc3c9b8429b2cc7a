import { spawn, type ChildProcess } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const RUNTIME_CLIENT = fileURLToPath(new URL("../../node_modules/aws-lambda-ric/index.mjs", import.meta.url));
const NATIVE_CLIENT = new URL("lambda-client.ts", import.meta.url).href;
const RUNTIME = "/2018-06-01/runtime";

export interface FunctionOptions {
  /** The module that exports `handler`: a source file (`functions/convert.ts`), or a file of a bundle. */
  readonly module: string;
  /** The folder that is the function's root and working folder, as for a bundle; else a folder of its own that holds nothing more. */
  readonly root?: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** What it is killed after, in milliseconds; 20 s unless given. An invocation may have another. */
  readonly timeout?: number;
  readonly memory?: number;
}

/** The answer of a handler, as it came. Of a streamed one `prelude` holds status and headers. */
export interface Answered {
  readonly outcome: "answered";
  readonly body: Buffer;
  readonly contentType: string;
  readonly prelude?: { readonly statusCode?: number; readonly headers?: Record<string, string>; readonly cookies?: readonly string[] };
  /** In how many pieces the body of a streamed answer came. */
  readonly pieces: number;
  /** What a stream that failed midway says at its end. */
  readonly failure?: string;
}

export type Invocation =
  | Answered
  | { readonly outcome: "failed"; readonly type: string; readonly message: string }
  /** It ran past its time and was killed, as Lambda does. */
  | { readonly outcome: "timed-out" }
  /** The process ended by itself. */
  | { readonly outcome: "exited"; readonly code: number | null; readonly signal: NodeJS.Signals | null };

export interface LambdaFunction {
  /** Milliseconds from the start of the process until it asked for its first event. */
  readonly initTime: number;
  /** What it wrote to its log so far, of all its processes. */
  readonly log: string;
  /** One event at a time, as Lambda does. A process that is gone is started again first. */
  invoke(event: unknown, options?: { readonly timeout?: number }): Promise<Invocation>;
  /** Kills the process, as a crash of its machine would. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Runs a handler as Lambda does: in a process of its own, inside the real runtime interface client, over a Runtime API on loopback. Nothing of the
 * environment of the tests gets into it.
 *
 * @throws Error where it does not get through its initialisation, with what it told Lambda.
 */
export async function startFunction(options: FunctionOptions): Promise<LambdaFunction> {
  const own = options.root === undefined ? await mkdtemp(join(tmpdir(), "communique-function-")) : undefined;
  const runtime = await RuntimeApi.listen();
  const sandbox = new Sandbox(options, own, runtime);
  try {
    await sandbox.start();
  } catch (error) {
    await sandbox.stop();
    throw error;
  }
  return sandbox;
}

/** The answer's body as JSON, of a handler that must have answered. */
export function resultOf(invocation: Invocation): unknown {
  if (invocation.outcome !== "answered") throw new Error(`the function did not answer: ${JSON.stringify(invocation)}`);
  return JSON.parse(invocation.body.toString("utf8"));
}

class Sandbox implements LambdaFunction {
  initTime = 0;
  log = "";
  readonly #options: FunctionOptions;
  readonly #own: string | undefined;
  readonly #runtime: RuntimeApi;
  #child: ChildProcess | undefined;
  #ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }> = Promise.resolve({ code: 0, signal: null });

  constructor(options: FunctionOptions, own: string | undefined, runtime: RuntimeApi) {
    this.#options = options;
    this.#own = own;
    this.#runtime = runtime;
  }

  async start(): Promise<void> {
    const root = this.#options.root ?? this.#own ?? "";
    let handler = this.#options.module.replace(/\.\w+$/, ".handler");
    if (this.#own !== undefined) {
      await writeFile(join(root, "index.mjs"), `export { handler } from ${JSON.stringify(pathToFileURL(this.#options.module).href)};\n`);
      handler = "index.handler";
    }
    const begun = performance.now();
    const ready = this.#runtime.expectStart();
    const child = spawn(process.execPath, ["--import", NATIVE_CLIENT, RUNTIME_CLIENT], { cwd: root, env: this.#environment(root, handler) });
    this.#child = child;
    const kill = (): void => void child.kill("SIGKILL");
    process.once("exit", kill);
    this.#ended = new Promise((resolve) => {
      child.once("exit", (code, signal) => {
        process.removeListener("exit", kill);
        if (this.#child === child) this.#child = undefined;
        resolve({ code, signal });
      });
    });
    child.stdout.setEncoding("utf8").on("data", (text: string) => (this.log += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (this.log += text));
    const failed = this.#ended.then(({ code, signal }) => {
      throw new Error(`the function ended in its initialisation (${code ?? signal ?? ""}): ${this.#runtime.initError ?? this.log}`);
    });
    failed.catch(() => undefined);
    await Promise.race([ready, failed]);
    this.initTime = performance.now() - begun;
  }

  async invoke(event: unknown, { timeout = this.#options.timeout ?? 20_000 }: { readonly timeout?: number } = {}): Promise<Invocation> {
    if (this.#child === undefined) await this.start();
    const answer = this.#runtime.invoke(event, timeout);
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<Invocation>((resolve) => {
      timer = setTimeout(() => resolve({ outcome: "timed-out" }), timeout);
    });
    const gone = this.#ended.then(({ code, signal }): Invocation => ({ outcome: "exited", code, signal }));
    const invocation = await Promise.race([answer, late, gone]);
    clearTimeout(timer);
    if (invocation.outcome === "timed-out") await this.kill();
    if (invocation.outcome === "timed-out" || invocation.outcome === "exited") this.#runtime.forget();
    return invocation;
  }

  async kill(): Promise<void> {
    this.#child?.kill("SIGKILL");
    await this.#ended;
    this.#child = undefined;
  }

  async stop(): Promise<void> {
    await this.kill();
    await this.#runtime.close();
    if (this.#own !== undefined) await rm(this.#own, { recursive: true, force: true });
  }

  #environment(root: string, handler: string): Record<string, string> {
    return {
      PATH: process.env["PATH"] ?? "",
      LANG: "en_US.UTF-8",
      TZ: ":UTC",
      _HANDLER: handler,
      LAMBDA_TASK_ROOT: root,
      AWS_LAMBDA_RUNTIME_API: this.#runtime.address,
      AWS_LAMBDA_FUNCTION_NAME: "function",
      AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(this.#options.memory ?? 1769),
      AWS_LAMBDA_LOG_GROUP_NAME: "/aws/lambda/function",
      AWS_LAMBDA_LOG_STREAM_NAME: "stream",
      AWS_LAMBDA_INITIALIZATION_TYPE: "on-demand",
      AWS_EXECUTION_ENV: "AWS_Lambda_nodejs24.x",
      AWS_REGION: "us-east-1",
      AWS_XRAY_CONTEXT_MISSING: "LOG_ERROR",
      ...this.#options.environment,
    };
  }
}

interface Waiting {
  readonly id: string;
  readonly event: string;
  readonly deadline: number;
  resolve(invocation: Invocation): void;
}

/** One function's Runtime API. */
class RuntimeApi {
  initError: string | undefined;
  readonly #server = createServer((request, response) => this.#route(request, response));
  #started: () => void = () => undefined;
  #idle: ServerResponse | undefined;
  #waiting: Waiting | undefined;
  #count = 0;

  static async listen(): Promise<RuntimeApi> {
    const api = new RuntimeApi();
    // Answers may be long in coming.
    api.#server.requestTimeout = 0;
    await new Promise<void>((resolve) => api.#server.listen(0, "127.0.0.1", resolve));
    return api;
  }

  get address(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  expectStart(): Promise<void> {
    this.initError = undefined;
    return new Promise((resolve) => (this.#started = resolve));
  }

  invoke(event: unknown, timeout: number): Promise<Invocation> {
    return new Promise((resolve) => {
      this.#waiting = { id: `00000000-0000-4000-8000-${String(++this.#count).padStart(12, "0")}`, event: JSON.stringify(event), deadline: Date.now() + timeout, resolve };
      this.#handOver();
    });
  }

  forget(): void {
    this.#waiting = undefined;
    this.#idle = undefined;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #route(request: IncomingMessage, response: ServerResponse): void {
    const path = request.url ?? "";
    if (path === `${RUNTIME}/invocation/next`) {
      this.#idle = response;
      this.#started();
      this.#handOver();
      return;
    }
    void this.#take(request, path).finally(() => response.writeHead(202, { "content-type": "application/json" }).end('{"status":"OK"}'));
  }

  #handOver(): void {
    const [response, waiting] = [this.#idle, this.#waiting];
    if (response === undefined || waiting === undefined) return;
    this.#idle = undefined;
    const seconds = Math.floor(Date.now() / 1000).toString(16);
    response.writeHead(200, {
      "content-type": "application/json",
      "lambda-runtime-aws-request-id": waiting.id,
      "lambda-runtime-deadline-ms": String(waiting.deadline),
      "lambda-runtime-invoked-function-arn": "arn:aws:lambda:us-east-1:123456789012:function:function",
      "lambda-runtime-trace-id": `Root=1-${seconds}-${"0".repeat(24)};Parent=${"0".repeat(16)};Sampled=0`,
    });
    response.end(waiting.event);
  }

  async #take(request: IncomingMessage, path: string): Promise<void> {
    const pieces: Buffer[] = [];
    try {
      for await (const piece of request) pieces.push(piece as Buffer);
    } catch {
      // The process died while it was writing; that it did is told by its end.
      return;
    }
    const body = Buffer.concat(pieces);
    if (path === `${RUNTIME}/init/error`) {
      this.initError = body.toString("utf8");
      return;
    }
    const [, id, kind] = /\/invocation\/([^/]+)\/(response|error)$/.exec(path) ?? [];
    const waiting = this.#waiting;
    if (waiting === undefined || id !== waiting.id) return;
    this.#waiting = undefined;
    waiting.resolve(kind === "error" ? failed(body) : answered(request, body, pieces.length));
  }
}

function failed(body: Buffer): Invocation {
  const { errorType = "", errorMessage = "" } = JSON.parse(body.toString("utf8")) as { errorType?: string; errorMessage?: string };
  return { outcome: "failed", type: errorType, message: errorMessage };
}

function answered({ headers, trailers }: IncomingMessage, body: Buffer, pieces: number): Answered {
  const contentType = headers["content-type"] ?? "";
  const error = trailers["lambda-runtime-function-error-body"];
  const failure = error === undefined ? {} : { failure: Buffer.from(error, "base64").toString("utf8") };
  if (contentType !== "application/vnd.awslambda.http-integration-response") return { outcome: "answered", body, contentType, pieces, ...failure };
  // A prelude in JSON, eight NULs, then what the client gets.
  const end = body.indexOf("\0".repeat(8));
  const prelude = JSON.parse(body.subarray(0, end).toString("utf8")) as NonNullable<Answered["prelude"]>;
  return { outcome: "answered", body: body.subarray(end + 8), contentType, prelude, pieces, ...failure };
}
