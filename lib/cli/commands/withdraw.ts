import { Command } from "commander";
import { isArticleId } from "../../article/id.ts";
import { CommuniqueError } from "../../errors/communique-error.ts";
import { EXIT, printable, report } from "../messages.ts";
import { openPublication } from "../publication.ts";

export function withdrawCommand(): Command {
  return new Command("withdraw")
    .summary("withdraw published articles")
    .description(
      "Takes articles out of a publication: out of every document, dump and page, and with them every trace of their text. The feed tells " +
        "followers that they were withdrawn, and their addresses say so from then on.",
    )
    .argument("<ids...>", "ids of articles")
    .requiredOption("--from <place>", "DIR or s3://bucket/prefix")
    .action(async (ids: string[], options: { from: string }) => {
      process.exitCode = await withdraw(ids, options.from);
    });
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
