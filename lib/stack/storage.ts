import { Duration, RemovalPolicy } from "aws-cdk-lib";
import * as s3 from "aws-cdk-lib/aws-s3";
import { Construct } from "constructs";
import { acknowledge } from "./acknowledge.ts";

/** Articles lie under this prefix of the articles bucket; nothing else in it rings a bell. */
export const ARTICLES_PREFIX = "in/";
/** Why an article was refused is written here, beside the articles: private as they are. */
export const ERRORS_PREFIX = "errors/";

export interface StorageProps {
  readonly retentionDays: number;
}

/**
 * The three buckets. *Articles* and *log* are the source of all else: they are versioned, so that a mistake can be undone for
 * `retentionDays`. *Published* is not versioned: what a withdrawal deletes there is gone at once. A withdrawn article's own
 * words are really gone once its deleted object's last version has expired in the articles bucket, `retentionDays` after it
 * was deleted (S3 removes expired versions within a day or two more); the log holds ids and hashes, never text.
 *
 * All are kept when the stack is deleted.
 */
export class Storage extends Construct {
  readonly articles: s3.IBucket;
  readonly log: s3.IBucket;
  readonly published: s3.IBucket;

  constructor(scope: Construct, id: string, { retentionDays }: StorageProps) {
    super(scope, id);
    this.articles = this.#bucket("Articles", retentionDays);
    this.log = this.#bucket("Log", retentionDays);
    this.published = this.#bucket("Published");
    // Set on the resource itself: `enableEventBridgeNotification` would deploy a function for it.
    (this.articles.node.defaultChild as s3.CfnBucket).notificationConfiguration = { eventBridgeConfiguration: { eventBridgeEnabled: true } };
  }

  #bucket(id: string, retentionDays?: number): s3.IBucket {
    const bucket = new s3.Bucket(this, id, {
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      encryption: s3.BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
      versioned: retentionDays !== undefined,
      lifecycleRules: [
        { id: "unfinished-uploads", abortIncompleteMultipartUploadAfter: Duration.days(1) },
        ...(retentionDays === undefined
          ? []
          : [{ id: "old-versions", noncurrentVersionExpiration: Duration.days(retentionDays), expiredObjectDeleteMarker: true }]),
      ],
    });
    acknowledge(bucket, {
      "AwsSolutions-S1": "No log of single reads is kept: readers' addresses are nobody's business, and every write is in the publication's own log.",
    });
    // Said so, since CDK's types do not know `exactOptionalPropertyTypes`.
    return bucket as s3.IBucket;
  }
}
