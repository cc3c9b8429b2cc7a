import type { Candidate, MeetingKind, MeetingReading } from "../reader/types.ts";
import type { Span, TextDocument } from "../text/types.ts";
import { tokenAt } from "./content.ts";
import type { EntityTable } from "./entities.ts";
import type { MeetingCandidates } from "./meeting-candidates.ts";
import { isOccasion, type RuleFrame } from "./meeting-frames.ts";
import { RARE, revise } from "./meeting-revision.ts";
import { statusOf } from "./meeting-status.ts";
import { isOwnSide, likeliest, participation, rest, surest, type MentionOf } from "./meeting-shares.ts";
import { clauseAround, countOf, isDefinite, isNone, isVerbUse } from "./meeting-words.ts";
import { contains, equals, hull, isCovered, sortSpans } from "./spans.ts";
import type { EntityKey } from "./types.ts";

interface Context {
  readonly document: TextDocument;
  readonly entities: EntityTable;
  readonly excluded: readonly Span[];
}

/** How likely a meeting must be that the rules read, and one that only the model reads: set on development data. */
const TOLD = 0.5;
const LIKELY = 0.7;
/** What is enough where the model reads the same people as the rules: whether they meet, their words then tell better than it does. */
const AGREED = { told: 0.02, share: 0.8 } as const;
/** What a candidate needs to take part, and what the second of two needs, without which nobody would be met. */
const PARTICIPANT = 0.5;
const SECOND = 0.25;
/** Characters from the trigger within which a word of the same clause belongs to the evidence. */
const FAR = 60;
/** Meetings before and behind one that may be in its sentence. */
const NEAR = 20;
/** Kinds that one body can hold by itself. */
const COLLECTIVE: ReadonlySet<MeetingKind> = new Set<MeetingKind>(["Summit", "Session"]);

/** The meetings of a text: what the rules read, kept or revised by the model, and what it reads beside. */
export function toFrames({ document, entities, excluded }: Context, readings: readonly MeetingReading<RuleFrame>[], { mentionOf }: MeetingCandidates): RuleFrame[] {
  const joined = joinTriggers(document, readings);
  const told = joined.filter((reading) => reading.score >= leastFor(reading) && !isCovered(excluded, reading.trigger.start));
  const frames = told.map((reading) => (reading.rule === undefined ? toFrame(document, reading, mentionOf, entities) : revise(reading.rule, reading, mentionOf, entities)));
  return frames.filter((frame, i) => told[i]?.rule !== undefined || (!isDenied(document, frame) && !isToldBeside(document.text, frame, i, frames)));
}

/** The score that a reading needs. */
function leastFor({ rule, participants, places }: MeetingReading<RuleFrame>): number {
  if (rule === undefined) return LIKELY;
  const sides = rule.participants.map((p) => shareOf(participants, p));
  // A visit's host may be known only by the place.
  if (rule.kind === "Visit" && sides.length === 1) sides.push(...rule.place.map((p) => shareOf(places, p)));
  return sides.length > 1 && Math.min(...sides) >= AGREED.share ? AGREED.told : TOLD;
}

function shareOf(shares: ReadonlyMap<Candidate, number>, span: Span): number {
  for (const [candidate, share] of shares) if (equals(candidate, span)) return share;
  return 0;
}

/** "is to host talks": rules may take another word of the clause for the trigger than the model, which then leaves theirs untold. */
function joinTriggers(document: TextDocument, readings: readonly MeetingReading<RuleFrame>[]): MeetingReading<RuleFrame>[] {
  const taken = new Set<RuleFrame>();
  const joined = readings.map((reading, i) => {
    if (reading.rule !== undefined || reading.score < TOLD) return reading;
    const other = readings.slice(Math.max(0, i - NEAR), i + NEAR).find(({ rule, score }) => rule !== undefined && score < TOLD && !taken.has(rule) && isSameTold(document, rule, reading));
    if (other?.rule === undefined) return reading;
    taken.add(other.rule);
    return { ...reading, rule: other.rule };
  });
  return joined.filter(({ rule, score }) => rule === undefined || score >= TOLD || !taken.has(rule));
}

/** Whether a rule tells of the meeting of a trigger beside its own: in the same clause, and the same take part. */
function isSameTold(document: TextDocument, rule: RuleFrame, { trigger, participants }: MeetingReading): boolean {
  const sentence = document.sentences[rule.sentence];
  if (sentence === undefined || !contains(sentence, trigger)) return false;
  const clause = clauseAround(document, tokenAt(document, rule.trigger.start), sentence);
  return contains(clause, trigger) && rule.participants.length > 0 && rule.participants.every((p) => shareOf(participants, p) >= PARTICIPANT);
}

/** What the rules keep from telling of a meeting keeps the model from it. */
function isDenied(document: TextDocument, { trigger, sentence }: RuleFrame): boolean {
  const at = tokenAt(document, trigger.start);
  const area = document.sentences[sentence];
  return area === undefined || isNone(document, at, isVerbUse(document.tokens, at, []), clauseAround(document, at, area));
}

/** "at the APEC summit": where something else is told of. */
const OCCASION = /\b(?:at|during|before|after|ahead of|attending)\s(?:the|an?)\s[^,;.]{0,40}$/i;

/** "met Bush at the summit": in one sentence the same people meet once. */
function isToldBeside(text: string, frame: RuleFrame, at: number, frames: readonly RuleFrame[]): boolean {
  const outranks = (other: RuleFrame): boolean =>
    other.participants.length > frame.participants.length || (other.participants.length === frame.participants.length && other.score > frame.score);
  const hasAll = (other: RuleFrame): boolean => frame.participants.every((p) => other.participants.some((o) => o.start === p.start));
  const beside = frames.slice(Math.max(0, at - NEAR), at + NEAR).filter((other) => other !== frame && other.sentence === frame.sentence);
  const isPlace = COLLECTIVE.has(frame.kind) && OCCASION.test(text.slice(Math.max(0, frame.trigger.start - FAR), frame.trigger.start));
  return beside.some((other) => isOccasion(other, frame) || (isPlace && other.trigger.start < frame.trigger.start && other.participants.length > 1) || (outranks(other) && hasAll(other)));
}

/** A meeting that no rule reads, by what the model holds likeliest. */
function toFrame(document: TextDocument, reading: MeetingReading, mentionOf: MentionOf, entities: EntityTable): RuleFrame {
  const { trigger, score } = reading;
  const at = tokenAt(document, trigger.start);
  const sentence = document.tokens[at]?.sentence ?? 0;
  const area = document.sentences[sentence];
  const clause = area === undefined ? trigger : clauseAround(document, at, area);
  const isVerb = isVerbUse(document.tokens, at, []);
  const told = statusOf(document, at, clause, isVerb, false);
  const kind = likeliest(reading.kind);
  const participants = participantsOf(reading, kind, mentionOf, entities);
  const [place, where] = surest(reading.places);
  const [time, when] = surest(reading.times);
  const placed = place !== undefined && where > rest(reading.places) ? [{ start: place.start, end: place.end }] : [];
  const timed = time !== undefined && when > Math.max(reading.undated, reading.onPublication) ? [{ start: time.start, end: time.end }] : [];
  const count = countOf(document.text.slice(trigger.end, Math.min(area?.end ?? 0, trigger.end + FAR)));
  return {
    trigger, kind, participants, score, sentence,
    // The rules have plain words for what few meetings come to, the model has the rest.
    status: RARE.test(told) ? told : likeliest(reading.status),
    place: placed,
    date: timed,
    evidence: evidenceOf(document.tokens[at] ?? trigger, clause, [...participants, ...placed, ...timed]),
    definite: isDefinite(document.tokens, at) && !isVerb,
    explicitSides: false,
    present: timed.length === 0 && reading.onPublication > reading.undated,
    ...(count === undefined ? {} : { count }),
  };
}

/** The clause that states it, as far as its own words reach. */
function evidenceOf({ start, end }: Span, clause: Span, words: readonly Span[]): Span {
  return hull([{ start, end }, ...words.filter((span) => contains(clause, span) && Math.max(span.start - end, start - span.end) < FAR)]) ?? { start, end };
}

/** Who takes part, by the likeliest mention of each; all mentions of theirs that are likely show it. */
function participantsOf(reading: MeetingReading, kind: MeetingKind, mentionOf: MentionOf, entities: EntityTable): Span[] {
  const ranked: (readonly [EntityKey, number])[] = [];
  for (const [entity, share] of [...participation(reading, mentionOf)].sort(([, a], [, b]) => b - a)) {
    if (kind === "Visit" || !isOwnSide(entity, ranked.map(([key]) => key), entities)) ranked.push([entity, share]);
  }
  const sure = ranked.filter(([, share]) => share >= PARTICIPANT);
  const second = sure.length < 2 && !COLLECTIVE.has(kind) ? ranked.slice(sure.length, 2).filter(([, share]) => share >= SECOND) : [];
  const taken = new Map([...sure, ...second]);
  return sortSpans([...reading.participants].flatMap(([candidate, share]) => {
    const mention = mentionOf.get(candidate);
    const least = mention === undefined ? undefined : taken.get(mention.entity);
    return mention !== undefined && least !== undefined && share >= Math.min(least, PARTICIPANT) ? [{ start: mention.start, end: mention.end }] : [];
  }));
}
