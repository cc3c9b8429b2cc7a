import { Worker } from "node:worker_threads";
import { CommuniqueError } from "../errors/communique-error.ts";
import type { EngineLimits } from "./limits.ts";
import { SparqlProblem } from "./problem.ts";
import type { Snapshot } from "./source.ts";
import type { Coverage, EngineQuery } from "./types.ts";
import type { WorkerMessage, WorkerStart, WorkerUpdate } from "./worker-protocol.ts";

/** V8's heap of one worker; it holds an answer as text and as bytes. */
const HEAP_MEGABYTES = 512;

/** A loaded store in a thread of its own, which answers one query at a time. */
export class EngineWorker {
  #snapshot: Snapshot;
  #coverage: Coverage;
  readonly #worker: Worker;
  readonly #limits: EngineLimits;
  #gone = false;

  private constructor(worker: Worker, snapshot: Snapshot, coverage: Coverage, limits: EngineLimits) {
    this.#worker = worker;
    this.#snapshot = snapshot;
    this.#coverage = coverage;
    this.#limits = limits;
    worker.once("exit", () => (this.#gone = true));
    // A thread may fail between two queries too; the next one finds it gone.
    worker.on("error", () => (this.#gone = true));
  }

  /** Resolves when the data is loaded. @throws CommuniqueError where it cannot be. */
  static async start(snapshot: Snapshot, limits: EngineLimits, script: URL): Promise<EngineWorker> {
    const { memoryMegabytes, quads, rows, answerBytes } = limits;
    const start: WorkerStart = { snapshot, memoryMegabytes, quads, rows, answerBytes };
    const worker = new Worker(script, { workerData: start, resourceLimits: { maxOldGenerationSizeMb: HEAP_MEGABYTES } });
    const message = await nextMessage(worker);
    if (message?.type === "ready") return new EngineWorker(worker, snapshot, message.coverage, limits);
    await worker.terminate();
    throw unloadable(message, limits);
  }

  /** What it has loaded. */
  get snapshot(): Snapshot {
    return this.#snapshot;
  }

  get coverage(): Coverage {
    return this.#coverage;
  }

  /** No longer fit to answer: its thread has ended. */
  get gone(): boolean {
    return this.#gone;
  }

  /** @throws SparqlProblem. After a timeout, a trap or a lack of memory the worker is `gone`. */
  async query(query: EngineQuery): Promise<Uint8Array<ArrayBuffer>> {
    const { timeoutMs } = this.#limits;
    const timeout = new AbortController();
    const timer = setTimeout(() => timeout.abort(), timeoutMs);
    const answer = nextMessage(this.#worker, timeout.signal);
    this.#worker.postMessage(query);
    const message = await answer;
    clearTimeout(timer);
    if (message?.type === "answer") return new Uint8Array(message.body);
    if (message?.type === "problem") throw new SparqlProblem(message.code, message.status, message.message);
    await this.close();
    if (timeout.signal.aborted) {
      throw new SparqlProblem("query-timeout", 503, `The query took longer than ${timeoutMs / 1000} seconds and was stopped. The dumps hold all of the data for a store of your own.`);
    }
    throw new SparqlProblem("query-too-complex", 400, "The query needs more memory, or nests deeper, than this endpoint allows one query.");
  }

  /**
   * Changes the data to another snapshot's. False where only a new worker can take it, and this one is as it was.
   * @throws CommuniqueError where the data cannot be loaded; the worker is `gone` then.
   */
  async update(snapshot: Snapshot): Promise<boolean> {
    const answer = nextMessage(this.#worker);
    this.#worker.postMessage({ snapshot } satisfies WorkerUpdate);
    const message = await answer;
    if (message?.type === "kept") return false;
    if (message?.type !== "updated") {
      await this.close();
      throw unloadable(message, this.#limits);
    }
    this.#snapshot = snapshot;
    this.#coverage = message.coverage;
    return true;
  }

  async close(): Promise<void> {
    this.#gone = true;
    await this.#worker.terminate();
  }
}

function unloadable(message: WorkerMessage | undefined, { memoryMegabytes }: EngineLimits): CommuniqueError {
  if (message?.type === "unloadable") return new CommuniqueError(message.code, message.message, { location: message.location });
  return new CommuniqueError("input-too-large", `The data does not fit into ${memoryMegabytes} MB of memory`);
}

/** What the thread says next; undefined where it ends first, or time is up. */
function nextMessage(worker: Worker, signal?: AbortSignal): Promise<WorkerMessage | undefined> {
  return new Promise((resolve) => {
    const settle = (message?: WorkerMessage): void => {
      worker.off("message", settle).off("exit", ended).off("error", ended);
      signal?.removeEventListener("abort", ended);
      resolve(message);
    };
    const ended = (): void => settle();
    worker.on("message", settle).on("exit", ended).on("error", ended);
    signal?.addEventListener("abort", ended);
  });
}
