import * as cloudwatch from "aws-cdk-lib/aws-cloudwatch";
import type { Construct } from "constructs";
import { METRICS, serviceOf } from "./handler.ts";

/** Our own metrics, by the function that counts them. Ten at most, none by article or key, since each costs a third of a dollar a month. */
export const OWN_METRICS = {
  ArticlesConverted: "convert",
  ArticlesRefused: "convert",
  ConversionTime: "convert",
  CatalogueBatch: "catalogue",
  ArticlesPublished: "catalogue",
  ArticlesWithdrawn: "catalogue",
  LogLag: "catalogue",
  SparqlQueries: "sparql",
  SparqlRefused: "sparql",
  SparqlLoadTime: "sparql",
} as const;

export type OwnMetric = keyof typeof OWN_METRICS;

/** One of our metrics, as the function counts it. */
export function ownMetric(scope: Construct, metricName: OwnMetric, statistic: string): cloudwatch.Metric {
  return new cloudwatch.Metric({ namespace: METRICS, metricName, statistic, dimensionsMap: { service: serviceOf(scope, OWN_METRICS[metricName]) } });
}
