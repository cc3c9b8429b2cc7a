import { App } from "aws-cdk-lib";
import { describe, expect, it } from "vitest";
import { DEFAULT_OPTIONS, optionsFromContext } from "../../lib/stack/options.ts";

const read = (context: Record<string, unknown>): unknown => optionsFromContext(new App({ context }).node);

describe("options of the stack", () => {
  it("need none to be given", () => {
    expect(read({})).toEqual(DEFAULT_OPTIONS);
  });

  it("are read from strings, as the command line has them, and from values of cdk.json", () => {
    expect(read({ retentionDays: "90", neptune: "true", seeds: "false", architecture: "x64", logDays: "7" })).toMatchObject({ retentionDays: 90, neptune: true, seeds: false, architecture: "x64", logDays: 7 });
    expect(read({ retentionDays: 90, neptune: true })).toMatchObject({ retentionDays: 90, neptune: true });
  });

  it("take an empty value for none", () => {
    expect(read({ alarmEmail: "", base: "" })).toEqual(DEFAULT_OPTIONS);
  });

  const certificate = "arn:aws:acm:us-east-1:123456789012:certificate/a-b";
  it.each([
    [{ base: "http://example.org/" }],
    [{ base: "https://example.org" }],
    [{ base: "https://example.org/a" }],
    [{ base: "https://example.org/?a/" }],
    [{ base: "https://user:word@example.org/" }],
    [{ base: "https://EXAMPLE.org/" }],
    [{ domain: "news.example.org" }],
    [{ certificate }],
    [{ domain: "news.example.org", certificate: certificate.replace("us-east-1", "eu-west-1") }],
    [{ domain: "https://news.example.org", certificate }],
    [{ domain: "a..b", certificate }],
    [{ stage: "-a" }],
    [{ stage: "a b" }],
    [{ architecture: "arm" }],
    [{ retentionDays: "0" }],
    [{ retentionDays: "1.5" }],
    [{ retentionDays: "many" }],
    [{ logDays: "31" }],
    [{ convertConcurrency: "1" }],
    [{ convertConcurrency: "1001" }],
    [{ sparqlConcurrency: "0" }],
    [{ backfillConcurrency: "-1" }],
    [{ alarmEmail: "someone" }],
    [{ publishText: "some" }],
    [{ license: "CC BY" }],
    [{ neptune: "yes" }],
    [{ base: { url: "https://example.org/" } }],
    [{ alarmemail: "someone@example.org" }],
    [{ Stage: "test" }],
  ])("refuse %j", (context) => {
    expect(() => read(context)).toThrow(expect.objectContaining({ code: "option-invalid" }));
  });

  it("say which one is wrong and what would be right", () => {
    expect(() => read({ retentionDays: "0" })).toThrow("retentionDays is a whole number from 1 to 3650, not 0.");
    expect(() => read({ retentionDays: "many" })).toThrow('retentionDays is a whole number, not "many".');
    expect(() => read({ neptun: "true" })).toThrow(/^There is no option neptun\. Options are stage, base, .*neptune, seeds/);
  });

  it("leave what CDK keeps in the context alone", () => {
    expect(read({ "@aws-cdk/core:checkSecretUsage": true, "cli-telemetry": false, "availability-zones:account=1:region=eu-west-1": [] })).toEqual(DEFAULT_OPTIONS);
  });
});
