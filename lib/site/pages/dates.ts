import { html, type Markup } from "./markup.ts";

const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

/** "24 February 2025", "February 2025" or "2025", as much as the ISO date says; what is no date stays as it is. */
export function dateWords(iso: string): string {
  const match = /^(-?\d{4,6})(?:-(\d\d))?(?:-(\d\d))?$/.exec(iso);
  const month = match?.[2] === undefined ? undefined : MONTHS[Number(match[2]) - 1];
  if (match === null || (match[2] !== undefined && month === undefined)) return iso;
  return [match[3] === undefined ? undefined : Number(match[3]), month, match[1]].filter((part) => part !== undefined).join(" ");
}

/** A `time` element where the date is one that HTML can say. */
export function time(iso: string): Markup {
  return /^\d{4}(?:-\d\d(?:-\d\d)?)?$/.test(iso) ? html`<time datetime="${iso}">${dateWords(iso)}</time>` : html`${iso}`;
}

/** "24 February 2025", "between 1 and 7 March 2025", "by 7 March 2025", "from 1 March 2025"; undefined where nothing is known. */
export function boundsWords(earliest: string | undefined, latest: string | undefined): string | undefined {
  if (earliest === undefined) return latest === undefined ? undefined : `by ${dateWords(latest)}`;
  if (latest === undefined) return `from ${dateWords(earliest)}`;
  if (earliest === latest) return dateWords(earliest);
  const shared = sharedWords(dateWords(earliest).split(" "), dateWords(latest).split(" "));
  return `between ${shared} and ${dateWords(latest)}`;
}

/** "13 to 14 March 2025". */
export function rangeWords(first: string, last: string): string {
  if (first === last) return dateWords(first);
  return `${sharedWords(dateWords(first).split(" "), dateWords(last).split(" "))} to ${dateWords(last)}`;
}

/** What of the first date the second does not say again. */
function sharedWords(first: string[], second: readonly string[]): string {
  const words = [...first];
  for (let i = 1; words.length > 1 && words.at(-1) === second.at(-i); i++) words.pop();
  return words.join(" ");
}
