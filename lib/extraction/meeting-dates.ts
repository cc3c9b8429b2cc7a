import type { MeetingContext } from "./meeting.ts";
import type { RuleFrame } from "./meeting-frames.ts";
import { anniversaryIn } from "./reference-date.ts";
import { contains, hull } from "./spans.ts";
import { timeExpressions, type TimeExpression } from "./time.ts";
import type { EntityKey } from "./types.ts";

/** When a meeting took or is to take place: its own words, an anniversary it marks, the day its words were said; else open. */
export function dateOfMeeting(context: MeetingContext, frame: RuleFrame, participants: readonly EntityKey[]): TimeExpression | undefined {
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
