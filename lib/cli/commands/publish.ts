import { Command } from "commander";
import type { InputFormat } from "../../article/inputs.ts";
import { readArticles } from "../../article/read.ts";
import { CommuniqueError } from "../../errors/communique-error.ts";
import { checkBase } from "../../graph/iris.ts";
import type { Publication, Publishing, TextPolicy } from "../../publication/index.ts";
import { EXIT, exitCodeOf } from "../messages.ts";
import { collect, parseDate, parseInputFormat, readOptions } from "../options.ts";
import { Progress } from "../progress.ts";
import { openPublication } from "../publication.ts";
import { withWarnings } from "../warnings.ts";

interface PublishCommandOptions {
  to: string;
  base?: string;
  from?: InputFormat;
  published?: string;
  metadata?: string;
  gazetteer?: string[];
  replace?: boolean;
  publishText: TextPolicy;
  title?: string;
  publisher?: string;
  license?: string;
  quiet?: boolean;
}

/** Articles of one log entry. */
const BATCH = 100;

export function publishCommand(): Command {
  return new Command("publish")
    .summary("publish articles as linked data")
    .description(
      "Converts articles and publishes what they tell as linked data: documents of articles, entities and meetings, dumps, a feed of changes " +
        "and pages to read. An article published before under the same id is replaced; what has not changed stays as it is. Any number of processes may publish into one place at once.",
    )
    .argument("<paths...>", "FILE, DIR or -, as for convert")
    .requiredOption("-t, --to <place>", "DIR or s3://bucket/prefix")
    .option("-b, --base <iri>", "where all IRIs begin; fixed when the first article is published", checkBase)
    .option("--from <format>", "format of standard input and of the files named: txt, html, json, jsonl", parseInputFormat)
    .option("-p, --published <date>", "publication date (YYYY-MM-DD) of articles that have none of their own", parseDate)
    .option("-m, --metadata <file>", "JSON list of what is known of files; a folder's own is articles.json")
    .option("-g, --gazetteer <file>", "add to the gazetteer or override it; may be given again", collect((file) => [file]))
    .option("--replace", "replace an article of the same id even where its URL and its text both differ")
    .option("--publish-text <much>", "how much of the articles' text: full, evidence (only the words of facts) or none", parseText, "full")
    .option("--title <text>", "title of the dataset in its description")
    .option("--publisher <name>", "who publishes it")
    .option("--license <iri>", "licence of the data")
    .option("-q, --quiet", "no progress, even on a terminal")
    .addHelpText(
      "after",
      `
Examples:
  communique publish news/ --to public --base https://data.example.org/
  communique publish article.txt --published 2025-02-24 --to s3://bucket/prefix --publish-text evidence`,
    )
    .action(async (paths: string[], options: PublishCommandOptions) => {
      process.exitCode = await publish(paths, options);
    });
}

async function publish(paths: readonly string[], options: PublishCommandOptions): Promise<number> {
  const { createConverter } = await import("../../convert/converter.ts");
  const readings = readArticles(paths, readOptions(options));
  const converter = await createConverter({ gazetteer: options.gazetteer ?? [] });
  const progress = new Progress(process.stderr);
  let exitCode: number = EXIT.ok;
  let published = 0;
  const fail = (error: unknown): void => {
    progress.clear();
    const code = exitCodeOf(error);
    exitCode = exitCode === EXIT.bug ? exitCode : code;
  };
  try {
    const publication = await openPublication(options.to, {
      ...(options.base === undefined ? {} : { base: options.base }),
      gazetteer: converter.gazetteer,
      about: {
        ...(options.title === undefined ? {} : { title: options.title }),
        ...(options.publisher === undefined ? {} : { publisher: { name: options.publisher } }),
        ...(options.license === undefined ? {} : { license: options.license }),
      },
    });
    let batch: Publishing[] = [];
    const flush = async (): Promise<void> => {
      published += await publishBatch(publication, batch, options, fail);
      batch = [];
    };
    for await (const reading of withWarnings(readings, () => progress.clear())) {
      try {
        if ("error" in reading) throw reading.error;
        batch.push(await converter.convert(reading.article));
      } catch (error) {
        if (!(error instanceof CommuniqueError)) throw error;
        fail(error);
      }
      if (options.quiet !== true) progress.add(false);
      if (batch.length === BATCH) await flush();
    }
    await flush();
  } finally {
    progress.clear();
    await converter.close();
  }
  if (options.quiet !== true) process.stdout.write(`Published ${published} ${published === 1 ? "article" : "articles"} to ${options.to}\n`);
  return exitCode;
}

/** Publishes a batch; where an article of it is refused, the others one by one. */
async function publishBatch(publication: Publication, batch: readonly Publishing[], options: PublishCommandOptions, fail: (error: unknown) => void): Promise<number> {
  const settings = { text: options.publishText, replace: options.replace ?? false };
  const attempt = async (articles: readonly Publishing[]): Promise<number> => {
    await publication.publish(articles, settings);
    return articles.length;
  };
  if (batch.length === 0) return 0;
  try {
    return await attempt(batch);
  } catch (error) {
    if (!(error instanceof CommuniqueError) || (error.code !== "article-duplicate" && error.code !== "article-invalid")) throw error;
    if (batch.length === 1) {
      fail(error);
      return 0;
    }
    let published = 0;
    for (const article of batch) published += await publishBatch(publication, [article], options, fail);
    return published;
  }
}

function parseText(value: string): TextPolicy {
  if (value === "full" || value === "evidence" || value === "none") return value;
  throw new CommuniqueError("option-invalid", `--publish-text: ${JSON.stringify(value)} is none of full, evidence, none`);
}
