import { pairKey } from "./cluster.ts";
import { bucketOf, signatureKey } from "./report.ts";
import type { Bucket, Report } from "./types.ts";

export const EMPTY_BUCKET: Bucket = { signatures: {}, apart: {} };

/**
 * A bucket with one article's reports added (`by` 1) or taken away (`by` −1). `reports` are all of that article; those
 * of other buckets are passed over. Adding and taking away the same leaves the bucket as it was.
 */
export function changeBucket(bucket: Bucket, id: string, reports: readonly Report[], by: 1 | -1): Bucket {
  const own = reports.filter((report) => bucketOf(report) === id);
  const signatures: Record<string, Record<string, number>> = Object.fromEntries(Object.entries(bucket.signatures).map(([key, days]) => [key, { ...days }]));
  for (const report of own) {
    const key = signatureKey(report.signature);
    const days = (signatures[key] ??= {});
    add(days, report.asOf ?? "", by);
    if (Object.keys(days).length === 0) Reflect.deleteProperty(signatures, key);
  }
  const apart = { ...bucket.apart };
  const keys = [...new Set(own.map(({ signature }) => signatureKey(signature)))];
  keys.forEach((a, i) => {
    for (const b of keys.slice(i + 1)) add(apart, pairKey(a, b), by);
  });
  return { signatures: sorted(signatures), apart: sorted(apart) };
}

function add(counts: Record<string, number>, key: string, by: number): void {
  const count = (counts[key] ?? 0) + by;
  if (count === 0) Reflect.deleteProperty(counts, key);
  else counts[key] = count;
}

/** In the order of keys, so that equal buckets are equal bytes. */
function sorted<Value>(record: Record<string, Value>): Record<string, Value> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}
