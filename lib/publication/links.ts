import type { Extraction } from "../extraction/types.ts";
import { bucketOf, changeBucket, linkMeetings, reportsOf, type Bucket, type LinkedMeeting, type Report } from "../linking/index.ts";
import type { Entities } from "./entities.ts";
import type { GraphObject } from "./graph-object.ts";
import { signaturesOf } from "./items.ts";
import { keys } from "./layout.ts";
import { meetingName, summarise } from "./meeting-summary.ts";
import type { LinkState } from "./states.ts";
import type { MeetingSummary } from "./types.ts";
import type { Workspace } from "./workspace.ts";

const EMPTY: LinkState = { signatures: {}, apart: {}, names: {}, of: {}, meetings: {}, retired: {}, waiting: {} };

export interface BucketChange {
  readonly id: string;
  readonly before: LinkState;
  readonly after: LinkState;
}

/** An article before and after a batch; undefined where it was not, or is no more. */
export interface ArticleChange {
  readonly id: string;
  readonly before: GraphObject | undefined;
  readonly after: GraphObject | undefined;
}

/** Decides anew which reports tell of one meeting, for the buckets that a batch touches. */
export class Links {
  readonly #workspace: Workspace;
  readonly #changes = new Map<string, BucketChange>();
  readonly #waiting = new Map<string, Map<string, Set<string>>>();

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
  }

  get changes(): Iterable<BucketChange> {
    return this.#changes.values();
  }

  /** Counts the articles' reports in and out and links anew. Answers with the other articles whose links may differ now. */
  async change(articles: readonly ArticleChange[], entities: Entities): Promise<ReadonlySet<string>> {
    const buckets = new Set<string>();
    const reports = articles.map(({ before, after }) => ({ before: reportsIn(before), after: reportsIn(after) }));
    for (const { before, after } of reports) for (const report of [...before, ...after]) buckets.add(bucketOf(report));
    const changed = new Set(articles.map(({ id }) => id));
    const affected = new Set<string>();
    for (const id of [...buckets].sort()) {
      const before = (await this.#workspace.load<LinkState>(keys.state.links(id))) ?? EMPTY;
      const bucket = changeBucket(before, id, reports.flatMap((each) => [{ reports: each.before, by: -1 as const }, { reports: each.after, by: 1 as const }]));
      const after = relink(bucket, before, namesFor(bucket, before, articles));
      this.#changes.set(id, { id, before, after });
      this.#waiting.set(id, new Map(Object.entries(before.waiting).filter(([key]) => key in bucket.signatures && after.of[key] === undefined).map(([key, list]) => [key, new Set(list.filter((article) => !changed.has(article)))])));
      for (const article of await movedArticles(before, after, entities)) if (!changed.has(article)) affected.add(article);
    }
    return affected;
  }

  /** Which meetings an article's reports tell of now; `before` holds those of buckets that were not touched. */
  meetingsOf(object: GraphObject, before: Readonly<Record<number, string>>): Record<number, string> {
    const meetings: Record<number, string> = {};
    for (const [index, { bucket, key }] of signaturesOf(object)) {
      const change = this.#changes.get(bucket);
      const meeting = change === undefined ? before[index] : change.after.of[key];
      if (meeting !== undefined) meetings[index] = meeting;
      else if (change !== undefined) this.#wait(bucket, key, object.article.id);
    }
    return meetings;
  }

  /** Stages the buckets, and what became of the meetings that they speak of. To be called when all items are in place. */
  async flush(entities: Entities): Promise<void> {
    for (const { id, before, after } of this.#changes.values()) {
      const waiting = Object.fromEntries([...(this.#waiting.get(id) ?? [])].filter(([, set]) => set.size > 0).map(([key, set]) => [key, [...set].sort()] as const).sort(([a], [b]) => (a < b ? -1 : 1)));
      if (Object.keys(after.signatures).length === 0 && Object.keys(after.retired).length === 0) this.#workspace.remove(keys.state.links(id));
      else this.#workspace.save(keys.state.links(id), { ...after, waiting });
      for (const summary of Object.values(after.meetings)) await describeMeeting(entities, summary);
      for (const [old, target] of Object.entries(after.retired)) {
        if (before.retired[old] === target) continue;
        const last = before.meetings[old] ?? (await entities.draft(`meeting/${old}`)).meeting;
        if (last !== undefined) await describeMeeting(entities, retired(last, target));
      }
      for (const old of [...Object.keys(before.meetings), ...Object.keys(before.retired)]) {
        if (after.meetings[old] === undefined && after.retired[old] === undefined) await entities.delete(`meeting/${old}`);
      }
    }
  }

  #wait(bucket: string, key: string, article: string): void {
    const waiting = this.#waiting.get(bucket);
    if (waiting === undefined) return;
    const list = waiting.get(key) ?? new Set();
    waiting.set(key, list.add(article));
  }
}

async function describeMeeting(entities: Entities, summary: MeetingSummary): Promise<void> {
  const draft = await entities.draft(`meeting/${summary.id}`);
  if (JSON.stringify(draft.meeting) === JSON.stringify(summary)) return;
  draft.meeting = summary;
  draft.name = meetingName(summary);
  draft.dirty = true;
}

/** Of a retired id only kind and day stay: the names were those of articles, which may be withdrawn one day. */
function retired({ id, kind, latestStatus, earliest, latest }: MeetingSummary, target: string): MeetingSummary {
  return { id, kind, latestStatus, earliest, latest, participants: [], reports: 0, movedFrom: [], replaces: [], replacedBy: target };
}

function reportsIn(object: GraphObject | undefined): readonly Report[] {
  return object === undefined ? [] : reportsOf(object.extraction);
}

function relink(bucket: Bucket, before: LinkState, names: Readonly<Record<string, string>>): LinkState {
  const linked = linkMeetings(bucket);
  const of = Object.fromEntries(linked.flatMap(({ id, members }) => members.map((key) => [key, id] as const)).sort(([a], [b]) => (a < b ? -1 : 1)));
  const retired = retire(before, of, new Set(linked.map(({ id }) => id)));
  const replaces = Map.groupBy(Object.keys(retired), (old) => retired[old] ?? "");
  const meetings = Object.fromEntries(linked.map((meeting: LinkedMeeting) => [meeting.id, summarise(meeting, names, (replaces.get(meeting.id) ?? []).sort())]));
  return { ...bucket, names, of, meetings, retired, waiting: {} };
}

/** What became of ids that no longer name a meeting: the one that most plainly goes on telling of it, or nothing. */
function retire(before: LinkState, of: Readonly<Record<string, string>>, live: ReadonlySet<string>): Record<string, string> {
  const heir = (old: string): string | undefined => {
    const key = Object.keys(before.of).filter((each) => before.of[each] === old && of[each] !== undefined).sort()[0];
    return key === undefined ? undefined : of[key];
  };
  const retired: [string, string][] = [];
  for (const [old, target] of Object.entries(before.retired)) {
    const current = live.has(target) ? target : heir(target);
    if (!live.has(old) && current !== undefined) retired.push([old, current]);
  }
  for (const old of Object.keys(before.meetings)) {
    const current = heir(old);
    if (!live.has(old) && current !== undefined) retired.push([old, current]);
  }
  return Object.fromEntries(retired.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The articles that may tell of another meeting than before, a few too many. */
async function movedArticles(before: LinkState, after: LinkState, entities: Entities): Promise<Set<string>> {
  const articles = new Set<string>();
  const meetings = new Set<string>();
  for (const key of Object.keys(after.signatures)) {
    const [was, is] = [before.of[key], after.of[key]];
    if (was === is) continue;
    if (was !== undefined) meetings.add(was);
    else for (const article of before.waiting[key] ?? []) articles.add(article);
  }
  for (const meeting of [...meetings].sort()) {
    for (const item of await entities.all(`meeting/${meeting}`)) articles.add(item.article.id);
  }
  return articles;
}

/** Names for the sides, persons and places of a bucket's signatures; of what no report names any more nothing is kept. */
function namesFor(bucket: Bucket, before: LinkState, articles: readonly ArticleChange[]): Record<string, string> {
  const used = new Set<string>();
  for (const key of Object.keys(bucket.signatures)) {
    const [, , sides, place] = JSON.parse(key) as [string, string, [string, string[]][], string | null];
    for (const [side, persons] of sides) for (const token of [side, ...persons]) used.add(token);
    if (place !== null) used.add(place);
  }
  const names = new Map(Object.entries(before.names));
  for (const { after } of articles) for (const [token, name] of after === undefined ? [] : namesIn(after.extraction)) names.set(token, name);
  return Object.fromEntries([...names].filter(([token]) => used.has(token)).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function namesIn(extraction: Extraction): [string, string][] {
  return extraction.entities.map(({ key, name }) => [key.startsWith("#") ? `#${name.toLowerCase().slice(0, 100)}` : key, name.slice(0, 200).toWellFormed()]);
}
