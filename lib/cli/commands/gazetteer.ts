import { Command } from "commander";
import { collect, parseDate } from "../options.ts";
import { formatLookup } from "../lookup-text.ts";
import { EXIT, printable } from "../messages.ts";
import { writeFileAtomically, writeToStream } from "../output.ts";

const WIKIDATA = "https://query.wikidata.org/sparql";

export function gazetteerCommand(): Command {
  const command = new Command("gazetteer")
    .summary("ask what is known of a name, or fetch current office holders")
    .description("What the gazetteer knows of states, persons and their offices, organisations, groups, media and places.");
  command.addCommand(lookupCommand());
  command.addCommand(refreshCommand());
  return command;
}

interface LookupOptions {
  on?: string;
  gazetteer?: string[];
  json?: boolean;
}

function lookupCommand(): Command {
  return new Command("lookup")
    .summary("show what a name can mean")
    .description("Shows everything that a name can mean, with offices, sources and Wikidata items. Exit code 2 where nothing is known.")
    .argument("<name...>", "a name, with or without quotation marks")
    .option("--on <date>", "offices held on this day (YYYY-MM-DD) rather than all", parseDate)
    .option("-g, --gazetteer <file>", "add to the gazetteer or override it; may be given again", collect((file) => [file]))
    .option("--json", "as JSON")
    .addHelpText("after", "\nExamples:\n  communique gazetteer lookup Medvedev --on 2010-06-01\n  communique gazetteer lookup the Kremlin --json")
    .action(async (words: string[], options: LookupOptions) => {
      process.exitCode = await lookup(words.join(" "), options);
    });
}

async function lookup(name: string, options: LookupOptions): Promise<number> {
  const { loadGazetteer, lookupReport } = await import("../../gazetteer/index.ts");
  const gazetteer = loadGazetteer({ overlays: options.gazetteer ?? [] });
  const found = lookupReport(gazetteer, name.replace(/^the /i, ""), options.on);
  if (found.entries.length === 0) {
    process.stderr.write(`communique: the gazetteer does not know ${printable(JSON.stringify(name))}\n`);
    return EXIT.input;
  }
  await writeToStream(process.stdout, options.json === true ? `${JSON.stringify(found, undefined, 2)}\n` : formatLookup(found));
  return EXIT.ok;
}

interface RefreshOptions {
  endpoint: string;
  on?: string;
  gazetteer?: string[];
  out?: string;
}

function refreshCommand(): Command {
  return new Command("refresh")
    .summary("fetch current office holders from Wikidata")
    .description("Asks a Wikidata SPARQL endpoint who heads states and governments now, and writes a file for --gazetteer.")
    .option("--endpoint <url>", "SPARQL endpoint", WIKIDATA)
    .option("--on <date>", "the day to write as that of the answer (default: today)", parseDate)
    .option("-g, --gazetteer <file>", "what is known already, besides the built-in gazetteer; may be given again", collect((file) => [file]))
    .option("-o, --out <file>", "write to this file instead of standard output")
    .addHelpText("after", "\nExamples:\n  communique gazetteer refresh --out holders.jsonl\n  communique convert news/ --gazetteer holders.jsonl --to nq")
    .action(async (options: RefreshOptions) => {
      const { refreshGazetteer } = await import("../../gazetteer/index.ts");
      const on = options.on ?? new Date().toISOString().slice(0, 10);
      const records = await refreshGazetteer({ endpoint: options.endpoint, on, overlays: options.gazetteer ?? [] });
      const text = records.map((record) => `${JSON.stringify(record)}\n`).join("");
      if (options.out === undefined) await writeToStream(process.stdout, text);
      else await writeFileAtomically(options.out, text);
      process.stderr.write(`${records.length} records\n`);
    });
}
