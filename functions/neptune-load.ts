import type { Context } from "aws-lambda";
import { readEnvironment } from "../lib/aws/environment.ts";
import { NeptuneClient } from "../lib/aws/neptune-client.ts";
import { createTelemetry } from "../lib/aws/telemetry.ts";
import { advance, type Advanced } from "../lib/neptune/advance.ts";
import { s3Client, S3Store } from "../lib/store/s3-store.ts";

const env = readEnvironment(["PUBLISHED_BUCKET", "LOG_BUCKET", "NEPTUNE_ENDPOINT", "NEPTUNE_LOADER_ROLE", "AWS_REGION"], ["S3_ENDPOINT"]);
const { logger, tracer, during } = createTelemetry();
const client = tracer.captureAWSv3Client(s3Client(env.S3_ENDPOINT));
const published = new S3Store(env.PUBLISHED_BUCKET, "", { client });
const log = new S3Store(env.LOG_BUCKET, "", { client });
const neptune = new NeptuneClient({ endpoint: env.NEPTUNE_ENDPOINT, region: env.AWS_REGION, bucket: env.PUBLISHED_BUCKET, loaderRole: env.NEPTUNE_LOADER_ROLE });

/** One step of the state machine that loads the dumps into Neptune: it calls this until it is done. */
export const handler = (_: unknown, context: Context): Promise<Advanced> =>
  during(context, async () => {
    const advanced = await advance({ published, log, neptune, database: env.NEPTUNE_ENDPOINT, left: () => context.getRemainingTimeInMillis() });
    logger.info("advanced", { ...advanced });
    return advanced;
  });
