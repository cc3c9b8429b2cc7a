import { gzipSync } from "node:zlib";
import { parseArgs } from "node:util";
import { table } from "../lib/cli/table.ts";
import { createConverter } from "../lib/convert/converter.ts";
import { toQuads } from "../lib/graph/to-quads.ts";
import { toNQuads } from "../lib/serialization/nquads.ts";
import { exampleQueries, handleSparql, OxigraphEngine, type Coverage, type DataPart } from "../lib/sparql/index.ts";
import { generatedArticle } from "./generated-articles.ts";

// node bench/sparql.ts [--runs 50] [--most 1000000]: how long data takes to load and to change, and the example queries to answer.

const { values } = parseArgs({ options: { runs: { type: "string", default: "50" }, most: { type: "string", default: "1000000" } } });
/** Read once, then told again under other names: the queries meet as many articles as there would be. */
const DISTINCT = 200;

const facts = await generatedFacts();
const perRound = facts.reduce((sum, text) => sum + text.split("\n").length - 1, 0);
const rows = [];
const changes: (string | number)[][] = [];
for (const quads of [100_000, 1_000_000].filter((count) => count <= Number(values.most))) {
  const dumps = parts(Math.ceil(quads / perRound));
  const started = performance.now();
  const engine = await OxigraphEngine.open(dumps, { workers: 1, memoryMegabytes: 4096 });
  const seconds = (performance.now() - started) / 1000;
  const coverage = await engine.coverage();
  rows.push([coverage.quads, coverage.articles, round(seconds), Math.round(coverage.quads / seconds), Math.round(process.memoryUsage().rss / 2 ** 20)]);
  if (quads === 100_000) await examples(engine, coverage, Number(values.runs));
  await change(engine, dumps);
  await engine.close();
}
print("Loading gzipped N-Quads (facts) into one worker", ["quads", "articles", "seconds", "quads/s", "process memory, MB"], rows);
print("Other data in place of the present, in one worker", ["quads before", "change", "lines read", "by difference, s", "anew, s", "process memory after, MB", "and anew, MB"], changes);

/** What publishing does to dumps: a batch comes, parts are merged, an article is withdrawn, a part of links is written anew. */
async function change(engine: OxigraphEngine, before: readonly TextPart[]): Promise<void> {
  const batch = part("batch", facts.slice(0, 100).map((text) => renamed(text, "batch")));
  const [first, ...others] = before as [TextPart, ...TextPart[]];
  const last = others.splice(-2);
  const merged = part("merged", textsOf(last));
  const withdrawn = part("withdrawn", first.texts.slice(1));
  const steps: [string, TextPart[], TextPart[]][] = [
    ["100 articles come", [...before, batch], [batch]],
    ["two parts of 200 articles are merged", [first, ...others, merged, batch], [...last, merged]],
    ["an article of 200 is withdrawn", [withdrawn, ...others, merged, batch], [first, withdrawn]],
    ["the other 199 are", [...others, merged, batch], [withdrawn]],
  ];
  const quads = (await engine.coverage()).quads;
  for (const [name, parts, read] of steps) {
    const lines = read.reduce((sum, { quads = 0 }) => sum + quads, 0);
    const byDifference = await seconds(() => engine.update(parts));
    const memory = megabytes();
    if (name !== steps[0]?.[0]) changes.push([quads, name, lines, byDifference, "", memory, ""]);
    else {
      const other = await OxigraphEngine.open(before, { workers: 1, memoryMegabytes: 4096 });
      const anew = await seconds(() => other.replace(parts));
      changes.push([quads, name, lines, byDifference, anew, memory, megabytes() - memory]);
      await other.close();
    }
  }
}

async function seconds(run: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await run();
  return Math.round(performance.now() - started) / 1000;
}

function megabytes(): number {
  return Math.round(process.memoryUsage().rss / 2 ** 20);
}

async function examples(engine: OxigraphEngine, coverage: Coverage, runs: number): Promise<void> {
  const measured = [];
  for (const { id, query } of await exampleQueries()) {
    const times: number[] = [];
    let bytes = 0;
    for (let run = 0; run < runs; run++) {
      const started = performance.now();
      const response = await handleSparql(new Request(`http://bench.example/sparql?query=${encodeURIComponent(query)}`), engine);
      bytes = (await response.arrayBuffer()).byteLength;
      times.push(performance.now() - started);
      if (response.status !== 200) throw new Error(`${id} answered ${response.status}`);
    }
    times.sort((a, b) => a - b);
    measured.push([id, bytes, round(at(times, 0.5)), round(at(times, 0.99))]);
  }
  print(`Example queries at ${coverage.quads} quads, ${runs} runs each`, ["query", "bytes", "p50, ms", "p99, ms"], measured);
}

async function generatedFacts(): Promise<string[]> {
  const converter = await createConverter();
  const texts: string[] = [];
  for (let i = 0; i < DISTINCT; i++) {
    const conversion = await converter.convert(generatedArticle(i));
    texts.push(toNQuads(toQuads(conversion).filter(({ graph }) => !graph.value.endsWith("/evidence"))));
  }
  await converter.close();
  return texts;
}

interface TextPart extends DataPart {
  readonly texts: readonly string[];
}

/** One part a round; in later rounds every article has another name, and so other graphs and claims. */
function parts(rounds: number): TextPart[] {
  return Array.from({ length: rounds }, (_, round) => part(`round ${round}`, facts.map((text) => renamed(text, String(round)))));
}

function part(name: string, texts: readonly string[]): TextPart {
  const bytes = gzipSync(texts.join(""));
  return { name, texts, quads: texts.reduce((sum, text) => sum + text.split("\n").length - 1, 0), read: () => [bytes] };
}

function textsOf(parts: readonly { readonly texts: readonly string[] }[]): string[] {
  return parts.flatMap(({ texts }) => texts);
}

function renamed(text: string, round: string): string {
  return text.replaceAll(/\bgenerated-(\d+)/g, `generated-${round}-$1`);
}

function at(sorted: readonly number[], quantile: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(quantile * sorted.length))] ?? Number.NaN;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function print(title: string, head: readonly string[], lines: readonly (readonly (string | number)[])[]): void {
  process.stdout.write(`${title}\n\n${table(head, lines)}\n`);
}
