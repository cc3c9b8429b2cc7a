import { execFileSync, spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { synthesise, synthesiseAnew, type Resource, type Synthesised } from "../support/stack.ts";

/** The stack in each of the ways that change which resources it has. */
const VARIANTS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  plain: {},
  "with everything": {
    stage: "all",
    domain: "news.example.org",
    certificate: "arn:aws:acm:us-east-1:123456789012:certificate/a-b",
    base: "https://news.example.org/data/",
    architecture: "x64",
    alarmEmail: "someone@example.org",
    sparqlConcurrency: 5,
    neptune: true,
    title: "Sample",
    publisher: "Sample Press",
    license: "https://creativecommons.org/publicdomain/zero/1.0/",
  },
};

const hasLint = spawnSync("cfn-lint", ["--version"]).status === 0;
if (!hasLint) console.warn("cfn-lint is not installed: the templates are not linted (pip install cfn-lint).");

describe.each(Object.entries(VARIANTS))("the template, %s,", (_, context) => {
  const stack = synthesise(context);

  it("breaks no rule of cdk-nag that nobody has given a reason for", () => {
    expect(stack.findings).toEqual([]);
  });

  it("has no circle of dependencies", () => {
    expect(circles(stack)).toEqual([]);
  });

  it("allows nobody all resources, but for what X-Ray and the delivery of logs know no resources for", () => {
    const wide = statements(stack).filter(({ Effect, Resource }) => Effect === "Allow" && [Resource].flat().includes("*"));
    const actions = new Set(wide.flatMap(({ Action }) => Action ?? []));
    expect([...actions].filter((action) => !/^(?:xray:|logs:(?:\w+LogDelivery|\w+LogDeliveries|DescribeLogGroups|\w*ResourcePolic(?:y|ies))$|ec2:(?:\w+NetworkInterfaces?|DescribeSubnets|\w+PrivateIpAddresses)$)/.test(action))).toEqual([]);
  });

  it("allows nobody every action", () => {
    expect(statements(stack).filter(({ Effect, Action }) => Effect === "Allow" && [Action].flat().some((action) => action === "*" || action?.endsWith(":*")))).toEqual([]);
  });

  it("names nothing that two stages would both want", () => {
    const named = stack.resources().filter(({ Type, Properties }) => !/^AWS::CloudFront::/.test(Type) && ["BucketName", "QueueName", "FunctionName", "RoleName", "TopicName", "AlarmName", "DashboardName", "LogGroupName", "StateMachineName", "DBClusterIdentifier"].some((name) => typeof Properties[name] === "string"));
    expect(named.map(({ id }) => id)).toEqual([]);
  });

  it("is in ASCII: not every service takes more in names and descriptions, and CloudFormation shows question marks", () => {
    expect([...JSON.stringify({ ...stack.json, Resources: stack.resources().filter(({ Type }) => !/^(?:Custom|AWS::CloudFront::Function)/.test(Type)) }).matchAll(/[^ -~].{0,20}/g)].map(([found]) => found)).toEqual([]);
  });

  it("is the same, made again", () => {
    expect(synthesiseAnew(context).json).toEqual(stack.json);
  });
});

it.skipIf(!hasLint)("the templates are clean to cfn-lint", () => {
  const files = Object.values(VARIANTS).map((context) => synthesise(context).file);
  // W3005: CDK states dependencies that CloudFormation could work out.
  expect(execFileSync("cfn-lint", ["--ignore-checks", "W3005", "--", ...files], { encoding: "utf8" })).toBe("");
});

/** What CloudFront calls its things of a stack. */
function cloudFrontNames(context: Readonly<Record<string, unknown>>): readonly string[] {
  return synthesise(context).resources().filter(({ Type }) => Type.startsWith("AWS::CloudFront::")).flatMap(({ Properties }) => [...JSON.stringify(Properties).matchAll(/"Name":("[^"]+"|\{.+?\]\]\})/g)].map(([, name]) => name ?? ""));
}

it("two regions share no name where CloudFront, which is one for all of them, wants one", () => {
  const names = cloudFrontNames({ stage: "a-stage-whose-name-is-32-letters" });
  expect(names.length).toBeGreaterThan(5);
  expect(names.filter((name) => !name.includes('{"Ref":"AWS::Region"}'))).toEqual([]);
  // With the longest name of a region CloudFront takes 64 characters.
  for (const name of names) expect(name.replace('{"Ref":"AWS::Region"}', "x".repeat(14)).match(/"Fn::Join":\["",\[(.*)\]\]/)?.[1]?.replaceAll(/[",]/g, "").length, name).toBeLessThanOrEqual(64);
});

it("two stages share no name where CloudFront wants one", () => {
  const [one, two] = [cloudFrontNames({ stage: "one" }), cloudFrontNames({ stage: "two" })];
  expect(one.length).toBeGreaterThan(5);
  expect(one.filter((name) => two.includes(name))).toEqual([]);
});

interface Statement {
  readonly Effect: string;
  readonly Action?: string | readonly string[];
  readonly Resource?: unknown;
}

function statements(stack: Synthesised): readonly Statement[] {
  const documents = stack.resources().flatMap(({ Properties }: Resource) => [Properties["PolicyDocument"], ...((Properties["Policies"] as readonly { PolicyDocument: unknown }[] | undefined) ?? []).map(({ PolicyDocument }) => PolicyDocument)]);
  return documents.flatMap((document) => (document as { Statement?: readonly Statement[] } | undefined)?.Statement ?? []);
}

/** Resources that wait for themselves, by `Ref`, `Fn::GetAtt`, `Fn::Sub` or `DependsOn`. */
function circles(stack: Synthesised): readonly string[] {
  const ids = new Set(stack.resources().map(({ id }) => id));
  const next = new Map(stack.resources().map((resource) => [resource.id, [...references(resource)].filter((id) => ids.has(id))]));
  const state = new Map<string, "open" | "done">();
  const found: string[] = [];
  const walk = (id: string, path: readonly string[]): void => {
    if (state.get(id) === "open") found.push([...path.slice(path.indexOf(id)), id].join(" → "));
    if (state.has(id)) return;
    state.set(id, "open");
    for (const target of next.get(id) ?? []) walk(target, [...path, id]);
    state.set(id, "done");
  };
  for (const id of ids) walk(id, []);
  return found;
}

function* references(value: unknown): Generator<string> {
  if (Array.isArray(value)) for (const item of value) yield* references(item);
  else if (typeof value === "object" && value !== null) {
    for (const [name, content] of Object.entries(value)) {
      if (name === "Ref" && typeof content === "string") yield content;
      else if (name === "DependsOn") yield* [content].flat() as string[];
      else if (name === "Fn::GetAtt" && Array.isArray(content)) yield String(content[0]);
      else if (name === "Fn::Sub") for (const [, id] of JSON.stringify(content).matchAll(/\$\{(\w+)[.}]/g)) yield id ?? "";
      else yield* references(content);
    }
  }
}
