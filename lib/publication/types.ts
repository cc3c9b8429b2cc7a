import type { Article } from "../article/types.ts";
import type { EntityKind, Extraction, MeetingDate, MeetingKind, MeetingStatus } from "../extraction/types.ts";
import type { ObjectHeaders } from "../store/types.ts";

/**
 * What documents are rendered from. Every document is a function of one such value, so that `check` can render it
 * again. All words in them come from articles or the gazetteer: escape them.
 */

/** A thing named in a document: with a page of its own, or known only within one article. */
export interface Ref {
  readonly name: string;
  /** `person/xi-jinping`: described by `data/person/xi-jinping`. */
  readonly id?: string;
  /** Where only one article knows it: described by `article/<article>#<fragment>`. */
  readonly local?: { readonly article: string; readonly fragment: string };
}

export interface ArticleRef {
  readonly id: string;
  readonly headline?: string;
  readonly publisher?: string;
  /** ISO date; the reference date read off the text where the article has none of its own. */
  readonly published?: string;
}

export interface Participant extends Ref {
  /** The state or organisation it stands for. */
  readonly side?: Ref;
}

interface ItemBase {
  readonly article: ArticleRef;
  /** The claim on the article's page: `article/<id>#<fragment>`. */
  readonly fragment: string;
  /** The article's words behind it, cut at some 300 characters; a list of stretches that do not adjoin. */
  readonly quote: readonly string[];
  readonly confidence: number;
  /** The log entry it came with. */
  readonly log: number;
}

/** One article's report of one meeting. */
export interface MeetingItem extends ItemBase {
  readonly type: "meeting";
  /** Id of the meeting that this and other reports tell of: `data/meeting/<id>`. */
  readonly meeting?: string;
  readonly kind: MeetingKind;
  readonly status: MeetingStatus;
  readonly date?: MeetingDate;
  readonly participants: readonly Participant[];
  readonly host?: Ref;
  readonly mediator?: Ref;
  readonly place?: Ref;
  /** How many meetings this report sums up. */
  readonly count?: { readonly value: number; readonly atLeast: boolean };
}

export type StatementRole = "speaker" | "reporter" | "addressee" | "about";

export interface StatementItem extends ItemBase {
  readonly type: "statement";
  readonly kind: "direct" | "mixed" | "indirect";
  readonly mode: "speech" | "attitude";
  readonly date?: string;
  readonly speakers: readonly Ref[];
  readonly reportedBy?: Ref;
  readonly addressee?: Ref;
  readonly about: readonly Ref[];
  /** The parts that the entity of the document has in it. */
  readonly roles: readonly StatementRole[];
}

export type Item = MeetingItem | StatementItem;

export interface OfficeFact {
  /** `office/president-of-russia` */
  readonly id: string;
  readonly title: string;
  readonly of?: Ref;
  /** ISO date, or a year or year and month where no more is known; half-open. */
  readonly since: string;
  readonly until?: string;
  readonly acting?: boolean;
  readonly disputed?: boolean;
}

export interface EntityFacts {
  readonly wikidata?: string;
  /** The state or organisation it belongs to. */
  readonly belongsTo?: Ref;
  /** Tenures, newest first. */
  readonly offices: readonly OfficeFact[];
  readonly recognition?: "UN member" | "UN observer" | "other";
  readonly iso2?: string;
  readonly iso3?: string;
  readonly stateRun?: boolean;
  /** Of an office: a role such as "head-of-state". */
  readonly role?: string;
  /** Where the facts come from, and the day they were true. */
  readonly source?: string;
  readonly asOf?: string;
}

export interface Counts {
  readonly articles: number;
  readonly meetings: number;
  readonly statements: number;
}

export type DocumentKind = Exclude<EntityKind, "organisation"> | "organization" | "office" | "meeting";

/** Which page of a paged document this is: the front (no number) holds the newest items, page 1 the oldest. */
export interface Paging {
  /** Number of a sealed page; undefined on the front. */
  readonly number?: number;
  /** Number of the next older page, where there is one. */
  readonly older?: number;
  /** On a sealed page: number of the next newer page, or "front". The front may hold newer items than its own. */
  readonly newer?: number | "front";
}

/** `data/<kind>/<slug>`, or one of its sealed pages `data/<kind>/<slug>/<number>`. */
export interface EntityDocument {
  readonly type: "entity";
  readonly base: string;
  /** `<kind>/<slug>` */
  readonly id: string;
  readonly kind: DocumentKind;
  readonly name: string;
  readonly facts: EntityFacts;
  readonly counts: Counts;
  /** Newest first. */
  readonly items: readonly Item[];
  readonly paging: Paging;
  /** Only where `kind` is "meeting": what its reports come to. Its items are those reports, its history. */
  readonly meeting?: MeetingSummary;
}

/** A meeting as the newest of its reports have it; the claims stay with the reports. */
export interface MeetingSummary {
  readonly id: string;
  readonly kind: MeetingKind;
  /** The status in the newest report. */
  readonly latestStatus: MeetingStatus;
  /** Bounds of the first day, ISO dates. */
  readonly earliest: string;
  readonly latest: string;
  readonly end?: string;
  readonly participants: readonly Participant[];
  readonly place?: Ref;
  /** How many reports tell of it. */
  readonly reports: number;
  /** Days it was planned for before. */
  readonly movedFrom: readonly string[];
  /** Ids that it had before it was found to be the same: each is dcterms:isReplacedBy this one. */
  readonly replaces: readonly string[];
  /** A retired id: what it became. Of all else only kind, status and day are kept then. */
  readonly replacedBy?: string;
}

/** `article/<id>` */
export interface ArticleDocument {
  readonly type: "article";
  readonly base: string;
  readonly article: Article;
  readonly extraction: Extraction;
  readonly text: TextPolicy;
  /** The meetings its reports tell of: index into `extraction.meetings` → meeting id. */
  readonly meetings: Readonly<Record<number, string>>;
}

/**
 * How much of the article's text is republished: all of it; only the words that facts rest on, the others blanked out;
 * or no text document at all. The graphs quote the words of facts in any case.
 */
export type TextPolicy = "full" | "evidence" | "none";

/** `month/<yyyy-mm>` */
export interface MonthDocument {
  readonly type: "month";
  readonly base: string;
  readonly month: string;
  readonly days: readonly { readonly date: string; readonly meetings: number; /** At most 8 of them. */ readonly top: readonly MeetingSummary[] }[];
}

/** `day/<yyyy-mm-dd>` */
export interface DayDocument {
  readonly type: "day";
  readonly base: string;
  readonly date: string;
  readonly meetings: readonly MeetingSummary[];
}

/** `index/<kind>`: every entity of a kind, by name. */
export interface IndexDocument {
  readonly type: "index";
  readonly base: string;
  readonly kind: DocumentKind;
  readonly entries: readonly { readonly id: string; readonly name: string }[];
}

/** Two sides and how many meetings of theirs there are. */
export interface Pair {
  readonly sides: readonly [Ref, Ref];
  readonly meetings: number;
  /** The year counted. */
  readonly year: string;
}

/** `index.html` */
export interface StartDocument {
  readonly type: "start";
  readonly base: string;
  readonly counts: { readonly articles: number; readonly meetings: number; readonly statements: number; readonly quads: number };
  /** Commit time of the newest log entry, ISO. */
  readonly modified: string;
  /** Newest first, at most 30. */
  readonly meetings: readonly MeetingSummary[];
  /** As published last, at most 20. */
  readonly articles: readonly ArticleRef[];
  /** Most meetings first, at most 20. */
  readonly pairs: readonly Pair[];
  /** Months with meetings, newest first, and how many. */
  readonly months: readonly { readonly month: string; readonly meetings: number }[];
  /** Kinds that have an index page, and how many entries. */
  readonly kinds: readonly { readonly kind: DocumentKind; readonly entries: number }[];
}

/** What stands in place of `article/<id>.html` once the article is withdrawn: it says no more than that. */
export interface WithdrawnDocument {
  readonly type: "withdrawn";
  readonly base: string;
}

export type RenderedDocument = EntityDocument | ArticleDocument | MonthDocument | DayDocument | IndexDocument | StartDocument | WithdrawnDocument;

/**
 * Writes pages for people. Pure: the same document gives the same bytes. `jsonld` is the same document as JSON-LD, to
 * embed; not every document has one.
 */
export interface Pages {
  render(document: RenderedDocument, jsonld?: string): string;
  /** Style sheets and the like that the pages need, at fixed keys; written when they change. */
  assets(): readonly { readonly key: string; readonly body: Uint8Array | string; readonly headers: ObjectHeaders }[];
}

/** One immutable object of the dumps. */
export interface DumpPart {
  readonly key: string;
  /** The month of its articles, or "gazetteer" or "meetings". */
  readonly stream: string;
  readonly type: "facts" | "evidence";
  /** The log entries it holds, first and last. */
  readonly from: number;
  readonly to: number;
  readonly articles: number;
  readonly quads: number;
  readonly bytes: number;
  readonly sha256: string;
}

/** `manifest.json`: what the dataset consists of at this moment. The one atomic switch for dumps and SPARQL. */
export interface Manifest {
  readonly format: 1;
  readonly base: string;
  readonly software: string;
  /** The log entry it is up to date with. */
  readonly log: number;
  /** Commit times of the first and the newest log entry, ISO. */
  readonly created: string;
  readonly modified: string;
  readonly counts: {
    readonly articles: number;
    readonly meetings: number;
    readonly statements: number;
    readonly facts: number;
    readonly evidence: number;
    readonly entities: number;
  };
  readonly parts: readonly DumpPart[];
}
