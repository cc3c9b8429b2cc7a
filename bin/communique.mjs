#!/usr/bin/env node
// Starts the command. Plain JavaScript, so that any Node from 20 on can read it: the command itself is TypeScript,
// which needs the Node 24 that is installed with this package.
import { spawn } from "node:child_process";
import module from "node:module";
import { dirname, join } from "node:path";
import process from "node:process";
import v8 from "node:v8";

const main = new URL("../lib/cli/main.ts", import.meta.url);

if (Number(process.versions.node.split(".")[0]) >= 24) {
  module.enableCompileCache();
  silenceTypeStripping();
  // Articles leave little behind: a small heap costs some 3 % of time and saves 100 MB and more over a long run.
  v8.setFlagsFromString("--optimize-for-size");
  await import(main.href);
} else {
  const child = spawn(projectNode(), [process.argv[1], ...process.argv.slice(2)], { stdio: "inherit" });
  child.on("error", (error) => {
    console.error(`communique: Node 24 cannot be started: ${error.message}`);
    process.exitCode = 1;
  });
  child.on("exit", (code, signal) => {
    if (signal === null) process.exitCode = code ?? 1;
    else process.kill(process.pid, signal);
  });
}

/** Node before 24.3 warns of running TypeScript, which it has since called stable. */
function silenceTypeStripping() {
  const { emitWarning } = process;
  process.emitWarning = (warning, ...rest) => {
    if (!String(warning).startsWith("Type Stripping")) emitWarning.call(process, warning, ...rest);
  };
}

/** The Node that npm installed as an optional dependency for this platform. */
function projectNode() {
  const require = module.createRequire(import.meta.url);
  const platform = process.platform === "win32" ? "win" : process.platform;
  for (const name of [`node-${platform}-${process.arch}`, `node-bin-${platform}-${process.arch}`]) {
    try {
      const manifest = require.resolve(`${name}/package.json`);
      return join(dirname(manifest), "bin", process.platform === "win32" ? "node.exe" : "node");
    } catch {
      continue;
    }
  }
  console.error(`communique: needs Node 24; this is ${process.version}, and none is installed for ${platform}-${process.arch}`);
  process.exit(1);
}
