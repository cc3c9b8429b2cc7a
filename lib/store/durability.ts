import { open } from "node:fs/promises";
import { dirname } from "node:path";
import { isCode } from "./file-errors.ts";

/** More than this many written files are not left for a commit to wait for. */
const MOST_PENDING = 1000;
const AT_ONCE = 16;

/**
 * Brings files to the disk itself in time: whatever was written before a commit is there before the commit is. Plain writes
 * wait for the next commit, so that a batch of them costs one round.
 */
export class Durability {
  readonly #files = new Set<string>();
  readonly #folders = new Set<string>();
  #running: Promise<unknown> = Promise.resolve();

  /** Folders were made from `first` down to the folder of `path`: their names too are to survive. */
  made(first: string, path: string): void {
    for (let folder = dirname(path); folder.length >= first.length; folder = dirname(folder)) this.#folders.add(dirname(folder));
  }

  async written(path: string): Promise<void> {
    this.#files.add(path);
    this.#folders.add(dirname(path));
    if (this.#files.size > MOST_PENDING) await this.flush();
  }

  /** Resolves when all that was written so far would survive a loss of power, also what another call is bringing there. */
  flush(): Promise<void> {
    const files = [...this.#files];
    const folders = process.platform === "win32" ? [] : [...this.#folders];
    this.#files.clear();
    this.#folders.clear();
    const flushed = Promise.all([this.#running, syncAll(files, "r+").then(() => syncAll(folders, "r"))]).then(() => undefined);
    this.#running = flushed.catch(() => undefined);
    return flushed;
  }
}

async function syncAll(paths: readonly string[], flags: "r" | "r+"): Promise<void> {
  for (let i = 0; i < paths.length; i += AT_ONCE) await Promise.all(paths.slice(i, i + AT_ONCE).map((path) => syncPath(path, flags)));
}

/** Windows syncs only what is open for writing, and no folder. */
async function syncPath(path: string, flags: "r" | "r+"): Promise<void> {
  try {
    const handle = await open(path, flags);
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    // Deleted meanwhile, or a file system that cannot.
    if (!isCode(error, "ENOENT", "ENOTDIR", "EINVAL", "ENOTSUP", "EISDIR")) throw error;
  }
}
