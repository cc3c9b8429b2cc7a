import type { Context, SQSBatchResponse, SQSEvent } from "aws-lambda";
import { comeAgain } from "../lib/aws/again.ts";
import { oneByOne, type DeliveredRecord } from "../lib/aws/batch.ts";
import { readChoice, readEnvironment } from "../lib/aws/environment.ts";
import { S3Articles } from "../lib/aws/s3-articles.ts";
import { SqsQueue } from "../lib/aws/sqs-queue.ts";
import { createTelemetry } from "../lib/aws/telemetry.ts";
import { createConverter } from "../lib/convert/converter.ts";
import { createConvert } from "../lib/intake/convert.ts";
import { createPublication } from "../lib/publication/index.ts";
import { s3Client, S3Store } from "../lib/store/s3-store.ts";

const env = readEnvironment(["ARTICLES_BUCKET", "PUBLISHED_BUCKET", "ARTICLES_QUEUE_URL", "ARTICLES_DLQ_URL", "CATALOGUE_QUEUE_URL"], ["S3_ENDPOINT"]);
const { logger, tracer, count, time, during } = createTelemetry();
const client = tracer.captureAWSv3Client(s3Client(env.S3_ENDPOINT));
const articles = new S3Articles(env.ARTICLES_BUCKET, client);
const store = new S3Store(env.PUBLISHED_BUCKET, "", { client });
const queue = new SqsQueue(env.ARTICLES_QUEUE_URL);
const [catalogue, dead] = [new SqsQueue(env.CATALOGUE_QUEUE_URL), new SqsQueue(env.ARTICLES_DLQ_URL)];
const converter = await createConverter();
const publication = createPublication({ store, gazetteer: converter.gazetteer });
const text = readChoice("PUBLISH_TEXT", ["full", "evidence", "none"]);
const convert = createConvert({ bucket: env.ARTICLES_BUCKET, source: articles, reasons: articles, store, publication, converter, catalogue, dead, text });

/** Hears a batch of bells: converts what each is about and hands it to the catalogue. */
export const handler = (event: SQSEvent, context: Context): Promise<SQSBatchResponse> =>
  during(context, async () => comeAgain(event, await oneByOne(event, logger, (record) => hear(record, context)), queue, logger));

async function hear({ body, receives, receiptHandle }: DeliveredRecord, context: Context): Promise<void> {
  const begun = performance.now();
  const outcome = await convert(body, { left: () => context.getRemainingTimeInMillis() });
  // It came back because of another that ended the process, maybe. It is done with now, whatever that one does next.
  if (receives > 1) await queue.delete(receiptHandle);
  logger.info("heard", { ...outcome });
  count({ ArticlesConverted: outcome.published, ArticlesRefused: outcome.refused.length });
  if (outcome.published > 0) time("ConversionTime", performance.now() - begun);
}
