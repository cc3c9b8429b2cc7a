import type { LinkedMeeting } from "../linking/index.ts";
import { MEETING_WORDS } from "../serialization/meeting-words.ts";
import { isEntityId } from "./known.ts";
import type { MeetingSummary, Participant, Ref } from "./types.ts";

/** A linked meeting with the names of those in it. */
export function summarise(meeting: LinkedMeeting, names: Readonly<Record<string, string>>, replaces: readonly string[]): MeetingSummary {
  const ref = (token: string): Ref => {
    const name = (Object.hasOwn(names, token) ? names[token] : undefined) ?? token.replace(/^#/, "");
    return isEntityId(token) ? { name, id: token } : { name };
  };
  const participants = meeting.sides.flatMap(([side, persons]): Participant[] =>
    persons.length === 0 ? [ref(side)] : persons.map((person) => ({ ...ref(person), ...(side === person ? {} : { side: ref(side) }) })),
  );
  return {
    id: meeting.id,
    kind: meeting.kind,
    latestStatus: meeting.latestStatus,
    earliest: meeting.earliest,
    latest: meeting.latest,
    participants,
    ...(meeting.place === undefined ? {} : { place: ref(meeting.place) }),
    reports: meeting.reports,
    movedFrom: meeting.movedFrom,
    replaces,
  };
}

/** "Phone call: Xi Jinping, Vladimir Putin (2025-02-24)" */
export function meetingName({ kind, participants, earliest }: MeetingSummary): string {
  const named = participants.slice(0, 6).map(({ name }) => name);
  const who = named.length === 0 ? "" : `: ${named.join(", ")}${participants.length > named.length ? " and others" : ""}`;
  return `${MEETING_WORDS[kind]}${who} (${earliest})`;
}
