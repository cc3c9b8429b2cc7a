import type { Logger } from "@aws-lambda-powertools/logger";
import type { SQSBatchResponse, SQSEvent } from "aws-lambda";
import { asError } from "../errors/as-error.ts";
import { deliveries } from "./batch.ts";
import type { Delay, SqsQueue } from "./sqs-queue.ts";

/** Milliseconds that asking for it may take. */
const PATIENCE = 3000;
const FIRST_SECONDS = 30;
const LONGEST_SECONDS = 900;

/**
 * Seconds until a message that failed for the nth time comes again: half a minute, then four times as long each time, a quarter of an hour at the
 * most. What passes in a moment is tried again in a moment, and five deliveries still outlast half an hour of trouble but for a few minutes.
 */
export function pauseAfter(receives: number): number {
  return Math.min(LONGEST_SECONDS, FIRST_SECONDS * 4 ** (Math.max(1, receives) - 1));
}

/**
 * Lets the messages that failed come again after a pause of their own. Otherwise SQS keeps them hidden as long as it must for a function that was cut
 * off and never answered, which is half an hour. Where this does not succeed it stays at that, so it is no error.
 */
export async function comeAgain(event: SQSEvent, response: SQSBatchResponse, queue: Pick<SqsQueue, "delay">, logger: Pick<Logger, "warn">): Promise<SQSBatchResponse> {
  const failed = new Set(response.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
  const delays = deliveries(event).flatMap(({ messageId, receiptHandle, receives }): Delay[] => (failed.has(messageId) ? [{ receiptHandle, seconds: pauseAfter(receives) }] : []));
  try {
    await queue.delay(delays, AbortSignal.timeout(PATIENCE));
  } catch (error) {
    logger.warn("come again later than they could", { messages: delays.length, error: asError(error) });
  }
  return response;
}
