import type { Queue } from "../../../lib/intake/queue.ts";
import type { ArticleSource, Reasons } from "../../../lib/intake/source.ts";
import type { ObjectStore } from "../../../lib/store/types.ts";
import { Crash } from "../../support/faulty.ts";
import type { Random } from "./random.ts";
import type { Timeline } from "./timeline.ts";

/** S3 or SQS said no for a while, and every retry was used up. */
export class Throttled extends Error {
  override readonly name = "Throttled";
}

export interface FateOptions {
  readonly timeline: Timeline;
  readonly random: Random;
  /** Requests within which a process that is to die does so; at most. */
  readonly span: number;
  /** Probabilities that a process dies, and that one of its requests fails. */
  readonly crash: number;
  readonly throttle: number;
}

/**
 * What becomes of one run of a function: which of its requests is its last, before or after it took effect, and which one fails.
 * Everything the run touches goes through here, and once it is dead nothing works any more, so that no handler can tidy up.
 */
export class Fate {
  readonly #options: FateOptions;
  readonly #fatal: number;
  readonly #failing: number;
  readonly #after: boolean;
  #requests = 0;
  crashed = false;

  constructor(options: FateOptions) {
    const { random, span, crash, throttle } = options;
    this.#options = options;
    this.#fatal = random.chance(crash) ? random.skewed(span) : Infinity;
    this.#failing = random.chance(throttle) ? random.skewed(span) : Infinity;
    this.#after = random.chance(0.5);
  }

  /** The process dies here and now. */
  die(): never {
    this.crashed = true;
    throw new Crash("killed");
  }

  store(store: ObjectStore): ObjectStore {
    return {
      get: (key) => this.#request(() => store.get(key)),
      put: (key, body, headers, condition) => this.#request(() => store.put(key, body, headers, condition)),
      delete: (key) => this.#request(() => store.delete(key)),
      list: (prefix) => store.list(prefix),
    };
  }

  source(source: ArticleSource): ArticleSource {
    return { read: (key, limit) => this.#request(() => source.read(key, limit)) };
  }

  reasons(reasons: Reasons): Reasons {
    return { put: (reason) => this.#request(() => reasons.put(reason)), clear: (key) => this.#request(() => reasons.clear(key)) };
  }

  /** Sends one by one: a failure leaves some sent. */
  queue(queue: Queue): Queue {
    return {
      send: async (bodies, attributes) => {
        for (const body of bodies) await this.#request(() => queue.send([body], attributes));
      },
    };
  }

  async #request<Result>(act: () => Promise<Result>): Promise<Result> {
    const { timeline, random } = this.#options;
    timeline.tick();
    // Others get their turn.
    if (random.chance(0.3)) await new Promise((resolve) => setImmediate(resolve));
    if (this.crashed) throw new Crash("dead already");
    const number = ++this.#requests;
    if (!this.#after) this.#strike(number);
    const result = await act();
    if (this.crashed) throw new Crash("dead already");
    if (this.#after) this.#strike(number);
    return result;
  }

  #strike(number: number): void {
    if (number === this.#fatal) this.die();
    if (number === this.#failing) throw new Throttled("503 Slow Down");
  }
}
