/** ISO dates (YYYY-MM-DD), proleptic Gregorian, no time zones. */
export type IsoDate = string;

const DAY = 86_400_000;

export function addDays(date: IsoDate, days: number): IsoDate {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);
}

/** 0 Monday … 6 Sunday. */
export function weekday(date: IsoDate): number {
  return (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7;
}

export function makeDate(year: number, month: number, day: number): IsoDate | undefined {
  const time = Date.UTC(year, month - 1, day);
  const date = new Date(time);
  if (year < 1000 || year > 9999 || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  return date.toISOString().slice(0, 10);
}

export function monthBounds(year: number, month: number): { earliest: IsoDate; latest: IsoDate } {
  const first = new Date(Date.UTC(year, month - 1, 1)).toISOString().slice(0, 10);
  const last = new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
  return { earliest: first, latest: last };
}

export function weekBounds(date: IsoDate): { earliest: IsoDate; latest: IsoDate } {
  const monday = addDays(date, -weekday(date));
  return { earliest: monday, latest: addDays(monday, 6) };
}

export function yearOf(date: IsoDate): number {
  return Number(date.slice(0, 4));
}

export function monthOf(date: IsoDate): number {
  return Number(date.slice(5, 7));
}

/** The weekday nearest to the date that fits the tense, the date itself included. */
export function nearestWeekday(date: IsoDate, day: number, future: boolean): IsoDate {
  const difference = (day - weekday(date) + 7) % 7;
  return addDays(date, future ? difference : difference === 0 ? 0 : difference - 7);
}
