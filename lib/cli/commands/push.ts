import { Command } from "commander";
import type { InputFormat } from "../../article/inputs.ts";
import { readArticles } from "../../article/read.ts";
import { CommuniqueError } from "../../errors/communique-error.ts";
import { EXIT, exitCodeOf, printable } from "../messages.ts";
import { parseDate, parseInputFormat, parseSeconds, readOptions } from "../options.ts";
import { StatusLine } from "../progress.ts";
import { pushArticles } from "../push-articles.ts";
import { openStack } from "../stack-place.ts";
import { formatNumber } from "../table.ts";
import { withWarnings } from "../warnings.ts";

interface PushCommandOptions {
  stack: string;
  from?: InputFormat;
  published?: string;
  metadata?: string;
  timeout: number;
  wait: boolean;
  quiet?: boolean;
}

/** URLs shown one by one; of more articles only the number is. */
const MAX_URLS = 20;

export function pushCommand(): Command {
  return new Command("push")
    .summary("upload articles to a deployed stack")
    .description(
      "Uploads articles to a stack in an AWS account (docs/deploy.md), waits until it has published them, and prints their URLs. An article pushed " +
        "before under the same id is replaced. Region and credentials are those of the AWS environment (AWS_PROFILE, AWS_REGION, …).",
    )
    .argument("<paths...>", "FILE, DIR or -, as for convert")
    .requiredOption("-s, --stack <name>", "name of the stack, as given to cdk deploy: Communique, or Communique-<stage>")
    .option("--from <format>", "format of standard input and of the files named: txt, html, json, jsonl", parseInputFormat)
    .option("-p, --published <date>", "publication date (YYYY-MM-DD) of articles that have none of their own", parseDate)
    .option("-m, --metadata <file>", "JSON list of what is known of files; a folder's own is articles.json")
    .option("--timeout <seconds>", "give up waiting where nothing has happened for so long", parseSeconds, 600)
    .option("--no-wait", "only upload")
    .option("-q, --quiet", "no progress, even on a terminal, and no URLs")
    .addHelpText(
      "after",
      `
Exit code 3: articles were uploaded but not published in time; they may still be.

Examples:
  communique push article.txt --published 2025-02-24 --stack Communique
  communique push news/ --stack Communique-test --no-wait`,
    )
    .action(async (paths: string[], options: PushCommandOptions) => {
      process.exitCode = await push(paths, options);
    });
}

async function push(paths: readonly string[], options: PushCommandOptions): Promise<number> {
  const place = await openStack(options.stack);
  const line = new StatusLine(process.stderr);
  const count = { uploaded: 0, published: 0, failed: 0 };
  const urls: string[] = [];
  let exitCode: number = EXIT.ok;
  const show = (): void => {
    if (options.quiet === true) return;
    const { uploaded, published, failed } = count;
    line.show(() => `${formatNumber(uploaded)} uploaded, ${formatNumber(published)} published${failed === 0 ? "" : `, ${formatNumber(failed)} refused`}`);
  };
  const fail = (error: unknown): void => {
    line.clear();
    exitCode = Math.max(exitCode, exitCodeOf(error));
  };
  const readings = readArticles(paths, readOptions(options));
  try {
    await pushArticles({
      place,
      readings: withWarnings(readings, () => line.clear()),
      ...(options.wait ? { patience: options.timeout * 1000 } : {}),
      onUploaded: () => {
        count.uploaded++;
        show();
      },
      onPublished: ({ id }) => {
        count.published++;
        if (urls.length < MAX_URLS) urls.push(`${place.base}article/${id}`);
        show();
      },
      onFailed: (error) => {
        count.failed++;
        fail(error);
      },
      onWaiting: show,
    });
  } catch (error) {
    if (!(error instanceof CommuniqueError)) throw error;
    fail(error);
  } finally {
    line.clear();
  }
  if (options.quiet !== true) process.stdout.write(told(options, urls, count));
  return exitCode;
}

function told({ wait, stack }: PushCommandOptions, urls: readonly string[], { uploaded, published }: { readonly uploaded: number; readonly published: number }): string {
  if (!wait) return `Uploaded ${articles(uploaded)} to ${printable(stack)}\n`;
  const more = published > urls.length ? [`and ${formatNumber(published - urls.length)} more`] : [];
  return [...urls, ...more].map((one) => `${one}\n`).join("");
}

function articles(number: number): string {
  return number === 1 ? "1 article" : `${formatNumber(number)} articles`;
}
