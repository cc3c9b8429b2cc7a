import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { CommuniqueError } from "../errors/communique-error.ts";
import type { ArticleDraft } from "./article.ts";
import { unreadable } from "./inputs.ts";
import { draftFields } from "./json.ts";
import { isObject, parseJson } from "./json-values.ts";
import { DEFAULT_LIMITS } from "./limits.ts";

/** What is known of files beside their text, by full path. */
export type Metadata = ReadonlyMap<string, Partial<ArticleDraft>>;

/**
 * Reads a metadata file: a JSON array of objects with `file` (relative to the metadata file) and any fields of an
 * Article but `text`. They take precedence over what the file itself says. Other fields, such as `note`, are for people.
 *
 * @throws CommuniqueError "input-not-found", "input-malformed", or "article-invalid" naming the entry.
 */
export async function readMetadata(path: string): Promise<Metadata> {
  const json = await readFile(path, "utf8").catch((cause: unknown) => {
    throw unreadable(path, cause);
  });
  try {
    const entries = parseJson(json, DEFAULT_LIMITS);
    if (!Array.isArray(entries)) throw new CommuniqueError("article-invalid", "a metadata file is a JSON array");
    return new Map(entries.map((entry, index) => metadataEntry(entry, index, dirname(path))));
  } catch (error) {
    if (!(error instanceof CommuniqueError)) throw error;
    throw new CommuniqueError(error.code, error.message, { cause: error, location: path });
  }
}

function metadataEntry(entry: unknown, index: number, folder: string): [string, Partial<ArticleDraft>] {
  if (!isObject(entry) || typeof entry["file"] !== "string") {
    throw new CommuniqueError("article-invalid", `entry ${index + 1} has no "file"`);
  }
  const { text: _, ...fields } = draftFields(entry);
  return [resolve(folder, entry["file"]), fields];
}
