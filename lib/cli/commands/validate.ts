import { Command } from "commander";
import { CommuniqueError } from "../../errors/communique-error.ts";
import type { Finding } from "../../graph/finding.ts";
import { EXIT, printable, report } from "../messages.ts";
import { readDataset } from "../read-dataset.ts";
import { table } from "../table.ts";

const MAX_FINDINGS = 20;

export function validateCommand(): Command {
  return new Command("validate")
    .summary("check RDF datasets against the shapes")
    .description("Checks datasets (.nq, .trig, .jsonld) against the SHACL shapes of the ontology, each file by itself, and that every span quotes as many characters as its offsets say. Exit code 2 where one does not conform.")
    .argument("<files...>", "RDF files")
    .option("--text <file>", "the article's text (UTF-8): the words of every span are compared with it")
    .addHelpText(
      "after",
      `
Turtle holds the facts without their evidence, which the shapes ask for: it is refused.

Examples:
  communique validate public/*.nq
  communique convert article.txt --to nq > article.nq && communique validate article.nq --text article.txt`,
    )
    .action(async (files: string[], options: { text?: string }) => {
      process.exitCode = await validate(files, options.text);
    });
}

async function validate(files: readonly string[], textFile: string | undefined): Promise<number> {
  const text = textFile === undefined ? undefined : await readText(textFile);
  const { validateDataset } = await import("../../graph/validate.ts");
  const rows: (string | number)[][] = [];
  const findings: [string, readonly Finding[]][] = [];
  let failed = false;
  for (const file of files) {
    try {
      const quads = await readDataset(file);
      const found = await validateDataset(quads, text === undefined ? {} : { text });
      const violations = found.filter(({ severity }) => severity === "violation").length;
      rows.push([printable(file), quads.length, violations, violations === 0 ? "conforms" : "does not conform"]);
      findings.push([file, found]);
      failed ||= violations > 0;
    } catch (error) {
      if (!(error instanceof CommuniqueError)) throw error;
      report(error);
      failed = true;
    }
  }
  if (rows.length > 0) process.stdout.write(table(["file", "quads", "violations", "result"], rows));
  for (const [file, found] of findings) printFindings(file, found);
  return failed ? EXIT.input : EXIT.ok;
}

function printFindings(file: string, findings: readonly Finding[]): void {
  if (findings.length === 0) return;
  process.stdout.write(`\n${printable(file)}:\n`);
  for (const { severity, focus, path, message } of findings.slice(0, MAX_FINDINGS)) {
    process.stdout.write(`  ${severity}: ${printable(message)}\n    at <${printable(focus)}>${path === "" ? "" : ` ${printable(path)}`}\n`);
  }
  if (findings.length > MAX_FINDINGS) process.stdout.write(`  and ${findings.length - MAX_FINDINGS} more\n`);
}

async function readText(file: string): Promise<string> {
  const [{ readFile }, { decodeText }, { unreadable }, { normalizeText }] = await Promise.all([
    import("node:fs/promises"), import("../../article/decode.ts"), import("../../article/inputs.ts"), import("../../article/normalize.ts"),
  ]);
  const bytes = await readFile(file).catch((cause: unknown) => {
    throw unreadable(file, cause);
  });
  // As `convert` does with what it cannot read: the words of the dataset have the same U+FFFD.
  return normalizeText(decodeText(bytes).text);
}
