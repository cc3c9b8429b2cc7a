import { Aws, Names } from "aws-cdk-lib";
import type { Construct } from "constructs";

/** Room for `-` and the longest name of a region. */
const REGION = 16;

/**
 * A name for what CloudFront wants named. Its names are the account's in all regions together, and those that CDK makes up have the stack in
 * them but not always the region: the same stack in a second region would find them taken.
 */
export function regionalName(scope: Construct, id: string, maxLength = 64): string {
  return `${Names.uniqueResourceName(scope, { maxLength: maxLength - REGION - id.length, separator: "-" })}${id}-${Aws.REGION}`;
}
