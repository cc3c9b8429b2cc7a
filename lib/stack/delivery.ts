import { ArnFormat, Duration, Stack } from "aws-cdk-lib";
import * as acm from "aws-cdk-lib/aws-certificatemanager";
import * as cloudfront from "aws-cdk-lib/aws-cloudfront";
import * as origins from "aws-cdk-lib/aws-cloudfront-origins";
import * as iam from "aws-cdk-lib/aws-iam";
import type * as s3 from "aws-cdk-lib/aws-s3";
import { Construct } from "constructs";
import { acknowledge } from "./acknowledge.ts";
import type { Endpoint } from "./endpoint.ts";
import { regionalName } from "./names.ts";
import { Negotiate } from "./negotiate.ts";
import type { StackOptions } from "./options.ts";
import { Policies } from "./policies.ts";
import { NOT_FOUND, PUBLIC_KEYS } from "./public-keys.ts";

export interface DeliveryProps {
  readonly published: s3.IBucket;
  readonly endpoint: Endpoint;
  readonly options: StackOptions;
}

/**
 * What the world sees: documents from the published bucket, read with the distribution's own signature and negotiated at the
 * edge, and `/sparql` from its function. Nothing but GET, HEAD and OPTIONS reaches the bucket.
 */
export class Delivery extends Construct {
  readonly distribution: cloudfront.Distribution;
  /** Where the site begins on its host: the path of the base IRI, where that is on the domain; else the root. */
  readonly root: string;
  /** Where the distribution itself is reached. */
  readonly site: string;
  /** Base IRI of all that is published. */
  readonly base: string;

  constructor(scope: Construct, id: string, { published, endpoint, options }: DeliveryProps) {
    super(scope, id);
    this.root = rootOf(options);
    const path = this.root.slice(1);
    const policies = new Policies(this, "Policies");
    const negotiate = new Negotiate(this, "Negotiate", { root: this.root });
    const documents: cloudfront.BehaviorOptions = {
      origin: this.#bucketOrigin(published),
      cachePolicy: policies.documents,
      responseHeadersPolicy: policies.reading,
      allowedMethods: cloudfront.AllowedMethods.ALLOW_GET_HEAD_OPTIONS,
      cachedMethods: cloudfront.CachedMethods.CACHE_GET_HEAD,
      viewerProtocolPolicy: cloudfront.ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      functionAssociations: [...negotiate.associations],
      compress: true,
    };
    this.distribution = new cloudfront.Distribution(this, "Distribution", {
      comment: `${Stack.of(this).stackName}: published documents and SPARQL`,
      // `negotiate` says so too; the root of a bucket is its list, which nobody is to have.
      defaultRootObject: "index.html",
      defaultBehavior: documents,
      additionalBehaviors: {
        [`${path}query`]: { ...documents, responseHeadersPolicy: policies.querying },
        [`${path}query.html`]: { ...documents, responseHeadersPolicy: policies.querying },
        [`${path}sparql`]: this.#sparql(endpoint, policies),
      },
      errorResponses: [
        // Where the bucket has nothing. What is missing now may be published in a moment.
        { httpStatus: 404, responseHttpStatus: 404, responsePagePath: `/${NOT_FOUND}`, ttl: Duration.seconds(10) },
        // Kept ten seconds unless said otherwise, and a SPARQL client is told to come again in five.
        ...[500, 502, 503, 504].map((httpStatus) => ({ httpStatus, ttl: Duration.seconds(0) })),
      ],
      httpVersion: cloudfront.HttpVersion.HTTP2_AND_3,
      priceClass: cloudfront.PriceClass.PRICE_CLASS_100,
      ...(options.domain === undefined || options.certificate === undefined
        ? {}
        : {
            domainNames: [options.domain],
            certificate: acm.Certificate.fromCertificateArn(this, "Certificate", options.certificate),
            minimumProtocolVersion: cloudfront.SecurityPolicyProtocol.TLS_V1_2_2021,
          }),
    });
    this.#letRead(published);
    this.site = `https://${options.domain ?? this.distribution.distributionDomainName}/`;
    this.base = options.base ?? this.site;
    acknowledge(this, {
      "AwsSolutions-CFR1": "News of diplomacy is for every country.",
      "AwsSolutions-CFR2": "A firewall costs more a month than all the rest; what answers are static objects, and one read-only function with limits of its own.",
      "AwsSolutions-CFR3": "Who reads what is nobody's business: no addresses of readers are kept.",
      ...(options.domain === undefined ? { "AwsSolutions-CFR4": "CloudFront's own certificate allows no choice of protocols: with a domain of one's own it is TLS 1.2 at the least." } : {}),
    });
  }

  #bucketOrigin(bucket: s3.IBucket): cloudfront.IOrigin {
    const access = new cloudfront.S3OriginAccessControl(this, "Access", { originAccessControlName: regionalName(this, "Access"), signing: cloudfront.Signing.SIGV4_ALWAYS });
    // Not `withOriginAccessControl`, which would let it read every key.
    return origins.S3BucketOrigin.withBucketDefaults(bucket, { originAccessControlId: access.originAccessControlId });
  }

  /**
   * Lets this distribution read what is public. Listing is what makes S3 say 404 and not 403 where nothing is; nobody can list
   * through it, since every path it asks for names an object and no query string is passed on.
   */
  #letRead(bucket: s3.IBucket): void {
    const arn = Stack.of(this).formatArn({ service: "cloudfront", region: "", resource: "distribution", resourceName: this.distribution.distributionId, arnFormat: ArnFormat.SLASH_RESOURCE_NAME });
    const common = { principals: [new iam.ServicePrincipal("cloudfront.amazonaws.com")], conditions: { StringEquals: { "AWS:SourceArn": arn } } };
    bucket.addToResourcePolicy(new iam.PolicyStatement({ ...common, actions: ["s3:GetObject"], resources: PUBLIC_KEYS.map((key) => bucket.arnForObjects(key)) }));
    bucket.addToResourcePolicy(new iam.PolicyStatement({ ...common, actions: ["s3:ListBucket"], resources: [bucket.bucketArn] }));
  }

  #sparql({ url, originSecret }: Endpoint, policies: Policies): cloudfront.BehaviorOptions {
    return {
      origin: new origins.FunctionUrlOrigin(url, { readTimeout: Duration.seconds(30), keepaliveTimeout: Duration.seconds(30), customHeaders: { "x-origin-secret": originSecret } }),
      cachePolicy: policies.answers,
      originRequestPolicy: policies.request,
      responseHeadersPolicy: policies.endpoint,
      // There is no smaller set with POST in it; the function refuses the others.
      allowedMethods: cloudfront.AllowedMethods.ALLOW_ALL,
      viewerProtocolPolicy: cloudfront.ViewerProtocolPolicy.HTTPS_ONLY,
      compress: true,
    };
  }
}

function rootOf({ base, domain }: StackOptions): string {
  if (base === undefined || domain === undefined) return "/";
  const { hostname, pathname } = new URL(base);
  return hostname === domain ? pathname : "/";
}
