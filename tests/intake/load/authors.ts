import type { ArticleDraft } from "../../../lib/article/index.ts";
import { toArticle } from "../../../lib/article/index.ts";
import type { Article } from "../../../lib/article/types.ts";
import type { Conversion } from "../../../lib/convert/converter.ts";
import type { Extraction } from "../../../lib/extraction/types.ts";
import { story } from "../../support/stories.ts";
import type { SimulatedBucket } from "./bucket.ts";
import type { Random } from "./random.ts";
import type { Timeline } from "./timeline.ts";

/** What is in an object that kills whoever reads it. */
export const KILLS = "Whoever reads this dies.";

const PEOPLE = ["person/mara-ellin", "person/jon-arvik", "person/tomas-varga", "person/lena-orsk", "person/ines-calder"] as const;

interface Told {
  /** A word that no other text has. */
  readonly mark: string;
  readonly text: string;
  readonly published: string;
}

/**
 * Those who drop articles, replace and delete them, and what a careful reader would read off each. The reader itself is not what is
 * tried here.
 */
export class Authors {
  readonly #random: Random;
  readonly #extractions = new Map<string, Extraction>();
  #marks = 0;
  /** Every text there ever was, by its mark. */
  readonly texts = new Map<string, string>();
  readonly killers = new Set<string>();

  constructor(random: Random) {
    this.#random = random;
  }

  /** Reads an article as the converter does. */
  convert(input: Article | ArticleDraft, die: () => never): Conversion {
    const article = toArticle(input);
    if (article.text.includes(KILLS)) die();
    const extraction = this.#extractions.get(article.text.trim());
    if (extraction === undefined) throw new Error(`a text that nobody wrote: ${article.text.slice(0, 80)}`);
    return { article, extraction: { ...extraction, id: article.id } };
  }

  /** Sets down what happens to `count` articles within `span` ticks. */
  act(bucket: SimulatedBucket, timeline: Timeline, count: number, span: number): void {
    const killer = this.#killer(0);
    this.#actOn(bucket, timeline, span, killer.key, killer.versions);
    for (let i = 1; this.#marks < count; i++) {
      for (const { key, versions } of this.#draw(i)) this.#actOn(bucket, timeline, span, key, versions);
    }
  }

  #actOn(bucket: SimulatedBucket, timeline: Timeline, span: number, key: string, versions: readonly string[]): void {
    const random = this.#random;
    const acts: (() => void)[] = [];
    let last: string | undefined;
    for (const body of versions) {
      acts.push(() => bucket.write(key, body));
      if (random.chance(0.05)) acts.push(() => bucket.backfill(key));
      if (random.chance(0.2)) acts.push(() => bucket.erase(key));
      last = body;
    }
    // The same words come back: the race between a withdrawal and the object of a new publication.
    if (random.chance(0.1) && last !== undefined) acts.push(() => bucket.erase(key), () => bucket.write(key, last));
    let at = random.below(span);
    for (const act of acts) {
      timeline.after(at, act);
      // Often at once, sometimes much later.
      at += 1 + random.skewed(span / 2);
    }
  }

  #draw(i: number): readonly { readonly key: string; readonly versions: readonly string[] }[] {
    // One article in two objects: there as long as one of them is.
    if (this.#random.chance(0.05)) {
      const body = this.#json(`twin${i}`);
      return ["one", "two"].map((name) => ({ key: `in/${name}/twin${i}.json`, versions: [body] }));
    }
    return [this.#drawOne(i)];
  }

  #drawOne(i: number): { readonly key: string; readonly versions: readonly string[] } {
    const random = this.#random;
    const kind = random.next();
    const versions = <T>(make: () => T): T[] => Array.from({ length: random.pick([1, 1, 1, 2, 2, 3]) }, make);
    if (kind < 0.55) return { key: `in/a${i}.json`, versions: versions(() => this.#json(`a${i}`)) };
    if (kind < 0.75) return { key: `in/folder/t${i}.txt`, versions: versions(() => this.#tell().text) };
    if (kind < 0.93) return { key: `in/l${i}.jsonl`, versions: versions(() => this.#lines(i)) };
    if (kind < 0.96) return { key: `in/bad${i}.json`, versions: ["{ no JSON"] };
    if (kind < 0.98) return { key: `in/mended${i}.json`, versions: ["[1]", this.#json(`mended${i}`)] };
    this.#marks++;
    return this.#killer(i);
  }

  #killer(i: number): { readonly key: string; readonly versions: readonly string[] } {
    const key = `in/killer${i}.txt`;
    this.killers.add(key);
    return { key, versions: [`${KILLS} Number ${i}.\n`] };
  }

  #lines(i: number): string {
    const ids = [0, 1, 2, 3].filter(() => this.#random.chance(0.6));
    return `${(ids.length === 0 ? [0] : ids).map((id) => this.#json(`l${i}-${id}`)).join("\n")}\n`;
  }

  #json(id: string): string {
    const { text, published } = this.#tell();
    return JSON.stringify({ id, text, published });
  }

  #tell(): Told {
    const random = this.#random;
    const mark = `mark-${this.#marks++}-end`;
    const day = `2025-0${1 + random.below(6)}-${String(1 + random.below(28)).padStart(2, "0")}`;
    const first = random.below(PEOPLE.length);
    const meeting = { kind: random.pick(["PhoneCall", "Meeting", "Talks"] as const), who: [PEOPLE[first] ?? PEOPLE[0], PEOPLE[(first + 1 + random.below(4)) % PEOPLE.length] ?? PEOPLE[1]], on: day };
    const { article, extraction } = story({ id: "x", published: day, ...(random.chance(0.4) ? { meetings: [meeting] } : {}), statements: [{ by: random.pick(PEOPLE), words: `I say ${mark} and no more.` }] });
    this.#extractions.set(article.text.trim(), extraction);
    this.texts.set(mark, article.text);
    return { mark, text: article.text, published: day };
  }
}
