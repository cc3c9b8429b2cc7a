import { Command } from "commander";
import type { InputFormat } from "../../article/inputs.ts";
import { readArticles } from "../../article/read.ts";
import { CommuniqueError } from "../../errors/communique-error.ts";
import { EXIT, report } from "../messages.ts";
import { collect, parseDate, parseInputFormat } from "../options.ts";
import { writeToStream } from "../output.ts";
import { withWarnings } from "../warnings.ts";

interface ExplainOptions {
  from?: InputFormat;
  published?: string;
  metadata?: string;
  gazetteer?: string[];
  color?: boolean;
}

export function explainCommand(): Command {
  return new Command("explain")
    .summary("show an article with the words that each fact rests on")
    .description("Prints an article with the evidence of every fact marked in it, then the facts, each with its words, and who or what they name.")
    .argument("<paths...>", 'FILE, DIR or "-" (standard input)')
    .option("--from <format>", "format of standard input and of the files named: txt, html, json, jsonl", parseInputFormat)
    .option("-p, --published <date>", "publication date (YYYY-MM-DD) of articles that have none of their own", parseDate)
    .option("-m, --metadata <file>", "JSON list of what is known of files")
    .option("-g, --gazetteer <file>", "add to the gazetteer or override it; may be given again", collect((file) => [file]))
    .option("--color", "in colour, even where standard output is no terminal")
    .option("--no-color", "without colour")
    .addHelpText("after", `\nExamples:\n  communique explain article.txt --published 2025-02-24\n  communique explain page.html --color | less -R`)
    .action(async (paths: string[], options: ExplainOptions) => {
      process.exitCode = await explainAll(paths, options);
    });
}

async function explainAll(paths: readonly string[], options: ExplainOptions): Promise<number> {
  const [{ createConverter }, { explain }] = await Promise.all([import("../../convert/converter.ts"), import("../../serialization/explain.ts")]);
  const converter = await createConverter({ gazetteer: options.gazetteer ?? [] });
  const colour = options.color ?? (process.stdout.isTTY && !process.env["NO_COLOR"]);
  let exitCode: number = EXIT.ok;
  try {
    const { from, published, metadata } = options;
    const readings = readArticles(paths, {
      ...(from === undefined ? {} : { format: from }), ...(published === undefined ? {} : { published }), ...(metadata === undefined ? {} : { metadata }),
    });
    for await (const reading of withWarnings(readings)) {
      try {
        if ("error" in reading) throw reading.error;
        const conversion = await converter.convert(reading.article);
        await writeToStream(process.stdout, explain(conversion, { colour, width: Math.min(process.stdout.columns ?? 80, 100) }));
      } catch (error) {
        if (!(error instanceof CommuniqueError)) throw error;
        report(error);
        exitCode = EXIT.input;
      }
    }
  } finally {
    await converter.close();
  }
  return exitCode;
}
