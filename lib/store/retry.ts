import { setTimeout as sleep } from "node:timers/promises";

export interface RetryOptions {
  /** How often in all. */
  readonly attempts: number;
  /** The longest first wait, in milliseconds; it doubles each time, up to `longestMs`. */
  readonly firstMs: number;
  readonly longestMs: number;
}

/**
 * Runs `action` again after failures that `isTransient` says may pass, each time after a random wait up to a doubling bound
 * ("full jitter"), so that many who failed at once do not come back at once. Throws the last failure.
 */
export async function retry<T>(action: (attempt: number) => Promise<T>, isTransient: (error: unknown) => boolean, options: RetryOptions): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await action(attempt);
    } catch (error) {
      if (attempt >= options.attempts || !isTransient(error)) throw error;
      await sleep(Math.random() * Math.min(options.longestMs, options.firstMs * 2 ** (attempt - 1)));
    }
  }
}
