import type { MeetingReading } from "../reader/types.ts";
import type { Span } from "../text/types.ts";
import type { EntityTable } from "./entities.ts";
import type { RuleFrame } from "./meeting-frames.ts";
import { isOwnSide, likeliest, participation, rest, surest, type MentionOf } from "./meeting-shares.ts";
import { equals, hull, sortSpans } from "./spans.ts";

/** How sure the model must be to change what the rules read: set on development data. */
const SURE = { status: 0.8, rareStatus: 0.95, kind: 0.95, place: 0.6, noPlace: 0.9, time: 0.6, noTime: 0.8, onPublication: 0.95, joins: 0.85, takesNoPart: 0.2 } as const;
/** What few meetings come to, and the rules have plain words for. */
export const RARE = /^(?:cancelled|postponed|refused)$/;
/** Characters beyond the rule's evidence in which who joins belongs to it. */
const FAR = 60;

/** A meeting as the rules read it, but for what the model holds otherwise and is sure of; and as likely as the model says. */
export function revise(rule: RuleFrame, reading: MeetingReading, mentionOf: MentionOf, entities: EntityTable): RuleFrame {
  const { participants, joined } = reviseParticipants(rule, reading, mentionOf, entities);
  const { date, present } = reviseTime(rule, reading);
  const [status, kind] = [likeliest(reading.status), likeliest(reading.kind)];
  const isSure = reading.status[status] >= (RARE.test(rule.status) || RARE.test(status) ? SURE.rareStatus : SURE.status);
  // The rules know the words of what is only possible; the model takes much of it for planned.
  const isDoubted = rule.status === "possible" && status === "planned";
  const near = joined.filter((s) => s.start >= rule.evidence.start - FAR && s.end <= rule.evidence.end + FAR);
  return {
    ...rule, participants, date, present, score: reading.score,
    status: isSure && !isDoubted ? status : rule.status,
    kind: reading.kind[kind] >= SURE.kind ? kind : rule.kind,
    place: revisePlace(rule, reading),
    evidence: hull([rule.evidence, ...near]) ?? rule.evidence,
  };
}

function reviseParticipants(rule: RuleFrame, reading: MeetingReading, mentionOf: MentionOf, entities: EntityTable): { participants: readonly Span[]; joined: readonly Span[] } {
  const likelihood = participation(reading, mentionOf);
  const own = new Set<string>();
  const isHost = (mention: Span): boolean => rule.host?.start === mention.start;
  for (const [candidate] of reading.participants) {
    if (rule.participants.some((p) => equals(p, candidate))) own.add(mentionOf.get(candidate)?.entity ?? "");
  }
  const stays = (span: Span): boolean => {
    const candidate = [...reading.participants.keys()].find((c) => equals(c, span));
    return (likelihood.get((candidate === undefined ? undefined : mentionOf.get(candidate)?.entity) ?? "") ?? 1) >= SURE.takesNoPart;
  };
  // "talks between Trump and Putin": nobody else.
  const isComplete = rule.explicitSides && rule.kind !== "Visit";
  const joined = [...reading.participants].flatMap(([candidate, share]): Span[] => {
    const mention = mentionOf.get(candidate);
    const joins = mention !== undefined && !isComplete && mention.kind !== "place" && share >= SURE.joins && !own.has(mention.entity) && !isHost(mention) && (rule.kind === "Visit" || !isOwnSide(mention.entity, [...own], entities));
    return joins ? [{ start: mention.start, end: mention.end }] : [];
  });
  return { participants: sortSpans([...rule.participants.filter(stays), ...joined]), joined };
}

function revisePlace(rule: RuleFrame, reading: MeetingReading): readonly Span[] {
  const [place, share] = surest(reading.places);
  if (rule.place.length === 0) return place !== undefined && share >= SURE.place ? [{ start: place.start, end: place.end }] : [];
  return rest(reading.places) >= SURE.noPlace ? [] : rule.place;
}

function reviseTime(rule: RuleFrame, reading: MeetingReading): Pick<RuleFrame, "date" | "present"> {
  const [time, share] = surest(reading.times);
  const undated = reading.undated >= SURE.noTime;
  const date = rule.date.length === 0 && time !== undefined && share >= SURE.time ? [{ start: time.start, end: time.end }] : undated ? [] : rule.date;
  return { date, present: date.length === 0 && (rule.present ? !undated : reading.onPublication >= SURE.onPublication) };
}
