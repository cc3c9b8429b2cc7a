import { Duration } from "aws-cdk-lib";
import * as cloudfront from "aws-cdk-lib/aws-cloudfront";
import { Construct } from "constructs";
import { regionalName } from "./names.ts";
import { commonHeaders } from "../site/responses.ts";

/** What CloudFront keeps and for how long, and the headers that it adds: those of the local site, and HSTS. */
export class Policies extends Construct {
  /** Documents: by their path alone. `negotiate` has put the format into it by then, so that `Accept` is in no key. */
  readonly documents: cloudfront.CachePolicy;
  /** SPARQL answers: by query and format, as long as they say themselves, a minute at most. */
  readonly answers: cloudfront.CachePolicy;
  /** What of a SPARQL request reaches the function beside that. */
  readonly request: cloudfront.OriginRequestPolicy;
  readonly reading: cloudfront.ResponseHeadersPolicy;
  readonly querying: cloudfront.ResponseHeadersPolicy;
  /** The SPARQL function says who may read its answers; a second voice would only contradict. */
  readonly endpoint: cloudfront.ResponseHeadersPolicy;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.documents = new cloudfront.CachePolicy(this, "Documents", {
      cachePolicyName: regionalName(this, "Documents"),
      comment: "Published documents",
      minTtl: Duration.seconds(0),
      defaultTtl: Duration.seconds(60),
      maxTtl: Duration.days(365),
      enableAcceptEncodingGzip: true,
      enableAcceptEncodingBrotli: true,
    });
    this.answers = new cloudfront.CachePolicy(this, "Answers", {
      cachePolicyName: regionalName(this, "Answers"),
      comment: "SPARQL answers",
      minTtl: Duration.seconds(0),
      defaultTtl: Duration.seconds(0),
      maxTtl: Duration.seconds(60),
      queryStringBehavior: cloudfront.CacheQueryStringBehavior.all(),
      headerBehavior: cloudfront.CacheHeaderBehavior.allowList("Accept"),
      enableAcceptEncodingGzip: true,
      enableAcceptEncodingBrotli: true,
    });
    this.request = new cloudfront.OriginRequestPolicy(this, "Request", {
      originRequestPolicyName: regionalName(this, "Request"),
      comment: "SPARQL requests",
      headerBehavior: cloudfront.OriginRequestHeaderBehavior.allowList("Content-Type", "Origin", "Access-Control-Request-Method", "Access-Control-Request-Headers"),
      queryStringBehavior: cloudfront.OriginRequestQueryStringBehavior.all(),
      cookieBehavior: cloudfront.OriginRequestCookieBehavior.none(),
    });
    this.reading = this.#headers("Reading", "Published documents", commonHeaders());
    this.querying = this.#headers("Querying", "The query page", commonHeaders(true));
    this.endpoint = new cloudfront.ResponseHeadersPolicy(this, "Endpoint", { responseHeadersPolicyName: regionalName(this, "Endpoint"), comment: "SPARQL answers", securityHeadersBehavior: { ...HSTS, ...GUARD } });
  }

  #headers(id: string, comment: string, local: Headers): cloudfront.ResponseHeadersPolicy {
    return new cloudfront.ResponseHeadersPolicy(this, id, {
      responseHeadersPolicyName: regionalName(this, id),
      comment,
      corsBehavior: {
        accessControlAllowOrigins: ["*"],
        accessControlAllowMethods: ["GET", "HEAD", "OPTIONS"],
        accessControlAllowHeaders: ["Accept", "If-None-Match"],
        accessControlExposeHeaders: headerOf(local, "Access-Control-Expose-Headers").split(", "),
        accessControlAllowCredentials: false,
        accessControlMaxAge: Duration.days(1),
        originOverride: true,
      },
      customHeadersBehavior: { customHeaders: [{ header: "Cross-Origin-Resource-Policy", value: headerOf(local, "Cross-Origin-Resource-Policy"), override: true }] },
      securityHeadersBehavior: {
        ...HSTS,
        ...GUARD,
        contentSecurityPolicy: { contentSecurityPolicy: headerOf(local, "Content-Security-Policy"), override: true },
      },
    });
  }
}

const HSTS: cloudfront.ResponseSecurityHeadersBehavior = {
  strictTransportSecurity: { accessControlMaxAge: Duration.days(365), includeSubdomains: false, preload: false, override: true },
};
const GUARD: cloudfront.ResponseSecurityHeadersBehavior = {
  contentTypeOptions: { override: true },
  referrerPolicy: { referrerPolicy: cloudfront.HeadersReferrerPolicy.NO_REFERRER, override: true },
};

function headerOf(headers: Headers, name: string): string {
  const value = headers.get(name);
  if (value === null) throw new Error(`The local site sends no ${name}.`);
  return value;
}
