import { Stack, Validations } from "aws-cdk-lib";
import type { IConstruct } from "constructs";

/** Says of a construct and all within why a rule of cdk-nag does not hold there. */
export function acknowledge(construct: IConstruct, reasons: Readonly<Record<string, string>>): void {
  Validations.of(construct).acknowledge(...Object.entries(reasons).map(([id, reason]) => ({ id, reason })));
}

/** Says why a star may stand in an ARN that a role within is given. */
export function acknowledgeStar(construct: IConstruct, arn: string, reason: string): void {
  acknowledge(construct, { [`AwsSolutions-IAM5[Resource::${flattened(Stack.of(construct).resolve(arn))}]`]: reason });
}

/** As cdk-nag writes an ARN in the names of its findings: `<Bucket.Arn>/in/*`. */
function flattened(value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value !== "object" || value === null) throw new TypeError("an ARN is a string or made of strings");
  const [name, content] = Object.entries(value)[0] ?? [];
  if (name === "Ref") return `<${String(content)}>`;
  if (name === "Fn::GetAtt" && Array.isArray(content)) return `<${content.join(".")}>`;
  if (name === "Fn::Join" && Array.isArray(content) && Array.isArray(content[1])) return content[1].map(flattened).join(String(content[0]));
  throw new TypeError(`an ARN is not made with ${String(name)}`);
}
