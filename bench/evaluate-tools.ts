import { spawnSync } from "node:child_process";
import { CommuniqueError } from "../lib/errors/communique-error.ts";

/**
 * Runs a scorer (a Python script) and returns what it printed. What it says of misses and of its own troubles goes to standard
 * error.
 *
 * @throws CommuniqueError "input-not-found" where there is no python3, "input-malformed" where the scorer ended with an error.
 */
export function runTool(script: string, args: readonly string[], python = "python3"): string {
  // The scorers print names as they stand in the texts, whatever the terminal's own encoding.
  const env = { ...process.env, PYTHONUTF8: "1" };
  const run = spawnSync(python, [script, ...args], { encoding: "utf8", env, maxBuffer: 2 ** 30, stdio: ["ignore", "pipe", "inherit"] });
  if (run.error !== undefined) {
    throw new CommuniqueError("input-not-found", `${python} could not be run, which the scorers need: ${run.error.message}`, { cause: run.error });
  }
  if (run.status !== 0) throw new CommuniqueError("input-malformed", `${script} ended with ${run.signal ?? `exit code ${run.status}`}`, { location: script });
  return run.stdout;
}
