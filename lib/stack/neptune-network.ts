import { FlowLogDestination, FlowLogTrafficType, GatewayVpcEndpointAwsService, Peer, Port, SecurityGroup, SubnetType, Vpc, type ISecurityGroup, type IVpc } from "aws-cdk-lib/aws-ec2";
import { AnyPrincipal, PolicyStatement } from "aws-cdk-lib/aws-iam";
import { RemovalPolicy } from "aws-cdk-lib";
import { LogGroup, type RetentionDays } from "aws-cdk-lib/aws-logs";
import type { IBucket } from "aws-cdk-lib/aws-s3";
import { Construct } from "constructs";

export interface NeptuneNetworkProps {
  /** The only buckets that can be reached from within. */
  readonly buckets: readonly IBucket[];
  readonly port: number;
  readonly logDays: RetentionDays;
}

/** Two subnets without a way to or from the internet, and a door to S3, which costs nothing. */
export class NeptuneNetwork extends Construct {
  readonly vpc: IVpc;
  /** Of the cluster. */
  readonly database: SecurityGroup;
  /** Of those who may ask it. */
  readonly clients: ISecurityGroup;

  constructor(scope: Construct, id: string, { buckets, port, logDays }: NeptuneNetworkProps) {
    super(scope, id);
    const vpc = new Vpc(this, "Vpc", {
      maxAzs: 2,
      natGateways: 0,
      subnetConfiguration: [{ name: "Isolated", subnetType: SubnetType.PRIVATE_ISOLATED, cidrMask: 24 }],
      // The default group is used by nothing here; closing it would take a function of its own.
      restrictDefaultSecurityGroup: false,
    });
    vpc.addFlowLog("Refused", {
      trafficType: FlowLogTrafficType.REJECT,
      destination: FlowLogDestination.toCloudWatchLogs(new LogGroup(this, "FlowLog", { retention: logDays, removalPolicy: RemovalPolicy.DESTROY })),
    });
    const s3 = vpc.addGatewayEndpoint("S3", { service: GatewayVpcEndpointAwsService.S3 });
    s3.addToPolicy(
      new PolicyStatement({
        principals: [new AnyPrincipal()],
        actions: ["s3:GetObject", "s3:PutObject", "s3:ListBucket"],
        resources: buckets.flatMap((bucket) => [bucket.bucketArn, bucket.arnForObjects("*")]),
      }),
    );
    // Said so, since CDK's types do not know `exactOptionalPropertyTypes`.
    this.vpc = vpc as IVpc;
    const outward = { vpc: this.vpc, allowAllOutbound: false };
    const clients = new SecurityGroup(this, "Clients", { ...outward, description: "Those who may ask Neptune" });
    this.database = new SecurityGroup(this, "Database", { ...outward, description: "Neptune" });
    for (const group of [clients, this.database]) group.addEgressRule(Peer.anyIpv4(), Port.HTTPS, "S3, by its gateway: there is no other way out");
    clients.connections.allowTo(this.database, Port.tcp(port), "SPARQL and the loader");
    this.clients = clients;
  }
}
