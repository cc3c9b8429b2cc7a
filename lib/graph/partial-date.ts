import type { NamedNode } from "n3";
import { cq } from "./vocabulary.ts";

/** A day known only as far as its year or month: the first day it may be, and the first day after all it may be. */
export interface PartialDate {
  /** ISO date, the first possible day. */
  readonly first: string;
  /** ISO date, one day after the last possible day. */
  readonly after: string;
  readonly precision: NamedNode;
}

/** Reads `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; undefined where it is none of these or no day of the calendar. */
export function partialDate(value: string): PartialDate | undefined {
  const match = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(value);
  if (match === null) return undefined;
  const year = Number(match[1]);
  const month = match[2] === undefined ? undefined : Number(match[2]);
  const day = match[3] === undefined ? undefined : Number(match[3]);
  const first = isoDay(year, month ?? 1, day ?? 1);
  if (!first.startsWith(value)) return undefined;
  if (day !== undefined && month !== undefined) return { first, after: isoDay(year, month, day + 1), precision: cq.day };
  if (month !== undefined) return { first, after: isoDay(year, month + 1, 1), precision: cq.month };
  return { first, after: isoDay(year + 1, 1, 1), precision: cq.year };
}

function isoDay(year: number, month: number, day: number): string {
  const date = new Date(0);
  // Not the constructor: it reads the years 0 to 99 as 1900 to 1999.
  date.setUTCFullYear(year, month - 1, day);
  return date.toISOString().slice(0, 10);
}
