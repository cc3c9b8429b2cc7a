import type { Span } from "../text/types.ts";

/** Somebody says or thinks something: the words for the act, for its content and for its source. */
export interface AttributionFrame {
  readonly cue: readonly Span[];
  /** Empty where the text names no source. */
  readonly source: readonly Span[];
  readonly content: readonly Span[];
  /** Probability of the cue, 0 to 1. */
  readonly score: number;
  /** Probability that it is said or written, and not only thought, wished or felt. */
  readonly speech: number;
}

export type MeetingKind = "PhoneCall" | "VideoCall" | "Summit" | "Visit" | "Talks" | "Session" | "Meeting";
export type MeetingStatus = "held" | "planned" | "possible" | "cancelled" | "postponed" | "refused";

/** What may take part in a meeting, be its place or tell its day: a mention of a text, or an expression of time. */
export interface Candidate extends Span {
  readonly kind: "person" | "state" | "organisation" | "group" | "medium" | "place" | "time";
  readonly type: "name" | "nominal" | "pronoun" | "metonym" | "demonym";
  /** Part of another mention's title. */
  readonly inTitle: boolean;
  readonly possessive: boolean;
  /** Stands where a place is meant. */
  readonly locative: boolean;
  /** Unnamed people who speak for the one meant. */
  readonly proxy: boolean;
  readonly weak: boolean;
}

/** Political actors meet, talk or visit: the words that say so, and those for who, where and when. */
export interface MeetingFrame {
  readonly trigger: Span;
  readonly evidence: Span;
  readonly participants: readonly Span[];
  readonly place: readonly Span[];
  readonly date: readonly Span[];
  readonly kind: MeetingKind;
  readonly status: MeetingStatus;
  /** 0 to 1. */
  readonly score: number;
}

/** Political actors meet, talk or visit, as the model reads it: probabilities, of which nothing is decided yet. */
export interface MeetingReading<Rule extends MeetingFrame = MeetingFrame> {
  /** The word that says so. */
  readonly trigger: Span;
  /** That of the rules with this trigger. */
  readonly rule: Rule | undefined;
  /** Probability that it tells of a meeting. */
  readonly score: number;
  readonly status: Readonly<Record<MeetingStatus, number>>;
  readonly kind: Readonly<Record<MeetingKind, number>>;
  /** That a candidate takes part, each by itself. Candidates too far from the trigger are not among them. */
  readonly participants: ReadonlyMap<Candidate, number>;
  /** Where it is: shares of one, the rest for no place told. */
  readonly places: ReadonlyMap<Candidate, number>;
  /** When it is: shares of one, with those for the day of publication and for a day that is not told. */
  readonly times: ReadonlyMap<Candidate, number>;
  readonly onPublication: number;
  readonly undated: number;
}

/** A text as read once: what is attributed in it, and what it tells of meetings among the candidates found in it. */
export interface Reading {
  readonly attributions: readonly AttributionFrame[];
  /**
   * What the model makes of every word that may tell of a meeting, in the order of the text, and of the meetings that rules read
   * there. Deterministic; uses what was read before.
   */
  meetings<Rule extends MeetingFrame>(candidates: readonly Candidate[], rules: readonly Rule[]): Promise<readonly MeetingReading<Rule>[]>;
}

/** What reads a text. Offsets in UTF-16 code units into the text given. */
export interface Reader {
  /** Name and version of the model, for provenance. */
  readonly version: string;
  /** Deterministic: the same text gives the same reading, whatever was read before. */
  read(text: string): Promise<Reading>;
  close(): Promise<void>;
}
