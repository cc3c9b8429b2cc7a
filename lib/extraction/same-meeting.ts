import type { MeetingKind, MeetingStatus } from "../reader/types.ts";
import type { WorkingMeeting } from "./meeting.ts";
import { overlaps, sortSpans } from "./spans.ts";
import type { TimeExpression } from "./time.ts";

const GENERIC: ReadonlySet<MeetingKind> = new Set<MeetingKind>(["Meeting", "Talks"]);
const REMOTE: ReadonlySet<MeetingKind> = new Set<MeetingKind>(["PhoneCall", "VideoCall"]);

/** Whether two tellings can be of one kind: a talk may be any meeting, a call is never a visit. */
function kindsAgree(a: MeetingKind, b: MeetingKind): boolean {
  if (a === b) return true;
  if (GENERIC.has(a) && GENERIC.has(b)) return true;
  if (REMOTE.has(a) || REMOTE.has(b)) return a === "Talks" || b === "Talks";
  return GENERIC.has(a) || GENERIC.has(b);
}

/** Whether "the call", "the trip" can mean a meeting of this kind: a trip is no talk. */
export function refersTo(description: MeetingKind, kind: MeetingKind): boolean {
  if (description === kind) return true;
  if (description === "Visit" || description === "Session" || REMOTE.has(description)) return false;
  return description === "Summit" ? kind === "Meeting" : GENERIC.has(kind) || (description === "Meeting" && kind === "Summit");
}

/** Whether two tellings are of one meeting: the same people, compatible kinds, days and outcomes. */
export function sameMeeting(a: WorkingMeeting, b: WorkingMeeting): boolean {
  if (a.count !== undefined || b.count !== undefined || !kindsAgree(a.kind, b.kind)) return false;
  if (a.evidence.some((x) => b.evidence.some((y) => overlaps(x, y))) && a.participants.join() === b.participants.join()) return true;
  const shared = a.participants.filter((p) => b.participants.includes(p)).length;
  const least = Math.min(a.participants.length, b.participants.length);
  if (shared < least || (shared < 2 && !(least === 1 && a.place !== null && a.place === b.place))) return false;
  if (settled(a.status) !== settled(b.status)) return false;
  return datesAgree(a.date, b.date);
}

/** One meeting is not both held and to come; what may be, is planned or was called off can be one. */
function settled(status: MeetingStatus): boolean {
  return status === "held";
}

function datesAgree(a: TimeExpression | undefined, b: TimeExpression | undefined): boolean {
  if (a?.earliest === undefined || b?.earliest === undefined) return true;
  return a.earliest <= (b.latest ?? "9999") && b.earliest <= (a.latest ?? "9999");
}

/** Adds what another telling says to the first. */
export function merge(into: WorkingMeeting, other: WorkingMeeting): void {
  if (GENERIC.has(into.kind)) into.kind = into.kind === "Talks" && other.kind === "Meeting" ? into.kind : other.kind;
  for (const p of other.participants) if (!into.participants.includes(p)) into.participants.push(p);
  for (const [key, spans] of other.support) into.support.set(key, sortSpans([...(into.support.get(key) ?? []), ...spans]));
  into.place ??= other.place;
  if (into.mediator === undefined && other.mediator !== undefined) into.mediator = other.mediator;
  if (into.host === undefined && other.host !== undefined) into.host = other.host;
  if (into.date === undefined || (into.date.precision !== "day" && other.date?.precision === "day")) into.date = other.date ?? into.date;
  into.evidence = sortSpans([...into.evidence, ...other.evidence]);
  into.confidence = Math.max(into.confidence, other.confidence);
}
