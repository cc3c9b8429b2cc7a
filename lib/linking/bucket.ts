import { pairKey } from "./cluster.ts";
import { bucketOf, signatureKey } from "./report.ts";
import type { Bucket, Report } from "./types.ts";

export const EMPTY_BUCKET: Bucket = { signatures: {}, apart: {} };

/** All reports of one article, to be counted in (1) or out (−1). */
export interface BucketChange {
  readonly reports: readonly Report[];
  readonly by: 1 | -1;
}

/**
 * A bucket after articles came or went. Reports of other buckets are passed over. Counting out what was counted in leaves
 * the bucket as it was.
 */
export function changeBucket(bucket: Bucket, id: string, changes: readonly BucketChange[]): Bucket {
  const signatures: Record<string, Record<string, number>> = Object.fromEntries(Object.entries(bucket.signatures).map(([key, days]) => [key, { ...days }]));
  const apart = { ...bucket.apart };
  for (const { reports, by } of changes) {
    const own = reports.filter((report) => bucketOf(report) === id);
    for (const { signature, asOf = "" } of own) {
      const key = signatureKey(signature);
      const days = (signatures[key] ??= {});
      add(days, asOf, by);
      if (Object.keys(days).length === 0) Reflect.deleteProperty(signatures, key);
    }
    const keys = [...new Set(own.map(({ signature }) => signatureKey(signature)))];
    keys.forEach((a, i) => {
      for (const b of keys.slice(i + 1)) add(apart, pairKey(a, b), by);
    });
  }
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
