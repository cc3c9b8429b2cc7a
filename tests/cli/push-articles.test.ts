import { describe, expect, it } from "vitest";
import { toArticle } from "../../lib/article/index.ts";
import type { Article } from "../../lib/article/types.ts";
import type { Reading } from "../../lib/article/read.ts";
import { pushArticles } from "../../lib/cli/push-articles.ts";
import { inputOf } from "../../lib/publication/index.ts";
import { MemoryStore } from "../../lib/store/memory-store.ts";
import type { StoredObject } from "../../lib/store/types.ts";

const JSON_TYPE = { contentType: "application/json" };

/** A stack that does what the test says while the command sleeps, and a clock that only its sleep moves. */
class Stack {
  readonly articles = new MemoryStore();
  readonly published = new CountingStore();
  readonly told: string[] = [];
  now = 0;
  readonly #onSleep: (stack: Stack, now: number) => Promise<void>;
  #batches = 0;

  constructor(onSleep: (stack: Stack, now: number) => Promise<void>) {
    this.#onSleep = onSleep;
  }

  async push(articles: readonly Article[], patience = 600_000): Promise<readonly string[]> {
    await pushArticles({
      place: { name: "test", base: "https://news.example/", articles: this.articles, articlesUrl: "s3://articles/", published: this.published },
      readings: readings(articles),
      patience,
      onUploaded: () => undefined,
      onPublished: ({ id }) => this.told.push(`published ${id}`),
      onFailed: ({ code, message, location }) => this.told.push(`${location}: ${message} [${code}]`),
      clock: {
        now: () => this.now,
        sleep: async (ms) => {
          this.now += ms;
          await this.#onSleep(this, this.now);
        },
      },
    });
    return this.told;
  }

  async publish(article: Article, more: object = {}): Promise<void> {
    await this.published.put(`state/article/${article.id}.json`, JSON.stringify({ id: article.id, log: 1, input: inputOf(article), ...more }), JSON_TYPE);
    await this.published.put("state/cursor.json", JSON.stringify({ log: ++this.#batches }), JSON_TYPE);
  }

  async refuse(id: string, at: string): Promise<void> {
    const key = `in/push/${id}.json`;
    await this.articles.put(`errors/${key}.json`, JSON.stringify({ key, code: "article-invalid", message: `${key}: no good`, at }), JSON_TYPE);
  }
}

class CountingStore extends MemoryStore {
  readonly reads: string[] = [];

  override get(key: string): Promise<StoredObject | undefined> {
    this.reads.push(key);
    return super.get(key);
  }
}

async function* readings(articles: readonly Article[]): AsyncGenerator<Reading> {
  for (const article of articles) yield await Promise.resolve({ article, location: `${article.id}.txt` });
}

const one = toArticle({ id: "one", text: "Xi met Putin." });
const two = toArticle({ id: "two", text: "Putin met Xi." });

describe("pushing articles to a stack", () => {
  it("takes neither an older text nor an older refusal for an answer", async () => {
    const stack = new Stack(async (self, now) => {
      if (now > 5000) await self.publish(one);
    });
    await stack.publish(toArticle({ id: "one", text: "Xi may meet Putin." }));
    await stack.refuse("one", "2024-01-01T00:00:00Z");
    expect(await stack.push([one])).toEqual(["published one"]);
    expect(stack.now).toBeGreaterThan(5000);
    expect(JSON.parse(Buffer.from((await stack.articles.get("in/push/one.json"))!.body).toString())).toEqual(one);
  });

  it("does not take a withdrawn article, or one whose object is lost, for published", async () => {
    const stack = new Stack(async (self, now) => {
      if (now > 5000) await self.publish(one);
      if (now > 9000) await self.publish(two);
    });
    await stack.publish(one, { withdrawn: true });
    await stack.publish(two, { missing: true });
    expect(await stack.push([one, two])).toEqual(["published one", "published two"]);
  });

  it("tells a refusal that came meanwhile, with the file that was pushed", async () => {
    const stack = new Stack(async (self) => {
      await self.refuse("one", "2025-01-01T00:00:00Z");
      await self.publish(two);
    });
    await stack.refuse("one", "2024-01-01T00:00:00Z");
    expect(await stack.push([one, two])).toEqual(["published two", "one.txt: no good [article-invalid]"]);
  });

  it("gives up where nothing has happened for so long, counted from the last news", async () => {
    const stack = new Stack(async (self, now) => {
      if (now > 50_000) await self.publish(one);
    });
    await expect(stack.push([one, two], 60_000)).rejects.toMatchObject({ code: "push-pending", message: expect.stringMatching(/^1 article is uploaded but not published yet/) as string });
    expect(stack.told).toEqual(["published one"]);
    expect(stack.now).toBeGreaterThanOrEqual(110_000);
    expect(stack.now).toBeLessThan(130_000);
  });

  it("looks at articles one by one only where something was published", async () => {
    const many = Array.from({ length: 50 }, (_, index) => toArticle({ id: `a${index}`, text: `Xi met Putin ${index} times.` }));
    const stack = new Stack(async (self, now) => {
      if (now > 100_000) for (const article of many) await self.publish(article);
    });
    expect(await stack.push(many)).toHaveLength(50);
    const states = stack.published.reads.filter((key) => key.startsWith("state/article/"));
    expect(states).toHaveLength(100);
    expect(stack.published.reads.length - states.length).toBeLessThan(25);
  });
});
