import { RemovalPolicy, Stack } from "aws-cdk-lib";
import * as logs from "aws-cdk-lib/aws-logs";
import type * as s3 from "aws-cdk-lib/aws-s3";
import * as deployment from "aws-cdk-lib/aws-s3-deployment";
import { Construct } from "constructs";
import { fileURLToPath } from "node:url";
import { readArticles, type Article } from "../article/index.ts";
import { acknowledge, acknowledgeStar } from "./acknowledge.ts";
import { notFoundPage } from "./not-found.ts";
import { NOT_FOUND } from "./public-keys.ts";
import { ARTICLES_PREFIX } from "./storage.ts";

const SEEDS = fileURLToPath(new URL("../../seeds/", import.meta.url));

/** The articles of `seeds/`, with what is known of them, and so with the ids that the command line gives them. @throws CommuniqueError */
export async function readSeeds(): Promise<readonly Article[]> {
  const articles: Article[] = [];
  for await (const reading of readArticles([SEEDS])) {
    if ("error" in reading) throw reading.error;
    articles.push(reading.article);
  }
  return articles;
}

export interface FirstObjectsProps {
  readonly articles: s3.IBucket;
  readonly published: s3.IBucket;
  readonly seeds: readonly Article[];
  /** The site's root path. */
  readonly root: string;
  readonly logDays: logs.RetentionDays;
}

/**
 * What lies in the buckets from the first day: the seeds, which are converted like any article as soon as they are dropped, and the
 * page for addresses where nothing is. Nothing that is there is ever deleted: neither a user's article nor what was
 * published of a seed that a later version has no more.
 */
export class FirstObjects extends Construct {
  constructor(scope: Construct, id: string, { articles, published, seeds, root, logDays }: FirstObjectsProps) {
    super(scope, id);
    const logGroup = new logs.LogGroup(this, "Log", { retention: logDays, removalPolicy: RemovalPolicy.DESTROY });
    const common = { prune: false, retainOnDelete: true, logGroup } as const;
    if (seeds.length > 0) {
      new deployment.BucketDeployment(this, "Seeds", {
        ...common,
        sources: seeds.map((article) => deployment.Source.jsonData(`${article.id}.json`, article)),
        destinationBucket: articles,
        destinationKeyPrefix: `${ARTICLES_PREFIX}seeds/`,
        contentType: "application/json",
      });
    }
    new deployment.BucketDeployment(this, "Pages", {
      ...common,
      sources: [deployment.Source.data(NOT_FOUND, notFoundPage(root))],
      destinationBucket: published,
      contentType: "text/html; charset=utf-8",
      cacheControl: [deployment.CacheControl.fromString("public, max-age=60")],
    });
    this.#acknowledge([published, ...(seeds.length > 0 ? [articles] : [])]);
  }

  /** CDK puts one function for all deployments of files into the stack, and gives it what it needs. */
  #acknowledge(buckets: readonly s3.IBucket[]): void {
    const stack = Stack.of(this);
    const copier = stack.node.children.find(({ node }) => node.id.startsWith("Custom::CDKBucketDeployment"));
    if (copier === undefined) throw new Error("CDK has renamed the function that deploys files.");
    const reason = "CDK's own function, which copies files at deployment: it may read CDK's files and write into the buckets it deploys to, and runs at no other time.";
    acknowledge(copier, {
      "AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]": reason,
      "AwsSolutions-L1": "CDK's own function, on the runtime that CDK tests it with.",
    });
    for (const action of ["GetBucket", "GetObject", "List", "Abort", "DeleteObject"]) acknowledge(copier, { [`AwsSolutions-IAM5[Action::s3:${action}*]`]: reason });
    for (const bucket of buckets) acknowledgeStar(copier, bucket.arnForObjects("*"), reason);
    const { partition, account, region } = stack;
    acknowledgeStar(copier, `arn:${partition}:s3:::cdk-hnb659fds-assets-${account}-${region}/*`, reason);
  }
}
