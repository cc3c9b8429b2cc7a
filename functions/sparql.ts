import { createHash, timingSafeEqual } from "node:crypto";
import { readEnvironment } from "../lib/aws/environment.ts";
import { streamed } from "../lib/aws/function-url.ts";
import { createTelemetry } from "../lib/aws/telemetry.ts";
import { openEndpoint, openingEndpoint } from "../lib/site/endpoint.ts";
import { wantsQueryPage } from "../lib/site/query-page.ts";
import { redirect } from "../lib/site/responses.ts";
import { limitsWithin } from "../lib/sparql/limits.ts";
import { S3Store } from "../lib/store/s3-store.ts";

const env = readEnvironment(["PUBLISHED_BUCKET", "ORIGIN_SECRET", "AWS_LAMBDA_FUNCTION_MEMORY_SIZE"]);
const { logger, count, time, during } = createTelemetry();
const store = new S3Store(env.PUBLISHED_BUCKET);
const digest = (secret: string): Buffer => createHash("sha256").update(secret).digest();

// Loading begins with the process and goes on while there are requests: between them Lambda lets nothing run.
const endpoint = openingEndpoint(async () => {
  const started = performance.now();
  const opened = await openEndpoint(store, { ...limitsWithin(Number(env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE)), lookEvery: 30_000, patience: 2000, onError, onQuery });
  time("SparqlLoadTime", performance.now() - started);
  return opened;
}, 8000);

/** Answers queries over what is published within the 30 seconds that CloudFront waits, and only those that come through it. */
export const handler = streamed((request, context) => during(context, async () => {
  if (!timingSafeEqual(digest(request.headers.get("x-origin-secret") ?? ""), digest(env.ORIGIN_SECRET))) return new Response("Not from here.\n", { status: 403 });
  const response = wantsQueryPage(request) ? redirect(303, "query") : await endpoint.handle(request);
  count({ SparqlRefused: response.status < 400 ? 0 : 1 });
  return response;
}));

function onQuery(text: string): void {
  count({ SparqlQueries: 1 });
  logger.debug("query", { query: text.slice(0, 200) });
}

function onError(error: unknown): void {
  logger.error("fault", { error });
}
