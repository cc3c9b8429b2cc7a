import oxigraph from "oxigraph";
import type { JobStatus, Neptune } from "../../lib/neptune/types.ts";
import { gunzip } from "../../lib/publication/codec.ts";
import type { ObjectStore } from "../../lib/store/types.ts";

/** A database with Neptune's interface: SPARQL for real, and a loader that takes its time and reads the store when it comes to it. */
export class FakeNeptune implements Neptune {
  readonly store = new oxigraph.Store();
  readonly #published: ObjectStore;
  readonly #jobs: { key: string; asked: number; status: JobStatus }[] = [];
  /** Called before each operation; may throw. */
  before: (operation: string) => void = () => undefined;
  /** How often a job is asked for before it is done. */
  patience = 1;

  constructor(published: ObjectStore) {
    this.#published = published;
  }

  async update(sparql: string): Promise<void> {
    this.before("update");
    await Promise.resolve();
    this.store.update(sparql);
  }

  async load(key: string): Promise<string> {
    this.before("load");
    await Promise.resolve();
    return String(this.#jobs.push({ key, asked: 0, status: { state: "running" } }) - 1);
  }

  async status(id: string): Promise<JobStatus> {
    this.before("status");
    const job = this.#jobs[Number(id)];
    if (job === undefined) throw new Error("There is no such job.");
    if (job.status.state === "running" && ++job.asked > this.patience) {
      const found = await this.#published.get(job.key);
      if (found === undefined) job.status = { state: "failed", reason: "LOAD_S3_READ_ERROR" };
      else {
        this.store.load(gunzip(found.body), { format: "application/n-quads" });
        job.status = { state: "loaded" };
      }
    }
    return job.status;
  }

  get quads(): string[] {
    return sorted(this.store);
  }
}

/** What the parts of a manifest hold together. */
export function quadsOf(parts: readonly string[]): string[] {
  const store = new oxigraph.Store();
  for (const part of parts) store.load(part, { format: "application/n-quads" });
  return sorted(store);
}

function sorted(store: oxigraph.Store): string[] {
  return store.dump({ format: "application/n-quads" }).split("\n").filter((line) => line !== "").sort();
}
