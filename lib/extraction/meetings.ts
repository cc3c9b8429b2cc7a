import type { MeetingKind, MeetingStatus } from "../reader/types.ts";
import type { Gazetteer } from "../gazetteer/types.ts";
import type { Span, TextDocument } from "../text/types.ts";
import type { IsoDate } from "./calendar.ts";
import type { EntityTable } from "./entities.ts";
import type { RuleFrame } from "./meeting-frames.ts";
import type { WorkingMention } from "./mention.ts";
import { anniversaryIn } from "./reference-date.ts";
import { use } from "./speakers.ts";
import { contains, hull, overlaps, sortSpans, within } from "./spans.ts";
import type { WorkingStatement } from "./statements.ts";
import { timeExpressions, type TimeExpression } from "./time.ts";
import type { EntityKey } from "./types.ts";

/** A meeting with UTF-16 offsets. */
export interface WorkingMeeting {
  kind: MeetingKind;
  status: MeetingStatus;
  participants: EntityKey[];
  place: EntityKey | null;
  host?: EntityKey;
  mediator?: EntityKey;
  count?: { readonly value: number; readonly atLeast: boolean };
  evidence: Span[];
  date: TimeExpression | undefined;
  confidence: number;
  readonly support: Map<EntityKey, Span[]>;
}

export interface MeetingContext {
  readonly document: TextDocument;
  readonly gazetteer: Gazetteer;
  readonly entities: EntityTable;
  readonly mentions: readonly WorkingMention[];
  readonly statements: readonly WorkingStatement[];
  /** The day relative times count from. */
  readonly reference: IsoDate | undefined;
}

/** How many meetings back one is looked for that is told again: news returns to its subject, but not from afar. */
const MEMORY = 40;

/** Meetings from frames: who, where and when resolved, and the tellings of one meeting merged. */
export function buildMeetings(context: MeetingContext, frames: readonly RuleFrame[]): WorkingMeeting[] {
  const meetings: WorkingMeeting[] = [];
  for (const frame of frames) {
    const meeting = resolve(context, frame);
    const recent = meetings.slice(-MEMORY);
    // A journey within one's own state meets nobody.
    if (frame.kind === "Visit" && meeting.participants.length === 1) continue;
    if (meeting.participants.length === 0) {
      // "the summit": the last one it can mean, if any.
      const last = recent.reverse().find((m) => kindsAgree(m.kind, meeting.kind) && m.count === undefined);
      if (last !== undefined) last.evidence = sortSpans([...last.evidence, ...meeting.evidence]);
      continue;
    }
    const same = recent.reverse().find((m) => sameMeeting(m, meeting));
    if (same === undefined) meetings.push(meeting);
    else merge(same, meeting);
  }
  return meetings;
}

function resolve(context: MeetingContext, frame: RuleFrame): WorkingMeeting {
  const { entities, mentions } = context;
  const support = new Map<EntityKey, Span[]>();
  const participants: EntityKey[] = [];
  for (const span of frame.participants) {
    const mention = within(mentions, span).find((m) => m.start === span.start && m.end === span.end);
    if (mention === undefined) continue;
    use(context, mention);
    if (!participants.includes(mention.entity)) participants.push(mention.entity);
    support.set(mention.entity, [...(support.get(mention.entity) ?? []), span]);
  }
  const placeSpan = frame.place[0];
  const placeMention = placeSpan === undefined ? undefined : within(mentions, placeSpan)[0];
  const place = placeMention?.entity ?? null;
  if (place !== null && placeSpan !== undefined) support.set(place, [...(support.get(place) ?? []), placeSpan]);
  if (frame.kind === "Visit" && place !== null && placeSpan !== undefined && entities.kindOf(place) === "place") addHostState(entities, participants, support, place, placeSpan);
  const mediator = mediatorOf(context, frame, participants, support);
  const date = dateOf(context, frame, participants);
  const evidence = [frame.evidence];
  if (date !== undefined && !contains(frame.evidence, date) && date.end > date.start) evidence.push({ start: date.start, end: date.end });
  const host = hostOf(context, frame, participants);
  return {
    kind: frame.kind, status: frame.status, participants, place, ...(host === undefined ? {} : { host }), ...(mediator === undefined ? {} : { mediator }), ...(frame.count === undefined ? {} : { count: frame.count }),
    evidence: sortSpans(evidence), date, confidence: frame.score, support,
  };
}

/** A visit to a city is one to its state, unless it is the visitor's own. */
function addHostState(entities: EntityTable, participants: EntityKey[], support: Map<EntityKey, Span[]>, place: EntityKey, span: Span): void {
  const state = entities.stateOf(place);
  const others = participants.map((p) => (entities.kindOf(p) === "person" ? entities.sideOf(p) : p));
  if (state === undefined || participants.length !== 1 || others.includes(state)) return;
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
  const word = context.document.text.slice(frame.trigger.start, frame.trigger.end).toLowerCase();
  if (/^(?:host|receiv|welcom)/.test(word)) return participants[0];
  if (frame.kind !== "Visit") return undefined;
  const place = frame.place[0];
  const state = participants.find((p) => context.entities.kindOf(p) === "state");
  return state !== undefined && participants[0] !== state && place !== undefined ? state : undefined;
}

function dateOf(context: MeetingContext, frame: RuleFrame, participants: readonly EntityKey[]): TimeExpression | undefined {
  const { document, gazetteer, reference } = context;
  if (frame.count !== undefined) return undefined;
  const span = frame.date[0];
  const future = frame.status !== "held";
  if (span !== undefined) {
    const read = timeExpressions(document.text.slice(span.start, span.end), span.start, reference, future)[0];
    if (read !== undefined) return read;
  }
  const sentence = document.sentences[frame.sentence];
  if (sentence === undefined) return undefined;
  const anniversary = anniversaryIn(document, frame.sentence, gazetteer);
  if (anniversary !== undefined && frame.status === "held") {
    const at = hull(anniversary.evidence) ?? frame.trigger;
    if (at.start > frame.trigger.start || frame.present) return { ...at, text: document.text.slice(at.start, at.end), earliest: anniversary.date, latest: anniversary.date, precision: "day" };
  }
  if (frame.status === "held") {
    const told = dayOfTelling(context, frame, participants);
    if (told !== undefined) return told;
    if (frame.present && reference !== undefined) {
      return { start: frame.trigger.start, end: frame.trigger.end, text: document.text.slice(frame.trigger.start, frame.trigger.end), earliest: reference, latest: reference, precision: "day" };
    }
  }
  return undefined;
}

/** Words spoken at a meeting date it: the day of the statement whose cue the meeting follows, or of the speaker's one just before. */
function dayOfTelling(context: MeetingContext, frame: RuleFrame, participants: readonly EntityKey[]): TimeExpression | undefined {
  const { document, statements, reference } = context;
  const sentenceStart = document.sentences[frame.sentence]?.start ?? 0;
  const venue = statements.find((s) => s.cue.some((c) => c.end <= frame.trigger.start && frame.trigger.start - c.end < 60 && c.start >= sentenceStart) && s.speakers.some((k) => participants.includes(k)) && !s.content.some((c) => contains(c, frame.trigger)));
  if (venue === undefined) return undefined;
  const earliest = document.sentences[Math.max(0, frame.sentence - 2)]?.start ?? 0;
  const dated = statements.filter((s) => s.date !== undefined && s.speakers.some((k) => venue.speakers.includes(k)) && (s.cue[0]?.start ?? 0) >= earliest && (s.cue[0]?.start ?? 0) <= frame.trigger.start).pop();
  const cue = hull(dated?.cue ?? []);
  if (dated?.date === undefined || cue === undefined) return undefined;
  const from = Math.max(0, cue.start - 40);
  const expression = timeExpressions(document.text.slice(from, cue.end + 40), from, reference, false).find((t) => t.earliest === dated.date);
  return expression;
}

const GENERIC: ReadonlySet<MeetingKind> = new Set<MeetingKind>(["Meeting", "Talks"]);
const REMOTE: ReadonlySet<MeetingKind> = new Set<MeetingKind>(["PhoneCall", "VideoCall"]);

function kindsAgree(a: MeetingKind, b: MeetingKind): boolean {
  if (a === b) return true;
  if (GENERIC.has(a) && GENERIC.has(b)) return true;
  if (REMOTE.has(a) || REMOTE.has(b)) return a === "Talks" || b === "Talks";
  return GENERIC.has(a) || GENERIC.has(b);
}

function sameMeeting(a: WorkingMeeting, b: WorkingMeeting): boolean {
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

function merge(into: WorkingMeeting, other: WorkingMeeting): void {
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
