import { CommuniqueError } from "../errors/communique-error.ts";
import { tooDeep, type Limits } from "./limits.ts";

export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** `JSON.parse` within limits of depth, with our own errors. */
export function parseJson(json: string, limits: Limits): unknown {
  if (jsonDepthExceeds(json, limits.maxDepth)) throw tooDeep(limits, "the JSON");
  try {
    return JSON.parse(json);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.replaceAll(/[^\x20-\x7e]/g, "?").slice(0, 200) : "";
    throw new CommuniqueError("input-malformed", `this is no JSON: ${reason}`, { cause });
  }
}

/** Looks before parsing, since a parser spends its time and memory on the depth first. */
export function jsonDepthExceeds(json: string, limit: number): boolean {
  let depth = 0;
  let inString = false;
  for (let i = 0; i < json.length; i++) {
    const unit = json.charCodeAt(i);
    if (inString) {
      if (unit === 0x5c) i++;
      else if (unit === 0x22) inString = false;
    } else if (unit === 0x22) inString = true;
    else if (unit === 0x5b || unit === 0x7b) {
      if (++depth > limit) return true;
    } else if (unit === 0x5d || unit === 0x7d) depth--;
  }
  return false;
}

/** One property, or none: `exactOptionalPropertyTypes` tells the two apart. */
export function defined<K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { [P in K]?: V });
}
