import { mkdir, readdir, readFile, rm, rmdir, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { CommuniqueError } from "../errors/communique-error.ts";
import { etagOf } from "./content.ts";
import { isCode, orUndefined } from "./file-errors.ts";
import { fromFileName } from "./file-names.ts";
import { checkKey } from "./keys.ts";
import { isOfDeadProcess } from "./process-tag.ts";
import type { ObjectSummary } from "./types.ts";

const ATTEMPTS = 20;

/**
 * Runs a move to `path`, making its folders (`made` hears of the first), also again where a deletion elsewhere removed an
 * emptied one meanwhile.
 *
 * @throws CommuniqueError "option-invalid" where a folder has the key's name, or an object that of one of its folders.
 */
export async function moveInto(key: string, path: string, root: string, move: () => Promise<void>, made: (first: string) => void): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await move();
      return;
    } catch (error) {
      const isFolder = (await orUndefined(stat(path)))?.isDirectory() === true;
      if (isFolder && attempt < ATTEMPTS && (await prune(path, root))) continue;
      if (isFolder || isCode(error, "ENOTDIR")) throw bothFolderAndObject(key, error);
      if (!isCode(error, "ENOENT") || attempt >= ATTEMPTS) throw error;
    }
    try {
      const first = await mkdir(dirname(path), { recursive: true });
      if (first !== undefined) made(first);
    } catch (error) {
      if (isCode(error, "EEXIST", "ENOTDIR")) throw bothFolderAndObject(key, error);
      // Another process is just removing one of the folders.
      if (!isCode(error, "ENOENT")) throw error;
    }
  }
}

function bothFolderAndObject(key: string, cause: unknown): CommuniqueError {
  return new CommuniqueError("option-invalid", `${key} cannot be stored: one key would be both an object and a folder.`, { cause });
}

/** Removes emptied folders upwards, below `end`. Gives whether any is gone. */
export async function prune(folder: string, end: string): Promise<boolean> {
  let removed = false;
  for (let path = folder; path.length > end.length; path = dirname(path)) {
    try {
      await rmdir(path);
      removed = true;
    } catch (error) {
      if (!isCode(error, "ENOENT")) break;
    }
  }
  return removed;
}

/** The objects below the folder at `path`, in key order. */
export async function* walk(path: string, folder: string, prefix: string, except: string): AsyncIterable<ObjectSummary> {
  const entries = (await orUndefined(readdir(path, { withFileTypes: true }))) ?? [];
  const names = entries
    .filter((entry) => entry.name !== except)
    // A folder sorts as its objects' keys do: "a.ttl" (with 2E) before what is in "a/" (with 2F).
    .map((entry) => ({ path: join(path, entry.name), isFolder: entry.isDirectory(), key: `${folder}${fromFileName(entry.name)}${entry.isDirectory() ? "/" : ""}` }))
    .filter(({ key }) => key.startsWith(prefix) || prefix.startsWith(key))
    .sort((a, b) => (a.key < b.key ? -1 : 1));
  for (const entry of names) {
    if (entry.isFolder) yield* walk(entry.path, entry.key, prefix, except);
    else if (isKey(entry.key)) {
      const body = await orUndefined(readFile(entry.path));
      if (body !== undefined) yield { key: entry.key, etag: etagOf(body), size: body.length };
    }
  }
}

/** Files that somebody else put into the folder (".DS_Store") are none of ours. */
function isKey(text: string): boolean {
  try {
    checkKey(text);
    return true;
  } catch {
    return false;
  }
}

/** Removes staged files of processes that are gone, or so old that theirs must be. */
export async function sweep(folder: string, abandonedMs: number): Promise<void> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    const found = await orUndefined(stat(path));
    if (found !== undefined && (isOfDeadProcess(name) || Date.now() - found.mtimeMs > abandonedMs)) await rm(path, { force: true });
  }
}
