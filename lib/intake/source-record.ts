import { hash } from "node:crypto";
import { fromJson } from "../publication/codec.ts";
import { headersOf } from "../publication/layout.ts";
import { isNewer, laterOf } from "../publication/sequencer.ts";
import type { ObjectStore, PutCondition } from "../store/types.ts";

/**
 * What an object gave so far. An article's id may hold a hash of its text, so the ids that an object gave cannot be told from what it
 * holds now. Whatever is published of an object stands here before, or it could not be withdrawn.
 */
export interface SourceRecord {
  readonly key: string;
  /** Of the newest bell heard. */
  readonly sequencer?: string;
  /** Id → the sequencer it was published with. */
  readonly articles: Readonly<Record<string, string>>;
  /** What must be withdrawn with which sequencer, until that was sent. */
  readonly leaving?: Readonly<Record<string, string>>;
  /** What left with which sequencer, the newest of it: it may still be published for a while. */
  readonly left?: Readonly<Record<string, string>>;
}

/** A record as it was read, to be replaced only if nobody replaced it meanwhile. */
export interface Held {
  readonly record: SourceRecord;
  /** Undefined where there is none yet. */
  readonly etag: string | undefined;
}

/** Older than every sequencer that S3 gives, also with something after it. */
const FIRST = "0".repeat(16);
const LONGEST_SEQUENCER = 60;
/** Ids that are remembered after they left. */
const MOST_LEFT = 500;

function keyOf(source: string): string {
  return `state/source/${hash("sha256", source, "hex")}.json`;
}

export async function readRecord(store: ObjectStore, key: string): Promise<Held> {
  const found = await store.get(keyOf(key));
  if (found === undefined) return { record: { key, articles: {} }, etag: undefined };
  return { record: fromJson<SourceRecord>(found.body), etag: found.etag };
}

/** @throws PreconditionFailed where somebody wrote it since `held` was read. */
export async function writeRecord(store: ObjectStore, record: SourceRecord, held: Held): Promise<Held> {
  const condition: PutCondition = held.etag === undefined ? { ifNoneMatch: "*" } : { ifMatch: held.etag };
  const path = keyOf(record.key);
  return { record, etag: await store.put(path, JSON.stringify(record), headersOf(path), condition) };
}

/**
 * The sequencer of a bell that has none, as of a backfill: just after the newest that is known of the object, before any that comes. What is
 * read then may be read anew, and no event is undone.
 */
export function sequencerAfter(sequencer: string | undefined): string {
  if (sequencer === undefined) return FIRST;
  return sequencer.length < LONGEST_SEQUENCER ? `${sequencer}1` : sequencer;
}

/**
 * The record after a bell of `sequencer` found the object to give `ids`. Of what it gave before and gives no more, that goes which was published
 * by older bells; what a newer bell published, that bell knows better. `all` is false where more may be in it than could be read: nothing goes then.
 */
export function changed(record: SourceRecord, sequencer: string, ids: readonly string[], all: boolean): SourceRecord {
  const given = new Set(ids);
  const articles = new Map<string, string>();
  const leaving = new Map(Object.entries(record.leaving ?? {}));
  for (const [id, published] of Object.entries(record.articles)) {
    if (!all || given.has(id) || !isNewer(sequencer, published)) articles.set(id, published);
    else leaving.set(id, sequencer);
  }
  for (const id of ids) articles.set(id, laterOf(articles.get(id), sequencer) ?? sequencer);
  const newest = laterOf(record.sequencer, sequencer) ?? sequencer;
  const gone = { ...record.left, ...Object.fromEntries(leaving) };
  const left = Object.entries(gone).filter(([id, since]) => !given.has(id) || !isNewer(sequencer, since)).slice(-MOST_LEFT);
  return {
    key: record.key,
    sequencer: newest,
    articles: Object.fromEntries(articles),
    ...(leaving.size === 0 ? {} : { leaving: Object.fromEntries(leaving) }),
    ...(left.length === 0 ? {} : { left: Object.fromEntries(left) }),
  };
}

/** Whether an id whose newest sequencer is `newest` is this object's: what it gives, or gave until an event that may not be applied yet. */
export function isOwn({ articles, left = {} }: SourceRecord, id: string, newest: string | undefined): boolean {
  return Object.hasOwn(articles, id) || (Object.hasOwn(left, id) && newest !== undefined && !isNewer(newest, left[id]));
}

/**
 * What left by later events than this bell. Whoever heard it first may have died when the text was stored and the withdrawal long applied, so
 * it is to be withdrawn once more, and nothing stays behind.
 */
export function overtaking({ left = {} }: SourceRecord, sequencer: string): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(left).filter(([, since]) => isNewer(since, sequencer)));
}
