import { Duration } from "aws-cdk-lib";
import * as events from "aws-cdk-lib/aws-events";
import * as targets from "aws-cdk-lib/aws-events-targets";
import { SqsEventSource } from "aws-cdk-lib/aws-lambda-event-sources";
import * as sqs from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import { allow } from "./access.ts";
import { Handler } from "./handler.ts";
import type { StackOptions } from "./options.ts";
import { ARTICLES_PREFIX, ERRORS_PREFIX, type Storage } from "./storage.ts";

export interface IntakeProps {
  readonly storage: Storage;
  readonly options: StackOptions;
  /** Base IRI of all that is published. */
  readonly base: string;
}

const CONVERT_TIMEOUT = Duration.minutes(5);
const CATALOGUE_TIMEOUT = Duration.minutes(5);
const CATALOGUE_WINDOW = Duration.seconds(60);

/**
 * From an object in the articles bucket to published documents: S3 rings a bell (EventBridge), a queue keeps it, `convert` reads the
 * object as it is then and hands on what it found, `catalogue` commits that in batches. What fails five times, or can never succeed,
 * waits fourteen days in a dead-letter queue for someone to look at it.
 *
 * The queues may be nobody's dead-letter queue. Their own dead-letter queues cannot be bound to them in turn without names fixed
 * beforehand, which would make stages clash.
 */
export class Intake extends Construct {
  readonly articles: sqs.Queue;
  readonly articlesDead: sqs.Queue;
  readonly catalogue: sqs.Queue;
  readonly catalogueDead: sqs.Queue;
  readonly rule: events.Rule;
  readonly convertFunction: Handler;
  readonly catalogueFunction: Handler;

  constructor(scope: Construct, id: string, { storage, options, base }: IntakeProps) {
    super(scope, id);
    [this.articles, this.articlesDead] = this.#queues("Articles", CONVERT_TIMEOUT);
    [this.catalogue, this.catalogueDead] = this.#queues("Catalogue", CATALOGUE_TIMEOUT, CATALOGUE_WINDOW);
    this.rule = this.#bell(storage);
    this.convertFunction = this.#convert(storage, options, base);
    this.catalogueFunction = this.#catalogue(storage, options, base);
  }

  /**
   * Rings for whatever may have changed what an object is now, a lifecycle rule of one's own that deletes it included. When the bucket's own rule
   * removes a version that was replaced or deleted long ago, nothing has.
   */
  #bell({ articles }: Storage): events.Rule {
    return new events.Rule(this, "Bell", {
      description: "An article came, changed or went.",
      eventPattern: {
        source: ["aws.s3"],
        detailType: ["Object Created", "Object Deleted"],
        detail: {
          bucket: { name: [articles.bucketName] },
          object: { key: [{ prefix: ARTICLES_PREFIX }] },
          $or: [{ reason: [{ "anything-but": "Lifecycle Expiration" }] }, { "deletion-type": ["Delete Marker Created"] }],
        },
      },
      targets: [new targets.SqsQueue(this.articles, { deadLetterQueue: this.articlesDead })],
    });
  }

  #convert(storage: Storage, options: StackOptions, base: string): Handler {
    const handler = new Handler(this, "Convert", {
      name: "convert",
      description: "Reads an article and writes what it says as graphs.",
      ...options,
      // The memory that comes with one whole processor: the reader runs on one thread.
      memoryMiB: 1769,
      timeout: CONVERT_TIMEOUT,
      environment: {
        ...environment(storage, options, base),
        ARTICLES_QUEUE_URL: this.articles.queueUrl,
        ARTICLES_DLQ_URL: this.articlesDead.queueUrl,
        CATALOGUE_QUEUE_URL: this.catalogue.queueUrl,
      },
    });
    const { role } = handler;
    allow(role, { bucket: storage.articles, actions: ["s3:GetObject"], keys: [`${ARTICLES_PREFIX}*`] });
    allow(role, { bucket: storage.articles, actions: ["s3:PutObject", "s3:DeleteObject"], keys: [`${ERRORS_PREFIX}*`] });
    allow(role, { bucket: storage.published, actions: ["s3:GetObject", "s3:PutObject"], keys: ["state/source/*"] });
    allow(role, { bucket: storage.published, actions: ["s3:GetObject", "s3:PutObject"], keys: ["g/*"] });
    allow(role, { bucket: storage.published, actions: ["s3:GetObject"], keys: ["state/article/*"] });
    this.catalogue.grantSendMessages(role);
    this.articlesDead.grantSendMessages(role);
    handler.function.addEventSource(
      new SqsEventSource(this.articles, { batchSize: 10, reportBatchItemFailures: true, maxConcurrency: options.convertConcurrency }),
    );
    return handler;
  }

  #catalogue(storage: Storage, options: StackOptions, base: string): Handler {
    const handler = new Handler(this, "Catalogue", {
      name: "catalogue",
      description: "Commits converted articles and writes the documents about them.",
      ...options,
      memoryMiB: 1769,
      timeout: CATALOGUE_TIMEOUT,
      environment: {
        ...environment(storage, options, base),
        ARTICLES_QUEUE_URL: this.articles.queueUrl,
        CATALOGUE_QUEUE_URL: this.catalogue.queueUrl,
      },
    });
    allow(handler.role, { bucket: storage.log, actions: ["s3:GetObject", "s3:PutObject"], keys: ["log/*"] });
    allow(handler.role, { bucket: storage.published, actions: ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"], keys: ["*"] });
    this.articles.grantSendMessages(handler.role);
    handler.function.addEventSource(
      new SqsEventSource(this.catalogue, { batchSize: 500, maxBatchingWindow: CATALOGUE_WINDOW, reportBatchItemFailures: true, maxConcurrency: 2 }),
    );
    return handler;
  }

  #queues(id: string, timeout: Duration, window: Duration = Duration.seconds(0)): readonly [sqs.Queue, sqs.Queue] {
    const common = { encryption: sqs.QueueEncryption.SQS_MANAGED, enforceSSL: true, retentionPeriod: Duration.days(14) } as const;
    const dead = new sqs.Queue(this, `${id}DeadLetters`, common);
    const queue = new sqs.Queue(this, `${id}Queue`, {
      ...common,
      visibilityTimeout: Duration.seconds(6 * timeout.toSeconds() + window.toSeconds()),
      deadLetterQueue: { queue: dead, maxReceiveCount: 5 },
      redriveAllowPolicy: { redrivePermission: sqs.RedrivePermission.DENY_ALL },
    });
    return [queue, dead];
  }
}

function environment({ articles, log, published }: Storage, { publishText, title, publisher, license }: StackOptions, base: string): Readonly<Record<string, string>> {
  return {
    ARTICLES_BUCKET: articles.bucketName,
    LOG_BUCKET: log.bucketName,
    PUBLISHED_BUCKET: published.bucketName,
    BASE: base,
    PUBLISH_TEXT: publishText,
    ...(title === undefined ? {} : { TITLE: title }),
    ...(publisher === undefined ? {} : { PUBLISHER: publisher }),
    ...(license === undefined ? {} : { LICENSE: license }),
  };
}
