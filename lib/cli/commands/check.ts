import { Command } from "commander";
import { EXIT, printable } from "../messages.ts";
import { findPlace, storeOf } from "../place.ts";
import { openPublication } from "../publication.ts";

export function checkCommand(): Command {
  return new Command("check")
    .summary("check a published tree, or mend it")
    .description(
      "Renders every document of a publication again and compares, follows every link, checks the dumps' checksums and counts, validates every " +
        "article's graphs, and looks for what does not belong. Exit code 2 where something is wrong.",
    )
    .argument("[place]", "DIR or s3://bucket/prefix")
    .option("-s, --stack <name>", "what a stack in an AWS account has published, instead of a place")
    .option("--repair", "finish what was interrupted, write anew what differs and delete what does not belong")
    .option("--no-shapes", "leave out the validation against the shapes, the slowest part")
    .action(async (target: string | undefined, options: { stack?: string; repair?: boolean; shapes: boolean }) => {
      const publication = await openPublication(storeOf(await findPlace(target, options.stack)));
      const { problems, repaired, objects, articles } = await publication.check({ repair: options.repair ?? false, shapes: options.shapes });
      for (const { key, message } of problems) process.stderr.write(`${printable(`${key}: ${message}`)}\n`);
      if (repaired > 0) process.stdout.write(`Repaired ${repaired} objects\n`);
      process.stdout.write(problems.length === 0 ? `All is well: ${articles} articles, ${objects} objects\n` : `${problems.length} problems in ${objects} objects\n`);
      process.exitCode = problems.length === 0 ? EXIT.ok : EXIT.input;
    });
}
