import { stat } from "node:fs/promises";
import { join } from "node:path";
import { Command } from "commander";
import { listInputs, type InputFormat } from "../../article/inputs.ts";
import { readArticles, type Reading } from "../../article/read.ts";
import { EXTENSIONS, isRdf, OUTPUT_FORMATS, parseFormats, type OutputFormat } from "../../convert/formats.ts";
import type { Rendered } from "../../convert/render.ts";
import { CommuniqueError } from "../../errors/communique-error.ts";
import { checkBase, DEFAULT_BASE } from "../../graph/iris.ts";
import { EngineFailure, openEngine, type Engine } from "../engine.ts";
import { inOrder } from "../in-order.ts";
import { exitCodeOf, printable } from "../messages.ts";
import { collect, parseDate, parseInputFormat, parseJobs, readOptions } from "../options.ts";
import { folderSink, makeFolder, streamSink, writeFileAtomically, writeToStream, type Sink } from "../output.ts";
import { Progress } from "../progress.ts";
import { RunSummary } from "../summary.ts";
import { withWarnings } from "../warnings.ts";

interface ConvertOptions {
  to?: OutputFormat[];
  out?: string;
  base: string;
  from?: InputFormat;
  published?: string;
  metadata?: string;
  gazetteer?: string[];
  jobs: number;
  check?: boolean;
  summary?: boolean;
  quiet?: boolean;
}

export function convertCommand(): Command {
  return new Command("convert")
    .summary("convert articles to RDF")
    .description(
      "Reads news articles and writes what they tell, every fact with its evidence. FILE is plain text (.txt), a web page (.html), " +
        "an article or IPTC ninjs item (.json), or one article a line (.jsonl); DIR is searched for such files; " +
        '"-" is standard input. Files are read in the order of their paths, whatever order they are given in.',
    )
    .argument("<paths...>", "FILE, DIR or -")
    .option("-t, --to <formats>", `${OUTPUT_FORMATS.join(", ")}; several with commas, or given again (default: ttl)`, collect(parseFormats))
    .option("-o, --out <dir>", "write one file an article and format into this folder, instead of standard output")
    .option("-b, --base <iri>", "where the IRIs of articles, persons and the like begin", checkBase, DEFAULT_BASE)
    .option("--from <format>", "format of standard input and of the files named: txt, html, json, jsonl", parseInputFormat)
    .option("-p, --published <date>", "publication date (YYYY-MM-DD) of articles that have none of their own", parseDate)
    .option("-m, --metadata <file>", "JSON list of what is known of files; a folder's own is articles.json")
    .option("-g, --gazetteer <file>", "add to the gazetteer or override it; may be given again", collect((file) => [file]))
    .option("-j, --jobs <n>", 'processes: a number or "all"; the output is the same', parseJobs, 1)
    .option("--check", "refuse a dataset that breaks the SHACL shapes")
    .option("--summary", "print a table of what was found (with --out to standard output, else to standard error)")
    .option("-q, --quiet", "no progress, even on a terminal")
    .addHelpText(
      "after",
      `
Several articles on standard output follow one another: N-Quads, Turtle and TriG as one document, JSON-LD
and extractions one line each; JSON-LD of a single file is laid out to be read. An article that fails is
reported on standard error, the rest goes on, and the exit code is 2.

Examples:
  communique convert article.txt --published 2025-02-24
  communique convert page.html --to jsonld
  communique convert news/ --to nq,html --out public --jobs all --summary
  zcat archive.jsonl.gz | communique convert - --from jsonl --to extraction > extractions.jsonl`,
    )
    .action(async (paths: string[], options: ConvertOptions) => {
      process.exitCode = await convert(paths, options);
    });
}

async function convert(paths: readonly string[], options: ConvertOptions): Promise<number> {
  const formats = [...new Set(options.to ?? ["ttl" as const])];
  const severalArticles = await mayHoldSeveral(paths, options);
  if (options.out === undefined && formats.length > 1) {
    throw new CommuniqueError("option-invalid", "several formats need --out: standard output takes one");
  }
  if (options.out === undefined && severalArticles && formats[0] === "html") {
    throw new CommuniqueError("option-invalid", "pages of several articles need --out");
  }
  const render = { formats, base: options.base, check: options.check ?? false, lines: options.out === undefined && severalArticles, links: options.out !== undefined };
  const sink = options.out === undefined ? streamSink(process.stdout) : await folderSink(options.out);
  const readings = readArticles(paths, readOptions(options));
  const engine = await openEngine({ converter: { gazetteer: options.gazetteer ?? [] }, render }, options.jobs);
  const run = new RunSummary();
  const keys = new Set<string>();
  try {
    await convertAll(readings, engine, sink, run, keys, options);
  } finally {
    await engine.close();
  }
  if (options.out !== undefined) await writeGazetteer(options.out, keys, formats, options);
  if (options.summary) {
    const checked = options.check === true ? "Every dataset written conforms to the shapes. " : "";
    if (options.out === undefined) await writeToStream(process.stderr, run.toString());
    else await writeToStream(process.stdout, `${run.toString()}\n${checked}Written to ${printable(options.out)}: ${formats.join(", ")}.\n`);
  } else if (options.out !== undefined && process.stderr.isTTY && options.quiet !== true) {
    await writeToStream(process.stderr, run.written(options.out, formats));
  }
  return run.exitCode;
}

async function convertAll(
  readings: AsyncIterable<Reading>, engine: Engine, sink: Sink, run: RunSummary, keys: Set<string>, options: ConvertOptions,
): Promise<void> {
  const progress = new Progress(process.stderr);
  const results = inOrder(withWarnings(readings, () => progress.clear()), engine.width, (reading) => convertOne(reading, engine));
  try {
    for await (const result of results) {
      const failed = result instanceof Error;
      if (failed) {
        progress.clear();
        run.fail(exitCodeOf(result));
      } else {
        await sink.write(result);
        run.add(result.summary);
        for (const key of result.gazetteerKeys) keys.add(key);
      }
      if (!options.quiet) progress.add(failed);
    }
  } finally {
    progress.clear();
  }
}

/** A result, or why there is none, a bug included: it spoils one article, not the others. */
async function convertOne(reading: Reading, engine: Engine): Promise<Rendered | Error> {
  if ("error" in reading) return reading.error;
  try {
    return await engine.render(reading.article);
  } catch (error) {
    if (error instanceof EngineFailure) throw error;
    if (!(error instanceof CommuniqueError)) {
      return new Error(`${reading.location}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
    }
    return new CommuniqueError(error.code, error.message, { cause: error, location: error.location ?? reading.location });
  }
}

/** What the gazetteer knows of the entities met, as a dataset of its own: `gazetteer/<version><extension>`. */
async function writeGazetteer(folder: string, keys: ReadonlySet<string>, formats: readonly OutputFormat[], options: ConvertOptions): Promise<void> {
  const rdf = formats.filter(isRdf);
  if (rdf.length === 0 || keys.size === 0) return;
  const [{ loadGazetteer }, { gazetteerQuads }, { serialize }, { check }] = await Promise.all([
    import("../../gazetteer/index.ts"), import("../../graph/gazetteer-facts.ts"), import("../../serialization/index.ts"), import("../../convert/render.ts"),
  ]);
  const gazetteer = loadGazetteer({ overlays: options.gazetteer ?? [] });
  const quads = gazetteerQuads(gazetteer, keys, options.base);
  if (options.check) await check(quads);
  const target = join(folder, "gazetteer");
  await makeFolder(target);
  for (const format of rdf) {
    await writeFileAtomically(join(target, `${gazetteer.version}${EXTENSIONS[format]}`), await serialize(quads, format, { base: options.base }));
  }
}

/** Whether more than one article may come, by the paths alone: what decides the form of the output must not depend on their number. */
async function mayHoldSeveral(paths: readonly string[], options: ConvertOptions): Promise<boolean> {
  if (paths.length > 1 || options.from === "jsonl") return true;
  const path = paths[0] ?? "-";
  if (path === "-") return false;
  if ((await stat(path).catch(() => undefined))?.isDirectory() === true) return true;
  return (await listInputs(paths, options.from)).some((input) => "format" in input && input.format === "jsonl");
}
