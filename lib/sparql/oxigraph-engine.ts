import { EngineWorker } from "./engine-worker.ts";
import { DEFAULT_LIMITS, type EngineLimits } from "./limits.ts";
import { SparqlProblem } from "./problem.ts";
import { readSnapshot, type DataSource, type Snapshot } from "./source.ts";
import type { Answer, Coverage, EngineQuery, SparqlEngine } from "./types.ts";

export interface EngineOptions extends Partial<EngineLimits> {
  /** The worker's script, for those who bundle; by default the module beside this one. */
  readonly worker?: URL;
  /** Told when a worker could not be replaced; the next query tries again. */
  readonly onError?: (error: unknown) => void;
}

interface Waiting {
  readonly take: (worker: EngineWorker) => void;
  readonly refuse: (problem: SparqlProblem) => void;
}

/**
 * Oxigraph in worker threads. A query that runs beyond a limit is stopped by ending its thread; the others go on, and
 * a new thread is loaded from the snapshot in memory. `replace` swaps the data under the running endpoint: every query
 * sees either the old data or the new.
 */
export class OxigraphEngine implements SparqlEngine {
  readonly #limits: EngineLimits;
  readonly #script: URL;
  readonly #onError: (error: unknown) => void;
  readonly #idle: EngineWorker[] = [];
  readonly #waiting: Waiting[] = [];
  #snapshot: Snapshot;
  #coverage: Coverage | undefined;
  /** Workers idle, busy and starting, of the present snapshot. */
  #count = 0;
  #closed = false;

  private constructor(snapshot: Snapshot, { worker, onError, ...limits }: EngineOptions) {
    this.#snapshot = snapshot;
    this.#limits = { ...DEFAULT_LIMITS, ...limits };
    this.#script = worker ?? new URL("./worker.ts", import.meta.url);
    this.#onError = onError ?? (() => undefined);
  }

  /** Reads the source and loads it. @throws CommuniqueError where it is too large or no N-Quads. */
  static async open(source: DataSource, options: EngineOptions = {}): Promise<OxigraphEngine> {
    const snapshot = await readSnapshot(source, options.sourceBytes ?? DEFAULT_LIMITS.sourceBytes);
    const engine = new OxigraphEngine(snapshot, options);
    await engine.#fill(snapshot);
    return engine;
  }

  /** Loads another source beside the present data, then swaps. Where loading fails, the present data stays. @throws CommuniqueError */
  async replace(source: DataSource): Promise<void> {
    await this.#fill(await readSnapshot(source, this.#limits.sourceBytes));
  }

  async query(query: EngineQuery, signal?: AbortSignal): Promise<Answer> {
    const worker = await this.#acquire(signal);
    try {
      return { body: await worker.query(query) };
    } finally {
      this.#release(worker);
    }
  }

  coverage(): Promise<Coverage> {
    if (this.#coverage === undefined) return Promise.reject(new Error("the engine has no data"));
    return Promise.resolve(this.#coverage);
  }

  /** Ends all threads; queries that wait are refused. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const waiting of this.#waiting.splice(0)) waiting.refuse(busy("The endpoint is shutting down."));
    await Promise.all(this.#idle.splice(0).map((worker) => worker.close()));
  }

  async #fill(snapshot: Snapshot): Promise<void> {
    const started = await Promise.allSettled(Array.from({ length: this.#limits.workers }, () => EngineWorker.start(snapshot, this.#limits, this.#script)));
    const workers = started.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
    const failed = started.find((result) => result.status === "rejected");
    if (failed !== undefined || this.#closed) {
      await Promise.all(workers.map((worker) => worker.close()));
      if (failed !== undefined) throw failed.reason;
      return;
    }
    const old = this.#idle.splice(0);
    this.#snapshot = snapshot;
    this.#coverage = workers[0]?.coverage;
    this.#count = workers.length;
    for (const worker of workers) this.#offer(worker);
    await Promise.all(old.map((worker) => worker.close()));
  }

  #acquire(signal: AbortSignal | undefined): Promise<EngineWorker> {
    if (this.#closed) return Promise.reject(busy("The endpoint is shutting down."));
    for (let worker = this.#idle.pop(); worker !== undefined; worker = this.#idle.pop()) {
      if (!worker.gone) return Promise.resolve(worker);
      this.#count--;
    }
    if (this.#count < this.#limits.workers) void this.#startOne();
    if (this.#waiting.length >= this.#limits.queue) return Promise.reject(busy("Too many queries are waiting. Try again in a moment."));
    return new Promise((resolve, reject) => {
      const leave = (problem: SparqlProblem): void => {
        const index = this.#waiting.indexOf(waiting);
        if (index >= 0) this.#waiting.splice(index, 1);
        waiting.refuse(problem);
      };
      const timer = setTimeout(() => leave(busy("The queries before this one took too long. Try again in a moment.")), this.#limits.waitMs);
      const aborted = (): void => leave(busy("The request was withdrawn."));
      const settle = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener("abort", aborted);
      };
      const waiting: Waiting = {
        take: (worker) => {
          settle();
          resolve(worker);
        },
        refuse: (problem) => {
          settle();
          reject(problem);
        },
      };
      signal?.addEventListener("abort", aborted);
      this.#waiting.push(waiting);
    });
  }

  #release(worker: EngineWorker): void {
    const current = worker.snapshot === this.#snapshot;
    if (current && !worker.gone && !this.#closed) {
      this.#offer(worker);
      return;
    }
    if (!worker.gone) void worker.close();
    if (!current) return;
    this.#count--;
    if (!this.#closed) void this.#startOne();
  }

  #offer(worker: EngineWorker): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#idle.push(worker);
    else next.take(worker);
  }

  async #startOne(): Promise<void> {
    const snapshot = this.#snapshot;
    this.#count++;
    try {
      this.#release(await EngineWorker.start(snapshot, this.#limits, this.#script));
    } catch (error) {
      if (snapshot === this.#snapshot) this.#count--;
      this.#onError(error);
    }
  }
}

function busy(message: string): SparqlProblem {
  return new SparqlProblem("busy", 503, message);
}
