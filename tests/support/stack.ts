import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "aws-cdk-lib";
import { Template } from "aws-cdk-lib/assertions";
import { AwsSolutionsChecks } from "cdk-nag";
import { afterAll } from "vitest";
import type { Article } from "../../lib/article/index.ts";
import { optionsFromContext } from "../../lib/stack/options.ts";
import { CommuniqueStack, stackName } from "../../lib/stack/stack.ts";

export type Properties = Readonly<Record<string, unknown>>;
export interface Resource {
  readonly id: string;
  readonly Type: string;
  readonly Properties: Properties;
  readonly DependsOn?: readonly string[];
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
}

export interface Synthesised {
  readonly template: Template;
  readonly json: Readonly<Record<string, unknown>>;
  /** The template's file. */
  readonly file: string;
  /** What cdk-nag finds and nobody has acknowledged. */
  readonly findings: readonly string[];
  /** Resources of a type, in the order of the template; all of them without one. */
  resources(type?: string): readonly Resource[];
  /** The one resource of a type whose id begins so. */
  one(type: string, id: string): Resource;
}

const CONTEXT = (JSON.parse(readFileSync(new URL("../../cdk.json", import.meta.url), "utf8")) as { context: Record<string, unknown> }).context;
const SEED: Article = { id: "a-seed", text: "They met.", published: "2025-02-24", language: "en" };

const folders: string[] = [];
// Each holds some 20 MB of CDK's own.
afterAll(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true, force: true })));

const known = new Map<string, Synthesised>();

/** The stack with this context, as `cdk synth` makes it, but without bundling the functions. Made once for each context. */
export function synthesise(context: Readonly<Record<string, unknown>> = {}): Synthesised {
  const name = JSON.stringify(context);
  const found = known.get(name) ?? synthesiseAnew(context);
  known.set(name, found);
  return found;
}

export function synthesiseAnew(context: Readonly<Record<string, unknown>> = {}): Synthesised {
  const outdir = mkdtempSync(join(tmpdir(), "communique-stack-"));
  folders.push(outdir);
  const app = new App({ context: { ...CONTEXT, "aws:cdk:bundling-stacks": [], ...context }, outdir, analyticsReporting: false });
  const options = optionsFromContext(app.node);
  const stack = new CommuniqueStack(app, stackName(options.stage), { options, seeds: [SEED] });
  const { violations } = new AwsSolutionsChecks(app).validateScope(stack);
  const template = Template.fromStack(stack);
  const json = template.toJSON() as Readonly<Record<string, unknown>>;
  const all = Object.entries(json["Resources"] as Record<string, Omit<Resource, "id">>).map(([id, resource]) => ({ ...resource, id, Properties: resource.Properties ?? {} }));
  const resources = (type?: string): readonly Resource[] => all.filter((resource) => type === undefined || resource.Type === type);
  return {
    template,
    json,
    file: join(outdir, stack.templateFile),
    findings: violations.flatMap(({ ruleName, violatingResources }) => violatingResources.map(({ constructPath }) => `${ruleName} ${constructPath}`)),
    resources,
    one(type, id) {
      const fitting = resources(type).filter((resource) => resource.id.startsWith(id));
      if (fitting.length !== 1 || fitting[0] === undefined) throw new Error(`There are ${fitting.length} resources of type ${type} whose ids begin with ${id}.`);
      return fitting[0];
    },
  };
}
