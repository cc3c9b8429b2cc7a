import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { ArticleDraft } from "../lib/article/article.ts";
import type { Converter } from "../lib/convert/converter.ts";
import { CommuniqueError } from "../lib/errors/communique-error.ts";
import type { Extraction } from "../lib/extraction/types.ts";
import { runTool } from "./evaluate-tools.ts";

/** An article of a corpus: its id is what the gold calls it. */
export type CorpusArticle = ArticleDraft & { readonly id: string };

/** A name as the annotators of the events wrote it. */
export interface GoldName {
  readonly name: string;
  readonly type: string;
}

/** A statement as the annotators of the events marked it: words of the text. */
export interface GoldEventStatement {
  readonly speaker: GoldName | null;
  readonly speakers?: readonly (GoldName | string)[];
  readonly content: string;
  readonly content_more?: readonly string[];
  readonly cue: string;
}

/** What the annotators of the events marked in one article, as far as it is read here; the scorer reads the rest itself. */
export interface GoldEvents {
  readonly id: string;
  readonly meetings: readonly { readonly participants: readonly GoldName[] }[];
  readonly statements: readonly GoldEventStatement[];
}

/** The corpora that are measured on, below the folder `shared`. None of them is in the repository. */
export class Corpora {
  readonly shared: string;

  /** @throws CommuniqueError "input-not-found" where the folder holds no corpora. */
  constructor(shared: string) {
    this.shared = shared;
    for (const needed of ["corpora/events", "corpora/polnear/dev", "tools/events_score.py", "tools/polnear_score.py", "tools/polnear_articles.py"]) {
      if (existsSync(join(shared, needed))) continue;
      throw new CommuniqueError("input-not-found", `${join(shared, needed)} is not there. The corpora and their scorers are not part of the repository: --shared says where they lie.`);
    }
  }

  tool(name: string): string {
    return join(this.shared, "tools", name);
  }

  /** The files of a set of events: "dev" (short entries) or "articles" (whole ones). */
  eventFiles(set: "dev" | "articles"): { readonly texts: string; readonly gold: string } {
    const file = (part: string): string => join(this.shared, "corpora", "events", `${set}.${part}.jsonl`);
    return { texts: file("texts"), gold: file("gold") };
  }

  async events(set: "dev" | "articles"): Promise<{ readonly articles: readonly CorpusArticle[]; readonly gold: readonly GoldEvents[] }> {
    const files = this.eventFiles(set);
    return { articles: await readLines<CorpusArticle>(files.texts), gold: await readLines<GoldEvents>(files.gold) };
  }

  get polnear(): string {
    return join(this.shared, "corpora", "polnear", "dev");
  }

  polnearArticles(): readonly CorpusArticle[] {
    return parseLines<CorpusArticle>(runTool(this.tool("polnear_articles.py"), [this.polnear]));
  }
}

/**
 * What the converter makes of each article, one after another. An article that it refuses counts as one in which nothing was
 * found, as it does for the scorers, and `warn` is told; so it is where the text that was read is not the corpus's own, since
 * offsets into the one say nothing of the other.
 */
export async function extractAll(converter: Converter, articles: readonly CorpusArticle[], warn: (message: string) => void): Promise<Extraction[]> {
  const extractions: Extraction[] = [];
  for (const draft of articles) {
    try {
      const { article, extraction } = await converter.convert(draft);
      if (article.text !== draft.text) warn(`${draft.id}: the text was normalised, offsets may disagree with the gold`);
      extractions.push(extraction);
    } catch (error) {
      if (!(error instanceof CommuniqueError)) throw error;
      warn(`${draft.id}: ${error.message}`);
    }
  }
  return extractions;
}

/** A short entry that we made up: its meetings are annotated, by words of the text, and statements are not. */
export type MadeUpEntry = CorpusArticle & { readonly meetings: readonly { readonly evidence: string }[] };

/** The made-up entries in plain language, which are in the repository. */
export async function madeUpEntries(): Promise<readonly MadeUpEntry[]> {
  return readLines(fileURLToPath(new URL("../training/entries/plain.jsonl", import.meta.url)));
}

/** Writes values as JSON Lines, as the scorers read them. */
export async function writeLines(file: string, values: readonly unknown[]): Promise<void> {
  await writeFile(file, values.map((value) => `${JSON.stringify(value)}\n`).join(""));
}

async function readLines<T>(file: string): Promise<T[]> {
  return parseLines<T>(await readFile(file, "utf8"));
}

function parseLines<T>(text: string): T[] {
  return text.split("\n").filter((line) => line.trim() !== "").map((line) => JSON.parse(line) as T);
}
