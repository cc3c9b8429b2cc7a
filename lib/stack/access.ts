import * as iam from "aws-cdk-lib/aws-iam";
import type * as s3 from "aws-cdk-lib/aws-s3";
import { acknowledgeStar } from "./acknowledge.ts";

export interface Access {
  readonly bucket: s3.IBucket;
  readonly actions: readonly ("s3:GetObject" | "s3:PutObject" | "s3:DeleteObject")[];
  /** Keys, or prefixes with a star at their end. */
  readonly keys: readonly string[];
}

/**
 * Lets a role do so much with these keys and no more. cdk-nag asks for a reason wherever a star stands, and here it
 * stands for the names of objects.
 *
 * Listing is allowed with it, on the bucket and nothing else: without it S3 answers 403 and not 404 where there is no object, and
 * a condition on the prefix would not hold for a GET.
 */
export function allow(role: iam.Role, { bucket, actions, keys }: Access): void {
  role.addToPrincipalPolicy(new iam.PolicyStatement({ actions: [...actions], resources: keys.map((key) => bucket.arnForObjects(key)) }));
  role.addToPrincipalPolicy(new iam.PolicyStatement({ actions: ["s3:ListBucket"], resources: [bucket.bucketArn] }));
  for (const key of keys.filter((key) => key.endsWith("*"))) acknowledgeStar(role, bucket.arnForObjects(key), "The star stands for the names of objects under a prefix of one bucket.");
}
