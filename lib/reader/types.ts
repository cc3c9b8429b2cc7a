import type { Span } from "../text/types.ts";

/** Somebody says or thinks something: the words for the act, for its content and for its source. */
export interface AttributionFrame {
  readonly cue: readonly Span[];
  /** Empty where the text names no source. */
  readonly source: readonly Span[];
  readonly content: readonly Span[];
  /** Probability of the cue, 0 to 1. */
  readonly score: number;
}

export type MeetingKind = "PhoneCall" | "VideoCall" | "Summit" | "Visit" | "Talks" | "Session" | "Meeting";
export type MeetingStatus = "held" | "planned" | "possible" | "cancelled" | "postponed" | "refused";

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

/** What reads attributions off a text. Offsets in UTF-16 code units into the text given. */
export interface AttributionReader {
  /** Name and version of the model, for provenance. */
  readonly version: string;
  /** Deterministic: the same text gives the same frames, whatever was read before. */
  read(text: string): Promise<readonly AttributionFrame[]>;
  close(): Promise<void>;
}
