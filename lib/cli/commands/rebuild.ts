import { Command } from "commander";
import { checkBase } from "../../graph/iris.ts";
import { openPublication } from "../publication.ts";

export function rebuildCommand(): Command {
  return new Command("rebuild")
    .summary("make a published tree anew from its log")
    .description(
      "Replays the log of a publication from its beginning and puts the result in the old tree's place: after a new version of the software, " +
        "to move to another base IRI, or where check finds what it cannot repair.",
    )
    .argument("<place>", "DIR or s3://bucket/prefix")
    .option("-b, --base <iri>", "publish under another base IRI from now on", checkBase)
    .action(async (place: string, options: { base?: string }) => {
      const publication = await openPublication(place, options.base === undefined ? {} : { moveTo: options.base });
      await publication.rebuild(options);
      const manifest = await publication.manifest();
      process.stdout.write(`Rebuilt ${place}: ${manifest?.counts.articles ?? 0} articles, log entry ${manifest?.log ?? 0}\n`);
    });
}
