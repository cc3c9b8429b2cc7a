import { ArnFormat, CfnOutput, Stack, Tags, type StackProps } from "aws-cdk-lib";
import type { Construct } from "constructs";
import type { Article } from "../article/index.ts";
import { acknowledge, acknowledgeStar } from "./acknowledge.ts";
import { Backfill } from "./backfill.ts";
import { Delivery } from "./delivery.ts";
import { Endpoint } from "./endpoint.ts";
import { Intake } from "./intake.ts";
import { Monitoring } from "./monitoring.ts";
import { Neptune } from "./neptune.ts";
import { checkOptions, type StackOptions } from "./options.ts";
import { FirstObjects } from "./seeds.ts";
import { Storage } from "./storage.ts";

export interface CommuniqueStackProps extends StackProps {
  readonly options: StackOptions;
  /** Articles that are there from the first day. */
  readonly seeds: readonly Article[];
}

/** The name of the stack of a stage. */
export function stackName(stage: string | undefined): string {
  return stage === undefined ? "Communique" : `Communique-${stage}`;
}

/**
 * The whole system in one account and region. At rest it costs its storage, alarms and one secret; nothing in it runs by the hour,
 * unless Neptune is asked for.
 *
 * @throws CommuniqueError "option-invalid"
 */
export class CommuniqueStack extends Stack {
  constructor(scope: Construct, id: string, { options, seeds, ...props }: CommuniqueStackProps) {
    super(scope, id, { description: "Communique: diplomacy news as evidence-backed linked data", ...props });
    checkOptions(options);
    const { logDays } = options;
    const storage = new Storage(this, "Storage", options);
    const endpoint = new Endpoint(this, "Endpoint", { storage, options });
    const delivery = new Delivery(this, "Delivery", { published: storage.published, endpoint, options });
    const intake = new Intake(this, "Intake", { storage, options, base: delivery.base });
    const backfill = new Backfill(this, "Backfill", {
      articles: storage.articles,
      results: storage.log,
      queue: intake.articles,
      concurrency: options.backfillConcurrency,
      logRetention: logDays,
    });
    this.#acknowledge(backfill, storage);
    const neptune = options.neptune ? new Neptune(this, "Neptune", { ...storage, architecture: options.architecture, logDays }) : undefined;
    new Monitoring(this, "Monitoring", {
      intake,
      endpoint,
      backfill: backfill.stateMachine,
      ...(neptune === undefined ? {} : { loader: neptune.loader }),
      ...(options.alarmEmail === undefined ? {} : { alarmEmail: options.alarmEmail }),
    });
    const first = new FirstObjects(this, "First", { ...storage, seeds: options.seeds ? seeds : [], root: delivery.root, logDays });
    // A bell that nobody hears yet would leave the seeds unread. S3 takes some five minutes until it tells EventBridge of a new bucket's
    // objects; the distribution, which takes about as long, is waited for even where nothing else of the intake needs it.
    first.node.addDependency(storage, intake, delivery);
    this.#tag({ project: "communique", stage: options.stage ?? "main" });
    this.#tell({
      BaseUrl: [delivery.base, "Base IRI of all that is published"],
      SiteUrl: [delivery.site, "Where the site is reached"],
      SparqlEndpoint: [`${delivery.site.slice(0, -1)}${delivery.root}sparql`, "SPARQL 1.1 Protocol, read only"],
      DistributionDomain: [delivery.distribution.distributionDomainName, "Where a domain of one's own is to point, by a CNAME or an alias"],
      ArticlesBucket: [storage.articles.bucketName, "Articles are dropped here, under in/"],
      LogBucket: [storage.log.bucketName, "The publication's log, its source of truth"],
      PublishedBucket: [storage.published.bucketName, "What is published"],
      ArticlesDeadLetters: [intake.articlesDead.queueUrl, "Articles that were refused or failed"],
      CatalogueDeadLetters: [intake.catalogueDead.queueUrl, "Converted articles that could not be committed"],
      BackfillStateMachine: [backfill.stateMachine.stateMachineArn, "Converts all under a prefix anew"],
      ...(neptune === undefined
        ? {}
        : {
            NeptuneEndpoint: [neptune.endpoint, "SPARQL over all that is published, in its own network"],
            NeptuneLoader: [neptune.loader.stateMachineArn, "Loads what is new in the dumps"],
          }),
    });
  }

  #acknowledge({ stateMachine }: Backfill, { log }: Storage): void {
    acknowledge(stateMachine, { "AwsSolutions-IAM5[Resource::*]": "X-Ray and the delivery of logs know no resources: their actions can be allowed on all or none." });
    acknowledgeStar(stateMachine, log.arnForObjects("backfill/*"), "The star stands for the names of objects under a prefix of one bucket.");
    const executions = this.formatArn({ service: "states", resource: "execution", resourceName: stateMachine.stateMachineName, arnFormat: ArnFormat.COLON_RESOURCE_NAME });
    const children = stateMachine.node.scope ?? stateMachine;
    for (const rest of [":*", "/*:*"]) acknowledgeStar(children, `${executions}${rest}`, "The star stands for runs of this one state machine, whose names are given when they start.");
  }

  #tag(tags: Readonly<Record<string, string>>): void {
    // CloudFormation took dashboards with tags only lately, and not everywhere yet.
    for (const [name, value] of Object.entries(tags)) Tags.of(this).add(name, value, { excludeResourceTypes: ["AWS::CloudWatch::Dashboard"] });
  }

  #tell(outputs: Readonly<Record<string, readonly [value: string, description: string]>>): void {
    for (const [name, [value, description]] of Object.entries(outputs)) new CfnOutput(this, name, { value, description });
  }
}
