import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Article } from "../article/types.ts";
import { canonicalUrl } from "../article/id.ts";
import { CommuniqueError } from "../errors/communique-error.ts";
import type { Extraction } from "../extraction/types.ts";
import type { Gazetteer } from "../gazetteer/types.ts";
import { checkBase, DEFAULT_BASE } from "../graph/iris.ts";
import { PreconditionFailed, type ObjectStore } from "../store/types.ts";
import { SOFTWARE_VERSION } from "../version.ts";
import { applyNext, readCursor } from "./apply.ts";
import { batches } from "./batches.ts";
import { checkTree, type CheckOptions, type CheckReport } from "./check.ts";
import { fromJson } from "./codec.ts";
import { graphObject, pack, unpack, verify, type Packed } from "./graph-object.ts";
import { Overtaken } from "./journal.ts";
import { headersOf, keys } from "./layout.ts";
import { giveLease, takeLease } from "./lease.ts";
import { append, readEntry } from "./log.ts";
import { isLost } from "./lost.ts";
import { inParallel } from "./parallel.ts";
import { rebuildTree } from "./rebuild.ts";
import type { About, ArticleState, LogItem, PublishItem } from "./states.ts";
import type { Manifest, Pages, TextPolicy } from "./types.ts";

/** Articles of one log entry. */
const BATCH = 100;
/** Milliseconds between two looks at what another process applies. */
const POLL_MS = 20;

export const DEFAULT_ABOUT: About = {
  title: "Communiqué",
  description:
    "What diplomacy news tells of states, leaders, meetings and statements, as linked data. Every claim is an article's and leads to the words it rests on. Read by software from articles in English.",
  publisher: { name: "The publisher of this site" },
  license: "https://creativecommons.org/licenses/by/4.0/",
};

export interface PublicationOptions {
  readonly store: ObjectStore;
  /** Where IRIs begin. Fixed at the first publication; later it need not be given, and must not differ. */
  readonly base?: string;
  /** Milliseconds since 1970; the time of commits and leases. */
  readonly clock?: () => number;
  /** Facts about known entities come from here. */
  readonly gazetteer?: Gazetteer;
  /** Writes pages for people; without it there are none. */
  readonly pages?: Pages;
  readonly about?: About;
}

export interface Publishing {
  readonly article: Article;
  readonly extraction: Extraction;
  /** Orders events about one article, as S3 gives it. */
  readonly sequencer?: string;
}

export interface PublishOptions {
  readonly text?: TextPolicy;
  /**
   * Replace an article of the same id though its URL and its text both differ: any, or those that are said here, given the newest
   * sequencer known of it.
   */
  readonly replace?: boolean | ((id: string, sequencer: string | undefined) => boolean);
}

export interface Committed {
  /** Log numbers, in order. */
  readonly numbers: readonly number[];
  /** Items whose object a withdrawal took away between `stage` and here: to be staged and committed again. */
  readonly lost: readonly PublishItem[];
}

export interface Prepared {
  /** Of what can be published, in the order given. */
  readonly items: readonly PublishItem[];
  /** Of each that cannot. */
  readonly refused: readonly CommuniqueError[];
  /** Stores the immutable objects that the items name. */
  store(): Promise<void>;
}

/** What the command line, functions and tests publish with. All of it can run in many processes at once on one store. */
export interface Publication {
  /**
   * Publishes conversions, or replaces what was published under their ids. When it returns, all of it is committed, and
   * applied too, by this process or another. Answers with the log numbers.
   *
   * @throws CommuniqueError "article-invalid" for an id or URL that is none, "article-duplicate" where an id belongs to another article (see `replace`), before anything is
   * committed; "option-invalid" where the base differs.
   */
  publish(conversions: Iterable<Publishing>, options?: PublishOptions): Promise<readonly number[]>;
  /**
   * The first half of `publish`, for where a queue lies between the halves: stores each conversion as an immutable object and answers with
   * what to commit, in the same order. Nothing of it can be seen yet. @throws as `publish`.
   */
  stage(conversions: Iterable<Publishing>, options?: PublishOptions): Promise<readonly PublishItem[]>;
  /**
   * What `stage` does, in steps: tells what would be committed and why the others are refused, and writes nothing before it is told to. For
   * those who must note whose text they are about to store, since only what is noted can be withdrawn.
   */
  prepare(conversions: Iterable<Publishing>, options?: PublishOptions): Promise<Prepared>;
  /**
   * The second half, also for withdrawals: commits items in entries of at most a hundred. When it returns, all of them are applied. To commit
   * an item again changes nothing.
   */
  commit(items: readonly LogItem[]): Promise<Committed>;
  /** Withdraws articles: nothing of their text is left anywhere. Ids that are not published change nothing. */
  withdraw(ids: readonly string[], options?: { readonly sequencer?: string }): Promise<readonly number[]>;
  /** Applies what is committed. Answers with the last log number applied. */
  apply(): Promise<number>;
  check(options?: CheckOptions): Promise<CheckReport>;
  /** Replays the log from its beginning and puts the result in place of the tree. With a base, under that base. */
  rebuild(options?: { readonly base?: string }): Promise<void>;
  /** Whether and as what an article is published. */
  find(id: string): Promise<"published" | "withdrawn" | undefined>;
  manifest(): Promise<Manifest | undefined>;
}

/** @throws CommuniqueError "option-invalid" for a base that is none. */
export function createPublication(options: PublicationOptions): Publication {
  return new StoredPublication(options);
}

class StoredPublication implements Publication {
  readonly #store: ObjectStore;
  readonly #base: string | undefined;
  readonly #clock: () => number;
  readonly #gazetteer: Gazetteer | undefined;
  readonly #pages: Pages | undefined;
  readonly #about: About;
  readonly #holder = randomUUID();

  constructor({ store, base, clock = Date.now, gazetteer, pages, about = DEFAULT_ABOUT }: PublicationOptions) {
    this.#store = store;
    this.#base = base === undefined ? undefined : checkBase(base);
    this.#clock = clock;
    this.#gazetteer = gazetteer;
    this.#pages = pages;
    this.#about = about;
  }

  async publish(conversions: Iterable<Publishing>, options: PublishOptions = {}): Promise<readonly number[]> {
    const numbers: number[] = [];
    for (const batch of batches(conversions, BATCH)) {
      let items = await this.stage(batch, options);
      while (items.length > 0) {
        const committed = await this.commit(items);
        numbers.push(...committed.numbers);
        const lost = new Set(committed.lost.map(({ article }) => article));
        items = await this.stage(batch.filter(({ article }) => lost.has(article.id)), { ...options, replace: true });
      }
    }
    return numbers;
  }

  async prepare(conversions: Iterable<Publishing>, { text = "full", replace = false }: PublishOptions = {}): Promise<Prepared> {
    const mayReplace = typeof replace === "boolean" ? () => replace : replace;
    const checked = await inParallel(Array.from(conversions), async ({ article, extraction, sequencer }): Promise<{ readonly item: PublishItem; readonly packed: Packed } | { readonly error: CommuniqueError }> => {
      try {
        const packed = this.#prepare({ article, extraction });
        if (replace !== true) await this.#refuseOther(article, mayReplace);
        const { sha, input, versions } = packed;
        const item: PublishItem = { op: "publish", article: article.id, sha, input, versions, text, ...(sequencer === undefined ? {} : { sequencer }) };
        return { item, packed };
      } catch (error) {
        // A store that fails says nothing about the article.
        if (!(error instanceof CommuniqueError) || (error.code !== "article-invalid" && error.code !== "article-duplicate")) throw error;
        return { error };
      }
    });
    const fit = checked.filter((one) => "item" in one);
    return {
      items: fit.map(({ item }) => item),
      refused: checked.flatMap((one) => ("error" in one ? [one.error] : [])),
      store: async () => {
        await inParallel(fit, ({ item, packed }) => this.#putGraph(item.article, packed));
      },
    };
  }

  async stage(conversions: Iterable<Publishing>, options: PublishOptions = {}): Promise<readonly PublishItem[]> {
    const { items, refused, store } = await this.prepare(conversions, options);
    if (refused[0] !== undefined) throw refused[0];
    await store();
    return items;
  }

  async commit(items: readonly LogItem[]): Promise<Committed> {
    const numbers: number[] = [];
    for (const batch of batches(items, BATCH)) numbers.push(await this.#append(batch));
    const last = numbers.at(-1);
    if (last === undefined) return { numbers, lost: [] };
    await this.#applyUntil(last);
    const lost = await inParallel(items, async (item) => (item.op === "publish" && isLost(item, await this.#state(item.article)) ? [item] : []));
    return { numbers, lost: lost.flat() };
  }

  async withdraw(ids: readonly string[], { sequencer }: { readonly sequencer?: string } = {}): Promise<readonly number[]> {
    const items = ids.map((article): LogItem => ({ op: "withdraw", article, ...(sequencer === undefined ? {} : { sequencer }) }));
    return (await this.commit(items)).numbers;
  }

  async apply(): Promise<number> {
    return this.#applyUntil(undefined);
  }

  async check(options: CheckOptions = {}): Promise<CheckReport> {
    if (options.repair === true) await this.apply();
    return checkTree(this.#store, this.#pages, options);
  }

  async rebuild({ base }: { readonly base?: string } = {}): Promise<void> {
    await this.apply();
    await rebuildTree({ store: this.#store, pages: this.#pages, base: base === undefined ? (await this.manifest())?.base : checkBase(base) });
  }

  async find(id: string): Promise<"published" | "withdrawn" | undefined> {
    const state = await this.#state(id);
    if (state === undefined) return undefined;
    return state.withdrawn === true ? "withdrawn" : "published";
  }

  async manifest(): Promise<Manifest | undefined> {
    const found = await this.#store.get(keys.manifest);
    return found === undefined ? undefined : fromJson<Manifest>(found.body);
  }

  #prepare(conversion: Publishing): Packed {
    const object = graphObject(conversion, this.#gazetteer);
    verify(object);
    return pack(object);
  }

  async #putGraph(id: string, { sha, bytes }: Packed): Promise<void> {
    const key = keys.graph(id, sha);
    try {
      await this.#store.put(key, bytes, headersOf(key), { ifNoneMatch: "*" });
    } catch (error) {
      if (!(error instanceof PreconditionFailed)) throw error;
    }
  }

  /** An id is one article's: another text may be a correction, another URL a move, but not both. */
  async #refuseOther(article: Article, mayReplace: (id: string, sequencer: string | undefined) => boolean): Promise<void> {
    const state = await this.#state(article.id);
    if (state?.sha === undefined || state.withdrawn === true || mayReplace(article.id, state.sequencer)) return;
    const stored = await this.#store.get(keys.graph(article.id, state.sha));
    if (stored === undefined) return;
    const other = unpack(stored.body).article;
    const sameUrl = article.url !== undefined && other.url !== undefined && canonicalUrl(article.url) === canonicalUrl(other.url);
    if (sameUrl || other.text === article.text) return;
    throw new CommuniqueError("article-duplicate", "another article, with another URL and another text, is published under this id: withdraw that or give this another id (\"communique publish --replace\" puts it in its place)", { location: article.id });
  }

  async #state(id: string): Promise<ArticleState | undefined> {
    const found = await this.#store.get(keys.state.article(id));
    return found === undefined ? undefined : fromJson<ArticleState>(found.body);
  }

  async #append(items: readonly LogItem[]): Promise<number> {
    const { cursor } = await readCursor(this.#store);
    const base = await this.#agreeOnBase();
    const entry = await append(this.#store, { software: SOFTWARE_VERSION, base, about: this.#about, items }, this.#clock, { log: cursor?.log ?? 0, at: cursor?.at ?? "" });
    return entry.number;
  }

  async #agreeOnBase(): Promise<string> {
    const known = (await this.manifest())?.base ?? (await readEntry(this.#store, 1))?.base;
    if (known !== undefined && this.#base !== undefined && known !== this.#base) {
      throw new CommuniqueError("option-invalid", `this was published under ${known}; another base IRI needs "communique rebuild --base"`);
    }
    return known ?? this.#base ?? DEFAULT_BASE;
  }

  /** Applies entries until a number is reached, or all there are; waits where another process is at it. */
  async #applyUntil(target: number | undefined): Promise<number> {
    let held = false;
    try {
      for (;;) {
        const done = (await readCursor(this.#store)).cursor?.log ?? 0;
        if (target !== undefined && done >= target) return done;
        held = await takeLease(this.#store, this.#holder, this.#clock());
        if (!held) {
          await sleep(POLL_MS);
          continue;
        }
        try {
          if (!(await applyNext(this.#store, this.#pages))) return (await readCursor(this.#store)).cursor?.log ?? 0;
        } catch (error) {
          if (!(error instanceof Overtaken)) throw error;
        }
      }
    } finally {
      if (held) await giveLease(this.#store, this.#holder);
    }
  }
}
