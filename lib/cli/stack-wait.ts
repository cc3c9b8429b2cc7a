import { setTimeout } from "node:timers/promises";
import type { Reason } from "../intake/source.ts";
import { inParallel } from "../publication/parallel.ts";
import type { ArticleState } from "../publication/index.ts";
import { reasonKey } from "../intake/reasons.ts";
import type { StackPlace } from "./stack-place.ts";
import { articleState, publishedStamp, pushedKey, Refusals } from "./stack-status.ts";

/** An article that something is to become of. */
export interface Expected {
  readonly id: string;
  /** Where it came from, for messages. */
  readonly location: string;
  /** Hash of the article, where this very state of it is waited for. */
  readonly input?: string;
}

export interface Settled {
  readonly expected: Expected;
  /** Why it was refused, where it was. */
  readonly refused?: Reason;
}

/** A plain object, so that tests need no time. */
export interface Clock {
  now(): number;
  sleep(ms: number): Promise<unknown>;
}

export interface WaitingOptions {
  readonly place: Pick<StackPlace, "articles" | "published">;
  /** Whether a state is what is waited for. */
  readonly isThere: (state: ArticleState | undefined, expected: Expected) => boolean;
  /** Milliseconds without any news after which waiting ends. */
  readonly patience: number;
  /** Called after every look, with what was settled in it. */
  readonly onLook?: (settled: readonly Settled[]) => void;
  readonly clock?: Clock;
}

const SYSTEM: Clock = { now: () => performance.now(), sleep: (ms) => setTimeout(ms) };
/** Milliseconds between two looks: soon at first, then seldom, since a stack gathers articles for a minute. */
const SHORTEST = 1000;
const LONGEST = 10_000;

/**
 * Waits until a stack has published (or withdrawn) articles, or says why not. A look costs two requests while nothing happens: the stack's
 * cursor, which moves with every batch it publishes, and a listing of refusals; only where the cursor moved are articles looked at one by one.
 */
export class Waiting {
  readonly #options: WaitingOptions;
  readonly #clock: Clock;
  readonly #refusals: Refusals;
  readonly #expected = new Map<string, Expected>();
  #stamp: string | undefined;
  /** Those that were never looked at one by one. */
  #unseen = new Set<string>();

  private constructor(options: WaitingOptions, refusals: Refusals) {
    this.#options = options;
    this.#clock = options.clock ?? SYSTEM;
    this.#refusals = refusals;
  }

  /** To be called before anything is pushed: what was refused until now is of the past. */
  static async begin(options: WaitingOptions): Promise<Waiting> {
    return new Waiting(options, await Refusals.from(options.place));
  }

  get size(): number {
    return this.#expected.size;
  }

  add(expected: Expected): void {
    this.#expected.set(expected.id, expected);
    this.#unseen.add(expected.id);
  }

  /** Waits until at most `most` articles are still expected. False where nothing happened for too long. */
  async until(most: number): Promise<boolean> {
    let news = this.#clock.now();
    let pause = SHORTEST;
    while (this.size > most) {
      const settled = await this.#look();
      this.#options.onLook?.(settled);
      if (this.size <= most) break;
      const now = this.#clock.now();
      if (settled.length > 0) [news, pause] = [now, SHORTEST];
      const left = this.#options.patience - (now - news);
      if (left <= 0) return false;
      await this.#clock.sleep(Math.min(pause, left));
      pause = Math.min(pause * 1.5, LONGEST);
    }
    return true;
  }

  async #look(): Promise<readonly Settled[]> {
    const { place, isThere } = this.#options;
    const [stamp, fresh] = await Promise.all([publishedStamp(place), this.#refusals.fresh()]);
    const ids = stamp === this.#stamp ? [...this.#unseen] : [...this.#expected.keys()];
    const looked = await inParallel(ids, async (id): Promise<readonly Settled[]> => {
      const expected = this.#expected.get(id);
      return expected !== undefined && isThere(await articleState(place, id), expected) ? [{ expected }] : [];
    });
    const settled = looked.flat();
    // Only now: where reading fails, nothing was seen.
    this.#stamp = stamp;
    this.#unseen = new Set();
    for (const { expected } of settled) this.#expected.delete(expected.id);
    if (fresh.size > 0) {
      for (const expected of [...this.#expected.values()]) {
        const key = reasonKey(pushedKey(expected.id));
        const refused = fresh.has(key) ? await this.#refusals.read(key) : undefined;
        if (refused === undefined) continue;
        this.#expected.delete(expected.id);
        settled.push({ expected, refused });
      }
    }
    return settled;
  }
}
