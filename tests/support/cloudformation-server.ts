import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

export interface CloudFormationServer {
  /** For the SDK of a process of its own. */
  readonly environment: Readonly<Record<string, string>>;
  /** Stacks by name: their outputs. */
  readonly stacks: Map<string, Readonly<Record<string, string>>>;
  /** Answers every request so, where set: a status and an error code. */
  refuse: readonly [status: number, code: string, message: string] | undefined;
  stop(): Promise<void>;
}

/**
 * A small CloudFormation on loopback: it knows DescribeStacks, and errors, in the XML of the AWS query protocol.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStacks.html
 */
export async function startCloudFormation(): Promise<CloudFormationServer> {
  const stacks: CloudFormationServer["stacks"] = new Map();
  const cloudFormation: CloudFormationServer = { environment: {}, stacks, refuse: undefined, stop: () => Promise.resolve() };
  const answer = async (request: IncomingMessage): Promise<readonly [status: number, body: string]> => {
    let body = "";
    for await (const chunk of request) body += String(chunk);
    const asked = new URLSearchParams(body);
    if (cloudFormation.refuse !== undefined) return [cloudFormation.refuse[0], failure(cloudFormation.refuse[1], cloudFormation.refuse[2])];
    if (asked.get("Action") !== "DescribeStacks") return [400, failure("InvalidAction", "unknown")];
    const name = asked.get("StackName") ?? "";
    const outputs = stacks.get(name);
    return outputs === undefined ? [400, failure("ValidationError", `Stack with id ${name} does not exist`)] : [200, described(name, outputs)];
  };
  const server = createServer((request, response) => {
    void answer(request).then(([status, body]) => response.writeHead(status, { "content-type": "text/xml" }).end(body));
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const environment = { AWS_ENDPOINT_URL_CLOUDFORMATION: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
  return Object.assign(cloudFormation, {
    environment,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
}

function described(name: string, outputs: Readonly<Record<string, string>>): string {
  const members = Object.entries(outputs).map(([key, value]) => `<member><OutputKey>${escaped(key)}</OutputKey><OutputValue>${escaped(value)}</OutputValue></member>`);
  return `<DescribeStacksResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><DescribeStacksResult><Stacks><member><StackName>${escaped(name)}</StackName><CreationTime>2025-01-01T00:00:00Z</CreationTime><StackStatus>CREATE_COMPLETE</StackStatus><Outputs>${members.join("")}</Outputs></member></Stacks></DescribeStacksResult><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></DescribeStacksResponse>`;
}

function failure(code: string, message: string): string {
  return `<ErrorResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><Error><Type>Sender</Type><Code>${escaped(code)}</Code><Message>${escaped(message)}</Message></Error><RequestId>1</RequestId></ErrorResponse>`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
