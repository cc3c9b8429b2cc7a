import { fork, type ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Article } from "../article/types.ts";
import type { Rendered } from "../convert/render.ts";
import { fromFailure, type Answer, type Task, type WorkerSettings } from "./worker-protocol.ts";

/** Converts articles in this process or in several; the results are the same. */
export interface Engine {
  /** How many articles are worth having under way at once. */
  readonly width: number;
  render(article: Article): Promise<Rendered>;
  close(): Promise<void>;
}

export async function openEngine(settings: WorkerSettings, jobs: number): Promise<Engine> {
  return jobs > 1 ? new WorkerPool(settings, jobs) : await singleProcess(settings);
}

async function singleProcess(settings: WorkerSettings): Promise<Engine> {
  // Loaded here because with workers this process needs no model.
  const [{ createConverter }, { render }] = await Promise.all([import("../convert/converter.ts"), import("../convert/render.ts")]);
  const converter = await createConverter(settings.converter);
  return {
    width: 1,
    render: (article) => render(converter, article, settings.render),
    close: () => converter.close(),
  };
}

/** A worker is lost, and what it had under way: no article can be converted any more. */
export class EngineFailure extends Error {
  override readonly name = "EngineFailure";
}

interface Pending {
  readonly id: string;
  readonly resolve: (rendered: Rendered) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Worker processes with a converter each. Processes rather than threads: where native code or memory fails in one, the
 * others and this one live to say so. The run then fails.
 */
class WorkerPool implements Engine {
  readonly width: number;
  readonly #workers: { readonly child: ChildProcess; readonly pending: Map<number, Pending> }[];
  #next = 0;
  #failure: EngineFailure | undefined;

  constructor(settings: WorkerSettings, jobs: number) {
    this.width = jobs * 2;
    this.#workers = Array.from({ length: jobs }, () => this.#start(settings));
  }

  render(article: Article): Promise<Rendered> {
    if (this.#failure !== undefined) return Promise.reject(this.#failure);
    const worker = this.#workers.reduce((least, other) => (other.pending.size < least.pending.size ? other : least));
    const task: Task = { id: this.#next++, article };
    return new Promise((resolve, reject) => {
      worker.pending.set(task.id, { id: article.id, resolve, reject });
      worker.child.send(task);
    });
  }

  close(): Promise<void> {
    this.#failure ??= new EngineFailure("the workers have been closed");
    for (const { child } of this.#workers) if (child.connected) child.disconnect();
    return Promise.resolve();
  }

  #start(settings: WorkerSettings): { child: ChildProcess; pending: Map<number, Pending> } {
    // "advanced" is the structured clone algorithm: it keeps lone surrogates and the like, which JSON would not.
    const child = fork(fileURLToPath(new URL("./worker.ts", import.meta.url)), [], {
      serialization: "advanced",
      // As bin/communique.mjs does for this process: a small heap, and no warning of running TypeScript (Node before 24.3).
      execArgv: [...process.execArgv, "--optimize-for-size", "--disable-warning=ExperimentalWarning"],
    });
    const pending = new Map<number, Pending>();
    child.on("message", (answer: Answer) => {
      const waiting = pending.get(answer.id);
      pending.delete(answer.id);
      if ("rendered" in answer) waiting?.resolve(answer.rendered);
      else waiting?.reject(fromFailure(answer.failure));
    });
    const lost = (reason: string): void => {
      const underWay = [...pending.values()].map(({ id }) => id).join(", ") || "nothing";
      this.#fail(new EngineFailure(`a worker ended (${reason}); it had under way: ${underWay}`));
    };
    child.on("error", (error) => lost(error.message));
    child.on("exit", (code, signal) => lost(signal ?? `exit code ${code ?? 1}`));
    child.send(settings);
    return { child, pending };
  }

  #fail(error: EngineFailure): void {
    if (this.#failure !== undefined) return;
    this.#failure = error;
    for (const { pending } of this.#workers) {
      for (const { reject } of pending.values()) reject(error);
      pending.clear();
    }
  }
}
