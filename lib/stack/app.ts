import { App, Validations } from "aws-cdk-lib";
import { AwsSolutionsChecks } from "cdk-nag";
import { CommuniqueError } from "../errors/communique-error.ts";
import { optionsFromContext } from "./options.ts";
import { readSeeds } from "./seeds.ts";
import { CommuniqueStack, stackName } from "./stack.ts";

// What `cdk` runs (cdk.json). It needs no account and no network: account and region are those of whoever deploys.
async function main(): Promise<void> {
  const app = new App({ analyticsReporting: false });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  const options = optionsFromContext(app.node);
  new CommuniqueStack(app, stackName(options.stage), { options, seeds: options.seeds ? await readSeeds() : [] });
  app.synth();
}

try {
  await main();
} catch (error) {
  if (!(error instanceof CommuniqueError)) throw error;
  console.error(error.location === undefined ? error.message : `${error.location}: ${error.message}`);
  process.exitCode = 2;
}
