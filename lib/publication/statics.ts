import { readFileSync } from "node:fs";
import type { Pages } from "./types.ts";

const FILES: readonly (readonly [key: string, file: string])[] = [
  ["ontology.ttl", "communique.ttl"],
  ["alignments.ttl", "alignments.ttl"],
  ["shapes.ttl", "shapes.ttl"],
  ["context/v1.jsonld", "context.jsonld"],
];

/** What every publication holds a copy of: the ontology, its shapes and context, and what pages need. */
export function staticObjects(pages: Pages | undefined): readonly (readonly [key: string, body: string | Uint8Array])[] {
  const own = FILES.map(([key, file]) => [key, readFileSync(new URL(`../../ontology/${file}`, import.meta.url), "utf8")] as const);
  return [...own, ...(pages?.assets() ?? []).map(({ key, body }) => [key, body] as const)];
}
