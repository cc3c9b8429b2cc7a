import { PreconditionFailed, type ObjectStore } from "../store/types.ts";
import { fromJson, toJson } from "./codec.ts";
import { headersOf, keys } from "./layout.ts";
import type { LogEntry } from "./states.ts";

export async function readEntry(store: ObjectStore, number: number): Promise<LogEntry | undefined> {
  const found = await store.get(keys.log(number));
  return found === undefined ? undefined : fromJson<LogEntry>(found.body);
}

/**
 * Appends an entry after all there are, by creating the next number: of several writers one wins it, the others read what
 * won and try the next. `after` is a number known to exist, or 0. Its time is never before that of the entry before.
 */
export async function append(store: ObjectStore, entry: Omit<LogEntry, "number" | "at">, now: () => number, after: { readonly log: number; readonly at: string }): Promise<LogEntry> {
  let last = after;
  for (let number = last.log + 1; ; number++) {
    const taken = await readEntry(store, number);
    if (taken !== undefined) {
      last = { log: number, at: taken.at };
      continue;
    }
    const at = new Date(Math.max(now(), last.at === "" ? 0 : Date.parse(last.at))).toISOString();
    const own: LogEntry = { number, at, ...entry };
    const key = keys.log(number);
    try {
      await store.put(key, toJson(own), headersOf(key), { ifNoneMatch: "*" });
      return own;
    } catch (error) {
      if (!(error instanceof PreconditionFailed)) throw error;
      number--;
    }
  }
}
