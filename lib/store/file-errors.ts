import { setTimeout as sleep } from "node:timers/promises";
import { CommuniqueError } from "../errors/communique-error.ts";

/** Whether `error` is the system's, with one of these codes. */
export function isCode(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof Error && codes.includes((error as NodeJS.ErrnoException).code ?? "");
}

/** Runs a read that finds nothing where there is no such file, or a folder. */
export async function orUndefined<T>(read: Promise<T>): Promise<T | undefined> {
  try {
    return await read;
  } catch (error) {
    if (isCode(error, "ENOENT", "ENOTDIR", "EISDIR")) return undefined;
    throw error;
  }
}

/** On Windows a file that somebody has open just now cannot be replaced; a little later it can. */
export async function patiently<T>(action: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await action();
    } catch (error) {
      if (process.platform !== "win32" || attempt >= 12 || !isCode(error, "EPERM", "EACCES", "EBUSY")) throw error;
      await sleep(attempt * 5 * (1 + Math.random()));
    }
  }
}

/** What a user can mend (rights, room, a path that is no folder) in words; anything else as it was. */
export function explained(error: unknown, path: string, doing: "read" | "write"): unknown {
  if (!isCode(error, "EACCES", "EPERM", "EROFS", "ENOSPC", "EDQUOT", "ENAMETOOLONG", "EMFILE", "ENOTDIR", "EEXIST", "EIO")) return error;
  const code = doing === "read" ? "input-unreadable" : "output-unwritable";
  return new CommuniqueError(code, `Cannot ${doing} ${path}: ${(error as Error).message}.`, { cause: error });
}
