import { describe, expect, it } from "vitest";
import { toQuads } from "../../lib/graph/to-quads.ts";
import { CONTEXT_IRI, contextDocument, loadContext, serialize, toJsonLd } from "../../lib/serialization/index.ts";
import { BASE, literal, namedNode, parseJsonLd, quad, quadKeys } from "../support/quads.ts";
import { sampleArticle, sampleExtraction } from "../support/sample.ts";

const CQ = "https://w3id.org/communique/ontology#";
const cq = (name: string) => namedNode(CQ + name);
const a = namedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type");
const node = (name: string) => namedNode(`${BASE}article/x#${name}`);
const graph = namedNode(`${BASE}graph/x`);

interface Document {
  "@context": unknown;
  "id"?: string;
  "@graph": (Record<string, unknown> & { "@graph"?: Record<string, unknown>[] })[];
}

async function write(...args: Parameters<typeof toJsonLd>): Promise<Document> {
  return JSON.parse(await toJsonLd(...args)) as Document;
}

const sample = toQuads({ article: sampleArticle, extraction: sampleExtraction, base: BASE });

describe("toJsonLd", () => {
  it("writes one graph as one named document in our words", async () => {
    const document = await write([
      quad(node("statement-1"), a, cq("Attitude"), graph),
      quad(node("statement-1"), cq("speaker"), node("person-ann"), graph),
      quad(node("person-ann"), a, cq("Person"), graph),
    ]);
    expect(document).toEqual({
      "@context": CONTEXT_IRI,
      "id": graph.value,
      "@graph": [
        { id: node("statement-1").value, type: "Attitude", speaker: [node("person-ann").value] },
        { id: node("person-ann").value, type: "Person" },
      ],
    });
    expect(Object.keys(document)).toEqual(["@context", "id", "@graph"]);
  });

  it("nests a part in the one node that refers to it, and no other", async () => {
    const span = (name: string) => quad(node(name), a, cq("Span"), graph);
    const document = await write([
      quad(node("statement-1"), a, cq("Attitude"), graph),
      quad(node("statement-2"), a, cq("Attitude"), graph),
      quad(node("statement-1"), cq("speaking"), node("own"), graph),
      quad(node("own"), a, cq("Involvement"), graph),
      quad(node("own"), cq("evidence"), node("shared"), graph),
      quad(node("statement-2"), cq("contentSpan"), node("shared"), graph),
      span("shared"),
      quad(node("shared"), cq("begin"), literal("7", namedNode("http://www.w3.org/2001/XMLSchema#integer")), graph),
    ]);
    expect(document["@graph"]).toEqual([
      {
        id: node("statement-1").value,
        type: "Attitude",
        speaking: [{ id: node("own").value, type: "Involvement", evidence: [node("shared").value] }],
      },
      { id: node("statement-2").value, type: "Attitude", contentSpan: [node("shared").value] },
      { id: node("shared").value, type: "Span", begin: 7 },
    ]);
  });

  it("loses no parts that hold one another in a ring, nor a chain of any length", async () => {
    const ring = ["a", "b", "c"].flatMap((name, i, all) => [
      quad(node(name), a, cq("Involvement"), graph),
      quad(node(name), cq("involvement"), node(all[(i + 1) % 3] ?? ""), graph),
    ]);
    const chain = Array.from({ length: 3000 }, (_, i) => [
      quad(node(`link-${i}`), a, cq("Involvement"), graph),
      quad(node(`link-${i}`), cq("involvement"), node(`link-${i + 1}`), graph),
    ]).flat();
    expect(quadKeys(await parseJsonLd(await write(ring)))).toEqual(quadKeys(ring));
    expect(quadKeys(await parseJsonLd(await write(chain)))).toEqual(quadKeys(chain));
  });

  it("gives the sample back as it was, its graphs side by side, the context named or written out", async () => {
    const named = await write(sample);
    expect(named["@graph"].map(({ id }) => id)).toEqual([
      `${BASE}graph/${sampleArticle.id}`,
      `${BASE}graph/${sampleArticle.id}/evidence`,
    ]);
    expect(named["@graph"][0]?.["@graph"]?.[0]).toMatchObject({ type: "Article", headline: sampleArticle.headline });
    expect(quadKeys(await parseJsonLd(named))).toEqual(quadKeys(sample));
    const inline = JSON.parse(await serialize(sample, "jsonld", { inlineContext: true })) as Document;
    expect(inline["@context"]).toEqual(contextDocument()["@context"]);
    expect(quadKeys(await parseJsonLd(inline))).toEqual(quadKeys(sample));
  });

  it("knows every property of the sample by a plain word", async () => {
    const keys = new Set<string>();
    JSON.stringify(await write(sample), (key, value: unknown) => (keys.add(key), value));
    expect([...keys].filter((key) => key.includes(":"))).toEqual([]);
  });
});

describe("loadContext", () => {
  it("serves our context and refuses every other address", async () => {
    expect((await loadContext(CONTEXT_IRI)).document).toBe(contextDocument());
    await expect(loadContext("https://schema.org/")).rejects.toMatchObject({ code: "input-unsupported" });
  });
});
