import { Duration } from "aws-cdk-lib";
import * as cloudwatch from "aws-cdk-lib/aws-cloudwatch";
import type { Construct } from "constructs";
import type { Endpoint } from "./endpoint.ts";
import type { Handler } from "./handler.ts";
import type { Intake } from "./intake.ts";
import { ownMetric, type OwnMetric } from "./metrics.ts";

export interface Shown {
  readonly intake: Intake;
  readonly endpoint: Endpoint;
}

const HOUR = Duration.hours(1);

/** The rows of the dashboard, in the order that an article passes: in, converted, catalogued, asked for. */
export function dashboardRows(scope: Construct, { intake, endpoint }: Shown): readonly (readonly cloudwatch.IWidget[])[] {
  const own = (name: OwnMetric, statistic: string): cloudwatch.Metric => ownMetric(scope, name, statistic).with({ period: HOUR, label: name });
  const third = (title: string, left: readonly cloudwatch.IMetric[], right: readonly cloudwatch.IMetric[] = []): cloudwatch.GraphWidget =>
    new cloudwatch.GraphWidget({ title, left: [...left], right: [...right], width: 8, height: 6 });
  return [
    [
      third("Articles waiting", [intake.articles.metricApproximateNumberOfMessagesVisible(), intake.catalogue.metricApproximateNumberOfMessagesVisible()]),
      third("Oldest waiting, seconds", [intake.articles.metricApproximateAgeOfOldestMessage(), intake.catalogue.metricApproximateAgeOfOldestMessage()]),
      third("In dead-letter queues", [intake.articlesDead.metricApproximateNumberOfMessagesVisible(), intake.catalogueDead.metricApproximateNumberOfMessagesVisible()]),
    ],
    [
      third("Converted and refused", [own("ArticlesConverted", "Sum"), own("ArticlesRefused", "Sum")]),
      third("Published and withdrawn", [own("ArticlesPublished", "Sum"), own("ArticlesWithdrawn", "Sum")]),
      third("From conversion to publication, ms; messages of a batch", [own("ConversionTime", "p90"), own("LogLag", "p90")], [own("CatalogueBatch", "Average")]),
    ],
    [
      third("SPARQL queries and refusals", [own("SparqlQueries", "Sum"), own("SparqlRefused", "Sum")], [own("SparqlLoadTime", "p90")]),
      third("Run time, p90", runs(intake, endpoint, ({ function: run }) => run.metricDuration({ statistic: "p90" }))),
      third("Errors and throttles", [...runs(intake, endpoint, ({ function: run }) => run.metricErrors()), ...runs(intake, endpoint, ({ function: run }) => run.metricThrottles())]),
    ],
  ];
}

function runs(intake: Intake, endpoint: Endpoint, metric: (handler: Handler) => cloudwatch.Metric): readonly cloudwatch.Metric[] {
  return [intake.convertFunction, intake.catalogueFunction, endpoint.handler].map(metric);
}
