import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { costTables, FOOTPRINTS, monthOf } from "../../bench/costs-table.ts";
import { synthesise } from "../support/stack.ts";

const read = (name: string): string => readFileSync(fileURLToPath(new URL(`../../${name}`, import.meta.url)), "utf8");

describe("docs/costs.md", () => {
  const page = read("docs/costs.md");

  it("shows what the arithmetic gives now (node bench/costs.ts)", () => {
    expect(page).toContain(`\`\`\`text\n${costTables()}\`\`\``);
  });

  it("shows what was measured as it is reckoned with", () => {
    for (const { batch, convert, catalogue } of FOOTPRINTS) {
      expect(page).toContain(`| ${batch} | ${convert.put} + ${catalogue.put.toFixed(1)} | ${convert.get} + ${catalogue.get.toFixed(1)} | ${convert.ms} ms, ${catalogue.ms} ms |`);
    }
  });

  it("counts what the stack has", () => {
    const stack = synthesise();
    expect(stack.resources("AWS::CloudWatch::Alarm")).toHaveLength(9);
    expect(stack.resources("AWS::SecretsManager::Secret")).toHaveLength(1);
    expect(stack.resources("AWS::CloudWatch::Dashboard")).toHaveLength(1);
    expect(stack.resources("AWS::Lambda::EventSourceMapping")).toHaveLength(2);
    expect(stack.one("AWS::Lambda::Function", "IntakeConvertFunction").Properties).toMatchObject({ MemorySize: 1769 });
  });

  it("has the price of an article fall as more come at a time", () => {
    const each = [1, 2, 20, 100].map((perMinute) => monthOf(1000, perMinute).filter(({ service }) => service !== "at rest").reduce((sum, { dollars }) => sum + dollars, 0));
    expect(each).toEqual(each.toSorted((a, b) => b - a));
  });
});
