import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { readArticles } from "../lib/article/read.ts";
import type { Article } from "../lib/article/types.ts";
import { table } from "../lib/cli/table.ts";
import { createConverter } from "../lib/convert/converter.ts";
import { runCommand } from "./command.ts";
import { generatedArticle } from "./generated-articles.ts";
import { measureThroughput } from "./throughput.ts";

// npm run bench [-- --most 10000] [-- FILE.jsonl …]: speed, start-up, memory and growth, as tables.

const SEEDS = fileURLToPath(new URL("../seeds", import.meta.url));
const { values, positionals } = parseArgs({ options: { most: { type: "string", default: "10000" } }, allowPositionals: true });

await throughput();
await commandLine();
await growth(Number(values.most));

async function throughput(): Promise<void> {
  const sets: [string, Article[]][] = [["seeds", await read([SEEDS])], ["generated", Array.from({ length: 200 }, (_, i) => generatedArticle(i))]];
  for (const path of positionals) sets.push([path, await read([path])]);
  const converter = await createConverter();
  const rows = [];
  for (const [name, articles] of sets) {
    // Once to warm up: a run of any length soon is.
    await measureThroughput(converter, articles.slice(0, 20));
    const runs = [];
    for (let i = 0; i < (articles.length < 10 ? 10 : 1); i++) runs.push(await measureThroughput(converter, articles));
    const best = runs.reduce((a, b) => (b.seconds < a.seconds ? b : a));
    rows.push([
      name, best.articles, best.words, Math.round(best.words / best.seconds), round((best.seconds / best.articles) * 1000),
      round(best.facts / best.articles), round(best.evidence / best.articles),
    ]);
  }
  await converter.close();
  print("Text to sorted N-Quads, one thread", ["articles of", "articles", "words", "words/s", "ms/article", "fact quads/article", "evidence quads/article"], rows);
}

async function commandLine(): Promise<void> {
  const rows = [];
  for (const format of ["nq", "ttl", "jsonld", "html", "extraction"]) {
    await runCommand(["convert", SEEDS, "--to", format === "html" ? "nq" : format]);
    const args = format === "html" ? ["convert", join(SEEDS, "xi-putin-call.txt"), "--to", "html"] : ["convert", SEEDS, "--to", format];
    const runs = [await runCommand(args), await runCommand(args), await runCommand(args)].sort((a, b) => a.firstOutputMs - b.firstOutputMs);
    const median = runs[1] as (typeof runs)[number];
    rows.push([format, Math.round(median.firstOutputMs), Math.round(median.seconds * 1000), Math.round(median.peakMegabytes)]);
  }
  print("The command on the seed (median of three)", ["format", "first output, ms", "whole run, ms", "peak memory, MB"], rows);
}

async function growth(most: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "communique-bench-"));
  const rows = [];
  try {
    for (let count = 1; count <= most; count *= 10) {
      const file = join(folder, `${count}.jsonl`);
      const words = await writeGenerated(file, count);
      const run = await runCommand(["convert", file, "--to", "nq"]);
      rows.push([count, words, round(run.seconds), Math.round(words / run.seconds), Math.round(run.peakMegabytes)]);
    }
  } finally {
    await rm(folder, { recursive: true });
  }
  print("Growth with the number of articles (start-up included)", ["articles", "words", "seconds", "words/s", "peak memory, MB"], rows);
}

async function writeGenerated(file: string, count: number): Promise<number> {
  const stream = createWriteStream(file);
  let words = 0;
  for (let i = 0; i < count; i++) {
    const article = generatedArticle(i);
    words += article.text.split(/\s+/).length;
    if (!stream.write(`${JSON.stringify(article)}\n`)) await once(stream, "drain");
  }
  stream.end();
  await once(stream, "finish");
  return words;
}

async function read(paths: string[]): Promise<Article[]> {
  const articles: Article[] = [];
  for await (const reading of readArticles(paths)) {
    if ("error" in reading) throw reading.error;
    articles.push(reading.article);
  }
  return articles;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function print(title: string, head: readonly string[], rows: readonly (readonly (string | number)[])[]): void {
  process.stdout.write(`${title}\n\n${table(head, rows)}\n`);
}
