import type { Bucket } from "../linking/index.ts";
import type { ArticleRef, Counts, EntityFacts, Item, MeetingSummary, Pair, TextPolicy } from "./types.ts";

/** `log/<number>.json`: what is published or withdrawn together. The only order there is, and the only clock. */
export interface LogEntry {
  readonly number: number;
  /** Commit time, ISO with milliseconds; never before that of the entry before. */
  readonly at: string;
  readonly software: string;
  readonly base: string;
  readonly about: About;
  readonly items: readonly LogItem[];
}

export type LogItem = PublishItem | WithdrawItem;

export interface PublishItem {
  readonly op: "publish";
  readonly article: string;
  /** Hash of the graph object. */
  readonly sha: string;
  readonly input: string;
  readonly versions: string;
  readonly text: TextPolicy;
  readonly sequencer?: string;
}

export interface WithdrawItem {
  readonly op: "withdraw";
  readonly article: string;
  readonly sequencer?: string;
}

/** Who publishes, for the description of the dataset. */
export interface About {
  readonly title: string;
  readonly description: string;
  readonly publisher: { readonly name: string; readonly iri?: string; readonly email?: string };
  /** IRI of the licence of the data. */
  readonly license: string;
}

/** `state/cursor.json` */
export interface Cursor {
  /** The last log entry applied. */
  readonly log: number;
  readonly at: string;
  /** Objects no longer in the manifest, to go some time later. */
  readonly garbage: readonly { readonly key: string; readonly at: string }[];
}

/** `state/lease.json`: who applies. An optimisation: safety rests on conditions of writes. */
export interface Lease {
  readonly holder: string;
  /** Milliseconds since 1970. */
  readonly expires: number;
}

export interface ArticleState {
  readonly id: string;
  /** The newest sequencer seen for it. */
  readonly sequencer?: string;
  /** Of a withdrawn article nothing else is kept but its log number. */
  readonly withdrawn?: true;
  /** Its graph object is no more, because a later entry withdraws it. */
  readonly missing?: true;
  readonly log: number;
  readonly sha?: string;
  readonly input?: string;
  readonly versions?: string;
  readonly text?: TextPolicy;
  readonly month?: string;
  /** Index of a report → id of its meeting. */
  readonly meetings?: Readonly<Record<number, string>>;
  readonly facts?: number;
  readonly evidence?: number;
  readonly statements?: number;
}

export interface EntityState {
  readonly id: string;
  readonly name: string;
  readonly facts: EntityFacts;
  /** Gazetteer versions whose facts of it are in the dumps. */
  readonly versions: readonly string[];
  readonly counts: Counts;
  /** How many pages are sealed. */
  readonly pages: number;
  /** In the order they came. */
  readonly open: readonly Item[];
  readonly meeting?: MeetingSummary;
}

/** A sealed page: it changes only where an article of it is replaced, withdrawn or linked anew. */
export interface SealedState {
  readonly id: string;
  readonly name: string;
  readonly number: number;
  readonly items: readonly Item[];
}

/** `state/links/<bucket>.json` */
export interface LinkState extends Bucket {
  /** Names of the sides, persons and places that stand in signatures. */
  readonly names: Readonly<Record<string, string>>;
  /** Signature key → id of its meeting. */
  readonly of: Readonly<Record<string, string>>;
  readonly meetings: Readonly<Record<string, MeetingSummary>>;
  /** Earlier ids → what they became. */
  readonly retired: Readonly<Record<string, string>>;
  /** Articles of signatures that belong to no meeting yet. */
  readonly waiting: Readonly<Record<string, readonly string[]>>;
}

export interface DayState {
  readonly date: string;
  readonly meetings: Readonly<Record<string, MeetingSummary>>;
}

export interface MonthState {
  readonly month: string;
  readonly days: Readonly<Record<string, { readonly meetings: number; readonly top: readonly MeetingSummary[] }>>;
}

export interface IndexState {
  readonly kind: string;
  readonly entries: Readonly<Record<string, string>>;
}

export interface StartState {
  readonly meetings: readonly MeetingSummary[];
  readonly articles: readonly ArticleRef[];
  readonly pairs: Readonly<Record<string, Pair>>;
  readonly months: Readonly<Record<string, number>>;
  readonly kinds: Readonly<Record<string, number>>;
}

export interface FeedMember {
  readonly article: string;
  readonly log: number;
  readonly at: string;
  readonly type: "create" | "update" | "delete";
  readonly digest?: string;
}

export interface FeedState {
  /** Number of the page that takes the next member; 1 is the first. */
  readonly page: number;
  readonly members: readonly FeedMember[];
}
