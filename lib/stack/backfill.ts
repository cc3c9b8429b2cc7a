import { ArnFormat, Aws, RemovalPolicy, Stack } from "aws-cdk-lib";
import { Policy, PolicyStatement } from "aws-cdk-lib/aws-iam";
import { LogGroup, type RetentionDays } from "aws-cdk-lib/aws-logs";
import type { IBucket } from "aws-cdk-lib/aws-s3";
import type { IQueue } from "aws-cdk-lib/aws-sqs";
import { DefinitionBody, LogLevel, StateMachine } from "aws-cdk-lib/aws-stepfunctions";
import { Construct } from "constructs";

export interface BackfillProps {
  /** Where the articles lie, under `in/`. */
  readonly articles: IBucket;
  /** Where a run writes what became of its batches, under `backfill/`: the log bucket. */
  readonly results: IBucket;
  /** The queue that convert reads. */
  readonly queue: IQueue;
  /** How many batches of 500 objects are rung at once. */
  readonly concurrency: number;
  readonly logRetention?: RetentionDays;
}

/** Objects of one child. A listing says some 200 bytes of each; with the longest names fewer go in, half of a state's 256 KiB. */
const BATCH = 500;
const BATCH_BYTES = 131_072;
/** Messages that one child has on their way at once; Step Functions goes no higher within one Map. */
const SENDERS = 40;
const RESULTS = "backfill";

/**
 * Rings the bell of every object under a prefix: a Step Functions Distributed Map over the listing, whose children do
 * nothing but enqueue what S3 itself would have sent. It is started with `{"prefix": "in/…"}`; its role can list no other
 * prefix. A send that fails after its retries fails the batch, and one failed batch the run, which can then be redriven
 * or started anew: a bell rung twice converts nothing twice.
 *
 * A listing tells no sequencer, so these bells have none and cannot be put in order with live events by themselves. What
 * keeps a backfill from undoing one is that a bell carries no content. Convert reads what it last knew of the object,
 * then the object as it is, and puts what it read just after the newest event known of it (`sequencerAfter` in
 * lib/intake/source-record.ts). A live event that comes in between is the newer, in whichever order the queues deliver.
 * A sequencer made up here would either lose to every event there was, so that nothing could ever be converted anew, or
 * win against one that came after the reading.
 */
export class Backfill extends Construct {
  readonly stateMachine: StateMachine;

  constructor(scope: Construct, id: string, props: BackfillProps) {
    super(scope, id);
    const { articles, results, queue, logRetention } = props;
    this.stateMachine = new StateMachine(this, "StateMachine", {
      definitionBody: DefinitionBody.fromString(Stack.of(this).toJsonString(definition(props))),
      tracingEnabled: true,
      logs: {
        level: LogLevel.ALL,
        // Executions in the console show names of objects; the log need not keep them too.
        includeExecutionData: false,
        destination: new LogGroup(this, "Log", { ...(logRetention === undefined ? {} : { retention: logRetention }), removalPolicy: RemovalPolicy.DESTROY }),
      },
    });
    this.stateMachine.addToRolePolicy(
      new PolicyStatement({ actions: ["s3:ListBucket"], resources: [articles.bucketArn], conditions: { StringLike: { "s3:prefix": "in/*" } } }),
    );
    this.stateMachine.addToRolePolicy(
      new PolicyStatement({
        actions: ["s3:PutObject", "s3:GetObject", "s3:ListMultipartUploadParts", "s3:AbortMultipartUpload"],
        resources: [results.arnForObjects(`${RESULTS}/*`)],
      }),
    );
    this.stateMachine.addToRolePolicy(new PolicyStatement({ actions: ["sqs:SendMessage"], resources: [queue.queueArn] }));
    this.#startItself();
  }

  /** A Distributed Map starts its children as executions of its own machine. In a policy apart, because the machine waits for its role's. */
  #startItself(): void {
    const { stateMachineArn, stateMachineName, role } = this.stateMachine;
    const executions = (name: string): string => Stack.of(this).formatArn({ service: "states", resource: "execution", resourceName: `${name}:*`, arnFormat: ArnFormat.COLON_RESOURCE_NAME });
    new Policy(this, "Children", {
      roles: [role],
      statements: [
        new PolicyStatement({ actions: ["states:StartExecution"], resources: [stateMachineArn] }),
        new PolicyStatement({ actions: ["states:DescribeExecution", "states:StopExecution"], resources: [executions(stateMachineName)] }),
        new PolicyStatement({ actions: ["states:RedriveExecution"], resources: [executions(`${stateMachineName}/*`)] }),
      ],
    });
  }
}

function definition({ articles, results, queue, concurrency }: BackfillProps): unknown {
  return {
    Comment: "Rings the bell of every article under a prefix.",
    StartAt: "Objects",
    States: {
      Objects: {
        Type: "Map",
        Label: "Objects",
        ItemReader: { Resource: `arn:${Aws.PARTITION}:states:::s3:listObjectsV2`, Parameters: { Bucket: articles.bucketName, "Prefix.$": "$.prefix" } },
        ItemBatcher: { MaxItemsPerBatch: BATCH, MaxInputBytesPerBatch: BATCH_BYTES },
        MaxConcurrency: concurrency,
        ToleratedFailurePercentage: 0,
        ItemProcessor: {
          ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "EXPRESS" },
          StartAt: "Ring each",
          States: { "Ring each": ringEach(articles, queue) },
        },
        ResultWriter: {
          Resource: `arn:${Aws.PARTITION}:states:::s3:putObject`,
          Parameters: { Bucket: results.bucketName, Prefix: RESULTS },
          WriterConfig: { Transformation: "NONE", OutputType: "JSONL" },
        },
        End: true,
      },
    },
  };
}

function ringEach(articles: IBucket, queue: IQueue): unknown {
  return {
    Type: "Map",
    ItemsPath: "$.Items",
    MaxConcurrency: SENDERS,
    ItemProcessor: {
      ProcessorConfig: { Mode: "INLINE" },
      StartAt: "Ring",
      States: {
        Ring: {
          Type: "Task",
          Resource: `arn:${Aws.PARTITION}:states:::sqs:sendMessage`,
          Parameters: {
            QueueUrl: queue.queueUrl,
            // As S3 tells EventBridge of a new object, less what a listing does not say.
            MessageBody: {
              source: "communique.backfill",
              "detail-type": "Object Created",
              detail: { bucket: { name: articles.bucketName }, object: { "key.$": "$.Key", "size.$": "$.Size" }, reason: "Backfill" },
            },
          },
          Retry: [{ ErrorEquals: ["States.ALL"], IntervalSeconds: 1, MaxAttempts: 6, BackoffRate: 2, MaxDelaySeconds: 20, JitterStrategy: "FULL" }],
          ResultPath: null,
          End: true,
        },
      },
    },
    ResultSelector: { "rung.$": "States.ArrayLength($)" },
    End: true,
  };
}
