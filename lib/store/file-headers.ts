import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { orUndefined, patiently } from "./file-errors.ts";
import type { ObjectHeaders } from "./types.ts";

const TYPES: Readonly<Record<string, string>> = {
  css: "text/css; charset=utf-8",
  csv: "text/csv; charset=utf-8",
  gz: "application/gzip",
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  json: "application/json",
  jsonld: "application/ld+json",
  nq: "application/n-quads",
  nt: "application/n-triples",
  rdf: "application/rdf+xml",
  svg: "image/svg+xml",
  trig: "application/trig",
  ttl: "text/turtle; charset=utf-8",
  txt: "text/plain; charset=utf-8",
  xml: "application/xml",
};

/** What a key's extension says: the headers of a file of which nothing else is noted. */
export function headersOfExtension(key: string): ObjectHeaders {
  return { contentType: TYPES[/\.(\w+)$/.exec(key)?.[1]?.toLowerCase() ?? ""] ?? "application/octet-stream" };
}

interface Entry extends ObjectHeaders {
  readonly etag: string;
}

/** How many contents of a file are remembered: the one there, the one about to replace it, and one for a slow reader. */
const KEPT = 3;

/**
 * The headers noted in `note` for the content `etag`. Notes name the content they are for, because they are written before
 * it: after a crash between the two, the old content still has its own.
 */
export async function readHeaders(note: string, etag: string): Promise<{ readonly noted: boolean; readonly headers?: ObjectHeaders }> {
  const entries = await readNote(note);
  const entry = entries.find((candidate) => candidate.etag === etag);
  return { noted: entries.length > 0, ...(entry === undefined ? {} : { headers: plain(entry) }) };
}

/** Notes the headers of what is about to be written; nothing where they are `usual` and nothing was noted before. */
export async function noteHeaders(note: string, etag: string, headers: ObjectHeaders, usual: ObjectHeaders, staged: string): Promise<void> {
  const entries = await readNote(note);
  if (entries.length === 0 && isEqual(headers, usual)) return;
  const kept = entries.filter((entry) => entry.etag !== etag).slice(0, KEPT - 1);
  await writeFile(staged, JSON.stringify([{ etag, ...plain(headers) }, ...kept]));
  try {
    await mkdir(dirname(note), { recursive: true });
    await patiently(() => rename(staged, note));
  } catch (error) {
    await rm(staged, { force: true });
    throw error;
  }
}

async function readNote(note: string): Promise<Entry[]> {
  const text = await orUndefined(readFile(note, "utf8"));
  if (text === undefined) return [];
  try {
    const entries = JSON.parse(text) as unknown;
    return Array.isArray(entries) ? (entries as Entry[]).filter((entry) => typeof entry?.etag === "string" && typeof entry.contentType === "string") : [];
  } catch {
    // A machine that lost its power can leave an empty note; the extension's headers do then.
    return [];
  }
}

function plain({ contentType, contentEncoding, cacheControl }: ObjectHeaders): ObjectHeaders {
  return { contentType, ...(contentEncoding === undefined ? {} : { contentEncoding }), ...(cacheControl === undefined ? {} : { cacheControl }) };
}

export function isEqual(a: ObjectHeaders, b: ObjectHeaders): boolean {
  return a.contentType === b.contentType && a.contentEncoding === b.contentEncoding && a.cacheControl === b.cacheControl;
}
