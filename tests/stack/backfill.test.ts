import { describe, expect, it } from "vitest";
import { parseBell } from "../../lib/intake/messages.ts";
import { synthesise, type Resource } from "../support/stack.ts";

const stack = synthesise();
const machine = stack.one("AWS::StepFunctions::StateMachine", "Backfill");

interface State {
  readonly [name: string]: unknown;
  readonly Type: string;
  readonly Parameters: Readonly<Record<string, unknown>>;
  readonly ItemProcessor: { readonly ProcessorConfig: unknown; readonly StartAt: string; readonly States: Readonly<Record<string, State>> };
}

/** The definition as Step Functions gets it, names of resources in the place of what only a deployment knows. */
function definitionOf({ Properties }: Resource): { readonly StartAt: string; readonly States: Readonly<Record<string, State>> } {
  const { "Fn::Join": join } = Properties["DefinitionString"] as { readonly "Fn::Join": readonly [string, readonly (string | Readonly<Record<string, unknown>>)[]] };
  return JSON.parse(join[1].map((part) => (typeof part === "string" ? part : [Object.values(part)[0]].flat().join("."))).join("")) as ReturnType<typeof definitionOf>;
}

function statementsOf(id: string): readonly { readonly Action: unknown; readonly Resource: unknown; readonly Condition?: unknown }[] {
  return (stack.one("AWS::IAM::Policy", id).Properties["PolicyDocument"] as { Statement: ReturnType<typeof statementsOf> }).Statement;
}

describe("a backfill", () => {
  const { StartAt, States } = definitionOf(machine);
  const objects = States[StartAt]!;
  const each = objects.ItemProcessor.States[objects.ItemProcessor.StartAt]!;
  const ring = each.ItemProcessor.States[each.ItemProcessor.StartAt]!;

  it("goes through the objects under a prefix that its input names, 500 to an express child, as many at once as the option says", () => {
    expect(objects).toMatchObject({
      Type: "Map",
      ItemReader: { Resource: "arn:AWS::Partition:states:::s3:listObjectsV2", Parameters: { "Prefix.$": "$.prefix" } },
      ItemBatcher: { MaxItemsPerBatch: 500, MaxInputBytesPerBatch: 131_072 },
      MaxConcurrency: 10,
      ToleratedFailurePercentage: 0,
      End: true,
    });
    expect(objects.ItemProcessor.ProcessorConfig).toEqual({ Mode: "DISTRIBUTED", ExecutionType: "EXPRESS" });
    expect(definitionOf(synthesise({ backfillConcurrency: "3" }).one("AWS::StepFunctions::StateMachine", "Backfill")).States[StartAt]).toMatchObject({ MaxConcurrency: 3 });
  });

  it("writes what became of every batch under a prefix that rings no bell", () => {
    expect(objects["ResultWriter"]).toMatchObject({ Resource: "arn:AWS::Partition:states:::s3:putObject", Parameters: { Prefix: "backfill" } });
    expect(JSON.stringify(objects["ResultWriter"])).toContain("StorageLog");
  });

  it("does nothing but enqueue, a message an object, again where that fails", () => {
    expect(ring).toMatchObject({ Type: "Task", Resource: "arn:AWS::Partition:states:::sqs:sendMessage", Retry: [{ ErrorEquals: ["States.ALL"], JitterStrategy: "FULL" }] });
    expect(String(ring.Parameters["QueueUrl"])).toContain("IntakeArticles");
    expect([each["ItemsPath"], each.ItemProcessor.ProcessorConfig]).toEqual(["$.Items", { Mode: "INLINE" }]);
  });

  it("rings bells that convert hears, without a sequencer", () => {
    const item = { Etag: '"d41d8cd98f00b204e9800998ecf8427e"', Key: "in/2025/a b+ü.txt", LastModified: 1735689600, Size: 42, StorageClass: "STANDARD" };
    const filled: unknown = JSON.parse(JSON.stringify(ring.Parameters["MessageBody"]), (_, value: unknown) => {
      if (typeof value !== "object" || value === null) return value;
      return Object.fromEntries(Object.entries(value).map(([name, path]) => (name.endsWith(".$") ? [name.slice(0, -2), item[String(path).slice(2) as keyof typeof item]] : [name, path as unknown])));
    });
    const message = JSON.parse(JSON.stringify(filled).replace(/"StorageArticles[^"]*"/, '"articles-bucket"')) as unknown;
    expect(parseBell(JSON.stringify(message))).toEqual({ bucket: "articles-bucket", key: "in/2025/a b+ü.txt", deleted: false });
  });

  it("may list articles, write its results, send to one queue and start itself, and no more", () => {
    const own = statementsOf("BackfillStateMachineRoleDefaultPolicy").filter(({ Resource }) => Resource !== "*");
    expect(own.map(({ Action }) => Action)).toEqual(["s3:ListBucket", ["s3:AbortMultipartUpload", "s3:GetObject", "s3:ListMultipartUploadParts", "s3:PutObject"], "sqs:SendMessage"]);
    expect(own[0]).toMatchObject({ Condition: { StringLike: { "s3:prefix": "in/*" } } });
    expect(JSON.stringify(own[1]?.Resource)).toContain('"/backfill/*"');
    expect(statementsOf("BackfillChildren").map(({ Action }) => Action)).toEqual(["states:StartExecution", ["states:DescribeExecution", "states:StopExecution"], "states:RedriveExecution"]);
  });

  it("is traced and logged, names of objects left out", () => {
    expect(machine.Properties).toMatchObject({ TracingConfiguration: { Enabled: true }, LoggingConfiguration: { Level: "ALL", IncludeExecutionData: false } });
  });
});
