import type { MeetingKind } from "../extraction/types.ts";

/** What the kinds of meeting are called in pages and in the terminal. */
export const MEETING_WORDS: Readonly<Record<MeetingKind, string>> = {
  PhoneCall: "Phone call",
  VideoCall: "Video call",
  Summit: "Summit",
  Visit: "Visit",
  Talks: "Talks",
  Session: "Session",
  Meeting: "Meeting",
};
