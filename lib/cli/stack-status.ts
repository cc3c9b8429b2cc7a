import type { Reason } from "../intake/source.ts";
import { fromJson } from "../publication/codec.ts";
import { keys, type ArticleState } from "../publication/index.ts";
import type { ObjectStore } from "../store/types.ts";
import type { StackPlace } from "./stack-place.ts";

const PUSHED = "in/push/";

/** Where a pushed article lies. */
export function pushedKey(id: string): string {
  return `${PUSHED}${id}.json`;
}

/** What a stack says of an article now; undefined where it never heard of it. */
export async function articleState({ published }: Pick<StackPlace, "published">, id: string): Promise<ArticleState | undefined> {
  const found = await published.get(keys.state.article(id));
  return found === undefined ? undefined : fromJson<ArticleState>(found.body);
}

/** A stamp that changes whenever something was published or withdrawn. */
export async function publishedStamp({ published }: Pick<StackPlace, "published">): Promise<string | undefined> {
  return (await published.get(keys.state.cursor))?.etag;
}

/** Reasons of refusal of what was pushed: those that are there when it begins to look are of the past. */
export class Refusals {
  readonly #articles: ObjectStore;
  readonly #seen = new Map<string, string>();

  private constructor(articles: ObjectStore) {
    this.#articles = articles;
  }

  static async from({ articles }: Pick<StackPlace, "articles">): Promise<Refusals> {
    const refusals = new Refusals(articles);
    await refusals.fresh();
    return refusals;
  }

  /** Keys of the reasons that came or changed since the last call. One listing, since few articles are refused. */
  async fresh(): Promise<ReadonlySet<string>> {
    const fresh = new Set<string>();
    for await (const { key, etag } of this.#articles.list(`errors/${PUSHED}`)) {
      if (this.#seen.get(key) !== etag) fresh.add(key);
      this.#seen.set(key, etag);
    }
    return fresh;
  }

  /** Undefined where the reason went meanwhile: the article converts after all. */
  async read(key: string): Promise<Reason | undefined> {
    const found = await this.#articles.get(key);
    return found === undefined ? undefined : fromJson<Reason>(found.body);
  }
}
