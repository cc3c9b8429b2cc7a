import { parseArgs } from "node:util";
import { table } from "../lib/cli/table.ts";
import { openStore, Simulation } from "../tests/intake/load/simulate.ts";
import { verify } from "../tests/intake/load/verify.ts";

// node bench/intake.ts [--articles 10000] [--seed 1] [--runs 1]: articles through queue, convert, queue and catalogue in one process, while messages
// come late and twice, functions die and stores fail; then whether everything is published as it must be. Exit code 1 where it is not.

const { values } = parseArgs({ options: { articles: { type: "string", default: "10000" }, seed: { type: "string", default: "1" }, runs: { type: "string", default: "1" } } });

const rows: (string | number)[][] = [];
for (let run = 0; run < Number(values.runs); run++) {
  const seed = Number(values.seed) + run;
  const store = openStore();
  const simulation = new Simulation({ store, articles: Number(values.articles), seed });
  const begun = performance.now();
  await simulation.run();
  const unlucky = simulation.innocentDead();
  await simulation.redrive();
  const seconds = (performance.now() - begun) / 1000;
  const problems = await verify(simulation);
  const { counts, articles, catalogue, dead, bucket, authors } = simulation;
  const manifest = await simulation.publication().manifest();
  rows.push([
    seed, authors.texts.size, bucket.objects.size, articles.deliveries + catalogue.deliveries, articles.redeliveries + catalogue.redeliveries, counts.crashes, counts.failures, counts.lost,
    manifest?.log ?? 0, manifest?.counts.articles ?? 0, unlucky, dead.size, problems.length, seconds.toFixed(1),
  ]);
  for (const problem of problems.slice(0, 20)) console.error(`seed ${seed}: ${problem}`);
  if (problems.length > 0) process.exitCode = 1;
}
console.log(table(["seed", "texts", "objects left", "deliveries", "again", "crashes", "failures", "lost, rung again", "log", "published", "dead by bad luck", "dead", "problems", "s"], rows));
