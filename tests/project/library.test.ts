import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { convert, CommuniqueError, createConverter, toArticle, toDataset } from "communique";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

const draft = { text: "French President Emmanuel Macron said on Tuesday that talks would go on.\n“We are ready,” he told reporters.", published: "2024-03-06" };

describe("the library", () => {
  it("is found by its name from plain Node", () => {
    const program = 'import * as library from "communique"; console.log(Object.keys(library).sort().join())';
    const root = fileURLToPath(new URL("../..", import.meta.url));
    const names = execFileSync(process.execPath, ["--input-type=module", "-e", program], { cwd: root, encoding: "utf8" }).trim();
    expect(names).toBe("CommuniqueError,convert,createConverter,readArticles,toArticle,toDataset");
  });

  it("converts a text to plain data and an RDF/JS dataset", async () => {
    const conversion = await convert(draft);
    expect(structuredClone(conversion)).toEqual(conversion);
    expect(JSON.parse(JSON.stringify(conversion))).toEqual(conversion);
    const { article, extraction } = conversion;
    expect(extraction.id).toBe(article.id);
    expect(extraction.entities.map(({ key }) => key)).toContain("person/emmanuel-macron");

    const dataset = toDataset(conversion, { base: "https://news.example/" });
    const graphs = new Set([...dataset].map((quad) => quad.graph.value));
    expect([...graphs].sort()).toEqual([`https://news.example/graph/${article.id}`, `https://news.example/graph/${article.id}/evidence`]);
    expect([...dataset].some((quad) => quad.subject.termType === "BlankNode" || quad.object.termType === "BlankNode")).toBe(false);
  });

  it("gives the same article the same result, by itself, at once with others, and as its own result", async () => {
    const alone = await convert(draft);
    const others = Array.from({ length: 3 }, (_, i) => ({ text: `Article ${i}. Japan and India agreed on a treaty, Kyodo said.` }));
    const together = await Promise.all([convert(others[0]!), convert(draft), convert(others[1]!), convert(others[2]!)]);
    expect(together[1]).toEqual(alone);
    expect(await convert(alone.article)).toEqual(alone);
  });

  it("refuses what is no article with an error of its own", async () => {
    await expect(convert({ text: "" })).rejects.toBeInstanceOf(CommuniqueError);
    await expect(convert({ text: "Bonjour.", language: "fr" })).rejects.toMatchObject({ code: "input-unsupported" });
    expect(() => toDataset({ article: toArticle(draft), extraction: {} as never }, { base: "no base" })).toThrow(expect.objectContaining({ code: "option-invalid" }));
    await expect(createConverter({ models: "/no/such/folder" })).rejects.toMatchObject({ code: "model-missing" });
    await expect(createConverter({ gazetteer: ["/no/such/file.jsonl"] })).rejects.toBeInstanceOf(CommuniqueError);
  });

  it("makes of an article the same article", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", minLength: 1 }), fc.option(fc.string({ unit: "binary" }), { nil: undefined }), (text, headline) => {
        const article = toArticle({ text: `x${text}`, ...(headline === undefined ? {} : { headline }) });
        expect(toArticle(article)).toEqual(article);
      }),
    );
  });
});
