import { BatchProcessor, EventType, processPartialResponse } from "@aws-lambda-powertools/batch";
import type { Logger } from "@aws-lambda-powertools/logger";
import type { SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import { asError } from "../errors/as-error.ts";
import { inOrder } from "../intake/order.ts";
import type { Delivered } from "../intake/queue.ts";

/** A message of SQS with what the intake's order needs to know. */
export type DeliveredRecord = SQSRecord & Delivered;

export function deliveries({ Records }: SQSEvent): DeliveredRecord[] {
  return Records.map((record) => ({ ...record, receives: Number(record.attributes.ApproximateReceiveCount) || 1 }));
}

/**
 * Handles a batch message by message, in the intake's order, and answers with those that failed: one that throws must come again, alone. An answer
 * in which all failed is an answer too; an error of the function would say less.
 */
export async function oneByOne(event: SQSEvent, logger: Logger, handle: (record: DeliveredRecord) => Promise<void>): Promise<SQSBatchResponse> {
  const guarded = async (record: DeliveredRecord): Promise<void> => {
    try {
      await handle(record);
    } catch (error) {
      logger.error("must come again", { messageId: record.messageId, receives: record.receives, error: asError(error) });
      throw error;
    }
  };
  const processor = new BatchProcessor(EventType.SQS, { logger });
  return processPartialResponse({ Records: inOrder(deliveries(event)) }, guarded, processor, { processInParallel: false, throwOnFullBatchFailure: false });
}
