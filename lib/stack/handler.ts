import { join } from "node:path";
import { AssetHashType, DockerImage, RemovalPolicy, Stack, type Duration } from "aws-cdk-lib";
import * as ec2 from "aws-cdk-lib/aws-ec2";
import * as iam from "aws-cdk-lib/aws-iam";
import * as lambda from "aws-cdk-lib/aws-lambda";
import * as logs from "aws-cdk-lib/aws-logs";
import { Construct } from "constructs";
import { acknowledge } from "./acknowledge.ts";
import { handlerOf, writeBundle, type BundleProps } from "./bundle.ts";

export interface HandlerProps {
  /** Of `functions/<name>.ts`, of its code's folder, and of its metrics and traces. */
  readonly name: string;
  /** Modules that it starts by themselves. */
  readonly beside?: readonly string[];
  readonly description: string;
  readonly architecture: BundleProps["architecture"];
  readonly memoryMiB: number;
  readonly timeout: Duration;
  readonly logDays: logs.RetentionDays;
  readonly environment?: Readonly<Record<string, string>>;
  readonly reservedConcurrency?: number;
  /** Where it stands if not in Lambda's own network: subnets without a way out. */
  readonly network?: { readonly vpc: ec2.IVpc; readonly securityGroup: ec2.ISecurityGroup };
}

/** The namespace of our metrics. */
export const METRICS = "Communique";

/** What our metrics of a function are told apart by: the stack's name is in it, so that two stages are never added up. */
export function serviceOf(scope: Construct, name: string): string {
  return `${Stack.of(scope).stackName}-${name}`;
}

/**
 * A Lambda function of ours: its bundle, a role that may write its own log and traces and nothing else yet, and a log that
 * ends. The newest Node that Lambda has.
 */
export class Handler extends Construct {
  readonly function: lambda.Function;
  readonly role: iam.Role;

  constructor(scope: Construct, id: string, props: HandlerProps) {
    super(scope, id);
    const { name, architecture } = props;
    this.role = new iam.Role(this, "Role", { assumedBy: new iam.ServicePrincipal("lambda.amazonaws.com") });
    const logGroup = new logs.LogGroup(this, "Log", { retention: props.logDays, removalPolicy: RemovalPolicy.DESTROY });
    logGroup.grantWrite(this.role);
    const { network } = props;
    if (network !== undefined) {
      const actions = ["CreateNetworkInterface", "DescribeNetworkInterfaces", "DescribeSubnets", "DeleteNetworkInterface", "AssignPrivateIpAddresses", "UnassignPrivateIpAddresses"];
      this.role.addToPrincipalPolicy(new iam.PolicyStatement({ actions: actions.map((action) => `ec2:${action}`), resources: ["*"] }));
    }
    this.function = new lambda.Function(this, "Function", {
      description: props.description,
      runtime: lambda.Runtime.NODEJS_24_X,
      architecture: architectureOf(architecture),
      handler: handlerOf(name),
      code: codeOf({ name, entry: `functions/${name}.ts`, architecture, ...(props.beside === undefined ? {} : { beside: props.beside }) }),
      role: this.role,
      memorySize: props.memoryMiB,
      timeout: props.timeout,
      tracing: lambda.Tracing.ACTIVE,
      logGroup,
      loggingFormat: lambda.LoggingFormat.JSON,
      systemLogLevelV2: lambda.SystemLogLevel.WARN,
      environment: {
        POWERTOOLS_SERVICE_NAME: serviceOf(this, name),
        POWERTOOLS_METRICS_NAMESPACE: METRICS,
        ...props.environment,
      },
      ...(network === undefined ? {} : { vpc: network.vpc, vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED }, securityGroups: [network.securityGroup] }),
      ...(props.reservedConcurrency === undefined ? {} : { reservedConcurrentExecutions: props.reservedConcurrency }),
    });
    acknowledge(this, {
      "AwsSolutions-IAM5[Resource::*]": "X-Ray knows no resources, nor do network interfaces that are yet to be made: their actions can be allowed on all or none.",
    });
  }
}

export function architectureOf(architecture: BundleProps["architecture"]): lambda.Architecture {
  return architecture === "x64" ? lambda.Architecture.X86_64 : lambda.Architecture.ARM_64;
}

/** The code of a function, bundled at synth on this machine. */
export function codeOf(props: BundleProps): lambda.Code {
  return lambda.Code.fromAsset(join(import.meta.dirname, "../../functions"), {
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      // Never run, but CDK wants them named, and tells bundles of one source folder apart by them.
      image: DockerImage.fromRegistry("scratch"),
      command: [props.name, props.architecture],
      local: {
        tryBundle(folder) {
          writeBundle(folder, props);
          return true;
        },
      },
    },
  });
}
