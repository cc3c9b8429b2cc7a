import { describe, expect, it } from "vitest";
import { openStore, Simulation } from "./load/simulate.ts";
import { verify } from "./load/verify.ts";

async function simulate(articles: number, seed: number): Promise<Simulation> {
  const simulation = new Simulation({ store: openStore(), articles, seed });
  await simulation.run();
  await simulation.redrive();
  return simulation;
}

describe("the intake under load", () => {
  it.each([1, 2, 3])("publishes every article once, loses none and leaves nothing of what was deleted, whatever goes wrong (%i)", async (seed) => {
    const simulation = await simulate(150, seed);
    expect(await verify(simulation)).toEqual([]);
    const { crashes, failures, withdrawn, published } = simulation.counts;
    // Things did go wrong.
    for (const count of [crashes, failures, withdrawn, simulation.articles.redeliveries, simulation.authors.killers.size]) expect(count).toBeGreaterThan(0);
    expect(published).toBeGreaterThan(100);
  }, 120_000);

  it.skipIf(process.env["COMMUNIQUE_SUITES"] === undefined)("does so for ten thousand articles", async () => {
    expect(await verify(await simulate(10_000, 1))).toEqual([]);
  }, 3_600_000);
});
