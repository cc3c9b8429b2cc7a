/**
 * Whether an event with the sequencer `next` is news to what was last told by `last`. S3 gives sequencers in hexadecimal,
 * to be compared as strings after filling the shorter with zeros on the right; equal ones are one event told twice. Without
 * a sequencer, the order of the log counts.
 */
export function isNewer(next: string | undefined, last: string | undefined): boolean {
  if (next === undefined || last === undefined) return true;
  const length = Math.max(next.length, last.length);
  return next.toUpperCase().padEnd(length, "0") > last.toUpperCase().padEnd(length, "0");
}

/** Whether two sequencers are one event told twice. */
export function isSameEvent(a: string | undefined, b: string | undefined): boolean {
  return a !== undefined && b !== undefined && !isNewer(a, b) && !isNewer(b, a);
}

/** The later of two. */
export function laterOf(a: string | undefined, b: string | undefined): string | undefined {
  return a === undefined || (b !== undefined && isNewer(b, a)) ? b : a;
}
