import type { Context, SQSBatchResponse, SQSEvent } from "aws-lambda";
import { comeAgain } from "../lib/aws/again.ts";
import { deliveries } from "../lib/aws/batch.ts";
import { readEnvironment } from "../lib/aws/environment.ts";
import { SqsQueue } from "../lib/aws/sqs-queue.ts";
import { createTelemetry } from "../lib/aws/telemetry.ts";
import { asError } from "../lib/errors/as-error.ts";
import { createCatalogue } from "../lib/intake/catalogue.ts";
import { createPublication, DEFAULT_ABOUT } from "../lib/publication/index.ts";
import { openPages } from "../lib/site/pages/index.ts";
import { s3Client, S3Store } from "../lib/store/s3-store.ts";
import { SplitStore } from "../lib/store/split-store.ts";

const env = readEnvironment(["ARTICLES_BUCKET", "LOG_BUCKET", "PUBLISHED_BUCKET", "ARTICLES_QUEUE_URL", "CATALOGUE_QUEUE_URL", "BASE"], ["TITLE", "PUBLISHER", "LICENSE", "S3_ENDPOINT"]);
const { logger, tracer, count, time, during } = createTelemetry();
const client = tracer.captureAWSv3Client(s3Client(env.S3_ENDPOINT));
const store = new SplitStore({ prefix: "log/", part: new S3Store(env.LOG_BUCKET, "", { client }), rest: new S3Store(env.PUBLISHED_BUCKET, "", { client }) });
const { title, publisher, license } = DEFAULT_ABOUT;
const about = { ...DEFAULT_ABOUT, title: env.TITLE ?? title, publisher: { name: env.PUBLISHER ?? publisher.name }, license: env.LICENSE ?? license };
const publication = createPublication({ store, base: env.BASE, pages: await openPages(env.BASE), about });
const queue = new SqsQueue(env.CATALOGUE_QUEUE_URL);
const catalogue = createCatalogue({ bucket: env.ARTICLES_BUCKET, publication, articles: new SqsQueue(env.ARTICLES_QUEUE_URL) });

/** Takes a batch of conversions and withdrawals to the log, all at once: a message for each would be a log entry for each. */
export const handler = (event: SQSEvent, context: Context): Promise<SQSBatchResponse> =>
  during(context, async () => {
    const { failed, errors, published, withdrawn, lost } = await catalogue(deliveries(event), { left: () => context.getRemainingTimeInMillis() });
    logger.info("catalogued", { messages: event.Records.length, failed: failed.length, published, withdrawn, lost });
    for (const error of errors) logger.error("must come again", { error: asError(error) });
    count({ CatalogueBatch: event.Records.length, ArticlesPublished: published, ArticlesWithdrawn: withdrawn });
    const sent = event.Records.map(({ attributes }) => Number(attributes.SentTimestamp)).filter((at) => at > 0);
    if (sent.length > 0) time("LogLag", Date.now() - Math.min(...sent));
    return comeAgain(event, { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) }, queue, logger);
  });
