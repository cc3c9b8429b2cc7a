import type { Quad } from "n3";
import { describe, expect, it } from "vitest";
import { toQuads } from "../../lib/graph/to-quads.ts";
import { serialize, toTriG, toTurtle } from "../../lib/serialization/index.ts";
import { BASE, literal, namedNode, parse, quad, quadKeys } from "../support/quads.ts";
import { sampleArticle, sampleExtraction } from "../support/sample.ts";

const CQ = "https://w3id.org/communique/ontology#";
const XSD = "http://www.w3.org/2001/XMLSchema#";
const cq = (name: string) => namedNode(CQ + name);
const a = namedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type");
const fragment = (name: string) => namedNode(`${BASE}article/x#${name}`);
const names = { this: `${BASE}article/x#`, char: `${BASE}text/x.txt#char=` };

const sample = toQuads({ article: sampleArticle, extraction: sampleExtraction, base: BASE });
const options = { base: BASE, article: sampleArticle.id };

describe("toTurtle", () => {
  it("groups by subject, type first, with the prefixes it uses and no others", () => {
    const text = toTurtle(
      [
        quad(fragment("statement-10"), a, cq("Attitude")),
        quad(fragment("statement-2"), cq("confidence"), literal("0.91", namedNode(`${XSD}decimal`))),
        quad(fragment("statement-2"), cq("contentSpan"), namedNode(`${BASE}text/x.txt#char=20,123`)),
        quad(fragment("statement-2"), cq("contentSpan"), namedNode(`${BASE}text/x.txt#char=9,12`)),
        quad(fragment("statement-2"), a, cq("Statement")),
        quad(namedNode(`${BASE}id/article/x`), a, cq("Article")),
      ],
      names,
    );
    expect(text).toBe(`@prefix char: <${BASE}text/x.txt#char=> .
@prefix cq: <${CQ}> .
@prefix this: <${BASE}article/x#> .

<${BASE}id/article/x> a cq:Article .

this:statement-2 a cq:Statement ;
    cq:confidence 0.91 ;
    cq:contentSpan char:9\\,12, char:20\\,123 .

this:statement-10 a cq:Attitude .
`);
  });

  it("breaks a list that is too long for a line", () => {
    const many = Array.from({ length: 12 }, (_, i) => quad(fragment("s"), cq("about"), fragment(`entity-number-${i}`)));
    const lines = toTurtle(many, names).split("\n");
    expect(lines.every((line) => line.length <= 100)).toBe(true);
    expect(lines.filter((line) => /^ {8}this:entity-number-\d+[,]?/.test(line))).toHaveLength(12);
  });

  it.each([
    ["a dot at the end", "x."],
    ["a dash at the start", "-x"],
    ["a slash", "x/y"],
    ["a percent sign", "x%20y"],
    ["a percent sign that encodes nothing", "x%zz"],
    ["a letter beyond ASCII", "é"],
    ["nothing", ""],
    ["a colon", "a:b"],
  ])("writes names with %s as IRIs that read back the same", (_, local) => {
    const quads = [quad(fragment(local), cq("about"), fragment(local))];
    expect(quadKeys(parse(toTurtle(quads, names), "Turtle"))).toEqual(quadKeys(quads));
  });

  it("keeps numbers that would change their lexical form in quotation marks", () => {
    const forms: readonly (readonly [string, string])[] = [
      ["1.", "decimal"],
      ["1", "boolean"],
      ["x", "integer"],
      ["007", "integer"],
    ];
    const quads = forms.map(([value, type]) => quad(fragment("s"), cq("count"), literal(value, namedNode(XSD + type))));
    expect(quadKeys(parse(toTurtle(quads), "Turtle"))).toEqual(quadKeys(quads));
  });

  it("is empty for no triples", () => {
    expect(toTurtle([])).toBe("");
  });
});

describe("the sample article", () => {
  const triples = (graph: string): Quad[] =>
    sample.filter((q) => q.graph.value === graph).map((q) => quad(q.subject, q.predicate, q.object));

  it("as Turtle begins with the article, then its statements and meetings in order, and names no blank node", async () => {
    const text = await serialize(sample, "ttl", options);
    const subjects = [...text.matchAll(/^(\S+) a /gm)].map(([, subject]) => subject);
    expect(subjects[0]).toBe(`article:${sampleArticle.id}`);
    expect(subjects.slice(1, 8)).toEqual([1, 2, 3, 4, 5, 6].map((n) => `this:statement-${n}`).concat("this:meeting-1"));
    expect(text).not.toMatch(/_:|\[/);
    expect(quadKeys(parse(text, "Turtle"))).toEqual(quadKeys(triples(`${BASE}graph/${sampleArticle.id}`)));
  });

  it("uses every prefix it declares, and shortens every span", async () => {
    const text = await serialize(sample, "ttl", options);
    for (const [, prefix] of text.matchAll(/^@prefix (\w+):/gm))
      expect(text).toMatch(new RegExp(`[ ^]${prefix}:|^${prefix}:`, "m"));
    expect(
      text
        .split("\n")
        .filter((line) => !line.startsWith("@prefix"))
        .join("\n"),
    ).not.toContain("#char=");
  });

  it("as TriG holds every graph", async () => {
    expect(quadKeys(parse(toTriG(sample), "TriG"))).toEqual(quadKeys(sample));
    expect(quadKeys(parse(await serialize(sample, "trig", options), "TriG"))).toEqual(quadKeys(sample));
  });

  it("is refused as Turtle where nobody says which graph is meant", async () => {
    await expect(serialize(sample, "ttl")).rejects.toMatchObject({ code: "option-invalid" });
    const evidence = `${BASE}graph/${sampleArticle.id}/evidence`;
    const text = await serialize(sample, "ttl", { facts: evidence });
    expect(quadKeys(parse(text, "Turtle"))).toEqual(quadKeys(triples(evidence)));
  });
});
