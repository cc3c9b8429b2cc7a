import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { pictureOf, type DrawnTemplate } from "../../lib/stack/picture.ts";
import { synthesise } from "../support/stack.ts";

const picture = pictureOf(synthesise().json as unknown as DrawnTemplate);

it("the picture shows the way of an article", () => {
  for (const edge of ["Articles -- came or went --> Bell", "Bell --> ArticlesQueue", "ArticlesQueue -- by 10 --> Convert", "Convert --> CatalogueQueue", "CatalogueQueue -- by 500 --> Catalogue", "Catalogue --> Published", "Published --> Distribution", "Sparql --> Distribution", "Backfill --> ArticlesQueue"]) {
    expect(picture).toContain(`  ${edge}\n`);
  }
});

it("the picture in the docs is that of the stack", () => {
  expect(readFileSync(new URL("../../docs/architecture.md", import.meta.url), "utf8")).toContain(`\`\`\`mermaid\n${picture}\`\`\``);
});
