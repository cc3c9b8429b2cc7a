import { EngineWorker } from "./engine-worker.ts";
import { DEFAULT_LIMITS, type EngineLimits } from "./limits.ts";
import { SparqlProblem } from "./problem.ts";
import { readSnapshot, type DataSource, type Snapshot } from "./source.ts";
import type { Answer, Coverage, EngineQuery, SparqlEngine } from "./types.ts";

export interface EngineOptions extends Partial<EngineLimits> {
  /** The worker's script: by default the module beside this one, in a bundle `worker.mjs` beside that. */
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
 * a new thread is loaded from the snapshot in memory. `update` and `replace` change the data under the running endpoint, one call at a
 * time: every query sees either the old data or the new.
 */
export class OxigraphEngine implements SparqlEngine {
  readonly #limits: EngineLimits;
  readonly #script: URL;
  readonly #onError: (error: unknown) => void;
  /** Those that answer, idle or busy. */
  readonly #workers = new Set<EngineWorker>();
  readonly #idle: EngineWorker[] = [];
  readonly #waiting: Waiting[] = [];
  #starting = 0;
  #snapshot: Snapshot;
  #coverage: Coverage | undefined;
  #closed = false;

  private constructor(snapshot: Snapshot, { worker, onError, ...limits }: EngineOptions) {
    this.#snapshot = snapshot;
    this.#limits = { ...DEFAULT_LIMITS, ...limits };
    this.#script = worker ?? new URL(`./worker${import.meta.url.endsWith(".ts") ? ".ts" : ".mjs"}`, import.meta.url);
    this.#onError = onError ?? (() => undefined);
  }

  /** Reads the source and loads it. @throws CommuniqueError where it is too large or no N-Quads. */
  static async open(source: DataSource, options: EngineOptions = {}): Promise<OxigraphEngine> {
    const snapshot = await readSnapshot(source, { ...DEFAULT_LIMITS, ...options });
    const engine = new OxigraphEngine(snapshot, options);
    await engine.#fill(snapshot);
    return engine;
  }

  /** Loads another source beside the present data, then swaps. Where loading fails, the present data stays. @throws CommuniqueError */
  async replace(source: DataSource): Promise<void> {
    await this.#fill(await readSnapshot(source, this.#limits));
  }

  /**
   * Changes the data to another source's, of which only parts of names not seen before are read, by what they have more and less than the
   * parts they replace. One worker goes first, between two queries, and where it has the new data all others follow before they answer
   * again. Where the change is too large for that, each starts anew; the memory needed is never that of two sets of data. Where the new
   * data cannot be loaded, the present data stays. @throws CommuniqueError; SparqlProblem "busy" where queries took too long
   */
  async update(source: DataSource): Promise<void> {
    const next = await readSnapshot(source, this.#limits, this.#snapshot);
    const first = await this.#acquire({ first: true });
    let updated: EngineWorker;
    try {
      updated = (await first.update(next)) ? first : await this.#restart(first, next);
    } catch (error) {
      this.#release(first);
      this.#startMissing();
      throw error;
    }
    this.#snapshot = next;
    this.#coverage = updated.coverage;
    this.#release(updated);
    for (const worker of this.#idle.splice(0)) this.#release(worker);
  }

  async query(query: EngineQuery, signal?: AbortSignal): Promise<Answer> {
    const worker = await this.#acquire({ signal });
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
    this.#workers.clear();
    for (const worker of workers) this.#join(worker);
    await Promise.all(old.map((worker) => worker.close()));
  }

  /** Waits for a worker: behind the queries that came before, or as the `first`. */
  #acquire({ signal, first = false }: { readonly signal?: AbortSignal | undefined; readonly first?: boolean }): Promise<EngineWorker> {
    if (this.#closed) return Promise.reject(busy("The endpoint is shutting down."));
    for (let worker = this.#idle.pop(); worker !== undefined; worker = this.#idle.pop()) {
      if (!worker.gone) return Promise.resolve(worker);
      this.#workers.delete(worker);
    }
    this.#startMissing();
    if (!first && this.#waiting.length >= this.#limits.queue) return Promise.reject(busy("Too many queries are waiting. Try again in a moment."));
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
      if (first) this.#waiting.unshift(waiting);
      else this.#waiting.push(waiting);
    });
  }

  /** Takes a worker back: for the next query, after it has the present data. */
  #release(worker: EngineWorker): void {
    const ours = this.#workers.has(worker);
    if (ours && !worker.gone && !this.#closed) {
      if (worker.snapshot === this.#snapshot) this.#offer(worker);
      else void this.#refresh(worker);
      return;
    }
    this.#workers.delete(worker);
    if (!worker.gone) void worker.close();
    if (ours) this.#startMissing();
  }

  async #refresh(worker: EngineWorker): Promise<void> {
    try {
      if (!(await worker.update(this.#snapshot))) await worker.close();
    } catch (error) {
      this.#onError(error);
    }
    this.#release(worker);
  }

  #offer(worker: EngineWorker): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#idle.push(worker);
    else next.take(worker);
  }

  #join(worker: EngineWorker): void {
    if (this.#workers.size < this.#limits.workers) this.#workers.add(worker);
    this.#release(worker);
  }

  #startMissing(): void {
    while (!this.#closed && this.#workers.size + this.#starting < this.#limits.workers) {
      void this.#start(this.#snapshot).then((worker) => this.#join(worker), this.#onError);
    }
  }

  /** Another worker with other data in this one's place, which ends first. */
  async #restart(worker: EngineWorker, snapshot: Snapshot): Promise<EngineWorker> {
    this.#workers.delete(worker);
    const started = await this.#start(snapshot, worker);
    this.#workers.add(started);
    return started;
  }

  async #start(snapshot: Snapshot, ended?: EngineWorker): Promise<EngineWorker> {
    this.#starting++;
    try {
      await ended?.close();
      return await EngineWorker.start(snapshot, this.#limits, this.#script);
    } finally {
      this.#starting--;
    }
  }
}

function busy(message: string): SparqlProblem {
  return new SparqlProblem("busy", 503, message);
}
