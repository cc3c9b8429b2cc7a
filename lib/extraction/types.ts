import type { MeetingKind, MeetingStatus } from "../reader/types.ts";
import type { Span } from "../text/types.ts";

/** All spans of an extraction count Unicode code points into `Article.text`, end exclusive. */
export type { Span };
export type { MeetingKind, MeetingStatus };

/**
 * Names an entity within an extraction: a gazetteer id such as `person/xi-jinping`, or, for what only this article
 * knows, a fragment such as `#person-jane-doe`.
 */
export type EntityKey = string;
export type EntityKind = "person" | "state" | "organisation" | "group" | "medium" | "place";

/** An office held on the article's date, as the gazetteer has it. */
export interface HeldOffice {
  /** Gazetteer id of the office, `office/…`. */
  readonly office: string;
  readonly title: string;
  /** Gazetteer id of the state or organisation. */
  readonly of: string;
  readonly since: string;
  readonly until?: string;
}

export interface Entity {
  readonly key: EntityKey;
  readonly kind: EntityKind;
  readonly name: string;
  /** Surface forms seen in the article, distinct, sorted; pronouns are not among them. */
  readonly names: readonly string[];
  readonly wikidata?: string;
  readonly offices?: readonly HeldOffice[];
  /** The state (or organisation) it belongs to; that entity is in `entities` too. */
  readonly state?: EntityKey;
}

export interface Mention {
  readonly span: Span;
  readonly entity: EntityKey;
  /** name: "Xi Jinping"; nominal: "the Russian leader"; pronoun: "he"; metonym: "Moscow", "the Kremlin"; demonym: "Russian". */
  readonly type: "name" | "nominal" | "pronoun" | "metonym" | "demonym";
  /** The words that title it, as the article has them: "former U.S. President". Never asserted as a fact. */
  readonly title?: string;
}

export type StatementKind = "direct" | "mixed" | "indirect";
export type AttributionMode = "speech" | "attitude";

export interface Statement {
  readonly content: readonly Span[];
  readonly cue: readonly Span[];
  readonly source: readonly Span[];
  readonly speakers: readonly EntityKey[];
  readonly reportedBy: EntityKey | null;
  readonly addressee: EntityKey | null;
  readonly kind: StatementKind;
  readonly mode: AttributionMode;
  readonly about: readonly EntityKey[];
  /** ISO date, where the text and the publication date determine it. */
  readonly date?: string;
  /** 0 to 1, two decimals. */
  readonly confidence: number;
  /** The words that show each speaker, reporter and addressee: at least one span for every key named above. */
  readonly support: Readonly<Record<EntityKey, readonly Span[]>>;
}

export type DatePrecision = "day" | "week" | "month" | "year" | "period";

export interface MeetingDate {
  /** ISO dates: bounds of the first day; equal where the day is known. */
  readonly earliest?: string;
  readonly latest?: string;
  /** Last day of a meeting of several days. */
  readonly end?: string;
  readonly precision: DatePrecision;
  /** The words it is read from. */
  readonly text: string;
  readonly span?: Span;
}

export interface Meeting {
  readonly kind: MeetingKind;
  readonly status: MeetingStatus;
  readonly participants: readonly EntityKey[];
  /** Participant → the state or organisation it stands for. */
  readonly sides: Readonly<Record<EntityKey, EntityKey>>;
  readonly host?: EntityKey;
  readonly mediator?: EntityKey;
  readonly place: EntityKey | null;
  /** "met over 40 times": how many meetings this report sums up. `atLeast` for "over", "more than". */
  readonly count?: { readonly value: number; readonly atLeast: boolean };
  /** Indexes into `statements`: those whose content holds the evidence. */
  readonly according: readonly number[];
  readonly evidence: readonly Span[];
  readonly date?: MeetingDate;
  readonly confidence: number;
  /** The words that show each participant, host, mediator and the place: at least one span for every key named above. */
  readonly support: Readonly<Record<EntityKey, readonly Span[]>>;
}

/** The day an article without a publication date is read from, and why. */
export interface ReferenceDate {
  readonly date: string;
  readonly basis: "anniversary" | "event";
  readonly evidence: readonly Span[];
}

/** Everything read off one article. Plain JSON; the same article and versions give the same value. */
export interface Extraction {
  readonly id: string;
  readonly published?: string;
  /** Only where `published` is unknown and the text determines a date. */
  readonly dated?: ReferenceDate;
  readonly entities: readonly Entity[];
  readonly mentions: readonly Mention[];
  readonly statements: readonly Statement[];
  readonly meetings: readonly Meeting[];
  /** Versions of what made it, for provenance. */
  readonly versions: { readonly software: string; readonly model: string; readonly gazetteer: string };
}
