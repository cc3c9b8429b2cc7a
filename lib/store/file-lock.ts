import { hash } from "node:crypto";
import { readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { CommuniqueError } from "../errors/communique-error.ts";
import { isCode, orUndefined } from "./file-errors.ts";
import { isOfDeadProcess, processTag } from "./process-tag.ts";

/** What a lock guards takes milliseconds: who holds one longer than this was killed, or sleeps with its machine. */
const STALE_MS = 10_000;
const PATIENCE_MS = 60_000;

/** One queue per lock within this process, so that only processes wait on the disk for each other. */
const queues = new Map<string, Promise<unknown>>();

export interface LockTimes {
  readonly staleMs?: number;
  readonly patienceMs?: number;
}

/**
 * Runs `action` while no other holds the lock at `path`, a file whose folder exists. The lock of a process that is gone is
 * taken over at once, any other after ten seconds.
 *
 * @throws CommuniqueError "output-unwritable" when the lock stays taken for a minute.
 */
export function withLock<T>(path: string, action: () => Promise<T>, times: LockTimes = {}): Promise<T> {
  const before = queues.get(path) ?? Promise.resolve();
  const result = before.then(() => locked(path, action, times));
  const settled = result.catch(() => undefined).then(() => {
    if (queues.get(path) === settled) queues.delete(path);
  });
  queues.set(path, settled);
  return result;
}

async function locked<T>(path: string, action: () => Promise<T>, times: LockTimes): Promise<T> {
  const tag = processTag();
  await acquire(path, tag, times);
  try {
    return await action();
  } finally {
    if ((await orUndefined(readFile(path, "utf8"))) === tag) await rm(path, { force: true });
  }
}

async function acquire(path: string, tag: string, { staleMs = STALE_MS, patienceMs = PATIENCE_MS }: LockTimes): Promise<void> {
  const start = performance.now();
  for (;;) {
    if (await create(path, tag)) return;
    const held = await readLock(path);
    if (held !== undefined && isStale(held, staleMs) && (await takeOver(path, held, tag))) return;
    if (performance.now() - start > patienceMs) {
      throw new CommuniqueError("output-unwritable", `The lock ${path} stays taken. If nothing else is publishing there, remove it.`);
    }
    await sleep(1 + Math.random() * 10);
  }
}

interface Lock {
  readonly tag: string;
  readonly modified: number;
}

async function readLock(path: string): Promise<Lock | undefined> {
  try {
    const { mtimeMs } = await stat(path);
    return { tag: await readFile(path, "utf8"), modified: mtimeMs };
  } catch (error) {
    if (isCode(error, "ENOENT", "EPERM", "EACCES")) return undefined;
    throw error;
  }
}

function isStale({ tag, modified }: Lock, staleMs: number): boolean {
  return isOfDeadProcess(tag) || Date.now() - modified > staleMs;
}

/**
 * Of those who see the same stale lock, the one that creates the marker named after it may replace it; the
 * replacement is one rename, so that there is no moment without a lock.
 */
async function takeOver(path: string, stale: Lock, tag: string): Promise<boolean> {
  const marker = `${path}.${hash("sha256", `${stale.tag} ${stale.modified}`, "hex").slice(0, 16)}.take`;
  if (!(await create(marker, tag))) {
    const other = await readLock(marker);
    if (other !== undefined && isStale(other, STALE_MS)) await rm(marker, { force: true });
    return false;
  }
  const now = await readLock(path);
  if (now?.tag !== stale.tag || now.modified !== stale.modified) {
    await rm(marker, { force: true });
    return false;
  }
  try {
    await rename(marker, path);
    return true;
  } catch (error) {
    if (isCode(error, "ENOENT")) return false;
    throw error;
  }
}

/** Whether the file was there not yet. */
async function create(path: string, content: string): Promise<boolean> {
  try {
    await writeFile(path, content, { flag: "wx" });
    return true;
  } catch (error) {
    // Windows says EPERM of a file that is being deleted.
    if (isCode(error, "EEXIST") || (process.platform === "win32" && isCode(error, "EPERM", "EACCES"))) return false;
    throw error;
  }
}
