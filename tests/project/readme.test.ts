import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readArticles } from "../../lib/article/read.ts";
import { createConverter, type Conversion, type Converter } from "../../lib/convert/converter.ts";
import { toQuads } from "../../lib/graph/to-quads.ts";
import { explain } from "../../lib/serialization/explain.ts";
import { serialize } from "../../lib/serialization/index.ts";

const path = (name: string): string => fileURLToPath(new URL(`../../${name}`, import.meta.url));
/** A statement that shows most of what a statement has: it is told at second hand. */
const WORDS = "China is happy to see";

let converter: Converter;
let conversion: Conversion;
beforeAll(async () => {
  converter = await createConverter();
  for await (const reading of readArticles([path("seeds")])) if ("article" in reading) conversion = await converter.convert(reading.article);
});
afterAll(() => converter.close());

const blocks = (text: string): string[] => text.trimEnd().split("\n\n");
const pick = (from: readonly string[], ...parts: string[]): string => {
  const found = from.find((block) => parts.every((part) => block.includes(part)));
  if (found === undefined) throw new Error(`the seed's output has nothing with ${parts.join(" and ")}`);
  return found;
};

async function turtle(): Promise<string> {
  const quads = toQuads(conversion);
  const found = blocks(await serialize(quads, "ttl", { base: "https://communique.example/", article: conversion.article.id }));
  return [pick(found, "a cq:MeetingReport", "cq:PhoneCall", "cq:held"), pick(found, "cq:text", WORDS)].join("\n\n");
}

function json(): string {
  const { meetings } = conversion.extraction;
  const fields = Object.entries(meetings[0] ?? {}).map(([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)}`);
  return `{\n${fields.join(",\n")}\n}`;
}

function terminal(): string {
  const found = blocks(explain(conversion, { colour: false, width: 78 }));
  return [pick(found, "⟦", WORDS), "…", pick(found.filter((block) => block.includes("Told by")), WORDS)].join("\n\n");
}

describe("the README", () => {
  it("shows what comes out now (to write it anew: npx vitest run tests/project/readme.test.ts -u)", async () => {
    const excerpts: Record<string, string> = { turtle: await turtle(), json: json(), text: terminal() };
    const readme = readFileSync(path("README.md"), "utf8").replace(
      /(<!-- excerpt -->\n```(\w+)\n)[^]*?(\n```)/g,
      (_, start: string, language: string, end: string) => start + (excerpts[language] ?? "") + end,
    );
    expect(readme.match(/<!-- excerpt -->/g)).toHaveLength(3);
    await expect(readme).toMatchFileSnapshot(path("README.md"));
  });
});
