import fc from "fast-check";
import { DataFactory, type Quad } from "n3";
import { describe, expect, it } from "vitest";
import { serialize, toJsonLd, toNQuads, toTriG, toTurtle, documentPrefixes } from "../../lib/serialization/index.ts";
import { BASE, dataset, parse, parseJsonLd, quadKeys } from "../support/quads.ts";

const prefixes = documentPrefixes(BASE, "x");

const shuffled = (quads: readonly Quad[]) =>
  [...quads].reverse().sort((a, b) => a.object.value.length - b.object.value.length);

describe("every format", () => {
  it("N-Quads read back as the same dataset", () => {
    fc.assert(
      fc.property(dataset, (quads) => {
        expect(quadKeys(parse(toNQuads(quads), "N-Quads"))).toEqual(quadKeys(quads));
      }),
    );
  });

  it("TriG reads back as the same dataset", () => {
    fc.assert(
      fc.property(dataset, (quads) => {
        expect(quadKeys(parse(toTriG(quads, prefixes), "TriG"))).toEqual(quadKeys(quads));
      }),
    );
  });

  it("JSON-LD reads back as the same dataset, with its context named or written out", async () => {
    await fc.assert(
      fc.asyncProperty(dataset, fc.boolean(), async (quads, inlineContext) => {
        expect(quadKeys(await parseJsonLd(JSON.parse(await toJsonLd(quads, { inlineContext }))))).toEqual(
          quadKeys(quads),
        );
      }),
    );
  });

  it("Turtle reads back as the facts graph alone", async () => {
    await fc.assert(
      fc.asyncProperty(dataset, async (quads) => {
        const text = await serialize(quads, "ttl", { base: BASE, article: "x" });
        const facts = quads.filter((quad) => quad.graph.value === `${BASE}graph/x`);
        const triples = facts.map(({ subject, predicate, object }) => DataFactory.quad(subject, predicate, object));
        expect(quadKeys(parse(text, "Turtle"))).toEqual(quadKeys(triples));
      }),
    );
  });

  it("gives the same text whatever the order and number of the quads", async () => {
    await fc.assert(
      fc.asyncProperty(dataset, async (quads) => {
        const other = shuffled([...quads, ...quads]);
        expect(toNQuads(other)).toBe(toNQuads(quads));
        expect(toTriG(other, prefixes)).toBe(toTriG(quads, prefixes));
        expect(toTurtle(other, prefixes)).toBe(toTurtle(quads, prefixes));
        expect(await toJsonLd(other)).toBe(await toJsonLd(quads));
      }),
    );
  });
});
