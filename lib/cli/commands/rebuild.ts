import { Command } from "commander";
import { checkBase } from "../../graph/iris.ts";
import { CommuniqueError } from "../../errors/communique-error.ts";
import { findPlace, nameOf, storeOf } from "../place.ts";
import { openPublication } from "../publication.ts";

export function rebuildCommand(): Command {
  return new Command("rebuild")
    .summary("make a published tree anew from its log")
    .description(
      "Replays the log of a publication from its beginning and puts the result in the old tree's place: after a new version of the software, " +
        "to move to another base IRI, or where check finds what it cannot repair.",
    )
    .argument("[place]", "DIR or s3://bucket/prefix")
    .option("-s, --stack <name>", "what a stack in an AWS account has published, instead of a place; it goes under the stack's base IRI")
    .option("-b, --base <iri>", "publish under another base IRI from now on", checkBase)
    .action(async (target: string | undefined, options: { stack?: string; base?: string }) => {
      if (options.stack !== undefined && options.base !== undefined) throw new CommuniqueError("option-invalid", "a stack has its base IRI from cdk deploy (-c base=…): deploy that first, then rebuild without --base");
      const place = await findPlace(target, options.stack);
      const base = "stack" in place ? place.stack.base : options.base;
      const publication = await openPublication(storeOf(place), base === undefined ? {} : { moveTo: base });
      await publication.rebuild(base === undefined ? {} : { base });
      const manifest = await publication.manifest();
      process.stdout.write(`Rebuilt ${nameOf(place)}: ${manifest?.counts.articles ?? 0} articles, log entry ${manifest?.log ?? 0}\n`);
    });
}
