import { expect, it } from "vitest";
import { notFoundPage } from "../../lib/stack/not-found.ts";
import { readSeeds } from "../../lib/stack/seeds.ts";

it("the seeds have the ids and dates that the command line gives them", async () => {
  expect(await readSeeds()).toMatchObject([{ id: "xi-putin-call", published: "2025-02-24", language: "en" }]);
});

it("the page for what is not there leads to the root of the site from any depth", () => {
  const links = [...notFoundPage("/data/").matchAll(/href="([^"#]*)/g)].map(([, href]) => href ?? "");
  expect(links.length).toBeGreaterThan(5);
  expect(links.filter((href) => href !== "" && !href.startsWith("/data/"))).toEqual([]);
});
