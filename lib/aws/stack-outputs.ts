import { CloudFormationClient, DescribeStacksCommand } from "@aws-sdk/client-cloudformation";
import { CommuniqueError } from "../errors/communique-error.ts";
import { failureOf } from "../store/s3-errors.ts";

/** What a deployed stack says of itself, by the names of its outputs (lib/stack/stack.ts). */
export type StackOutputs<Name extends string> = Readonly<Record<Name, string>>;

/**
 * Asks CloudFormation for outputs of a stack, by its name or ARN. Region, credentials and endpoint are those that the AWS SDK
 * finds in its environment and files.
 *
 * @throws CommuniqueError "stack-invalid" where there is no such stack, it lacks one of the outputs, or it cannot be asked, with
 * what can be done about it.
 */
export async function readStackOutputs<Name extends string>(stack: string, names: readonly Name[], client: Pick<CloudFormationClient, "send"> = newClient()): Promise<StackOutputs<Name>> {
  const { Outputs = [], StackStatus } = await describe(stack, client);
  const given = new Map(Outputs.map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue ?? ""]));
  const missing = names.filter((name) => (given.get(name) ?? "") === "");
  if (missing.length > 0) throw invalid(`The stack ${quote(stack)} (${StackStatus ?? "of no status"}) has no output ${missing.join(", ")}: either it is none of Communiqué's, or it is not deployed yet.`);
  return Object.fromEntries(names.map((name) => [name, given.get(name)])) as Record<Name, string>;
}

function newClient(): CloudFormationClient {
  // The SDK itself knows AWS_REGION alone, other tools the other name too.
  const region = [process.env["AWS_REGION"], process.env["AWS_DEFAULT_REGION"]].find((name) => name !== undefined && name !== "");
  return new CloudFormationClient({ maxAttempts: 4, ...(region === undefined ? {} : { region }) });
}

async function describe(stack: string, client: Pick<CloudFormationClient, "send">) {
  try {
    const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: stack }));
    const found = Stacks?.[0];
    if (found !== undefined) return found;
  } catch (error) {
    throw explained(error, stack);
  }
  throw noStack(stack);
}

function explained(error: unknown, stack: string): unknown {
  const { name, status, message } = failureOf(error);
  if (name === "ValidationError" && /does not exist/i.test(message)) return noStack(stack, error);
  if (/^Region (?:is missing|not accepted)/.test(message)) return invalid(`AWS_REGION must say in which region the stack ${quote(stack)} is.`, error);
  if (name === "CredentialsProviderError") return invalid(`There are no credentials for AWS: set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or run "aws sso login".`, error);
  if (status === 401 || status === 403 || /^(?:AccessDenied|ExpiredToken|InvalidClientTokenId|SignatureDoesNotMatch|UnrecognizedClient)/.test(name)) {
    return invalid(`These credentials may not ask about the stack ${quote(stack)} (cloudformation:DescribeStacks): ${message || name}`, error);
  }
  if (status !== undefined || /^E[A-Z_]+$|^(?:TimeoutError|ValidationError)$/.test(name)) return invalid(`CloudFormation cannot be asked about the stack ${quote(stack)}: ${message || name}`, error);
  return error;
}

function noStack(stack: string, cause?: unknown): CommuniqueError {
  return invalid(`There is no stack ${quote(stack)} in this account and region: "aws cloudformation list-stacks" shows those that there are, AWS_PROFILE and AWS_REGION choose others.`, cause);
}

function invalid(message: string, cause?: unknown): CommuniqueError {
  return new CommuniqueError("stack-invalid", message, cause === undefined ? {} : { cause });
}

function quote(stack: string): string {
  return JSON.stringify(stack.slice(0, 200));
}
