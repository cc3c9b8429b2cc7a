import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import vm from "node:vm";
import type { EdgeEvent, EdgeRequest, EdgeResponse } from "../../functions/negotiate.ts";

/** Runs the source of a CloudFront Function over events; each sees a copy of its own. */
export type Edge = (source: string, events: readonly EdgeEvent[]) => (EdgeRequest | EdgeResponse)[];

/** NGINX's engine, which knows what CloudFront's runtime knows; Debian's package `njs`. */
export const hasNjs = spawnSync("njs", ["-h"]).error === undefined;

// Lines longer than 2,048 bytes are cut off by njs.
const RUN = `
var answers = JSON.stringify(events.map(function (event) { return handler(event); }));
for (var position = 0; position < answers.length; position += 1000) console.log(answers.slice(position, position + 1000));
`;

export const inNjs: Edge = (source, events) => {
  const folder = mkdtempSync(join(tmpdir(), "communique-njs-"));
  try {
    const file = join(folder, "events.js");
    writeFileSync(file, `${source}\nvar events = ${JSON.stringify(events)}${RUN}`);
    return JSON.parse(execFileSync("njs", [file], { encoding: "utf8", maxBuffer: 1 << 26 }).replaceAll("\n", "")) as (EdgeRequest | EdgeResponse)[];
  } finally {
    rmSync(folder, { recursive: true });
  }
};

/** For machines without njs: shows what the function answers, not that CloudFront can run it. Nothing of Node is in reach. */
export const inVm: Edge = (source, events) => {
  const context = vm.createContext(Object.create(null) as object);
  const written: unknown = vm.runInContext(`${source}\n;(function () { var events = ${JSON.stringify(events)}; return JSON.stringify(events.map(function (event) { return handler(event); })); })()`, context);
  return JSON.parse(String(written)) as (EdgeRequest | EdgeResponse)[];
};
