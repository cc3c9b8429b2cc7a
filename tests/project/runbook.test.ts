import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { OPTION_NAMES } from "../../lib/stack/options.ts";
import { synthesise } from "../support/stack.ts";

const read = (name: string): string => readFileSync(fileURLToPath(new URL(`../../${name}`, import.meta.url)), "utf8");
const stack = synthesise({ neptune: "true" });

describe("the guides of the AWS side", () => {
  it("have a section for every alarm, and no other", () => {
    const alarms = stack.resources("AWS::CloudWatch::Alarm").map(({ id }) => id.replace(/^Monitoring/, "").replace(/[0-9A-F]{8}$/, ""));
    const sections = [...read("docs/runbook.md").matchAll(/^## (\w+)$/gm)].map(([, name]) => name);
    expect(sections.sort()).toEqual(alarms.sort());
  });

  it("name outputs, functions and options that there are", () => {
    const guides = read("docs/deploy.md") + read("docs/runbook.md");
    const outputs = Object.keys(stack.json["Outputs"] as object);
    for (const [, name] of guides.matchAll(/\$\(output (\w+)\)/g)) expect(outputs).toContain(name);
    const functions = stack.resources("AWS::Lambda::Function").map(({ id }) => id);
    for (const [, name] of guides.matchAll(/\b(?:log|function_of) ([A-Z]\w+)/g)) expect(functions.filter((id) => id.startsWith(name ?? "")), name).toHaveLength(1);
    const told = [...read("docs/deploy.md").matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name);
    expect(told.sort()).toEqual([...OPTION_NAMES].sort());
    for (const [, name] of guides.matchAll(/-c (?!name=value)(\w+)=/g)) expect(OPTION_NAMES).toContain(name);
  });
});
