import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { CommuniqueError } from "../errors/communique-error.ts";
import { validateRecord } from "./record-validation.ts";
import type { GazetteerRecord, TenureEntry } from "./types.ts";

const DATA = new URL("./data/", import.meta.url);

export interface RecordFile {
  /** The file's name or path, as messages should say it. */
  readonly name: string;
  readonly text: string;
}

/** The files that come with the package, in order of name. */
export function builtInFiles(): RecordFile[] {
  return readdirSync(DATA)
    .filter((name) => name.endsWith(".jsonl"))
    .sort()
    .map((name) => ({ name, text: readFileSync(new URL(name, DATA), "utf8") }));
}

/** An overlay as given by a user. Throws `input-not-found` or `input-unreadable`. */
export function overlayFile(path: string): RecordFile {
  try {
    return { name: path, text: readFileSync(path, "utf8") };
  } catch (cause) {
    const missing = (cause as NodeJS.ErrnoException).code === "ENOENT";
    const message = missing ? `There is no gazetteer file ${path}` : `The gazetteer file ${path} cannot be read`;
    throw new CommuniqueError(missing ? "input-not-found" : "input-unreadable", message, { cause, location: path });
  }
}

const TENURE = /^\{"kind": ?"tenure"/m;

/**
 * The records of a built-in file, which the tests have validated: one parse for all lines, for speed. The tenures, half
 * of the bytes and the last lines of a file, are parsed when first asked for.
 */
export function parseTrusted(file: RecordFile): { records: GazetteerRecord[]; tenures: () => TenureEntry[] } {
  const { text } = file;
  const found = text.search(TENURE);
  const end = found < 0 ? text.length : found;
  return {
    records: parseLines(text.slice(0, end)) as GazetteerRecord[],
    tenures: () => parseLines(text.slice(end)) as TenureEntry[],
  };
}

/** JSON strings hold no raw line feed, so every one in the text separates two records. */
function parseLines(text: string): unknown[] {
  return JSON.parse(`[${text.trim().replaceAll("\n", ",")}]`) as unknown[];
}

/** The records of an overlay with their places ("file:line"). Throws `gazetteer-invalid` at the first bad line. */
export function parseValidated(file: RecordFile): { record: GazetteerRecord; location: string }[] {
  const out: { record: GazetteerRecord; location: string }[] = [];
  const lines = file.text.replace(/^\ufeff/, "").split("\n");
  for (const [index, line] of lines.entries()) {
    if (line.trim() === "") continue;
    const location = `${file.name}:${index + 1}`;
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch (cause) {
      throw new CommuniqueError("gazetteer-invalid", `${location}: not a line of JSON`, { cause, location });
    }
    out.push({ record: validateRecord(value, location), location });
  }
  return out;
}

/** Twelve hex digits that change with the bytes of any file. */
export function contentVersion(files: readonly RecordFile[]): string {
  const hash = createHash("sha256");
  for (const file of files) hash.update(`${file.text.length}\n`).update(file.text);
  return hash.digest("hex").slice(0, 12);
}
