import { table } from "../lib/cli/table.ts";

/**
 * US dollars by AWS's public list for us-east-1, as known in 2025. No free tier is taken off.
 */
export const PRICES = {
  lambdaGbSecond: 0.0000133334,
  lambdaRun: 0.2 / 1e6,
  s3Put: 0.005 / 1000,
  s3Get: 0.0004 / 1000,
  s3GbMonth: 0.023,
  sqsRequest: 0.4 / 1e6,
  s3Event: 1 / 1e6,
  logGb: 0.5,
  trace: 5 / 1e6,
  secretMonth: 0.4,
  alarmMonth: 0.1,
  metricMonth: 0.3,
  dashboardMonth: 3,
  cloudFrontGb: 0.085,
  cloudFrontRequest: 1 / 1e6,
  cloudFrontFunctionRun: 0.1 / 1e6,
  expressRun: 1 / 1e6,
  expressGbSecond: 0.00001667,
} as const;

/** What an article of 670 words takes where the catalogue has so many in a batch: `node bench/footprint.ts`. Milliseconds are of processor time. */
export interface Footprint {
  readonly batch: number;
  readonly convert: { readonly get: number; readonly put: number; readonly ms: number };
  readonly catalogue: { readonly get: number; readonly put: number; readonly ms: number };
  readonly keptKb: number;
}

export const FOOTPRINTS: readonly [Footprint, ...Footprint[]] = [
  { batch: 1, convert: { get: 4, put: 3, ms: 85 }, catalogue: { get: 196.7, put: 121.2, ms: 269 }, keptKb: 766 },
  { batch: 2, convert: { get: 4, put: 3, ms: 88 }, catalogue: { get: 114.4, put: 83.2, ms: 172 }, keptKb: 754 },
  { batch: 20, convert: { get: 4, put: 3, ms: 81 }, catalogue: { get: 48.7, put: 32, ms: 80 }, keptKb: 750 },
  { batch: 100, convert: { get: 4, put: 3, ms: 77 }, catalogue: { get: 26.4, put: 24.1, ms: 56 }, keptKb: 739 },
];

/** What is assumed and was not measured. */
export const ASSUMED = {
  /** How much slower one processor of Lambda is than that of the measurement. */
  slower: 2,
  /** Seconds of a request to S3, and how many run at once in the catalogue. */
  s3Seconds: 0.03,
  atOnce: 16,
  /** Seconds of a function's start, and the gap after which it starts anew. */
  startSeconds: 1.5,
  idleMinutes: 10,
  logKbPerRun: 1,
  /** Step Functions logs every step of a backfill: some eight events of half a kB for each bell. */
  logKbPerBell: 4,
  /** Runs that are traced: the first of every second, and of the others so many. */
  traced: 0.05,
  /** Two queues, each asked by five pollers every twenty seconds, all month. */
  idlePolls: 2 * 5 * 3 * 60 * 24 * 30,
  /** Reading: for every article published, so many documents of so many kB are fetched in the month. */
  readsPerArticle: 10,
  readKb: 20,
} as const;

const MINUTES = 30 * 24 * 60;
const CONVERT_GB = 1769 / 1024;

interface Line {
  readonly service: string;
  readonly dollars: number;
}

/** Dollars of a month in which so many articles come, each once: evenly, unless it is said how many there are a minute while they come. */
export function monthOf(articles: number, perMinute = articles / MINUTES): readonly Line[] {
  // The catalogue gathers for a minute.
  const footprint = FOOTPRINTS.findLast(({ batch }) => batch <= Math.max(1, Math.round(perMinute))) ?? FOOTPRINTS[0];
  const batches = articles / footprint.batch;
  const convertRuns = articles / Math.min(10, Math.max(1, perMinute / 6));
  const starts = perMinute * ASSUMED.idleMinutes < 1 ? 1 : 0;
  const convertSeconds = articles * ((footprint.convert.ms / 1000) * ASSUMED.slower + (footprint.convert.get + footprint.convert.put + 1) * ASSUMED.s3Seconds) + starts * convertRuns * ASSUMED.startSeconds;
  const catalogueSeconds = articles * ((footprint.catalogue.ms / 1000) * ASSUMED.slower + ((footprint.catalogue.get + footprint.catalogue.put) * ASSUMED.s3Seconds) / ASSUMED.atOnce) + starts * batches * ASSUMED.startSeconds;
  const runs = convertRuns + batches;
  const [gets, puts] = [footprint.convert.get + footprint.catalogue.get, footprint.convert.put + footprint.catalogue.put + 1];
  // Sent twice; received and taken off by the run.
  const messages = 2 * articles + 2 * convertRuns + 2 * Math.max(batches, articles / 10);
  const reads = articles * ASSUMED.readsPerArticle;
  return [
    { service: "Lambda convert", dollars: convertSeconds * CONVERT_GB * PRICES.lambdaGbSecond + convertRuns * PRICES.lambdaRun },
    { service: "Lambda catalogue", dollars: catalogueSeconds * CONVERT_GB * PRICES.lambdaGbSecond + batches * PRICES.lambdaRun },
    { service: "S3 writes", dollars: articles * puts * PRICES.s3Put },
    { service: "S3 reads", dollars: articles * gets * PRICES.s3Get },
    { service: "S3 storage of the month's articles", dollars: ((articles * footprint.keptKb) / 1e6) * PRICES.s3GbMonth },
    { service: "EventBridge, SQS", dollars: articles * PRICES.s3Event + messages * PRICES.sqsRequest },
    { service: "logs, traces", dollars: ((runs * ASSUMED.logKbPerRun) / 1e6) * PRICES.logGb + runs * ASSUMED.traced * PRICES.trace },
    { service: "CloudFront", dollars: reads * (PRICES.cloudFrontRequest + 2 * PRICES.cloudFrontFunctionRun) + ((reads * ASSUMED.readKb) / 1e6) * PRICES.cloudFrontGb },
    { service: "at rest", dollars: sum(atRest()) },
  ];
}

/** Dollars of a month in which nothing comes and nobody reads, storage of what is there left out. */
export function atRest(): readonly Line[] {
  return [
    { service: "9 alarms", dollars: 9 * PRICES.alarmMonth },
    { service: "1 secret", dollars: PRICES.secretMonth },
    { service: "1 dashboard", dollars: PRICES.dashboardMonth },
    { service: "polling of 2 queues", dollars: ASSUMED.idlePolls * PRICES.sqsRequest },
  ];
}

/** Ringing the bells of so many objects: batches of 500, each an Express run that sends one message an object, its log, and the listing. */
export function ringing(objects: number): number {
  const batches = Math.ceil(objects / 500);
  // 40 messages are on their way at a time, 50 ms each.
  const seconds = (500 / 40) * 0.05;
  return batches * (PRICES.expressRun + seconds * (64 / 1024) * PRICES.expressGbSecond) + objects * (PRICES.sqsRequest + (ASSUMED.logKbPerBell / 1e6) * PRICES.logGb) + (objects / 1000) * PRICES.s3Put;
}

/** The tables of docs/costs.md. */
export function costTables(): string {
  const months = [monthOf(1000), monthOf(100_000), monthOf(1_000_000), monthOf(1_000_000, 1000)];
  const metrics = 10 * PRICES.metricMonth;
  const rows = (months[0] ?? []).map(({ service }, index) => [service, ...months.map((lines) => dollars(lines[index]?.dollars ?? 0))]);
  const resting = sum(atRest());
  return [
    table(
      ["US dollars a month; articles", "1,000", "100,000", "1,000,000", "1,000,000 at 1,000 a minute"],
      [...rows, ["metrics of our own", ...months.map(() => dollars(metrics))], ["together", ...months.map((lines) => dollars(sum(lines) + metrics))]],
    ),
    table(["at rest, a month", "US dollars"], [...atRest().map(({ service, dollars: value }) => [service, dollars(value)]), ["together", dollars(resting)]]),
    `Ringing 1,000,000 bells by a backfill: ${dollars(ringing(1_000_000))} US dollars.\n`,
  ].join("\n");
}

function sum(lines: readonly Line[]): number {
  return lines.reduce((total, line) => total + line.dollars, 0);
}

function dollars(value: number): string {
  return value.toFixed(2).replace(/\B(?=(?:\d{3})+\.)/g, ",");
}
