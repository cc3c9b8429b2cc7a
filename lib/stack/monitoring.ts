import { Aws, Duration } from "aws-cdk-lib";
import * as cloudwatch from "aws-cdk-lib/aws-cloudwatch";
import * as actions from "aws-cdk-lib/aws-cloudwatch-actions";
import * as iam from "aws-cdk-lib/aws-iam";
import * as sns from "aws-cdk-lib/aws-sns";
import * as subscriptions from "aws-cdk-lib/aws-sns-subscriptions";
import type { StateMachine } from "aws-cdk-lib/aws-stepfunctions";
import { Construct } from "constructs";
import { acknowledge } from "./acknowledge.ts";
import { dashboardRows } from "./dashboard.ts";
import type { Endpoint } from "./endpoint.ts";
import type { Intake } from "./intake.ts";
import { ownMetric } from "./metrics.ts";

export interface MonitoringProps {
  readonly intake: Intake;
  readonly endpoint: Endpoint;
  readonly backfill: StateMachine;
  /** Loads Neptune, where there is one. */
  readonly loader?: StateMachine;
  readonly alarmEmail?: string;
}

interface Watch {
  readonly metric: cloudwatch.IMetric;
  /** What is wrong and where to begin: the first words of the runbook. */
  readonly description: string;
  readonly above: number;
  /** Periods of five minutes that it must last. */
  readonly periods?: number;
}

const FIVE_MINUTES = Duration.minutes(5);

/**
 * Nine alarms (ten with Neptune), each of which asks for someone to do something, and one dashboard. Articles that nobody needs to look at (a refused format, a throttled
 * second) raise none by themselves. Without an address the alarms are shown and tell nobody.
 */
export class Monitoring extends Construct {
  readonly alarms: readonly cloudwatch.Alarm[];
  readonly #topic: sns.Topic | undefined;

  constructor(scope: Construct, id: string, props: MonitoringProps) {
    super(scope, id);
    this.#topic = props.alarmEmail === undefined ? undefined : this.#topicFor(props.alarmEmail);
    this.alarms = Object.entries(this.#watches(props)).map(([name, watch]) => this.#alarm(name, watch));
    const dashboard = new cloudwatch.Dashboard(this, "Dashboard", { defaultInterval: Duration.days(1) });
    dashboard.addWidgets(new cloudwatch.AlarmStatusWidget({ title: "Alarms", alarms: [...this.alarms], width: 24, height: 3 }));
    for (const row of dashboardRows(this, props)) dashboard.addWidgets(...row);
  }

  #watches({ intake, endpoint, backfill, loader }: MonitoringProps): Readonly<Record<string, Watch>> {
    const most = { period: FIVE_MINUTES, statistic: "Maximum" };
    const sum = { period: FIVE_MINUTES, statistic: "Sum" };
    return {
      ArticlesRefused: {
        metric: intake.articlesDead.metricApproximateNumberOfMessagesVisible(most),
        description: "Articles wait in the dead-letter queue: each was refused, or failed five times. The reasons lie under errors/ in the articles bucket.",
        above: 0,
      },
      CatalogueRefused: {
        metric: intake.catalogueDead.metricApproximateNumberOfMessagesVisible(most),
        description: "Converted articles could not be committed five times, and wait in the dead-letter queue of the catalogue.",
        above: 0,
      },
      ArticlesWait: {
        metric: intake.articles.metricApproximateAgeOfOldestMessage(most),
        description: "An article has waited six hours to be converted: a backfill larger than its concurrency, or conversions that fail.",
        above: 6 * 3600,
        periods: 3,
      },
      CatalogueWaits: {
        metric: intake.catalogue.metricApproximateAgeOfOldestMessage(most),
        description: "A converted article has waited an hour to be committed.",
        above: 3600,
        periods: 3,
      },
      ConvertFails: {
        metric: intake.convertFunction.function.metricErrors(sum),
        description: "The convert function ends with errors of its own: a timeout, memory, or a bug.",
        above: 5,
        periods: 3,
      },
      CatalogueFails: {
        metric: intake.catalogueFunction.function.metricErrors(sum),
        description: "The catalogue function ends with errors of its own: a timeout, memory, or a bug.",
        above: 0,
        periods: 3,
      },
      LogLags: {
        metric: ownMetric(this, "LogLag", "Maximum").with({ period: FIVE_MINUTES }),
        description: "From conversion to publication it takes more than twenty minutes: commits wait for one another, or fail and come again.",
        above: 20 * 60 * 1000,
        periods: 3,
      },
      SparqlFails: {
        metric: endpoint.handler.function.metricErrors(sum),
        description: "The SPARQL function ends with errors of its own: a timeout, memory, or a bug.",
        above: 5,
        periods: 3,
      },
      BackfillFailed: {
        metric: backfill.metricFailed(sum),
        description: "A backfill failed: not every object was enqueued. Starting it again is harmless.",
        above: 0,
      },
      ...(loader === undefined
        ? {}
        : { LoaderFailed: { metric: loader.metricFailed(sum), description: "Neptune could not be loaded, and lags behind the dumps. Starting the loader again goes on where it stopped.", above: 0 } }),
    };
  }

  #alarm(name: string, { metric, description, above, periods = 1 }: Watch): cloudwatch.Alarm {
    const alarm = new cloudwatch.Alarm(this, name, {
      metric,
      alarmDescription: description,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
      threshold: above,
      evaluationPeriods: periods,
      treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
    });
    if (this.#topic !== undefined) alarm.addAlarmAction(new actions.SnsAction(this.#topic));
    return alarm;
  }

  #topicFor(alarmEmail: string): sns.Topic {
    const topic = new sns.Topic(this, "Topic", { displayName: "Communique alarms", enforceSSL: true });
    // A topic with a policy of its own loses the one it begins with, by which alarms of its account may publish.
    topic.addToResourcePolicy(
      new iam.PolicyStatement({
        principals: [new iam.ServicePrincipal("cloudwatch.amazonaws.com")],
        actions: ["sns:Publish"],
        resources: [topic.topicArn],
        conditions: { StringEquals: { "aws:SourceAccount": Aws.ACCOUNT_ID } },
      }),
    );
    topic.addSubscription(new subscriptions.EmailSubscription(alarmEmail));
    acknowledge(topic, { "AwsSolutions-SNS2": "Alarms say names of queues and numbers, nothing secret; a key of its own costs more than all alarms." });
    return topic;
  }
}
