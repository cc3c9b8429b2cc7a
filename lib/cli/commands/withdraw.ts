import { Command } from "commander";
import { isArticleId } from "../../article/id.ts";
import { CommuniqueError } from "../../errors/communique-error.ts";
import { EXIT, exitCodeOf, printable, report } from "../messages.ts";
import { parseSeconds } from "../options.ts";
import { findPlace } from "../place.ts";
import { openPublication } from "../publication.ts";
import type { StackPlace } from "../stack-place.ts";
import { withdrawPushed } from "../withdraw-pushed.ts";

export function withdrawCommand(): Command {
  return new Command("withdraw")
    .summary("withdraw published articles")
    .description(
      "Takes articles out of a publication: out of every document, dump and page, and with them every trace of their text. The feed tells " +
        "followers that they were withdrawn, and their addresses say so from then on.",
    )
    .argument("<ids...>", "ids of articles")
    .option("--from <place>", "DIR or s3://bucket/prefix")
    .option("-s, --stack <name>", "a stack in an AWS account, instead of a place: deletes what was pushed, and waits")
    .option("--timeout <seconds>", "of a stack: give up waiting where nothing has happened for so long", parseSeconds, 600)
    .action(async (ids: string[], options: { from?: string; stack?: string; timeout: number }) => {
      const place = await findPlace(options.from, options.stack);
      process.exitCode = "stack" in place ? await withdrawFromStack(ids, place.stack, options.timeout) : await withdraw(ids, place.target);
    });
}

async function withdrawFromStack(ids: readonly string[], place: StackPlace, timeout: number): Promise<number> {
  let exitCode: number = EXIT.ok;
  const onFailed = (error: CommuniqueError): void => {
    exitCode = exitCodeOf(error);
  };
  const onWithdrawn = (id: string): void => void process.stdout.write(`Withdrew ${printable(id)}\n`);
  await withdrawPushed({ place, ids, patience: timeout * 1000, onWithdrawn, onFailed });
  return exitCode;
}

async function withdraw(ids: readonly string[], place: string): Promise<number> {
  const publication = await openPublication(place);
  const known: string[] = [];
  let exitCode: number = EXIT.ok;
  for (const id of ids) {
    if (isArticleId(id) && (await publication.find(id)) === "published") known.push(id);
    else {
      report(new CommuniqueError("input-not-found", `no article ${JSON.stringify(id)} is published here`));
      exitCode = EXIT.input;
    }
  }
  await publication.withdraw(known);
  for (const id of known) process.stdout.write(`Withdrew ${printable(id)}\n`);
  return exitCode;
}
