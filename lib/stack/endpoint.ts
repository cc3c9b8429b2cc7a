import { Duration, RemovalPolicy } from "aws-cdk-lib";
import * as lambda from "aws-cdk-lib/aws-lambda";
import * as secretsmanager from "aws-cdk-lib/aws-secretsmanager";
import { Construct } from "constructs";
import { acknowledge } from "./acknowledge.ts";
import { allow } from "./access.ts";
import { Handler } from "./handler.ts";
import type { StackOptions } from "./options.ts";
import type { Storage } from "./storage.ts";

export interface EndpointProps {
  readonly storage: Storage;
  readonly options: StackOptions;
}

/**
 * SPARQL over the published dumps, behind a function URL that streams. CloudFront cannot sign the bodies of POST requests to a
 * function URL, so the URL asks for no signature, and the function refuses whoever does not send the distribution's secret. The
 * data are public and only read: the secret keeps requests within what CloudFront caches and bounds. It is made in the
 * account and stands in no template.
 */
export class Endpoint extends Construct {
  readonly handler: Handler;
  readonly url: lambda.FunctionUrl;
  /** What the distribution sends in `x-origin-secret`: a reference that CloudFormation resolves. */
  readonly originSecret: string;

  constructor(scope: Construct, id: string, { storage, options }: EndpointProps) {
    super(scope, id);
    const secret = new secretsmanager.Secret(this, "OriginSecret", {
      description: "Sent by CloudFront to the SPARQL function, which refuses all others.",
      generateSecretString: { passwordLength: 48, excludePunctuation: true },
      removalPolicy: RemovalPolicy.DESTROY,
    });
    acknowledge(secret, { "AwsSolutions-SMG4": "It guards nothing secret. Rotating it alone would part the distribution from the function: a new one is made by replacing the resource." });
    this.originSecret = secret.secretValue.unsafeUnwrap();
    this.handler = new Handler(this, "Sparql", {
      name: "sparql",
      beside: ["lib/sparql/worker.ts"],
      description: "Answers the SPARQL 1.1 Protocol over what is published.",
      architecture: options.architecture,
      logDays: options.logDays,
      memoryMiB: 2048,
      // As long as CloudFront waits.
      timeout: Duration.seconds(30),
      environment: { PUBLISHED_BUCKET: storage.published.bucketName, ORIGIN_SECRET: this.originSecret },
      ...(options.sparqlConcurrency === undefined ? {} : { reservedConcurrency: options.sparqlConcurrency }),
    });
    allow(this.handler.role, { bucket: storage.published, actions: ["s3:GetObject"], keys: ["manifest.json", "dumps/*"] });
    this.url = this.handler.function.addFunctionUrl({ authType: lambda.FunctionUrlAuthType.NONE, invokeMode: lambda.InvokeMode.RESPONSE_STREAM });
  }
}
