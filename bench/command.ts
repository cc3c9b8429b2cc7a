import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

export interface CommandRun {
  /** From the start of the process to its first byte on standard output. */
  readonly firstOutputMs: number;
  readonly seconds: number;
  readonly peakMegabytes: number;
}

const LAUNCHER = fileURLToPath(new URL("../bin/communique.mjs", import.meta.url));
/** Says on file descriptor 3, at its end, the most memory that the process ever held (kilobytes). */
const MEMORY_PROBE = "data:text/javascript,import{writeSync}from'node:fs';process.on('exit',()=>writeSync(3,String(process.resourceUsage().maxRSS)))";

/** Runs the command as a user would, its output read and thrown away. */
export function runCommand(args: readonly string[]): Promise<CommandRun> {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const child = spawn(process.execPath, ["--import", MEMORY_PROBE, LAUNCHER, ...args], { stdio: ["ignore", "pipe", "inherit", "pipe"] });
    let firstOutputMs = Number.NaN;
    let memory = "";
    child.stdout?.once("data", () => (firstOutputMs = performance.now() - started));
    child.stdout?.resume();
    (child.stdio[3] as NodeJS.ReadableStream).on("data", (chunk: Buffer) => (memory += chunk.toString()));
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0) resolve({ firstOutputMs, seconds: (performance.now() - started) / 1000, peakMegabytes: Number(memory) / 1024 });
      else reject(new Error(`communique ${args.join(" ")} ended with exit code ${code ?? "none"}`));
    });
  });
}
