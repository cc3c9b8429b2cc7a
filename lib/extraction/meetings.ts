import type { Span } from "../text/types.ts";
import type { EntityTable } from "./entities.ts";
import type { MeetingContext, WorkingMeeting } from "./meeting.ts";
import { dateOfMeeting } from "./meeting-dates.ts";
import type { RuleFrame } from "./meeting-frames.ts";
import { merge, refersTo, sameMeeting } from "./same-meeting.ts";
import { isBehindComma, titledStart, type WorkingMention } from "./mention.ts";
import { use } from "./speakers.ts";
import { contains, equals, overlaps, sortSpans, within } from "./spans.ts";
import type { EntityKey } from "./types.ts";
import { splitVisits } from "./visits.ts";

/** How many meetings back one is looked for that is told again: news returns to its subject, but not from afar. */
const MEMORY = 40;

/** How sure a gathering must be of which only the place is told. */
const SURE = 0.8;

/** Characters between a possessive and whose it is. */
const NEAR_OWNER = 60;

/** Characters of the name of a city and what stands behind it. */
const LONGEST_CITY = 40;

/** A definite description means a meeting told of shortly before, in characters. */
const NEAR = 1200;

/** Meetings from frames: who, where and when resolved, and the tellings of one meeting merged. */
export function buildMeetings(context: MeetingContext, frames: readonly RuleFrame[]): WorkingMeeting[] {
  const meetings: WorkingMeeting[] = [];
  for (const frame of splitVisits(context, frames)) {
    const meeting = resolve(context, frame);
    const recent = meetings.slice(-MEMORY);
    // A journey within one's own state meets nobody.
    if (frame.kind === "Visit" && meeting.participants.length === 1 && (meeting.status === "held" || !isRegion(context, meeting.place))) continue;
    if (meeting.participants.length === 0) {
      // "the summit": the last one it can mean, if any.
      const last = recent.reverse().find((m) => refersTo(meeting.kind, m.kind) && m.count === undefined && frame.trigger.start - (m.evidence[m.evidence.length - 1]?.end ?? 0) < NEAR);
      if (last !== undefined) last.evidence = sortSpans([...last.evidence, ...meeting.evidence]);
      else if (isGathering(meeting)) meetings.push(meeting);
      continue;
    }
    const last = meetings[meetings.length - 1];
    const sentence = context.document.sentences[frame.sentence];
    const visit = last !== undefined && sentence !== undefined && last.evidence.some((e) => overlaps(e, sentence)) && metOnVisit(context, last, meeting) ? last : undefined;
    const same = visit ?? recent.reverse().find((m) => sameMeeting(m, meeting));
    if (same === undefined) meetings.push(meeting);
    else merge(same, meeting);
  }
  for (const meeting of meetings) if (meeting.kind === "Visit") withoutHome(context, meeting);
  return meetings;
}

/** "postpones his trip to southeast Asia": a part of the world is no one's own state. */
function isRegion({ entities }: MeetingContext, place: EntityKey | null): boolean {
  const entry = place === null ? undefined : entities.entry(place);
  return entry?.kind === "place" && entry.state === undefined;
}

/** "An international summit begins in Moscow": of some it is told where they are, not who comes. */
function isGathering({ kind, place, confidence }: WorkingMeeting): boolean {
  return (kind === "Summit" || kind === "Session") && place !== null && confidence >= SURE;
}

/** The home state of a visitor is no host, told as "the highest U.S. official to have visited" or not. */
function withoutHome({ entities }: MeetingContext, visit: WorkingMeeting): void {
  const [visitor, ...others] = visit.participants;
  const home = visitor !== undefined && entities.kindOf(visitor) === "person" ? entities.sideOf(visitor) : undefined;
  if (home === undefined || !others.includes(home) || others.length < 2 || visit.place === home || entities.stateOf(visit.place ?? "") === home) return;
  visit.participants.splice(visit.participants.indexOf(home), 1);
  visit.support.delete(home);
}

/** "travels to Beijing to meet Xi": whom a visitor meets of the state visited is met on that visit. */
function metOnVisit({ entities }: MeetingContext, visit: WorkingMeeting, meeting: WorkingMeeting): boolean {
  const [visitor, ...hosts] = visit.participants;
  if (visit.kind !== "Visit" || (meeting.kind !== "Meeting" && meeting.kind !== "Talks") || visitor === undefined || !meeting.participants.includes(visitor)) return false;
  if ((visit.status === "held") !== (meeting.status === "held") || visit.count !== undefined || meeting.count !== undefined) return false;
  const met = meeting.participants.filter((p) => p !== visitor);
  return met.length > 0 && met.every((p) => hosts.includes(p) || (entities.kindOf(p) === "person" && hosts.includes(entities.sideOf(p) ?? hosts[0] ?? p)));
}

function resolve(context: MeetingContext, frame: RuleFrame): WorkingMeeting {
  const { entities, mentions } = context;
  const support = new Map<EntityKey, Span[]>();
  const participants: EntityKey[] = [];
  for (const span of frame.participants) {
    // "They" are several.
    for (const mention of within(mentions, span).filter((m) => equals(m, span))) {
      use(context, mention);
      if (!participants.includes(mention.entity)) participants.push(mention.entity);
      const own = support.get(mention.entity) ?? [];
      if (!own.includes(span)) support.set(mention.entity, [...own, span]);
    }
  }
  const placeSpan = frame.place[0];
  const named = placeSpan === undefined ? undefined : within(mentions, placeSpan)[0];
  const placeMention = named === undefined ? undefined : (cityOf(context, named) ?? named);
  const place = placeMention?.place ?? placeMention?.entity ?? null;
  if (place !== null && placeSpan !== undefined) support.set(place, [...(support.get(place) ?? []), placeSpan]);
  // "in Pearl Harbor, Hawaii": an unknown city lies where the region does.
  const region = placeMention === undefined || place === null || entities.stateOf(place) !== undefined ? undefined : behindComma(context, placeMention);
  const area = region?.place ?? region?.entity ?? place;
  if (frame.kind === "Visit" && area !== null && placeSpan !== undefined && entities.kindOf(area) === "place") addHostState(entities, participants, support, area, placeSpan);
  const mediator = mediatorOf(context, frame, participants, support);
  const date = dateOfMeeting(context, frame, participants);
  const evidence = [completed(context, frame)];
  if (date !== undefined && !contains(frame.evidence, date) && date.end > date.start) evidence.push({ start: date.start, end: date.end });
  const host = hostOf(context, frame, participants);
  if (host !== undefined && frame.host !== undefined && !support.has(host)) support.set(host, [frame.host]);
  return {
    kind: frame.kind, status: frame.status, participants, place, ...(host === undefined ? {} : { host }), ...(mediator === undefined ? {} : { mediator }), ...(frame.count === undefined ? {} : { count: frame.count }),
    evidence: sortSpans(evidence), date, confidence: Math.round(frame.score * 100) / 100, support,
  };
}

/** The evidence with the titles of those it begins with, with whose it is ("Hu has put off | his visit"), and the state of the place it ends with: "… in Jeddah | , Saudi Arabia". */
function completed(context: MeetingContext, { evidence, sentence }: RuleFrame): Span {
  const { document, mentions } = context;
  const area = document.sentences[sentence];
  const all = within(mentions, area ?? evidence);
  const inside = all.filter((m) => overlaps(m, evidence));
  const owner = inside[0]?.type === "pronoun" && inside[0].possessive ? all.findLast((m) => m.end <= evidence.start && m.entity === inside[0]?.entity && m.type !== "pronoun") : undefined;
  const said = owner !== undefined && evidence.start - owner.end < NEAR_OWNER && !/[;:“”"]/.test(document.text.slice(owner.end, evidence.start)) ? [owner] : [];
  const start = Math.min(evidence.start, ...[...inside, ...said].map((m) => titledStart(document, m)));
  const last = inside[inside.length - 1];
  const next = last?.end === evidence.end && last.locative ? behindComma(context, last) : undefined;
  return { start, end: next?.kind === "state" ? next.end : evidence.end };
}

/** What a place is named with: "Pearl Harbor, Hawaii". */
function behindComma({ document, mentions }: MeetingContext, place: WorkingMention): WorkingMention | undefined {
  const next = within(mentions, { start: place.end, end: place.end + LONGEST_CITY }).find((m) => isBehindComma(document, place, m));
  return next?.kind === "place" || next?.kind === "state" ? next : undefined;
}

/** "in Pearl Harbor, Hawaii": of two places the nearer one. */
function cityOf({ document, mentions }: MeetingContext, place: WorkingMention): WorkingMention | undefined {
  const before = within(mentions, { start: place.start - LONGEST_CITY, end: place.start }).find((m) => isBehindComma(document, m, place));
  return before !== undefined && (before.kind === "place" || before.place !== undefined) && before.entity !== place.entity ? before : undefined;
}

/** A visit to a city is one to its state, unless it is the visitor's own; whom the visitor meets there may be named beside. */
function addHostState(entities: EntityTable, participants: EntityKey[], support: Map<EntityKey, Span[]>, place: EntityKey, span: Span): void {
  const state = entities.stateOf(place);
  const [visitor, ...met] = participants.map((p) => (entities.kindOf(p) === "person" ? entities.sideOf(p) : p));
  if (state === undefined || participants.length === 0 || visitor === state || participants.includes(state) || met.some((side) => side !== state)) return;
  participants.push(state);
  support.set(state, [span]);
}

const MEDIATED = /\b(?:mediated|brokered|facilitated) by (?:the )?$/i;

/** "mediated by Egypt": who brings the sides together is no side. */
function mediatorOf(context: MeetingContext, frame: RuleFrame, participants: EntityKey[], support: Map<EntityKey, Span[]>): EntityKey | undefined {
  const { document, mentions } = context;
  const sentence = document.sentences[frame.sentence];
  if (sentence === undefined) return undefined;
  const mention = within(mentions, sentence).find((m) => !m.inTitle && m.kind !== "place" && MEDIATED.test(document.text.slice(Math.max(sentence.start, m.start - 30), m.start)));
  if (mention === undefined || participants.length - (participants.includes(mention.entity) ? 1 : 0) < 2) return undefined;
  if (participants.includes(mention.entity)) participants.splice(participants.indexOf(mention.entity), 1);
  support.set(mention.entity, [{ start: mention.start, end: mention.end }]);
  return mention.entity;
}

/** "hosted", "received", "welcomed": the subject is the host; of a visit, the state visited. */
function hostOf(context: MeetingContext, frame: RuleFrame, participants: readonly EntityKey[]): EntityKey | undefined {
  const host = frame.host === undefined ? undefined : within(context.mentions, frame.host).find((m) => m.start === frame.host?.start && m.end === frame.host.end);
  if (host !== undefined) return host.entity;
  if (frame.kind !== "Visit") return undefined;
  const place = frame.place[0];
  const state = participants.find((p) => context.entities.kindOf(p) === "state");
  return state !== undefined && participants[0] !== state && place !== undefined ? state : undefined;
}
