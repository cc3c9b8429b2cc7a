import type { EntityKey, Extraction, Meeting, MeetingKind, MeetingStatus } from "../extraction/types.ts";

/** What linking looks at in one report of one meeting. */
export interface Report {
  readonly article: string;
  /** Index into the article's `extraction.meetings`. */
  readonly index: number;
  /** The day the article speaks on, ISO; the history of a meeting is its reports in this order. */
  readonly asOf?: string;
  readonly signature: Signature;
}

/**
 * What reports have in common that cannot be told apart: linking decides over these, so its cost follows the variety
 * of what is told, not the number of articles that tell it.
 */
export interface Signature {
  readonly kind: MeetingKind;
  readonly status: MeetingStatus;
  /** Sides in code point order, each with the persons named for it, sorted; none where only the side is named. */
  readonly sides: readonly (readonly [side: string, persons: readonly string[]])[];
  readonly place?: EntityKey;
  /** Bounds of the first day, ISO. */
  readonly earliest?: string;
  readonly latest?: string;
}

/** The signatures of one set of sides in one year: what is decided together. Plain JSON. */
export interface Bucket {
  /** Signature key → how many reports have it, by the day they speak on ("" where unknown). */
  readonly signatures: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** Two signature keys joined by a line feed → how many articles tell of both as of two meetings. */
  readonly apart: Readonly<Record<string, number>>;
}

/** One meeting that linking found. */
export interface LinkedMeeting {
  /** Opaque; a function of the reports, whatever the order in which they came. */
  readonly id: string;
  /** Signature keys of its reports, sorted. */
  readonly members: readonly string[];
  readonly kind: MeetingKind;
  readonly latestStatus: MeetingStatus;
  readonly earliest: string;
  readonly latest: string;
  readonly sides: Signature["sides"];
  readonly place?: EntityKey;
  readonly reports: number;
  /** Days it was planned for before, sorted. */
  readonly movedFrom: readonly string[];
}

export type { Extraction, Meeting };
