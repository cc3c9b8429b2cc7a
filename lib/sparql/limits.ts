export interface EngineLimits {
  /** Queries answered at the same time. Each worker holds all of the data. */
  readonly workers: number;
  /** For one query, from its turn on. */
  readonly timeoutMs: number;
  /** Until its turn: longer than loading takes, or nothing is answered while the only worker starts anew. */
  readonly waitMs: number;
  /** Queries that may wait; more are refused at once. */
  readonly queue: number;
  /** A result with more is refused, never cut. */
  readonly rows: number;
  /** The size of an answer. */
  readonly answerBytes: number;
  /** Of one worker: data, query and answer together. */
  readonly memoryMegabytes: number;
  /** No further part is loaded once so many quads are. */
  readonly quads: number;
  /** The dumps as they come, compressed. */
  readonly sourceBytes: number;
}

/** For a server of one's own; a million quads take about 0.5 GB in each worker. */
export const DEFAULT_LIMITS: EngineLimits = {
  workers: 2,
  timeoutMs: 10_000,
  waitMs: 30_000,
  queue: 32,
  rows: 100_000,
  answerBytes: 32 * 2 ** 20,
  memoryMegabytes: 2048,
  quads: 1_500_000,
  sourceBytes: 512 * 2 ** 20,
};

/** What a process takes beside its engine: itself, the dumps as they came, and an answer or a change on its way. */
const OVERHEAD_MEGABYTES = 640;
/** Data take 0.5 MB for a thousand quads; the rest is for what comes later and for queries. */
const QUADS_PER_MEGABYTE = 1000;

/** For a process that answers one request at a time and has so many megabytes in all: whoever asks has an answer within 25 seconds. */
export function limitsWithin(megabytes: number): EngineLimits {
  const memoryMegabytes = Math.max(128, Math.floor(megabytes) - OVERHEAD_MEGABYTES);
  return {
    workers: 1,
    timeoutMs: 15_000,
    waitMs: 8_000,
    queue: 8,
    rows: 100_000,
    answerBytes: 16 * 2 ** 20,
    memoryMegabytes,
    quads: memoryMegabytes * QUADS_PER_MEGABYTE,
    sourceBytes: Math.floor(OVERHEAD_MEGABYTES / 4) * 2 ** 20,
  };
}
