const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/** Whether `value` is an ISO 8601 calendar date (YYYY-MM-DD) that exists. */
export function isIsoDate(value: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(value);
  if (match === null) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/**
 * The calendar date of a machine-written date: ISO 8601, extended or basic, with or without a time, or RFC 5322
 * ("Mon, 24 Feb 2025 10:00:00 GMT"). The day is the one written, in the writer's own time zone. Anything else, relative
 * dates above all ("2 hours ago"), gives undefined: a date is never guessed.
 */
export function toIsoDate(value: string): string | undefined {
  const text = value.slice(0, 64).trim();
  const iso = /^(\d{4})-(\d{2})-(\d{2})(?:$|[T ]\d{2})/.exec(text) ?? /^(\d{4})(\d{2})(\d{2})(?:$|T\d{2})/.exec(text);
  if (iso !== null) return existing(`${iso[1]}-${iso[2]}-${iso[3]}`);
  const mail = /^(?:[A-Za-z]{3}, )?(\d{1,2}) ([A-Za-z]{3}) (\d{4})(?:$| )/.exec(text);
  if (mail !== null) {
    const month = MONTHS.indexOf((mail[2] ?? "").toLowerCase()) + 1;
    return existing(`${mail[3]}-${String(month).padStart(2, "0")}-${(mail[1] ?? "").padStart(2, "0")}`);
  }
  return undefined;
}

function existing(date: string): string | undefined {
  return isIsoDate(date) ? date : undefined;
}
