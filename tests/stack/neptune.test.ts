import { describe, expect, it } from "vitest";
import { synthesise } from "../support/stack.ts";

const stack = synthesise({ neptune: true });
const step = stack.one("AWS::Lambda::Function", "NeptuneStep");

interface State {
  readonly [name: string]: unknown;
  readonly Next?: string;
  readonly Default?: string;
  readonly Choices?: readonly { readonly Next: string }[];
}

describe("Neptune", () => {
  it("is there only if asked for, with all that comes with it", () => {
    const plain = new Set(synthesise().resources().map(({ Type }) => Type));
    expect([...plain].filter((type) => /Neptune|EC2/.test(type))).toEqual([]);
    expect(stack.resources("AWS::Neptune::DBCluster")).toHaveLength(1);
  });

  it("is serverless from one capacity unit, encrypted, asked with IAM's signatures only, and goes with the stack, whose network it stands in", () => {
    const { Properties, DeletionPolicy, UpdateReplacePolicy } = stack.one("AWS::Neptune::DBCluster", "Neptune");
    expect(Properties).toMatchObject({ ServerlessScalingConfiguration: { MinCapacity: 1 }, StorageEncrypted: true, IamAuthEnabled: true, BackupRetentionPeriod: 7 });
    expect([DeletionPolicy, UpdateReplacePolicy]).toEqual(["Delete", "Delete"]);
    expect(Properties).not.toHaveProperty("DeletionProtection");
    expect(stack.one("AWS::Neptune::DBInstance", "Neptune")).toMatchObject({ Properties: { DBInstanceClass: "db.serverless" }, DeletionPolicy: "Delete" });
  });

  it("stands where there is no way to the internet, and a door to its two buckets", () => {
    for (const type of ["NatGateway", "InternetGateway", "EIP"]) expect(stack.resources(`AWS::EC2::${type}`)).toEqual([]);
    expect(stack.resources("AWS::EC2::Subnet").map(({ Properties }) => Properties["MapPublicIpOnLaunch"])).toEqual([false, false]);
    const door = stack.one("AWS::EC2::VPCEndpoint", "Neptune").Properties;
    expect(door["VpcEndpointType"] ?? "Gateway").toBe("Gateway");
    const { Statement } = door["PolicyDocument"] as { Statement: readonly { Action: unknown; Resource: unknown }[] };
    expect(Statement.map(({ Action }) => Action)).toEqual([["s3:GetObject", "s3:ListBucket", "s3:PutObject"]]);
    expect([...new Set(JSON.stringify(Statement).match(/Storage(?:Articles|Log|Published)/g))].sort()).toEqual(["StorageLog", "StoragePublished"]);
  });

  it("lets in its own clients, on its one port", () => {
    const [rule, ...others] = stack.resources("AWS::EC2::SecurityGroupIngress");
    expect(others).toEqual([]);
    expect(rule?.Properties).toMatchObject({ FromPort: 8182, ToPort: 8182, IpProtocol: "tcp" });
    expect(JSON.stringify(rule?.Properties["SourceSecurityGroupId"])).toContain("NeptuneNetworkClients");
    for (const { Properties } of stack.resources("AWS::EC2::SecurityGroup")) expect(Properties["SecurityGroupIngress"]).toBeUndefined();
  });

  it("reads the dumps as a role that reads nothing else", () => {
    expect(JSON.stringify(stack.one("AWS::IAM::Role", "NeptuneReader").Properties)).toContain('"rds.amazonaws.com"');
    const policy = JSON.stringify(stack.one("AWS::IAM::Policy", "NeptuneReader").Properties);
    expect(policy.match(/\/[a-z]+\/?\*|s3:\w+/g)?.sort()).toEqual(["/dumps/*", "s3:GetObject", "s3:ListBucket"]);
  });

  it("is loaded by a function that may ask it, read the dumps and the log, and write its record", () => {
    expect(step.Properties["VpcConfig"]).toBeDefined();
    expect(step.Properties["Timeout"]).toBe(900);
    const { Variables } = step.Properties["Environment"] as { Variables: Readonly<Record<string, unknown>> };
    expect(Object.keys(Variables)).toEqual(expect.arrayContaining(["PUBLISHED_BUCKET", "LOG_BUCKET", "NEPTUNE_ENDPOINT", "NEPTUNE_LOADER_ROLE"]));
    const { Statement } = stack.one("AWS::IAM::Policy", "NeptuneStepRole").Properties["PolicyDocument"] as { Statement: readonly { Action: string | readonly string[]; Resource: unknown }[] };
    const writing = Statement.filter(({ Action }) => [Action].flat().includes("s3:PutObject"));
    expect(writing).toHaveLength(1);
    expect(JSON.stringify(writing[0]?.Resource)).toMatch(/StorageLog.*\/neptune\/loaded\.json/);
    expect(JSON.stringify(Statement)).not.toMatch(/StorageArticles|s3:DeleteObject|neptune-db:\*/);
  });

  it("is loaded step by step, by one run at a time, every hour", () => {
    const { Properties } = stack.one("AWS::StepFunctions::StateMachine", "NeptuneLoader");
    const { "Fn::Join": join } = Properties["DefinitionString"] as { readonly "Fn::Join": readonly [string, readonly unknown[]] };
    const { StartAt, States } = JSON.parse(join[1].map((part) => (typeof part === "string" ? part : "x")).join("")) as { StartAt: string; States: Readonly<Record<string, State>> };
    expect(States[StartAt]).toMatchObject({ Resource: "arn:x:states:::aws-sdk:sfn:listExecutions", Parameters: { "StateMachineArn.$": "$$.StateMachine.Id", StatusFilter: "RUNNING" } });
    const next = (name: string): readonly string[] => [States[name]?.Next, States[name]?.Default, ...(States[name]?.Choices ?? []).map(({ Next }) => Next)].flatMap((one) => one ?? []);
    const reached = new Set([StartAt]);
    for (const name of reached) for (const one of next(name)) reached.add(one);
    expect([...reached].sort()).toEqual(Object.keys(States).sort());
    expect(stack.resources("AWS::Events::Rule").filter(({ Properties: rule }) => rule["ScheduleExpression"] === "rate(1 hour)")).toHaveLength(1);
  });
});
