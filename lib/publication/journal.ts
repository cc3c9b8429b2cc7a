import { PreconditionFailed, type ObjectStore } from "../store/types.ts";
import { fromJson, gunzip, gzip, toJson } from "./codec.ts";
import { headersOf, keys } from "./layout.ts";
import { inParallel } from "./parallel.ts";
import type { Cursor } from "./states.ts";
import type { Step } from "./workspace.ts";

/**
 * What applying one log entry writes, decided before the first write. Whoever finds it carries it out, as often as
 * needed: a crash at any point leaves either no journal, and a tree as before, or a journal that finishes the work.
 */
export interface Journal {
  readonly number: number;
  readonly steps: readonly Step[];
  readonly cursor: Cursor;
}

/** Somebody else went on in the meantime: what is planned here is out of date, and nothing more may be written. */
export class Overtaken extends Error {
  constructor(options: { cause?: unknown } = {}) {
    super("Another process has applied the log in the meantime.", options);
    this.name = "Overtaken";
  }
}

export async function readJournal(store: ObjectStore, number: number): Promise<Journal | undefined> {
  const found = await store.get(keys.state.journal(number));
  return found === undefined ? undefined : fromJson<Journal>(gunzip(found.body));
}

/** The journal that counts: this one, or that of somebody who was first. */
export async function writeJournal(store: ObjectStore, journal: Journal): Promise<Journal> {
  const key = keys.state.journal(journal.number);
  try {
    await store.put(key, gzip(toJson(journal)), headersOf(key), { ifNoneMatch: "*" });
    return journal;
  } catch (error) {
    if (!(error instanceof PreconditionFailed)) throw error;
    return (await readJournal(store, journal.number)) ?? overtaken(error);
  }
}

/**
 * Carries out the steps in their order, those of one folder side by side. Each replaces exactly what was read when it was
 * planned, or finds its work done. `guard` is asked before each folder: what was deleted since has no ETag that would stop a
 * late comer from writing it again. @throws Overtaken where something else is there.
 */
export async function carryOut(store: ObjectStore, steps: readonly Step[], guard: () => Promise<void> = () => Promise.resolve()): Promise<void> {
  let group: Step[] = [];
  const flush = async (): Promise<void> => {
    if (group.length > 0) await guard();
    await inParallel(group, (step) => carryOutStep(store, step));
    group = [];
  };
  for (const step of steps) {
    const last = group.at(-1);
    if (last !== undefined && folderOf(last) !== folderOf(step)) await flush();
    group.push(step);
  }
  await flush();
}

function folderOf({ key, body }: Step): string {
  return `${body === undefined ? "-" : "+"}${key.slice(0, key.indexOf("/") + 1) || key}`;
}

async function carryOutStep(store: ObjectStore, { key, etag, body, binary, withdrawn }: Step): Promise<void> {
  if (body === undefined) {
    await store.delete(key);
    return;
  }
  const bytes = Buffer.from(body, binary === true ? "base64" : "utf8");
  try {
    await store.put(key, bytes, headersOf(key, { withdrawn }), etag === undefined ? { ifNoneMatch: "*" } : { ifMatch: etag });
  } catch (error) {
    if (!(error instanceof PreconditionFailed)) throw error;
    const current = await store.get(key);
    if (current === undefined || Buffer.compare(current.body, bytes) !== 0) throw new Overtaken({ cause: error });
  }
}

function overtaken(cause: unknown): never {
  throw new Overtaken({ cause });
}
