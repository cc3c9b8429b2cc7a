import { App } from "aws-cdk-lib";
import { optionsFromContext } from "./options.ts";
import { readSeeds } from "./seeds.ts";
import { CommuniqueStack, stackName } from "./stack.ts";

// What `cdk` runs (cdk.json). It needs no account and no network: account and region are those of whoever deploys.
const app = new App({ analyticsReporting: false });
const options = optionsFromContext(app.node);
new CommuniqueStack(app, stackName(options.stage), { options, seeds: options.seeds ? await readSeeds() : [] });
app.synth();
