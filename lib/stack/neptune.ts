import { Aws, Duration, RemovalPolicy, Stack } from "aws-cdk-lib";
import type { IVpc } from "aws-cdk-lib/aws-ec2";
import { Rule, Schedule } from "aws-cdk-lib/aws-events";
import { SfnStateMachine } from "aws-cdk-lib/aws-events-targets";
import { Policy, PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { LogGroup, type RetentionDays } from "aws-cdk-lib/aws-logs";
import { CfnDBCluster, CfnDBInstance, CfnDBSubnetGroup } from "aws-cdk-lib/aws-neptune";
import type { IBucket } from "aws-cdk-lib/aws-s3";
import { DefinitionBody, LogLevel, StateMachine } from "aws-cdk-lib/aws-stepfunctions";
import { Construct } from "constructs";
import { allow } from "./access.ts";
import { acknowledge, acknowledgeStar } from "./acknowledge.ts";
import type { BundleProps } from "./bundle.ts";
import { Handler } from "./handler.ts";
import { NeptuneNetwork } from "./neptune-network.ts";

export interface NeptuneProps {
  /** The published tree, with its dumps. */
  readonly published: IBucket;
  /** Its log, where the record of what is loaded is kept too. */
  readonly log: IBucket;
  readonly architecture: BundleProps["architecture"];
  readonly logDays: RetentionDays;
  /** How often new dumps are looked for. Default: every hour. */
  readonly schedule?: Schedule;
  /** The most that the cluster grows to, in Neptune capacity units of 2 GiB. */
  readonly maxCapacity?: number;
}

/** Neptune's one port, for SPARQL and the loader. */
const PORT = 8182;
/** Seconds between two looks at the loader's jobs. */
const PAUSE = 20;

/**
 * A serverless Amazon Neptune cluster that holds what the dumps hold, for graphs past what the embedded engine loads. One
 * instance in a network of its own without a way out; who is to query it attaches to `vpc` and is let in by
 * `cluster`'s security group, and signs requests (IAM authentication).
 *
 * It costs even when nobody asks: one capacity unit at the least, 0.1608 US dollars an hour, some 117 a month, and
 * storage (0.10 a GB and month) and I/O (0.20 a million requests) beside it: AWS's public list of 2025 for us-east-1, as
 * remembered. None of this was tried in an account.
 *
 * A state machine loads the dumps, functions/neptune-load.ts step by step: it stands in the network because the cluster's
 * interface can be reached from nowhere else, Step Functions' own integration among it.
 */
export class Neptune extends Construct {
  readonly vpc: IVpc;
  readonly cluster: CfnDBCluster;
  readonly loader: StateMachine;
  /** `https://<cluster>:8182` */
  readonly endpoint: string;

  constructor(scope: Construct, id: string, props: NeptuneProps) {
    super(scope, id);
    const network = new NeptuneNetwork(this, "Network", { buckets: [props.published, props.log], port: PORT, logDays: props.logDays });
    this.vpc = network.vpc;
    const reader = this.#reader(props.published);
    this.cluster = this.#cluster(network, reader, props.maxCapacity ?? 16);
    this.endpoint = `https://${this.cluster.attrEndpoint}:${PORT}`;
    const step = this.#step(network, reader, props);
    this.loader = this.#machine(step, props.logDays);
    const schedule = props.schedule ?? Schedule.rate(Duration.hours(1));
    new Rule(this, "Schedule", { description: "Looks for new dumps to load", schedule, targets: [new SfnStateMachine(this.loader)] });
  }

  /** Whom the bulk loader reads the dumps as. */
  #reader(published: IBucket): Role {
    // Neptune shares its service principal with RDS.
    const role = new Role(this, "Reader", { assumedBy: new ServicePrincipal("rds.amazonaws.com") });
    allow(role, { bucket: published, actions: ["s3:GetObject"], keys: ["dumps/*"] });
    return role;
  }

  #cluster({ vpc, database }: NeptuneNetwork, reader: Role, maxCapacity: number): CfnDBCluster {
    const subnets = new CfnDBSubnetGroup(this, "Subnets", { dbSubnetGroupDescription: "Where Neptune stands", subnetIds: vpc.isolatedSubnets.map(({ subnetId }) => subnetId) });
    const cluster = new CfnDBCluster(this, "Cluster", {
      // No version is named: Neptune takes its newest, and goes on to minor ones by itself.
      serverlessScalingConfiguration: { minCapacity: 1, maxCapacity },
      dbSubnetGroupName: subnets.ref,
      vpcSecurityGroupIds: [database.securityGroupId],
      dbPort: PORT,
      iamAuthEnabled: true,
      storageEncrypted: true,
      backupRetentionPeriod: 7,
      copyTagsToSnapshot: true,
      associatedRoles: [{ roleArn: reader.roleArn }],
    });
    // All in it can be loaded anew. Were it kept, it would go on costing, and hold fast the network that the stack has to delete.
    cluster.applyRemovalPolicy(RemovalPolicy.DESTROY);
    const instance = new CfnDBInstance(this, "Instance", { dbClusterIdentifier: cluster.ref, dbInstanceClass: "db.serverless", autoMinorVersionUpgrade: true });
    instance.applyRemovalPolicy(RemovalPolicy.DESTROY);
    acknowledge(cluster, { "AwsSolutions-N1": "One instance, since every further one costs as much again: what it holds can be loaded anew from the dumps." });
    return cluster;
  }

  #step(network: NeptuneNetwork, reader: Role, { published, log, architecture, logDays }: NeptuneProps): Handler {
    const step = new Handler(this, "Step", {
      name: "neptune-load",
      description: "Takes Neptune a step nearer to the newest dumps",
      architecture,
      memoryMiB: 2048,
      timeout: Duration.minutes(15),
      logDays,
      network: { vpc: network.vpc, securityGroup: network.clients },
      environment: { PUBLISHED_BUCKET: published.bucketName, LOG_BUCKET: log.bucketName, NEPTUNE_ENDPOINT: this.endpoint, NEPTUNE_LOADER_ROLE: reader.roleArn },
    });
    allow(step.role, { bucket: published, actions: ["s3:GetObject"], keys: ["manifest.json", "dumps/*", "state/article/*"] });
    allow(step.role, { bucket: log, actions: ["s3:GetObject"], keys: ["log/*"] });
    allow(step.role, { bucket: log, actions: ["s3:GetObject", "s3:PutObject"], keys: ["neptune/loaded.json"] });
    // As Neptune writes the resources of its data: the star stands for whatever is in this one cluster.
    const data = `arn:${Aws.PARTITION}:neptune-db:${Aws.REGION}:${Aws.ACCOUNT_ID}:${this.cluster.attrClusterResourceId}/*`;
    step.role.addToPrincipalPolicy(
      new PolicyStatement({
        actions: ["neptune-db:ReadDataViaQuery", "neptune-db:WriteDataViaQuery", "neptune-db:DeleteDataViaQuery", "neptune-db:StartLoaderJob", "neptune-db:GetLoaderJobStatus"],
        resources: [data],
      }),
    );
    acknowledgeStar(step.role, data, "Neptune's actions on data are allowed on all that is in one cluster or nothing.");
    return step;
  }

  /** Steps until it is done, unless another run is at it: two at once would drop what the other has loaded. */
  #machine(step: Handler, logDays: RetentionDays): StateMachine {
    const machine = new StateMachine(this, "Loader", {
      definitionBody: DefinitionBody.fromString(Stack.of(this).toJsonString(definition(step.function.functionArn))),
      tracingEnabled: true,
      timeout: Duration.days(2),
      logs: { level: LogLevel.ALL, includeExecutionData: false, destination: new LogGroup(this, "Log", { retention: logDays, removalPolicy: RemovalPolicy.DESTROY }) },
    });
    machine.addToRolePolicy(new PolicyStatement({ actions: ["lambda:InvokeFunction"], resources: [step.function.functionArn] }));
    acknowledge(machine, { "AwsSolutions-IAM5[Resource::*]": "X-Ray and the delivery of logs know no resources: their actions can be allowed on all or none." });
    // In a policy apart, because the machine waits for its role's.
    new Policy(this, "Others", { roles: [machine.role], statements: [new PolicyStatement({ actions: ["states:ListExecutions"], resources: [machine.stateMachineArn] })] });
    return machine;
  }
}

function definition(step: string): unknown {
  const retry = { IntervalSeconds: 5, MaxAttempts: 4, BackoffRate: 3, JitterStrategy: "FULL" };
  return {
    Comment: "Loads what is new in the dumps into Neptune.",
    StartAt: "Others",
    States: {
      Others: {
        Type: "Task",
        Resource: `arn:${Aws.PARTITION}:states:::aws-sdk:sfn:listExecutions`,
        Parameters: { "StateMachineArn.$": "$$.StateMachine.Id", StatusFilter: "RUNNING", MaxResults: 2 },
        ResultSelector: { "running.$": "States.ArrayLength($.Executions)" },
        Retry: [{ ErrorEquals: ["States.ALL"], ...retry }],
        Next: "Alone?",
      },
      "Alone?": { Type: "Choice", Choices: [{ Variable: "$.running", NumericGreaterThan: 1, Next: "Left to the other" }], Default: "Step" },
      "Left to the other": { Type: "Succeed" },
      Step: {
        Type: "Task",
        Resource: step,
        Parameters: {},
        // A step that was cut off goes on from its record.
        Retry: [{ ErrorEquals: ["States.ALL"], ...retry }],
        Next: "Done?",
      },
      "Done?": { Type: "Choice", Choices: [{ Variable: "$.done", BooleanEquals: true, Next: "Loaded" }], Default: "Wait" },
      Wait: { Type: "Wait", Seconds: PAUSE, Next: "Step" },
      Loaded: { Type: "Succeed" },
    },
  };
}
