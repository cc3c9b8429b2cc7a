import { readFileSync } from "node:fs";
import { Parser } from "n3";
import { toNQuads } from "../../lib/serialization/nquads.ts";

/** The test data as the dumps would hold it. */
export function diplomacy(): string {
  return toNQuads(new Parser({ format: "application/trig" }).parse(readFileSync(new URL("diplomacy.trig", import.meta.url), "utf8")));
}
