import type { Span } from "../text/types.ts";
import { addDays, makeDate, monthBounds, monthOf, nearestWeekday, weekBounds, yearOf, type IsoDate } from "./calendar.ts";
import type { DatePrecision } from "./types.ts";

/** Words for a time, and what day or days they mean as read on the reference day. */
export interface TimeExpression extends Span {
  readonly text: string;
  readonly earliest?: IsoDate;
  readonly latest?: IsoDate;
  /** Of a time of several days. */
  readonly lastDay?: IsoDate;
  readonly precision: DatePrecision;
}

type Bounds = Omit<TimeExpression, "start" | "end" | "text">;
type Reading = (match: RegExpMatchArray, reference: IsoDate | undefined, future: boolean) => Bounds | undefined;

const DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const DAY_NAMES = "(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day";
const MONTH_NAMES = "(January|February|March|April|May|June|July|August|September|October|November|December|Jan\\.?|Feb\\.?|Mar\\.|Apr\\.?|Jun\\.|Jul\\.|Aug\\.?|Sept?\\.?|Oct\\.?|Nov\\.?|Dec\\.?)";
const NUMBERS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
const NUMBER = `(\\d{1,3}|${NUMBERS.slice(1).join("|")}|a|an|a few|several|the coming|coming)`;
const YEAR = "((?:1[89]|20)\\d\\d)";

function monthNumber(name: string): number {
  return MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1;
}

function dayNumber(stem: string): number {
  return DAYS.indexOf(`${stem.toLowerCase()}day`);
}

function day(date: IsoDate | undefined, lastDay?: IsoDate): Bounds | undefined {
  return date === undefined ? undefined : { earliest: date, latest: date, precision: "day", ...(lastDay === undefined ? {} : { lastDay }) };
}

/** A day and month without a year: the nearest one that fits the tense, a month's grace for past tense about the days just ahead. */
function withoutYear(month: number, dayOfMonth: number, reference: IsoDate | undefined, future: boolean): IsoDate | undefined {
  if (reference === undefined) return undefined;
  const year = yearOf(reference);
  const same = makeDate(year, month, dayOfMonth);
  if (same === undefined) return undefined;
  if (future) return same < reference && monthOf(reference) - month > 2 ? makeDate(year + 1, month, dayOfMonth) : same;
  return same > addDays(reference, 31) ? makeDate(year - 1, month, dayOfMonth) : same;
}

function count(word: string): number | undefined {
  if (/^\d+$/.test(word)) return Number(word);
  const n = NUMBERS.indexOf(word.toLowerCase());
  return n > 0 ? n : /^an?$/i.test(word) ? 1 : undefined;
}

const READINGS: readonly (readonly [RegExp, Reading])[] = [
  [/\b(\d{4})-(\d\d)-(\d\d)\b/g, (m) => day(makeDate(Number(m[1]), Number(m[2]), Number(m[3])))],
  // 3-5 March 2020, March 3–5, 3 and 4 March
  [new RegExp(`\\b(\\d{1,2})(?:st|nd|rd|th)?\\s?(?:-|–|to|and)\\s?(\\d{1,2})(?:st|nd|rd|th)?(?: of)? ${MONTH_NAMES}(?:,? ${YEAR})?`, "gi"), (m, r, f) => dayRange(monthNumber(m[3] ?? ""), Number(m[1]), Number(m[2]), m[4], r, f)],
  [new RegExp(`\\b${MONTH_NAMES} (\\d{1,2})(?:st|nd|rd|th)?\\s?(?:-|–|to|and)\\s?(\\d{1,2})(?:st|nd|rd|th)?\\b(?:,? ${YEAR})?`, "gi"), (m, r, f) => dayRange(monthNumber(m[1] ?? ""), Number(m[2]), Number(m[3]), m[4], r, f)],
  [new RegExp(`\\b(\\d{1,2})(?:st|nd|rd|th)?(?: of)? ${MONTH_NAMES}(?:,? ${YEAR})?`, "gi"), (m, r, f) => dayRange(monthNumber(m[2] ?? ""), Number(m[1]), undefined, m[3], r, f)],
  [new RegExp(`\\b${MONTH_NAMES} (\\d{1,2})(?:st|nd|rd|th)?\\b(?!\\d|,\\d{3})(?:,? ${YEAR})?`, "gi"), (m, r, f) => dayRange(monthNumber(m[1] ?? ""), Number(m[2]), undefined, m[3], r, f)],
  [new RegExp(`\\b${MONTH_NAMES}(?: of)?,? ${YEAR}\\b`, "gi"), (m) => ({ ...monthBounds(Number(m[2]), monthNumber(m[1] ?? "")), precision: "month" })],
  [new RegExp(`\\b(last|this past|next|this coming|this)? ?\\b${DAY_NAMES}\\b`, "g"), (m, r, f) => weekdayReading(m, r, f)],
  [/\b(?:earlier )?(today|tonight|yesterday|tomorrow|this (?:morning|afternoon|evening)|last night)\b/gi, (m, r) => {
    const word = (m[1] ?? "").toLowerCase();
    const shift = word === "yesterday" || word === "last night" ? -1 : word === "tomorrow" ? 1 : 0;
    return r === undefined ? undefined : day(addDays(r, shift));
  }],
  [/\b((?:later|earlier|early|late) )?(this|last|next|the coming|coming|the following) (week|month|year|weekend|summer|autumn|fall|winter|spring)\b/gi, (m, r) => relativePeriod(m, r)],
  [new RegExp(`\\b(?:within|in) (?:the )?(?:next |coming )?${NUMBER} (day|week|month|year)s?\\b(?! (?:of|long))`, "gi"), (m, r, f) => ahead(m, r, f)],
  [/\bin (?:the )?(?:coming|next few|following) (day|week|month|year)s\b/gi, (m, r) => (r === undefined ? undefined : { earliest: r, precision: "period", ...(m[1] === "day" ? { latest: addDays(r, 14) } : {}) })],
  [new RegExp(`\\b${NUMBER} (day|week|month|year)s? (?:ago|earlier)\\b`, "gi"), (m, r) => ago(m, r)],
  [/\b(?:in|over|during|for) the (?:past|last) (?:\w+ )?(?:decade|century|years?|months?|weeks?|days?)\b/gi, (_, r) => (r === undefined ? { precision: "period" } : { latest: r, precision: "period" })],
  [new RegExp(`\\b(?:in|since|early|late|of|during|mid-) ?${YEAR}\\b(?!\\s?(?:people|troops|soldiers|%))`, "gi"), (m) => ({ earliest: `${m[1] ?? ""}-01-01`, latest: `${m[1] ?? ""}-12-31`, precision: "year" })],
  [new RegExp(`\\b(?:in|since|by|early|late|mid-|until) ?(next |last |this )?${MONTH_NAMES}\\b(?! \\d)`, "g"), (m, r, f) => bareMonth(m, r, f)],
];

function dayRange(month: number, first: number, last: number | undefined, year: string | undefined, reference: IsoDate | undefined, future: boolean): Bounds | undefined {
  const start = year === undefined ? withoutYear(month, first, reference, future) : makeDate(Number(year), month, first);
  if (start === undefined) return undefined;
  const end = last === undefined ? undefined : makeDate(yearOf(start), month, last);
  return day(start, end !== undefined && end > start ? end : undefined);
}

function weekdayReading(m: RegExpMatchArray, reference: IsoDate | undefined, future: boolean): Bounds | undefined {
  if (reference === undefined) return undefined;
  const number = dayNumber(m[2] ?? "");
  const word = (m[1] ?? "").toLowerCase();
  if (word === "last" || word === "this past") {
    const before = nearestWeekday(addDays(reference, -1), number, false);
    return day(before);
  }
  if (word === "next") {
    const after = nearestWeekday(addDays(reference, 1), number, true);
    return day(after);
  }
  return day(nearestWeekday(reference, number, future || word === "this coming"));
}

function relativePeriod(m: RegExpMatchArray, reference: IsoDate | undefined): Bounds | undefined {
  if (reference === undefined) return undefined;
  const which = (m[2] ?? "").toLowerCase();
  const unit = (m[3] ?? "").toLowerCase();
  const part = (m[1] ?? "").trim().toLowerCase();
  const shift = which === "last" ? -1 : which === "this" ? 0 : 1;
  const clip = (bounds: { earliest: IsoDate; latest: IsoDate }, precision: DatePrecision): Bounds => ({
    earliest: part === "later" && bounds.earliest < reference ? reference : bounds.earliest,
    latest: part === "earlier" && bounds.latest > reference ? reference : bounds.latest,
    precision,
  });
  if (unit === "week") return clip(weekBounds(addDays(reference, 7 * shift)), "week");
  if (unit === "weekend") {
    const saturday = addDays(weekBounds(addDays(reference, 7 * shift)).earliest, 5);
    return { earliest: saturday, latest: addDays(saturday, 1), precision: "week" };
  }
  if (unit === "month") {
    const index = yearOf(reference) * 12 + monthOf(reference) - 1 + shift;
    return clip(monthBounds(Math.floor(index / 12), (index % 12) + 1), "month");
  }
  const year = String(yearOf(reference) + (unit === "year" ? shift : which === "last" ? -1 : 0));
  return clip({ earliest: `${year}-01-01`, latest: `${year}-12-31` }, "year");
}

const UNIT_DAYS: Readonly<Record<string, number>> = { day: 1, week: 7, month: 30, year: 365 };

function ahead(m: RegExpMatchArray, reference: IsoDate | undefined, future: boolean): Bounds | undefined {
  const n = count(m[1] ?? "");
  if (reference === undefined || n === undefined) return reference === undefined || !future ? { precision: "period" } : { earliest: reference, precision: "period" };
  // Past tense: "in two weeks" measures, it does not date.
  if (!future) return undefined;
  return { earliest: reference, latest: addDays(reference, n * (UNIT_DAYS[m[2]?.toLowerCase() ?? "day"] ?? 1)), precision: "period" };
}

function ago(m: RegExpMatchArray, reference: IsoDate | undefined): Bounds | undefined {
  const n = count(m[1] ?? "");
  const unit = m[2]?.toLowerCase() ?? "day";
  if (reference === undefined || n === undefined) return undefined;
  const date = addDays(reference, -n * (UNIT_DAYS[unit] ?? 1));
  if (unit === "day") return day(date);
  if (unit === "week") return { ...weekBounds(date), precision: "week" };
  if (unit === "month") return { ...monthBounds(yearOf(date), monthOf(date)), precision: "month" };
  return { earliest: `${date.slice(0, 4)}-01-01`, latest: `${date.slice(0, 4)}-12-31`, precision: "year" };
}

function bareMonth(m: RegExpMatchArray, reference: IsoDate | undefined, future: boolean): Bounds | undefined {
  if (reference === undefined) return undefined;
  const month = monthNumber(m[2] ?? "");
  const word = (m[1] ?? "").trim();
  let year = yearOf(reference);
  if (word === "next" || (future && month < monthOf(reference))) year++;
  else if (word === "last" || (!future && month > monthOf(reference))) year -= word === "last" && month < monthOf(reference) ? 0 : 1;
  return { ...monthBounds(year, month), precision: "month" };
}

/**
 * The expressions of time in a stretch of text, in order, none overlapping another; offsets count from the start of
 * `text` plus `offset`. `future`: whether what they date is still to come.
 */
export function timeExpressions(text: string, offset: number, reference: IsoDate | undefined, future: boolean): TimeExpression[] {
  const found: TimeExpression[] = [];
  for (const [pattern, read] of READINGS) {
    for (const match of text.matchAll(pattern)) {
      const start = match.index + (/^\s*/.exec(match[0])?.[0].length ?? 0);
      const end = match.index + match[0].length;
      if (found.some((f) => f.start - offset < end && start < f.end - offset)) continue;
      const bounds = read(match, reference, future);
      if (bounds === undefined) continue;
      found.push({ ...bounds, start: start + offset, end: end + offset, text: text.slice(start, end) });
    }
  }
  return found.sort((a, b) => a.start - b.start);
}
