import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CommuniqueError } from "../../lib/errors/communique-error.ts";
import { ArticleIris, BaseIris, checkBase, encodeSegment, iriOfUrl, isIri } from "../../lib/graph/iris.ts";

const iris = new ArticleIris("https://data.example/c/", "border-call");

describe("IRIs of an article", () => {
  it("follow the published layout", () => {
    expect(iris.article.value).toBe("https://data.example/c/id/article/border-call");
    expect(iris.facts.value).toBe("https://data.example/c/graph/border-call");
    expect(iris.evidence.value).toBe("https://data.example/c/graph/border-call/evidence");
    expect(iris.entity("person/mara-ellin").value).toBe("https://data.example/c/id/person/mara-ellin");
    expect(iris.entity("#person-lena-orsk").value).toBe("https://data.example/c/article/border-call#person-lena-orsk");
    expect(iris.statement(0).value).toBe("https://data.example/c/article/border-call#statement-1");
    expect(iris.meeting(1).value).toBe("https://data.example/c/article/border-call#meeting-2");
    expect(iris.span({ start: 120, end: 240 }).value).toBe("https://data.example/c/text/border-call.txt#char=120,240");
    expect(iris.gazetteerGraph("1a2b").value).toBe("https://data.example/c/graph/gazetteer/1a2b");
  });

  it("name a tenure by person, office and start", () => {
    expect(new BaseIris("https://data.example/").tenure("person/mara-ellin", "office/president", "2021-05-01").value).toBe(
      "https://data.example/id/tenure/mara-ellin/president/2021-05-01",
    );
  });

  it("are valid and distinct whatever a key holds", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (a, b) => {
        const minted = [iris.entity(`#${a}`), iris.entity(a), iris.fragment(b), iris.thing(b)];
        expect(minted.filter(({ value }) => !isIri(value))).toEqual([]);
        const same = a.toWellFormed() === b.toWellFormed();
        expect(iris.fragment(a).equals(iris.fragment(b))).toBe(same);
        expect(iris.thing(a).equals(iris.thing(b))).toBe(same);
      }),
    );
  });

  it("keep unreserved characters and no other", () => {
    expect(encodeSegment("a-Z_0.9~")).toBe("a-Z_0.9~");
    expect(encodeSegment("a/b#c'(ü)")).toBe("a%2Fb%23c%27%28%C3%BC%29");
    expect(encodeSegment("\ud800")).toBe("%EF%BF%BD");
  });
});

describe("the base", () => {
  it.each(["https://data.example/", "http://localhost:8080/c/", "https://example.org/é/"])("may be %s", (base) => {
    expect(checkBase(base)).toBe(base);
  });

  it.each([
    "https://data.example",
    "https://data.example/#",
    "https://data.example/?a=/",
    "/relative/",
    "file:///tmp/",
    "https:///",
    "https://data.example/a b/",
    "https://data.example/<x>/",
    "https://data.example/%zz/",
    "",
  ])("may not be %j", (base) => {
    expect(() => checkBase(base)).toThrow(CommuniqueError);
    expect(() => new ArticleIris(base, "x")).toThrow(/base IRI/);
  });
});

describe("the original's URL", () => {
  it.each([
    ["https://news.example/a?b=c#d", "https://news.example/a?b=c#d"],
    ["https://news.example/a b?q=\"x\"|^`", "https://news.example/a%20b?q=%22x%22%7C%5E%60"],
    ["https://news.example/100%", "https://news.example/100%25"],
    ["https://news.example/#a#b", "https://news.example/#a%23b"],
  ])("%s is written as an IRI", (url, iri) => {
    expect(iriOfUrl(url)?.value).toBe(iri);
    expect(isIri(iri)).toBe(true);
  });

  it.each(["javascript:alert(1)", "not a URL", "ftp://news.example/", ""])("%j is none", (url) => {
    expect(iriOfUrl(url)).toBeUndefined();
  });

  it("is a valid IRI whatever a URL parser accepts", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (tail) => {
        const iri = iriOfUrl(`https://news.example/${tail}`);
        if (iri === undefined) return;
        expect(isIri(iri.value), iri.value).toBe(true);
        expect(iri.value.split("#").length).toBeLessThanOrEqual(2);
      }),
    );
  });
});
