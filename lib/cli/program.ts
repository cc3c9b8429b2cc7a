import { readFileSync } from "node:fs";
import { Command, CommanderError } from "commander";
import { checkCommand } from "./commands/check.ts";
import { convertCommand } from "./commands/convert.ts";
import { explainCommand } from "./commands/explain.ts";
import { gazetteerCommand } from "./commands/gazetteer.ts";
import { publishCommand } from "./commands/publish.ts";
import { pushCommand } from "./commands/push.ts";
import { rebuildCommand } from "./commands/rebuild.ts";
import { serveCommand } from "./commands/serve.ts";
import { validateCommand } from "./commands/validate.ts";
import { withdrawCommand } from "./commands/withdraw.ts";
import { EXIT, exitCodeOf, formatUsageError } from "./messages.ts";

/** The `communique` command with all its subcommands. */
export function createProgram(): Command {
  const { version, description } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as { version: string; description: string };
  const program = new Command("communique")
    .description(description)
    .version(version)
    .addHelpText(
      "after",
      `
Exit codes: 0 all went well; 1 a bug (COMMUNIQUE_DEBUG=1 shows where); 2 an input, option or article
is wrong; 3 a stack in an AWS account has not done yet what was asked of it.

Examples:
  communique convert article.txt --published 2025-02-24
  communique explain article.txt --published 2025-02-24
  communique gazetteer lookup Medvedev --on 2010-06-01`,
    );
  const commands = [convertCommand(), validateCommand(), explainCommand(), gazetteerCommand(), publishCommand(), withdrawCommand(), checkCommand(), rebuildCommand(), serveCommand(), pushCommand()];
  for (const command of commands) program.addCommand(command);
  for (const command of [program, ...descendants(program)]) {
    command
      .exitOverride()
      .showSuggestionAfterError()
      .configureHelp({ helpWidth: 100 })
      .configureOutput({ outputError: (message, write) => write(`${formatUsageError(message, pathOf(command))}\n`) });
  }
  return program;
}

/** Runs the command with arguments as a shell gives them, and sets the exit code of the process. Never throws. */
export async function run(args: readonly string[]): Promise<void> {
  // Whoever reads our output may stop reading, as `head` does: no reason to complain.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    process.exit(error.code === "EPIPE" ? EXIT.ok : exitCodeOf(error));
  });
  try {
    await createProgram().parseAsync(args, { from: "user" });
  } catch (error) {
    // Commander has printed its message; help and version come this way too, with exit code 0.
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? EXIT.ok : EXIT.input;
    else process.exitCode = exitCodeOf(error);
  }
}

/** "communique gazetteer lookup" */
function pathOf(command: Command): string {
  return command.parent === null ? command.name() : `${pathOf(command.parent)} ${command.name()}`;
}

function descendants(command: Command): Command[] {
  return command.commands.flatMap((child) => [child, ...descendants(child)]);
}
