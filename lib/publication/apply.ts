import { PreconditionFailed, type ObjectStore } from "../store/types.ts";
import { fromJson, toJson } from "./codec.ts";
import { Documents } from "./documents.ts";
import { carryOut, Overtaken, readJournal, writeJournal, type Journal } from "./journal.ts";
import { headersOf, keys } from "./layout.ts";
import { readEntry } from "./log.ts";
import { planEntry } from "./plan.ts";
import type { Cursor } from "./states.ts";
import type { Manifest, Pages } from "./types.ts";
import { Workspace } from "./workspace.ts";

interface StoredCursor {
  readonly cursor: Cursor | undefined;
  readonly etag: string | undefined;
}

export async function readCursor(store: ObjectStore): Promise<StoredCursor> {
  const found = await store.get(keys.state.cursor);
  return { cursor: found === undefined ? undefined : fromJson<Cursor>(found.body), etag: found?.etag };
}

/**
 * Applies the next log entry, if there is one; false if not. Idempotent, and safe beside others who do the same: the
 * plan is made against one state of the tree, which the cursor names before and after; every write replaces only what
 * was read then. `base` counts for the very first entry, in place of its own. @throws Overtaken where another went on; nothing is lost then.
 */
export async function applyNext(store: ObjectStore, pages: Pages | undefined, base?: string): Promise<boolean> {
  const before = await readCursor(store);
  const done = before.cursor?.log ?? 0;
  // What the last run may have left behind: it may hold an article's text.
  if (done > 0 && (await store.get(keys.state.journal(done))) !== undefined) await store.delete(keys.state.journal(done));
  const number = done + 1;
  const journal = (await readJournal(store, number)) ?? (await plan(store, number, before, pages, base));
  if (journal === undefined) return false;
  await carryOut(store, journal.steps, async () => {
    if ((await readCursor(store)).etag !== before.etag) throw new Overtaken();
  });
  await advance(store, journal.cursor, before.etag);
  await store.delete(keys.state.journal(number));
  return true;
}

async function plan(store: ObjectStore, number: number, before: StoredCursor, pages: Pages | undefined, base: string | undefined): Promise<Journal | undefined> {
  const entry = await readEntry(store, number);
  if (entry === undefined) return undefined;
  const workspace = new Workspace(store);
  // The first entry fixes the base for all.
  const fixed = (await workspace.load<Manifest>(keys.manifest))?.base ?? base ?? entry.base;
  const cursor = await planEntry(workspace, { ...entry, base: fixed }, before.cursor, new Documents(fixed, pages), pages).catch(async (error: unknown) => {
    // What was to be read may be gone because somebody else applies this entry, or has applied it: then it is no failure of the tree. The
    // journal is looked for first: it goes only after the cursor has moved.
    const applied = (await store.get(keys.state.journal(number))) !== undefined || (await readCursor(store)).etag !== before.etag;
    throw applied ? new Overtaken({ cause: error }) : error;
  });
  const steps = await workspace.steps();
  // Everything was read between two looks at the same cursor, so it belongs together.
  if ((await readCursor(store)).etag !== before.etag) throw new Overtaken();
  const journal = await writeJournal(store, { number, steps, cursor });
  if ((await readCursor(store)).etag !== before.etag) {
    await store.delete(keys.state.journal(number));
    throw new Overtaken();
  }
  return journal;
}

async function advance(store: ObjectStore, cursor: Cursor, etag: string | undefined): Promise<void> {
  const key = keys.state.cursor;
  const body = toJson(cursor);
  try {
    await store.put(key, body, headersOf(key), etag === undefined ? { ifNoneMatch: "*" } : { ifMatch: etag });
  } catch (error) {
    if (!(error instanceof PreconditionFailed)) throw error;
    const current = (await readCursor(store)).cursor;
    if (current === undefined || toJson(current) !== body) throw new Overtaken({ cause: error });
  }
}
