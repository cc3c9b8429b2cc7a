import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { toArticle } from "../lib/article/article.ts";
import { table } from "../lib/cli/table.ts";
import { createConverter, type Converter } from "../lib/convert/converter.ts";
import { CommuniqueError } from "../lib/errors/communique-error.ts";
import type { Extraction } from "../lib/extraction/types.ts";
import { Corpora, extractAll, madeUpEntries, writeLines, type CorpusArticle } from "./evaluate-corpora.ts";
import { entityMeasures, officeHolders, unlinkedLines } from "./evaluate-entities.ts";
import { eventStatements, polnearStatements } from "./evaluate-gold.ts";
import { articlesMeasures, eventsMeasures, madeUpMeasures, polnearMeasures, type EventsScore, type Measure, type PolnearScore } from "./evaluate-measures.ts";
import { statementMisses, type GoldStatement } from "./evaluate-misses.ts";
import { runTool } from "./evaluate-tools.ts";
import { measureThroughput } from "./throughput.ts";

// npm run evaluate [-- --shared DIR] [--errors N] [--only PART,…] [--out DIR]: how well articles are read, as one table
// (docs/evaluation.md). The table goes to standard output, misses and warnings to standard error.

const PARTS = ["events", "articles", "made-up", "polnear", "entities", "speed"] as const;
type Part = (typeof PARTS)[number];
type Set = "dev" | "articles" | "polnear";
const NAMES: Readonly<Record<Set, string>> = { dev: "events dev", articles: "articles", polnear: "PolNeAR dev" };

class Evaluation {
  readonly #corpora: Corpora;
  readonly #converter: Converter;
  readonly #folder: string;
  readonly #errors: number;
  readonly #texts = new Map<Set, readonly CorpusArticle[]>();
  readonly #extractions = new Map<Set, readonly Extraction[]>();

  constructor(corpora: Corpora, converter: Converter, folder: string, errors: number) {
    this.#corpora = corpora;
    this.#converter = converter;
    this.#folder = folder;
    this.#errors = errors;
  }

  async measure(part: Part): Promise<Measure[]> {
    switch (part) {
      case "events": return eventsMeasures(...(await this.#events("dev")));
      case "articles": return articlesMeasures(...(await this.#events("articles")));
      case "made-up": return this.#madeUp();
      case "polnear": return this.#polnear();
      case "entities": return this.#entities();
      case "speed": return this.#speed();
    }
  }

  /** The scores of all attributions and of speech alone. */
  async #events(set: "dev" | "articles"): Promise<[EventsScore, EventsScore]> {
    const extractions = await this.#extract(set);
    const speech = extractions.map((extraction) => ({ ...extraction, statements: extraction.statements.filter(({ mode }) => mode === "speech") }));
    const files = this.#corpora.eventFiles(set);
    if (this.#errors > 0) {
      const golds = new Map((await this.#corpora.events(set)).gold.map((events) => [events.id, events]));
      await this.#sayMisses(set, (article, extraction) => {
        const events = golds.get(article.id);
        return events === undefined ? [] : eventStatements(article.text, events, extraction);
      });
      say(`\n${NAMES[set]}: meetings`);
    }
    return [await this.#score(files, set, extractions, this.#errors), await this.#score(files, `${set}-speech`, speech, 0)];
  }

  /** What the scorer of the events makes of what was read, which is written to a file of that name; up to `errors` misses are said. */
  async #score({ texts, gold }: { readonly texts: string; readonly gold: string }, name: string, values: readonly unknown[], errors: number): Promise<EventsScore> {
    const file = join(this.#folder, `${name}.jsonl`);
    await writeLines(file, values);
    return JSON.parse(runTool(this.#corpora.tool("events_score.py"), [texts, gold, file, "--json", ...(errors > 0 ? ["--errors", String(errors)] : [])])) as EventsScore;
  }

  async #madeUp(): Promise<Measure[]> {
    const entries = await madeUpEntries();
    const gold = join(this.#folder, "made-up.gold.jsonl");
    await writeLines(gold, entries.map((entry) => ({ statements: [], ...entry })));
    const extractions = await extractAll(this.#converter, entries.map(({ id, text, published }) => ({ id, text, ...(published === undefined ? {} : { published }) })), say);
    return madeUpMeasures(await this.#score({ texts: gold, gold }, "made-up", extractions, this.#errors));
  }

  async #polnear(): Promise<Measure[]> {
    const file = join(this.#folder, "polnear.jsonl");
    await writeLines(file, await this.#extract("polnear"));
    if (this.#errors > 0) await this.#sayMisses("polnear", ({ id, text }) => polnearStatements(this.#corpora.polnear, id, text));
    return polnearMeasures(JSON.parse(runTool(this.#corpora.tool("polnear_score.py"), [this.#corpora.polnear, file, "--json"])) as PolnearScore);
  }

  async #entities(): Promise<Measure[]> {
    const { articles, gold } = await this.#corpora.events("dev");
    const holders = officeHolders(this.#converter.gazetteer, articles, gold, await this.#extract("dev"));
    if (this.#errors > 0) say("\nentities: office holders that are not linked", ...unlinkedLines(holders, this.#errors));
    const all = [];
    for (const set of ["dev", "articles", "polnear"] as const) all.push(...(await this.#extract(set)));
    return entityMeasures(holders, all);
  }

  async #speed(): Promise<Measure[]> {
    const articles = [...(await this.#read("articles")), ...(await this.#read("polnear"))].map((draft) => toArticle(draft));
    // Once to warm up: a run of any length soon is. The best of three, since other work on the machine only ever slows one down.
    await measureThroughput(this.#converter, articles.slice(0, 20));
    let best = 0;
    for (let run = 0; run < 3; run++) {
      const { words, seconds } = await measureThroughput(this.#converter, articles);
      best = Math.max(best, words / seconds);
    }
    const figure = Math.round(best).toLocaleString("en-US");
    return [{ on: "articles, PolNeAR dev", measure: "words/s, text to sorted N-Quads", figure, goal: "5,000 (10,000)" }];
  }

  async #sayMisses(set: Set, gold: (article: CorpusArticle, extraction: Extraction | undefined) => readonly GoldStatement[]): Promise<void> {
    const found = new Map((await this.#extract(set)).map((extraction) => [extraction.id, extraction]));
    say(`\n${NAMES[set]}: statements`);
    let left = this.#errors;
    for (const article of await this.#read(set)) {
      const extraction = found.get(article.id);
      const lines = statementMisses(article.id, article.text, gold(article, extraction), extraction, left);
      say(...lines);
      if ((left -= lines.length) <= 0) break;
    }
  }

  async #read(set: Set): Promise<readonly CorpusArticle[]> {
    const articles = this.#texts.get(set) ?? (set === "polnear" ? this.#corpora.polnearArticles() : (await this.#corpora.events(set)).articles);
    this.#texts.set(set, articles);
    return articles;
  }

  async #extract(set: Set): Promise<readonly Extraction[]> {
    const extractions = this.#extractions.get(set) ?? (await extractAll(this.#converter, await this.#read(set), say));
    this.#extractions.set(set, extractions);
    return extractions;
  }
}

async function main(): Promise<void> {
  const values = options();
  const errors = Number(values.errors);
  if (!Number.isSafeInteger(errors) || errors < 0) throw new CommuniqueError("option-invalid", `--errors: ${JSON.stringify(values.errors)} is no number of misses`);
  const parts = values.only === undefined ? PARTS : values.only.split(",").map(part);
  const corpora = new Corpora(values.shared === undefined ? fileURLToPath(new URL("../../shared", import.meta.url)) : resolve(values.shared));
  const folder = values.out === undefined ? await mkdtemp(join(tmpdir(), "communique-evaluate-")) : resolve(values.out);
  const converter = await createConverter();
  try {
    await mkdir(folder, { recursive: true });
    const evaluation = new Evaluation(corpora, converter, folder, errors);
    const rows: Measure[] = [];
    for (const name of PARTS) if (parts.includes(name)) rows.push(...(await evaluation.measure(name)));
    const cells = rows.map((row) => [row.on, row.measure, row.figure, row.goal ?? "", row.annotators ?? "", row.precision ?? "", row.recall ?? ""]);
    process.stdout.write(table(["on", "measure", "figure", "goal", "two annotators", "precision", "recall"], cells));
  } finally {
    await converter.close();
    if (values.out === undefined) await rm(folder, { recursive: true });
  }
}

function options(): { readonly shared?: string; readonly errors: string; readonly only?: string; readonly out?: string } {
  try {
    return parseArgs({ options: { shared: { type: "string" }, errors: { type: "string", default: "0" }, only: { type: "string" }, out: { type: "string" } } }).values;
  } catch (error) {
    // What parseArgs throws is about the options alone.
    throw new CommuniqueError("option-invalid", error instanceof Error ? error.message : String(error), { cause: error });
  }
}

function part(name: string): Part {
  const known = PARTS.find((one) => one === name.trim());
  if (known === undefined) throw new CommuniqueError("option-invalid", `--only: ${JSON.stringify(name)} is none of ${PARTS.join(", ")}`);
  return known;
}

function say(...lines: readonly string[]): void {
  for (const line of lines) process.stderr.write(`${line}\n`);
}

try {
  await main();
} catch (error) {
  if (!(error instanceof CommuniqueError)) throw error;
  say(error.message);
  process.exitCode = 2;
}
