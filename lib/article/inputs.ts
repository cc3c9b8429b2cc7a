import { readdir, stat } from "node:fs/promises";
import { basename, extname, join, resolve } from "node:path";
import { CommuniqueError } from "../errors/communique-error.ts";

export type InputFormat = "text" | "html" | "json" | "jsonl";

const FORMATS: Readonly<Record<string, InputFormat>> = {
  ".txt": "text",
  ".text": "text",
  ".html": "html",
  ".htm": "html",
  ".xhtml": "html",
  ".json": "json",
  ".jsonl": "jsonl",
  ".ndjson": "jsonl",
};

/**
 * The files in which a folder may say what is known of its articles (`readMetadata`): `articles.json`, or one named after
 * the folder, as `seeds/seeds.json`.
 */
export function metadataFiles(folder: string): readonly string[] {
  return ["articles.json", `${basename(resolve(folder))}.json`];
}

/** One file to read articles from, or standard input. */
export interface Input {
  /** As the user wrote it, or as found in a folder: for messages. */
  readonly path: string;
  readonly format: InputFormat;
  /** The file's name without folder and extension. */
  readonly stem: string;
  readonly bytes: number;
  readonly standardInput: boolean;
}

export function standardInput(format: InputFormat): Input {
  return { path: "-", format, stem: "stdin", bytes: 0, standardInput: true };
}

/** What is read under a name that need not be a file's: its extension tells the format. */
export function namedInput(name: string, bytes: number): Input | CommuniqueError {
  return fileInput(name, formatOf(name), bytes);
}

/**
 * The files that `paths` name, folders searched to any depth (names with a leading full stop, unknown extensions and
 * symbolic links are passed over), in the order of their full paths and each once: the order given makes no difference.
 * A path that cannot be read, or a folder without such files, is an error in the result, so that the others still are.
 */
export async function listInputs(paths: readonly string[], format?: InputFormat): Promise<(Input | CommuniqueError)[]> {
  const found = new Map<string, Input | CommuniqueError>();
  for (const path of paths) {
    const full = resolve(path);
    try {
      const stats = await stat(path);
      if (stats.isDirectory()) {
        const files = await filesBelow(path);
        if (files.length === 0) found.set(full, new CommuniqueError("input-empty", `the folder holds no articles (${Object.keys(FORMATS).join(", ")})`, { location: path }));
        for (const file of files) found.set(resolve(file), fileInput(file, formatOf(file), (await stat(file)).size));
      } else found.set(full, explicitInput(path, format, stats.size));
    } catch (cause) {
      if (!found.has(full)) found.set(full, unreadable(path, cause));
    }
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, input]) => input);
}

/** Turns a file system error into one that a user can act on. */
export function unreadable(path: string, cause: unknown): CommuniqueError {
  if (cause instanceof CommuniqueError) return cause;
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
  if (code === "ENOENT") return new CommuniqueError("input-not-found", "no such file or folder", { cause, location: path });
  return new CommuniqueError("input-unreadable", `cannot be read${code === "" ? "" : ` (${code})`}`, { cause, location: path });
}

async function filesBelow(folder: string): Promise<string[]> {
  const files: string[] = [];
  const folders = [folder];
  for (let next = folders.pop(); next !== undefined; next = folders.pop()) {
    const metadata = metadataFiles(next);
    for (const entry of await readdir(next, { withFileTypes: true })) {
      if (entry.name.startsWith(".")) continue;
      const path = join(next, entry.name);
      if (entry.isDirectory()) folders.push(path);
      else if (entry.isFile() && !metadata.includes(entry.name) && formatOf(path) !== undefined) files.push(path);
    }
  }
  return files;
}

function explicitInput(path: string, format: InputFormat | undefined, bytes: number): Input | CommuniqueError {
  return fileInput(path, format ?? formatOf(path), bytes);
}

function fileInput(path: string, format: InputFormat | undefined, bytes: number): Input | CommuniqueError {
  if (format === undefined) {
    const extensions = Object.keys(FORMATS).join(", ");
    return new CommuniqueError("input-unsupported", `unknown extension; known are ${extensions} (or name the format)`, { location: path });
  }
  return { path, format, stem: basename(path, extname(path)), bytes, standardInput: false };
}

function formatOf(path: string): InputFormat | undefined {
  const extension = extname(path).toLowerCase();
  return Object.hasOwn(FORMATS, extension) ? FORMATS[extension] : undefined;
}
