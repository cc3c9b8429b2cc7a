import { readFileSync } from "node:fs";
import { Match } from "aws-cdk-lib/assertions";
import { describe, expect, it } from "vitest";
import { keys } from "../../lib/publication/layout.ts";
import { OWN_METRICS } from "../../lib/stack/metrics.ts";
import { PUBLIC_KEYS } from "../../lib/stack/public-keys.ts";
import { commonHeaders } from "../../lib/site/responses.ts";
import { synthesise, type Resource } from "../support/stack.ts";

const stack = synthesise();
const { template } = stack;
const bucket = (id: string): Resource => stack.one("AWS::S3::Bucket", id);
const queue = (id: string): Resource => stack.one("AWS::SQS::Queue", id);
const ours = (): readonly Resource[] => stack.resources("AWS::Lambda::Function").filter(({ id }) => !id.startsWith("CustomCDK"));

describe("storage", () => {
  it("is private, encrypted, read over TLS 1.2 only, and kept", () => {
    expect(stack.resources("AWS::S3::Bucket")).toHaveLength(3);
    for (const { id, Properties, ...policies } of stack.resources("AWS::S3::Bucket")) {
      expect(policies, id).toMatchObject({ DeletionPolicy: "RetainExceptOnCreate", UpdateReplacePolicy: "Retain" });
      expect(Properties, id).toMatchObject({
        PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true },
        BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" } }] },
        OwnershipControls: { Rules: [{ ObjectOwnership: "BucketOwnerEnforced" }] },
      });
      template.hasResourceProperties("AWS::S3::BucketPolicy", {
        Bucket: { Ref: id },
        PolicyDocument: {
          Statement: Match.arrayWith([
            Match.objectLike({ Effect: "Deny", Condition: { Bool: { "aws:SecureTransport": "false" } } }),
            Match.objectLike({ Effect: "Deny", Condition: { NumericLessThan: { "s3:TlsVersion": 1.2 } } }),
          ]),
        },
      });
    }
  });

  it("keeps old versions of articles and the log for as long as said, and none of what is published", () => {
    for (const id of ["StorageArticles", "StorageLog"]) {
      expect(bucket(id).Properties).toMatchObject({ VersioningConfiguration: { Status: "Enabled" } });
      expect(JSON.stringify(bucket(id).Properties)).toContain('"NoncurrentVersionExpiration":{"NoncurrentDays":30}');
    }
    expect(bucket("StoragePublished").Properties).not.toHaveProperty("VersioningConfiguration");
    expect(JSON.stringify(synthesise({ retentionDays: "7" }).one("AWS::S3::Bucket", "StorageArticles").Properties)).toContain('"NoncurrentDays":7');
  });

  it("never deletes what is current", () => {
    expect(JSON.stringify(stack.resources("AWS::S3::Bucket"))).not.toMatch(/"ExpirationInDays"|"ExpirationDate"/);
  });

  it("tells EventBridge of articles without a function for it", () => {
    expect(bucket("StorageArticles").Properties).toMatchObject({ NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } } });
    template.resourceCountIs("Custom::S3BucketNotifications", 0);
  });
});

describe("intake", () => {
  it("rings for what comes and goes under in/, and for nothing else", () => {
    template.hasResourceProperties("AWS::Events::Rule", {
      EventPattern: {
        source: ["aws.s3"],
        "detail-type": ["Object Created", "Object Deleted"],
        detail: {
          bucket: { name: [{ Ref: bucket("StorageArticles").id }] },
          object: { key: [{ prefix: "in/" }] },
          // S3's own removal of old versions changes no article; a lifecycle rule that deletes current ones makes markers.
          $or: [{ reason: [{ "anything-but": "Lifecycle Expiration" }] }, { "deletion-type": ["Delete Marker Created"] }],
        },
      },
      Targets: [Match.objectLike({ Arn: { "Fn::GetAtt": [queue("IntakeArticlesQueue").id, "Arn"] }, DeadLetterConfig: { Arn: { "Fn::GetAtt": [queue("IntakeArticlesDead").id, "Arn"] } } })],
    });
  });

  it.each([["Convert", "Articles"], ["Catalogue", "Catalogue"]])("lets %s take messages off its own queue, and say when they come again, and off no other", (role, name) => {
    const { Statement } = stack.one("AWS::IAM::Policy", `Intake${role}Role`).Properties["PolicyDocument"] as { Statement: readonly { Action: string | readonly string[]; Resource: unknown }[] };
    for (const action of ["sqs:DeleteMessage", "sqs:ChangeMessageVisibility"]) {
      expect(Statement.filter(({ Action }) => [Action].flat().includes(action)).map(({ Resource }) => Resource)).toEqual([{ "Fn::GetAtt": [queue(`Intake${name}Queue`).id, "Arn"] }]);
    }
  });

  it.each([
    ["Articles", "IntakeConvertFunction", 10, 0],
    ["Catalogue", "IntakeCatalogueFunction", 500, 60],
  ])("hides messages of %s for six times as long as their function may take, and for its window", (name, functionId, batch, window) => {
    const timeout = stack.one("AWS::Lambda::Function", functionId).Properties["Timeout"] as number;
    const source = queue(`Intake${name}Queue`);
    expect(source.Properties["VisibilityTimeout"]).toBeGreaterThanOrEqual(6 * timeout + window);
    expect(source.Properties).toMatchObject({
      SqsManagedSseEnabled: true,
      RedrivePolicy: { maxReceiveCount: 5, deadLetterTargetArn: { "Fn::GetAtt": [queue(`Intake${name}Dead`).id, "Arn"] } },
      RedriveAllowPolicy: { redrivePermission: "denyAll" },
    });
    template.hasResourceProperties("AWS::Lambda::EventSourceMapping", {
      EventSourceArn: { "Fn::GetAtt": [source.id, "Arn"] },
      BatchSize: batch,
      ...(window === 0 ? {} : { MaximumBatchingWindowInSeconds: window }),
      FunctionResponseTypes: ["ReportBatchItemFailures"],
      ScalingConfig: { MaximumConcurrency: name === "Catalogue" ? 2 : 10 },
    });
  });

  it("takes messages over TLS only, and keeps those that failed for fourteen days", () => {
    for (const { id, Properties } of stack.resources("AWS::SQS::Queue")) {
      expect(Properties, id).toMatchObject({ MessageRetentionPeriod: 14 * 24 * 3600, SqsManagedSseEnabled: true });
      template.hasResourceProperties("AWS::SQS::QueuePolicy", {
        Queues: [{ Ref: id }],
        PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Effect: "Deny", Condition: { Bool: { "aws:SecureTransport": "false" } } })]) },
      });
    }
  });

  it("converts as many at a time as said", () => {
    synthesise({ convertConcurrency: "50" }).template.hasResourceProperties("AWS::Lambda::EventSourceMapping", { BatchSize: 10, ScalingConfig: { MaximumConcurrency: 50 } });
  });
});

describe("functions", () => {
  it("run on Node 24 and ARM, traced, with a log in JSON that ends", () => {
    expect(ours().map(({ Properties }) => Properties["Handler"])).toEqual(expect.arrayContaining(["code/convert/index.handler", "code/catalogue/index.handler", "code/sparql/index.handler"]));
    for (const { id, Properties } of ours()) {
      expect(Properties, id).toMatchObject({ Runtime: "nodejs24.x", Architectures: ["arm64"], TracingConfig: { Mode: "Active" }, LoggingConfig: { LogFormat: "JSON" } });
      const { LogGroup } = Properties["LoggingConfig"] as { LogGroup: { Ref: string } };
      expect(stack.one("AWS::Logs::LogGroup", LogGroup.Ref).Properties).toEqual(expect.objectContaining({ RetentionInDays: 30 }));
    }
    expect(stack.one("AWS::Lambda::Function", "IntakeConvertFunction").Properties).toMatchObject({ MemorySize: 1769 });
  });

  it("reserve nothing of the account's unless asked", () => {
    expect(ours().filter(({ Properties }) => Properties["ReservedConcurrentExecutions"] !== undefined)).toEqual([]);
    expect(synthesise({ sparqlConcurrency: 5 }).one("AWS::Lambda::Function", "EndpointSparqlFunction").Properties).toMatchObject({ ReservedConcurrentExecutions: 5 });
  });

  it("count at most ten metrics, each under the name of its stack", () => {
    expect(Object.keys(OWN_METRICS).length).toBeLessThanOrEqual(10);
    for (const name of ["convert", "catalogue", "sparql"]) {
      const source = readFileSync(new URL(`../../functions/${name}.ts`, import.meta.url), "utf8");
      const counted = [...source.matchAll(/\bcount\(\{([^}]*)\}/g)].flatMap(([, metrics = ""]) => [...metrics.matchAll(/(\w+):/g)].map(([, metric]) => metric));
      const timed = [...source.matchAll(/\btime\("(\w+)"/g)].map(([, metric]) => metric);
      expect([...new Set([...counted, ...timed])].sort(), name).toEqual(Object.entries(OWN_METRICS).filter(([, by]) => by === name).map(([metric]) => metric).sort());
    }
    expect(stack.one("AWS::Lambda::Function", "IntakeConvertFunction").Properties).toMatchObject({
      Environment: { Variables: { POWERTOOLS_METRICS_NAMESPACE: "Communique", POWERTOOLS_SERVICE_NAME: "Communique-convert" } },
    });
  });
});

describe("delivery", () => {
  const config = (of = stack): Record<string, unknown> => of.resources("AWS::CloudFront::Distribution")[0]?.Properties["DistributionConfig"] as Record<string, unknown>;
  const behaviours = (of = stack): readonly Record<string, unknown>[] => config(of)["CacheBehaviors"] as readonly Record<string, unknown>[];
  const behaviour = (path: string, of = stack): Record<string, unknown> => behaviours(of).find(({ PathPattern }) => PathPattern === path) ?? {};
  const policyOf = (of: Record<string, unknown>, name: string): Record<string, unknown> => {
    const { Ref } = of[name] as { Ref: string };
    return stack.resources().find(({ id }) => id === Ref)?.Properties as Record<string, unknown>;
  };
  const readable = (key: string): boolean => PUBLIC_KEYS.some((pattern) => (pattern.endsWith("*") ? key.startsWith(pattern.slice(0, -1)) : key === pattern));

  it("reads what is public of the published bucket, for this distribution alone", () => {
    const allowed = (stack.resources("AWS::S3::BucketPolicy")).flatMap(({ Properties }) => (Properties["PolicyDocument"] as { Statement: readonly Record<string, unknown>[] }).Statement).filter(({ Effect }) => Effect === "Allow");
    expect(allowed.map(({ Action, Principal }) => [Action, Principal])).toEqual([
      ["s3:GetObject", { Service: "cloudfront.amazonaws.com" }],
      ["s3:ListBucket", { Service: "cloudfront.amazonaws.com" }],
    ]);
    for (const { Condition } of allowed) expect(JSON.stringify(Condition)).toMatch(/^\{"StringEquals":\{"AWS:SourceArn":.*"DeliveryDistribution\w+"/);
    const arn = { "Fn::GetAtt": [bucket("StoragePublished").id, "Arn"] };
    expect(allowed[0]?.["Resource"]).toEqual(PUBLIC_KEYS.toSorted().map((key) => ({ "Fn::Join": ["", [arn, `/${key}`]] })));
    expect(allowed[1]?.["Resource"]).toEqual(arn);
  });

  it("can read every document and nothing of the publisher's own", () => {
    const documents = [keys.manifest, keys.start, keys.article("a", "nq"), keys.text("a"), keys.entity("person/a", "ttl"), keys.sealed("person/a", 1, "html"), keys.month("2025-02"), keys.day("2025-02-24"), keys.index("person"), keys.dataset("jsonld"), keys.feed("ttl"), keys.feedPage(1, "ttl"), keys.part("2025-02", "a.facts"), "ontology.ttl", "alignments.ttl", "shapes.ttl", "context/v1.jsonld", "assets/site.css", "query.html"];
    expect(documents.filter((key) => !readable(key))).toEqual([]);
    const own = [keys.log(1), keys.graph("a", "b"), keys.state.cursor, keys.state.article("a"), keys.state.lease, "state/source/a.json", "in/a.txt", "errors/in/a.txt.json", "backfill/a"];
    expect(own.filter(readable)).toEqual([]);
  });

  it("never asks the bucket for its list", () => {
    expect(config()).toMatchObject({ DefaultRootObject: "index.html" });
  });

  it("has a page for what is not there, and keeps no failure that may be over in a moment", () => {
    expect(config()["CustomErrorResponses"]).toEqual([
      { ErrorCode: 404, ResponseCode: 404, ResponsePagePath: "/not-found.html", ErrorCachingMinTTL: 10 },
      ...[500, 502, 503, 504].map((ErrorCode) => ({ ErrorCode, ErrorCachingMinTTL: 0 })),
    ]);
  });

  it("negotiates documents at the edge, on the way in and out, with nothing but the path as the cache's key", () => {
    for (const one of [config()["DefaultCacheBehavior"] as Record<string, unknown>, behaviour("query"), behaviour("query.html")]) {
      expect(one).toMatchObject({ Compress: true, AllowedMethods: ["GET", "HEAD", "OPTIONS"], ViewerProtocolPolicy: "redirect-to-https" });
      expect((one["FunctionAssociations"] as readonly { EventType: string }[]).map(({ EventType }) => EventType).sort()).toEqual(["viewer-request", "viewer-response"]);
      expect(policyOf(one, "CachePolicyId")).toMatchObject({
        CachePolicyConfig: {
          MinTTL: 0,
          DefaultTTL: 60,
          ParametersInCacheKeyAndForwardedToOrigin: { QueryStringsConfig: { QueryStringBehavior: "none" }, HeadersConfig: { HeaderBehavior: "none" }, CookiesConfig: { CookieBehavior: "none" }, EnableAcceptEncodingGzip: true, EnableAcceptEncodingBrotli: true },
        },
      });
      expect(one).not.toHaveProperty("OriginRequestPolicyId");
    }
    template.hasResourceProperties("AWS::CloudFront::Function", { FunctionConfig: Match.objectLike({ Runtime: "cloudfront-js-2.0" }) });
  });

  it("adds the headers of the local site, and HSTS", () => {
    const expected = (local: Headers): unknown => ({
      ResponseHeadersPolicyConfig: {
        CorsConfig: {
          AccessControlAllowOrigins: { Items: ["*"] },
          AccessControlAllowCredentials: false,
          AccessControlExposeHeaders: { Items: local.get("Access-Control-Expose-Headers")?.split(", ") },
          OriginOverride: true,
        },
        SecurityHeadersConfig: {
          ContentSecurityPolicy: { ContentSecurityPolicy: local.get("Content-Security-Policy"), Override: true },
          ContentTypeOptions: { Override: true },
          ReferrerPolicy: { ReferrerPolicy: local.get("Referrer-Policy"), Override: true },
          StrictTransportSecurity: { AccessControlMaxAgeSec: 31_536_000, Override: true },
        },
        CustomHeadersConfig: { Items: [{ Header: "Cross-Origin-Resource-Policy", Value: "cross-origin", Override: true }] },
      },
    });
    expect(policyOf(config()["DefaultCacheBehavior"] as Record<string, unknown>, "ResponseHeadersPolicyId")).toMatchObject(expected(commonHeaders()) as object);
    expect(policyOf(behaviour("query"), "ResponseHeadersPolicyId")).toMatchObject(expected(commonHeaders(true)) as object);
    expect(policyOf(behaviour("sparql"), "ResponseHeadersPolicyId")).toMatchObject({ ResponseHeadersPolicyConfig: { SecurityHeadersConfig: { StrictTransportSecurity: { AccessControlMaxAgeSec: 31_536_000 } } } });
  });

  it("sends SPARQL to the function, with a secret that no template holds", () => {
    const one = behaviour("sparql");
    expect(one["AllowedMethods"]).toContain("POST");
    expect(policyOf(one, "CachePolicyId")).toMatchObject({
      CachePolicyConfig: { MaxTTL: 60, ParametersInCacheKeyAndForwardedToOrigin: { QueryStringsConfig: { QueryStringBehavior: "all" }, HeadersConfig: { Headers: ["Accept"] } } },
    });
    const origin = (config()["Origins"] as readonly { Id: string; OriginCustomHeaders?: readonly { HeaderName: string; HeaderValue: unknown }[] }[]).find(({ Id }) => Id === one["TargetOriginId"]);
    expect(origin?.OriginCustomHeaders).toHaveLength(1);
    expect(JSON.stringify(origin?.OriginCustomHeaders?.[0]?.HeaderValue)).toContain("{{resolve:secretsmanager:");
    expect(stack.one("AWS::Lambda::Function", "EndpointSparqlFunction").Properties).toMatchObject({ Environment: { Variables: { ORIGIN_SECRET: origin?.OriginCustomHeaders?.[0]?.HeaderValue } } });
    template.hasResourceProperties("AWS::Lambda::Url", { AuthType: "NONE", InvokeMode: "RESPONSE_STREAM" });
    template.hasResourceProperties("AWS::Lambda::Permission", { Action: "lambda:InvokeFunctionUrl", FunctionUrlAuthType: "NONE" });
    template.hasResourceProperties("AWS::Lambda::Permission", { Action: "lambda:InvokeFunction", InvokedViaFunctionUrl: true });
  });

  it("gives its function no more time than it waits itself", () => {
    const origin = (config()["Origins"] as readonly { CustomOriginConfig?: { OriginReadTimeout: number } }[]).find(({ CustomOriginConfig }) => CustomOriginConfig !== undefined);
    expect(stack.one("AWS::Lambda::Function", "EndpointSparqlFunction").Properties["Timeout"]).toBeLessThanOrEqual(origin?.CustomOriginConfig?.OriginReadTimeout ?? 0);
  });

  it("serves a domain of one's own, and a base with a path on it", () => {
    const custom = synthesise({ domain: "news.example.org", certificate: "arn:aws:acm:us-east-1:123456789012:certificate/a-b", base: "https://news.example.org/data/" });
    expect(config(custom)).toMatchObject({ Aliases: ["news.example.org"], ViewerCertificate: { MinimumProtocolVersion: "TLSv1.2_2021" } });
    expect(behaviours(custom).map(({ PathPattern }) => PathPattern)).toEqual(["data/query", "data/query.html", "data/sparql"]);
    expect(custom.json["Outputs"]).toMatchObject({ BaseUrl: { Value: "https://news.example.org/data/" }, SparqlEndpoint: { Value: "https://news.example.org/data/sparql" } });
  });

  it("keeps a base elsewhere out of its own paths", () => {
    const custom = synthesise({ base: "https://w3id.example/news/" });
    expect(behaviours(custom).map(({ PathPattern }) => PathPattern)).toEqual(["query", "query.html", "sparql"]);
    expect(custom.one("AWS::Lambda::Function", "IntakeCatalogueFunction").Properties).toMatchObject({ Environment: { Variables: { BASE: "https://w3id.example/news/" } } });
  });
});

describe("the first objects", () => {
  it("are seeds under a prefix of their own, dropped when bell, queue and function are there, and delete nothing", () => {
    const seeds = stack.one("Custom::CDKBucketDeployment", "FirstSeeds");
    expect(seeds.Properties).toMatchObject({ DestinationBucketName: { Ref: bucket("StorageArticles").id }, DestinationBucketKeyPrefix: "in/seeds/", Prune: false, RetainOnDelete: true });
    const mapping = stack.resources("AWS::Lambda::EventSourceMapping").map(({ id }) => id);
    expect(seeds.DependsOn).toEqual(expect.arrayContaining([stack.one("AWS::Events::Rule", "IntakeBell").id, queue("IntakeArticlesQueue").id, ...mapping]));
    // Which takes as long as S3 takes to tell of its objects; with a base of one's own nothing else waits for it.
    const custom = synthesise({ base: "https://w3id.example/news/" });
    expect(custom.one("Custom::CDKBucketDeployment", "FirstSeeds").DependsOn).toContain(custom.one("AWS::CloudFront::Distribution", "Delivery").id);
  });

  it("are none where none are wanted", () => {
    expect(synthesise({ seeds: "false" }).resources("Custom::CDKBucketDeployment").map(({ Properties }) => Properties["DestinationBucketName"])).toEqual([{ Ref: bucket("StoragePublished").id }]);
  });
});

describe("monitoring", () => {
  it("has ten alarms at most, each of which says what is wrong, and one dashboard", () => {
    const alarms = synthesise({ neptune: "true", alarmEmail: "someone@example.org" }).resources("AWS::CloudWatch::Alarm");
    expect(alarms.length).toBeLessThanOrEqual(10);
    for (const { id, Properties } of alarms) {
      expect((Properties["AlarmDescription"] as string).length, id).toBeGreaterThan(30);
      expect(Properties["AlarmActions"], id).toHaveLength(1);
    }
    template.resourceCountIs("AWS::CloudWatch::Dashboard", 1);
  });

  it("lets alarms publish to their topic, which its policy for TLS would take from them", () => {
    synthesise({ alarmEmail: "someone@example.org" }).template.hasResourceProperties("AWS::SNS::TopicPolicy", {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({ Effect: "Deny", Condition: { Bool: { "aws:SecureTransport": "false" } } }),
          Match.objectLike({ Effect: "Allow", Action: "sns:Publish", Principal: { Service: "cloudwatch.amazonaws.com" }, Condition: { StringEquals: { "aws:SourceAccount": { Ref: "AWS::AccountId" } } } }),
        ]),
      },
    });
  });

  it("tells nobody unless there is an address", () => {
    template.resourceCountIs("AWS::SNS::Topic", 0);
    synthesise({ alarmEmail: "someone@example.org" }).template.hasResourceProperties("AWS::SNS::Subscription", { Protocol: "email", Endpoint: "someone@example.org" });
  });
});

describe("the stack", () => {
  it("tells what others need to know", () => {
    expect(Object.keys(stack.json["Outputs"] as object)).toEqual(expect.arrayContaining(["BaseUrl", "SparqlEndpoint", "ArticlesBucket", "LogBucket", "PublishedBucket", "BackfillStateMachine"]));
    expect(JSON.stringify((stack.json["Outputs"] as Record<string, unknown>)["BaseUrl"])).toMatch(/"https:\/\/",\{"Fn::GetAtt":\["DeliveryDistribution\w+","DomainName"\]\},"\/"/);
  });

  it("tells its stage in its name and tags", () => {
    const test = synthesise({ stage: "test" });
    expect(test.one("AWS::S3::Bucket", "StorageArticles").Properties["Tags"]).toEqual(expect.arrayContaining([{ Key: "project", Value: "communique" }, { Key: "stage", Value: "test" }]));
    expect(test.one("AWS::Lambda::Function", "IntakeConvertFunction").Properties).toMatchObject({ Environment: { Variables: { POWERTOOLS_SERVICE_NAME: "Communique-test-convert" } } });
  });
});
