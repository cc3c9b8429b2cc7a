import { tokenAt } from "./content.ts";
import type { MeetingContext } from "./meeting.ts";
import type { RuleFrame } from "./meeting-frames.ts";
import { isVerbUse } from "./meeting-words.ts";
import { isBehindComma, type WorkingMention } from "./mention.ts";
import { hull, within } from "./spans.ts";

/** What may stand between the places of one journey. */
const NEXT = /^(?:,|,? and|,? then|,? and then|,? as well as|,? followed by)\s(?:then\s)?(?:to\s|the\s|in\s|neighbouring\s|neighboring\s)*$/;

/** "visits to Peru and Venezuela" are two: one frame for each state that a visitor goes to. "A tour of Peru and Venezuela" is one. */
export function splitVisits(context: MeetingContext, frames: readonly RuleFrame[]): RuleFrame[] {
  return frames.flatMap((frame) => (frame.kind === "Visit" ? ofEach(context, frame) : [frame]));
}

function ofEach(context: MeetingContext, frame: RuleFrame): RuleFrame[] {
  const { document, mentions } = context;
  const at = tokenAt(document, frame.trigger.start);
  if (!isVerbUse(document.tokens, at, []) && document.tokens[at]?.lower.endsWith("s") !== true) return [frame];
  const sentence = document.sentences[frame.sentence];
  const behind = sentence === undefined ? [] : within(mentions, { start: frame.trigger.end, end: sentence.end }).filter((m) => !m.inTitle && isDestination(m));
  const stops = journey(context, behind);
  const goes = (m: WorkingMention): boolean => [...frame.participants, ...frame.place].some((p) => p.start === m.start);
  if (stops.length < 2 || !stops.some(goes)) return [frame];
  const others = frame.participants.filter((p) => !stops.some((s) => s.start === p.start));
  if (others.length === 0) return [frame];
  return stops.map((stop) => {
    const own = { start: stop.start, end: stop.end };
    const isState = stop.kind === "state" && stop.place === undefined;
    return { ...frame, participants: isState ? [...others, own] : others, place: [own], evidence: hull([frame.evidence, own]) ?? frame.evidence };
  });
}

function isDestination(m: WorkingMention): boolean {
  return (m.kind === "state" || m.kind === "place") && m.type !== "demonym" && m.type !== "pronoun" && !m.proxy && !m.possessive;
}

/** The first of those places and the ones that are joined to it, each with its state left out: "Berlin, Germany, and Paris". */
function journey({ document, entities }: MeetingContext, places: readonly WorkingMention[]): WorkingMention[] {
  const stops: WorkingMention[] = [];
  let last: WorkingMention | undefined;
  for (const place of places) {
    const gap = last === undefined ? "" : document.text.slice(last.end, place.start);
    const before = stops[stops.length - 1];
    const holds = before !== undefined && last !== undefined && isBehindComma(document, last, place) && place.kind === "state" && place.type === "name" && (before.kind === "place" ? entities.stateOf(before.entity) === place.entity || entities.stateOf(before.entity) === undefined : before.place !== undefined && before.entity === place.entity);
    if (last !== undefined && !holds && !NEXT.test(gap)) break;
    if (!holds) stops.push(place);
    last = place;
  }
  return stops;
}
