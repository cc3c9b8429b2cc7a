import { createCatalogue } from "../../../lib/intake/catalogue.ts";
import { OutOfTime } from "../../../lib/intake/contents.ts";
import { createConvert } from "../../../lib/intake/convert.ts";
import { inOrder } from "../../../lib/intake/order.ts";
import { createPublication, type Publication } from "../../../lib/publication/index.ts";
import { MemoryStore } from "../../../lib/store/memory-store.ts";
import { SplitStore } from "../../../lib/store/split-store.ts";
import { PreconditionFailed, type ObjectStore } from "../../../lib/store/types.ts";
import { Crash } from "../../support/faulty.ts";
import { Authors } from "./authors.ts";
import { ARTICLES, SimulatedBucket } from "./bucket.ts";
import { Fate, Throttled } from "./faults.ts";
import { SimulatedQueue, type QueueOptions } from "./queue.ts";
import { Random } from "./random.ts";
import { Timeline } from "./timeline.ts";

export const BASE = "https://data.example/";
const CONVERTERS = 8;
const CATALOGUERS = 2;
const WINDOW = 3000;

export interface SimulationOptions {
  readonly store: ObjectStore;
  /** About how many articles are written. */
  readonly articles: number;
  readonly seed: number;
}

export interface Counts {
  converted: number;
  batches: number;
  crashes: number;
  failures: number;
  published: number;
  withdrawn: number;
  lost: number;
}

/** The log apart, as in AWS. The objects of conversions too: they are listed, and a store in memory looks through all it has for that. */
export function openStore(): ObjectStore {
  return new SplitStore({ prefix: "log/", part: new MemoryStore(), rest: new SplitStore({ prefix: "g/", part: new MemoryStore(), rest: new MemoryStore() }) });
}

/** The whole intake in one process, under everything that can go wrong. */
export class Simulation {
  readonly store: ObjectStore;
  readonly authors: Authors;
  readonly bucket: SimulatedBucket;
  readonly articles: SimulatedQueue;
  readonly catalogue: SimulatedQueue;
  readonly dead: SimulatedQueue;
  readonly deadCatalogue: SimulatedQueue;
  readonly counts: Counts = { converted: 0, batches: 0, crashes: 0, failures: 0, published: 0, withdrawn: 0, lost: 0 };
  /** Errors that nothing explains. */
  readonly bugs: unknown[] = [];
  readonly #random: Random;
  readonly #timeline = new Timeline();
  readonly #options: SimulationOptions;
  #unruly = true;
  #clock = Date.parse("2025-07-01T00:00:00Z");

  constructor(options: SimulationOptions) {
    this.#options = options;
    this.store = options.store;
    this.#random = new Random(options.seed);
    this.authors = new Authors(this.#random);
    const common = { timeline: this.#timeline, random: this.#random, unruly: () => this.#unruly, maxReceives: 5 };
    const queue = (more: Pick<QueueOptions, "visibility" | "dead">) => new SimulatedQueue({ ...common, ...more });
    this.dead = queue({ visibility: 1000 });
    this.deadCatalogue = queue({ visibility: 1000 });
    this.articles = queue({ visibility: 6000, dead: this.dead });
    this.catalogue = queue({ visibility: 60_000, dead: this.deadCatalogue });
    this.bucket = new SimulatedBucket((bell) => this.#ring(bell));
  }

  /** Until every message is done with or dead. */
  async run(): Promise<void> {
    const { articles } = this.#options;
    const span = articles * 40;
    this.authors.act(this.bucket, this.#timeline, articles, span);
    for (const [i, body] of ["no JSON", "{}", "[]", JSON.stringify({ op: "publish", article: "../x" })].entries()) {
      this.#timeline.after(this.#random.below(span), () => (i % 2 === 0 ? this.articles : this.catalogue).put(body));
    }
    await this.#consume();
  }

  /** How many messages died though nothing is wrong with what they are about. */
  innocentDead(): number {
    return this.dead.bodies.filter((body) => !/killer|\/(?:bad|mended)\d/.test(body) && body.includes("Object ")).length + this.deadCatalogue.bodies.filter((body) => body.includes("source")).length;
  }

  /** As its operator does: sends what is dead once more, but for what kills, on a day when nothing goes wrong. */
  async redrive(): Promise<void> {
    this.#unruly = false;
    for (const [from, to] of [[this.dead, this.articles], [this.deadCatalogue, this.catalogue]] as const) for (const body of from.drain()) (body.includes("/killer") ? from : to).put(body);
    await this.#consume();
  }

  /** A publication that nothing happens to. */
  publication(): Publication {
    return this.#publication(this.store);
  }

  /** Late, twice, or both. */
  #ring(bell: string): void {
    const late = (): number => (this.#random.chance(0.1) ? this.#random.skewed(this.#options.articles * 20) : this.#random.below(50));
    for (let times = this.#random.chance(0.15) ? 2 : 1; times > 0; times--) this.articles.put(bell, 1 + late());
  }

  async #consume(): Promise<void> {
    await Promise.all([
      ...Array.from({ length: CONVERTERS }, () => this.#timeline.work(() => this.#poll(this.articles, 10, (batch) => this.#convert(batch)))),
      ...Array.from({ length: CATALOGUERS }, () => this.#timeline.work(() => this.#poll(this.catalogue, 500, (batch) => this.#commit(batch)))),
    ]);
  }

  async #poll(queue: SimulatedQueue, most: number, handle: (batch: ReturnType<SimulatedQueue["receive"]>) => Promise<readonly string[]>): Promise<void> {
    while (await this.#timeline.rest((wake) => queue.whenReady(wake))) {
      // The window in which a batch fills.
      if (most > 10 && queue.ready < most) await this.#timeline.rest((wake) => this.#timeline.after(WINDOW, wake));
      const batch = queue.receive(most);
      if (batch.length > 0) queue.delete(await handle(batch));
    }
  }

  /** One run of the convert function. Answers with what is done with: nothing where it died. */
  async #convert(batch: ReturnType<SimulatedQueue["receive"]>): Promise<string[]> {
    const fate = this.#fate(60);
    const convert = createConvert({
      bucket: ARTICLES,
      source: fate.source(this.bucket),
      reasons: fate.reasons(this.bucket),
      store: fate.store(this.store),
      publication: this.#publication(fate.store(this.store)),
      converter: { convert: (input) => new Promise((resolve) => resolve(this.authors.convert(input, () => fate.die()))) },
      catalogue: fate.queue(this.catalogue),
      dead: fate.queue(this.dead),
    });
    const hurried = this.#unruly && this.#random.chance(0.02);
    const done: string[] = [];
    this.counts.batches++;
    for (const { messageId, body, receives } of inOrder(batch)) {
      try {
        await convert(body, { left: () => (hurried ? 1000 : 60_000) });
        this.counts.converted++;
        done.push(messageId);
        // As the function does: what came back is not brought down with its neighbours again.
        if (receives > 1) this.articles.delete([messageId]);
      } catch (error) {
        if (fate.crashed) break;
        this.#explain(error);
      }
    }
    if (fate.crashed) this.counts.crashes++;
    return fate.crashed ? [] : done;
  }

  async #commit(batch: ReturnType<SimulatedQueue["receive"]>): Promise<string[]> {
    const fate = this.#fate(5000);
    const catalogue = createCatalogue({ bucket: ARTICLES, publication: this.#publication(fate.store(this.store)), articles: fate.queue(this.articles) });
    let left = this.#unruly && this.#random.chance(0.1) ? 40_000 : 600_000;
    const { failed, errors, published, withdrawn, lost } = await catalogue(batch, { left: () => (left -= 5000) });
    this.counts.batches++;
    if (fate.crashed) {
      this.counts.crashes++;
      return [];
    }
    for (const error of errors) this.#explain(error);
    this.counts.published += published;
    this.counts.withdrawn += withdrawn;
    this.counts.lost += lost;
    const again = new Set(failed);
    return batch.map(({ messageId }) => messageId).filter((id) => !again.has(id));
  }

  #explain(error: unknown): void {
    this.counts.failures++;
    const malformed = error instanceof Error && "code" in error && error.code === "input-malformed";
    if (!(error instanceof Throttled || error instanceof Crash || error instanceof PreconditionFailed || error instanceof OutOfTime || malformed)) this.bugs.push(error);
  }

  #fate(span: number): Fate {
    const [crash, throttle] = this.#unruly ? [0.08, 0.1] : [0, 0];
    return new Fate({ timeline: this.#timeline, random: this.#random, span, crash, throttle });
  }

  #publication(store: ObjectStore): Publication {
    // A second a look: the lease of who died runs out after thirty looks of the others.
    return createPublication({ store, base: BASE, clock: () => (this.#clock += 1000) });
  }
}
