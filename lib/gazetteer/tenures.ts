import type { TenureEntry } from "./types.ts";

/** Whether a tenure covers a day (ISO date): since included, until not; a year or month stands for its first day. */
export function covers(tenure: { readonly since: string; readonly until?: string | undefined }, on: string): boolean {
  return tenure.since <= on && (tenure.until === undefined || on < tenure.until);
}

/**
 * The tenures that cover a day; all, where none is given. Where none covers it, those whose last year or month, known
 * no closer, may: "until 2004" is better than nobody in May 2004 when no successor is known.
 */
export function holdersOn(tenures: readonly TenureEntry[], on: string | undefined): readonly TenureEntry[] {
  if (on === undefined) return tenures;
  const sure = tenures.filter((tenure) => covers(tenure, on));
  if (sure.length > 0) return sure;
  return tenures.filter((tenure) => tenure.since <= on && tenure.until !== undefined && tenure.until.length < on.length && on.startsWith(tenure.until));
}
