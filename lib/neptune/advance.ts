import { linksGraph } from "../publication/article-graphs.ts";
import { fromJson, gunzip } from "../publication/codec.ts";
import { keys } from "../publication/layout.ts";
import { inParallel } from "../publication/parallel.ts";
import type { ArticleState, LogEntry } from "../publication/states.ts";
import type { Manifest } from "../publication/types.ts";
import type { ObjectStore } from "../store/types.ts";
import { LoadRecord } from "./record.ts";
import { drop, forget, graphOf, graphsOf, insert, sweep, unlink } from "./statements.ts";
import type { Loaded, Neptune, Run } from "./types.ts";

export interface AdvanceOptions {
  readonly published: ObjectStore;
  /** The log bucket, where the record is kept too. */
  readonly log: ObjectStore;
  readonly neptune: Neptune;
  /** What tells the database from any that was there before: its endpoint. */
  readonly database: string;
  /** Milliseconds that there are left. */
  readonly left: () => number;
  /** A part up to this size, in compressed bytes, is inserted: a job of the loader takes seconds, whatever it loads. Default: 64 KiB. */
  readonly small?: number;
}

/** Nothing is begun with less time than this, in milliseconds: what is begun with a part is done at a stretch. */
const RESERVE = 240_000;
/** The loader's queue takes 64 jobs, and works on one. */
const JOBS = 32;
const SMALL = 65_536;

export interface Advanced {
  /** Whether the database holds what the newest manifest names. */
  readonly done: boolean;
  /** How many parts are still to be loaded. */
  readonly left: number;
}

/**
 * Takes the database nearer to the newest manifest, as far as it can without waiting for the loader. To be called again
 * until it is done, by one caller at a time; after a crash it goes on from its record, and what it then does twice comes
 * to the same.
 *
 * The first time everything is dropped and loaded. After that: articles that the log says were replaced or withdrawn have
 * their graphs dropped; of each new part the links that it tells anew are taken out, then it is loaded (where parts were
 * merged, its quads once more, which changes nothing); meetings that no report links to any more go last. Graphs of the
 * gazetteer only grow. Queries see the steps: a link or a graph is missing between its going and its coming back.
 *
 * @throws Error where the loader fails, or the log has a gap.
 */
export async function advance(options: AdvanceOptions): Promise<Advanced> {
  const record = await LoadRecord.read(options.log, options.database);
  for (;;) {
    if (record.value?.run === undefined && !(await begin(options, record))) return { done: true, left: 0 };
    const { value } = record;
    if (value?.run === undefined) throw new Error("A run that began is in no record.");
    const went = value.run.dropped < value.run.log ? await dropChanged(options, record, value, value.run) : await loadNext(options, record, value, value.run);
    if (went === "wait") return { done: false, left: value.run.left.length };
  }
}

/** Decides what is to be loaded; false where nothing is. */
async function begin({ published, neptune }: AdvanceOptions, record: LoadRecord): Promise<boolean> {
  const found = await published.get(keys.manifest);
  if (found === undefined) return false;
  const { base, log, parts: named } = fromJson<Manifest>(found.body);
  const parts = named.map(({ key }) => key);
  const before = record.value;
  if (before?.base !== base || log < before.log) {
    await neptune.update("DROP ALL");
    await record.write({ base, log: 0, parts: [], run: { log, parts, dropped: log, left: parts, jobs: {} } });
    return true;
  }
  if (log === before.log) return false;
  const loaded = new Set(before.parts);
  await record.write({ ...before, run: { log, parts, dropped: before.log, left: parts.filter((key) => !loaded.has(key)), jobs: {} } });
  return true;
}

/** Whether there is more to do at once, or something to wait for. */
type Went = "on" | "wait";

/** An item of the log that came too late, or changed nothing, left its article as it was: the article's state knows. */
async function dropChanged({ published, log, neptune, left }: AdvanceOptions, record: LoadRecord, loaded: Loaded, run: Run): Promise<Went> {
  let { dropped } = run;
  while (dropped < run.log && left() > RESERVE) {
    const entry = await log.get(keys.log(dropped + 1));
    if (entry === undefined) throw new Error(`The log has no entry ${dropped + 1}.`);
    const articles = [...new Set(fromJson<LogEntry>(entry.body).items.map(({ article }) => article))];
    const changed = await inParallel(articles, async (id) => {
      const state = await published.get(keys.state.article(id));
      return state !== undefined && fromJson<ArticleState>(state.body).log > loaded.log ? [graphsOf(loaded.base, id)] : [];
    });
    const graphs = changed.flat();
    const statements = [...unlink(loaded.base, graphs.map(({ facts }) => facts)), ...drop(graphs.flatMap(({ facts, evidence }) => [facts, evidence]))];
    for (const statement of statements) await neptune.update(statement);
    dropped++;
  }
  await record.write({ ...loaded, run: { ...run, dropped } });
  return dropped < run.log ? "wait" : "on";
}

async function loadNext(options: AdvanceOptions, record: LoadRecord, loaded: Loaded, run: Run): Promise<Went> {
  const { published, neptune, left, small: upTo = SMALL } = options;
  const fresh = loaded.parts.length === 0;
  const jobs = new Map(Object.entries(run.jobs));
  const gone = new Set<string>();
  let failure: string | undefined;
  for (const [key, job] of jobs) {
    const status = await neptune.status(job);
    if (status.state !== "running") jobs.delete(key);
    if (status.state === "loaded") gone.add(key);
    if (status.state !== "failed") continue;
    if ((await published.get(key)) === undefined) return again(record, loaded, fresh);
    failure ??= `The loader failed on ${key}: ${status.reason}`;
  }
  for (const key of run.left) {
    if (failure !== undefined || jobs.size >= JOBS || left() < RESERVE) break;
    if (gone.has(key) || jobs.has(key)) continue;
    const found = await published.get(key);
    if (found === undefined) return again(record, loaded, fresh);
    const small = found.body.byteLength <= upTo;
    const lines = fresh && !small ? [] : gunzip(found.body).split("\n").slice(0, -1);
    if (!fresh && key.endsWith(".facts.nq.gz")) for (const statement of makeWay(loaded.base, lines)) await neptune.update(statement);
    if (small) {
      for (const statement of insert(lines)) await neptune.update(statement);
      gone.add(key);
    } else jobs.set(key, await neptune.load(key));
  }
  const rest = run.left.filter((key) => !gone.has(key));
  if (rest.length > 0 || failure !== undefined) {
    await record.write({ ...loaded, run: { ...run, left: rest, jobs: Object.fromEntries(jobs) } });
    if (failure !== undefined) throw new Error(failure);
    return "wait";
  }
  for (const statement of sweep(loaded.base)) await neptune.update(statement);
  await record.write({ base: loaded.base, log: run.log, parts: run.parts });
  return "on";
}

/** A part went, merged or rewritten, before it was loaded: the newest manifest names what took its place. */
async function again(record: LoadRecord, { base, log, parts }: Loaded, fresh: boolean): Promise<Went> {
  // What is loaded of a first manifest is in no record that a second one could be held against: start from nothing.
  await record.write({ base: fresh ? "" : base, log, parts });
  return "wait";
}

/** Takes out the links that a part tells anew. */
function makeWay(base: string, lines: readonly string[]): string[] {
  const links = linksGraph(base);
  const graphs = new Set<string>();
  const meetings = new Set<string>();
  for (const line of lines) {
    const graph = graphOf(line);
    const subject = line.slice(1, line.indexOf(">"));
    if (graph !== links) graphs.add(graph);
    // Reports are fragments of their article's page, and go by their article's graph.
    else if (subject.startsWith(`${base}id/meeting/`)) meetings.add(subject);
  }
  return [...unlink(base, [...graphs]), ...forget(base, [...meetings])];
}
