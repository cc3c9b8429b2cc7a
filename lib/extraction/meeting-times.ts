import type { MeetingStatus } from "../reader/types.ts";
import type { Span, TextDocument } from "../text/types.ts";
import type { IsoDate } from "./calendar.ts";
import { timeExpressions } from "./time.ts";

/** "for the first time since they met in 2012", "last held in September": the day of another event. */
const SINCE = /\b(?:since|last (?:held|met|visited))\b[^,;]*$/i;

/** "ahead of the election on 7 November", "following his call on Friday": a day told with what came before or is to come. */
const OTHER = /\b(?:ahead of|following|after|before|until)\b/i;

/** Characters before a day in which such words are looked for: hostile text has sentences without end. */
const NEAR = 200;

/** What the words for a day are looked for in. */
interface DateContext {
  readonly document: TextDocument;
  readonly reference: IsoDate | undefined;
}

/** What is told of the meeting by the time its day is looked for. */
interface Told {
  readonly status: MeetingStatus;
  /** In the present: an earlier year is that of something else. */
  readonly present: boolean;
}

/** "meets Kim to prepare the June 12 summit": the day stands before another noun. */
function isOfAnother(text: string, { start, end }: Span): boolean {
  return /\b(?:the|its|their|this)\s$/i.test(text.slice(Math.max(0, start - 6), start)) && /^\s(?!and\b|to\b|in\b|at\b|of\b|for\b|with\b)\p{Ll}{3,}/u.test(text.slice(end, end + 12));
}

function yearOf(date: IsoDate): number {
  return Number(date.slice(0, 4));
}

/** The words of a clause that tell the day of the meeting at a trigger; empty where none do. */
export function dateNear(context: DateContext, clause: Span, trigger: Span, { status, present }: Told, inScope: (span: Span) => boolean): Span[] {
  const { document, reference } = context;
  const future = status !== "held";
  // "on Saturday refused to meet": the day is that of the refusal.
  const decided = status === "refused" || status === "cancelled" || status === "postponed";
  const before = (t: Span, from: number): string => document.text.slice(Math.max(from, t.start - NEAR), t.start);
  const times = timeExpressions(document.text.slice(clause.start, clause.end), clause.start, reference, future)
    .filter((t) => t.earliest !== undefined || t.latest !== undefined || t.precision === "period")
    .filter(inScope)
    .filter((t) => !SINCE.test(before(t, clause.start)) && (t.start < trigger.end || !OTHER.test(before(t, trigger.end))))
    .filter((t) => t.start < trigger.end || !isOfAnother(document.text, t))
    .filter((t) => !present || t.latest === undefined || reference === undefined || yearOf(t.latest) >= yearOf(reference) - 1)
    .filter((t) => !decided || t.start > trigger.start || trigger.start - t.end <= 3);
  // What stands before a comma belongs to something else as a rule: "who hosted talks in May, called …".
  const distance = (t: Span): number => (t.start >= trigger.end ? t.start - trigger.end : trigger.start - t.end + (document.text.slice(t.end, trigger.start).includes(",") && t.start > clause.start + 12 ? 60 : 15));
  // "postponed from June 10 to June 14": the day it is now to be.
  const moved = status === "postponed" ? times.find((t) => /\b(?:to|until|till)\s$/.test(document.text.slice(Math.max(0, t.start - 8), t.start))) : undefined;
  if (moved !== undefined) return [{ start: moved.start, end: moved.end }];
  const nearest = times.sort((a, b) => distance(a) - distance(b))[0];
  return nearest === undefined ? [] : [{ start: nearest.start, end: nearest.end }];
}
