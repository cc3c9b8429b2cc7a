import { Logger } from "@aws-lambda-powertools/logger";
import { Metrics, MetricUnit } from "@aws-lambda-powertools/metrics";
import { Tracer } from "@aws-lambda-powertools/tracer";
import type { Context } from "aws-lambda";
import { asError } from "../errors/as-error.ts";

/** What a function tells of itself: lines of JSON, metrics (in lines of the log too) and traces. Never a word of an article. */
export interface Telemetry {
  readonly logger: Logger;
  readonly tracer: Tracer;
  /** Adds to metrics that count; what is 0 is left out. */
  count(metrics: Readonly<Record<string, number>>): void;
  /** Adds a duration in milliseconds. */
  time(metric: string, milliseconds: number): void;
  /** Runs one invocation within a trace of its own, and sends its metrics at the end, whatever the end. */
  during<Result>(context: Context, action: () => Promise<Result>): Promise<Result>;
}

/** Set up by Powertools' own variables: `POWERTOOLS_SERVICE_NAME`, `POWERTOOLS_METRICS_NAMESPACE`, `POWERTOOLS_LOG_LEVEL`. */
export function createTelemetry(): Telemetry {
  const logger = new Logger();
  const metrics = new Metrics();
  // Calls are traced by their clients, which know more of them than HTTP does.
  const tracer = new Tracer({ captureHTTPsRequests: false });
  return {
    logger,
    tracer,
    count(counts) {
      for (const [name, value] of Object.entries(counts)) if (value !== 0) metrics.addMetric(name, MetricUnit.Count, value);
    },
    time: (metric, milliseconds) => metrics.addMetric(metric, MetricUnit.Milliseconds, milliseconds),
    async during(context, action) {
      logger.addContext(context);
      // Lambda's own segment takes no annotations, so there is one of ours below it.
      const segment = tracer.isTracingEnabled() ? tracer.getSegment() : undefined;
      const own = segment?.addNewSubsegment(`## ${context.functionName}`);
      if (own !== undefined) tracer.setSegment(own);
      tracer.annotateColdStart();
      tracer.addServiceNameAnnotation();
      try {
        return await action();
      } catch (error) {
        tracer.addErrorAsMetadata(asError(error));
        throw error;
      } finally {
        own?.close();
        if (segment !== undefined) tracer.setSegment(segment);
        if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
      }
    },
  };
}
