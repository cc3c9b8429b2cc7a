import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dataset, isIri, toQuads, validateDataset } from "../../lib/graph/index.ts";
import { quadKeys } from "../support/quads.ts";
import { arbitraryExtraction } from "./arbitrary-extraction.ts";

const base = "https://data.example/c/";

describe("the graphs of any extraction", () => {
  it("hold valid IRIs, no blank nodes and no quad twice", () => {
    fc.assert(
      fc.property(arbitraryExtraction, (input) => {
        const quads = toQuads({ ...input, base });
        expect(quadKeys(quads)).toHaveLength(quads.length);
        const terms = quads.flatMap(({ subject, predicate, object, graph }) => [subject, predicate, object, graph]);
        const named = terms.filter(({ termType }) => termType !== "Literal");
        expect(named.filter(({ termType }) => termType !== "NamedNode")).toEqual([]);
        const odd = named.filter(({ value }) => !isIri(value) || !URL.canParse(value) || value.split("#").length > 2);
        expect(odd).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  it("conform to the shapes, and their spans quote the text", async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryExtraction, async (input) => {
        expect(await validateDataset(dataset({ ...input, base }), { text: input.article.text })).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  it("are the same quads in the same order each time", () => {
    fc.assert(
      fc.property(arbitraryExtraction, (input) => {
        const [once, again] = [toQuads({ ...input, base }), toQuads(structuredClone({ ...input, base }))];
        expect(again.map((quad) => JSON.stringify(quad))).toEqual(once.map((quad) => JSON.stringify(quad)));
      }),
      { numRuns: 20 },
    );
  });
});
