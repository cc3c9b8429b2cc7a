import { readFileSync } from "node:fs";
import { sha256 } from "./codec.ts";
import type { Pages } from "./types.ts";

const FILES: readonly (readonly [key: string, file: string])[] = [
  ["ontology.ttl", "communique.ttl"],
  ["alignments.ttl", "alignments.ttl"],
  ["shapes.ttl", "shapes.ttl"],
  ["context/v1.jsonld", "context.jsonld"],
];

type Objects = readonly (readonly [key: string, body: string | Uint8Array])[];

const known = new WeakMap<Pages, Objects>();
let own: Objects | undefined;

/** What every publication holds a copy of: the ontology, its shapes and context, and what pages need. Read once. */
export function staticObjects(pages: Pages | undefined): Objects {
  own ??= FILES.map(([key, file]) => [key, readFileSync(new URL(`../../ontology/${file}`, import.meta.url), "utf8")] as const);
  if (pages === undefined) return own;
  let all = known.get(pages);
  if (all === undefined) known.set(pages, (all = [...own, ...pages.assets().map(({ key, body }) => [key, body] as const)]));
  return all;
}

const digests = new WeakMap<Objects, string>();

/** A hash over them all, which tells whether a tree holds them as they are. */
export function staticDigest(objects: Objects): string {
  let digest = digests.get(objects);
  if (digest === undefined) digests.set(objects, (digest = sha256(objects.map(([key, body]) => `${key} ${sha256(body)}`).join("\n"))));
  return digest;
}
