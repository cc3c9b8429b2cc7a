import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { articleId, canonicalUrl, httpUrl, isArticleId } from "../../lib/article/id.ts";

const source = { stem: "index", text: "Words." };

describe("articleId", () => {
  it("keeps a valid id", () => {
    expect(articleId({ ...source, id: "2025-02-24_call~1.a" })).toBe("2025-02-24_call~1.a");
  });

  it("prefers the URL to the file, whatever the tracking parameters", () => {
    const id = articleId({ ...source, url: "https://News.example/a/?id=4#top" });
    expect(id).toBe(articleId({ stem: "other", text: "Else.", url: "https://news.example/a?id=4&utm_source=x&fbclid=1" }));
    expect(id).not.toBe(articleId({ ...source, url: "https://news.example/a?id=5" }));
  });

  it("tells two files of one name apart by their text", () => {
    const one = articleId(source);
    expect(one).toMatch(/^index-[0-9a-f]{8}$/);
    expect(articleId({ ...source, text: "Other words." })).not.toBe(one);
    expect(articleId({ ...source })).toBe(one);
  });

  it("is valid for anything, and never merges two ids that had to be changed", () => {
    const anything = fc.string({ unit: "binary", minLength: 1, maxLength: 300 });
    fc.assert(
      fc.property(anything, anything, (a, b) => {
        expect(isArticleId(articleId({ ...source, id: a }))).toBe(true);
        expect(isArticleId(articleId({ stem: a, text: b }))).toBe(true);
        if (a !== b && !isArticleId(a) && !isArticleId(b)) {
          expect(articleId({ ...source, id: a })).not.toBe(articleId({ ...source, id: b }));
        }
      }),
    );
  });

  it("never starts with a full stop or leaves its folder", () => {
    for (const id of ["..", ".hidden", "../../etc/passwd", "a/b", "CON:", " "]) {
      expect(articleId({ ...source, id })).toMatch(/^[A-Za-z0-9_~][A-Za-z0-9._~-]*-[0-9a-f]{8}$/);
    }
  });
});

describe("URLs", () => {
  it("canonicalUrl drops what does not name the page", () => {
    expect(canonicalUrl("HTTPS://A.example:443/x/?b=1&utm_campaign=z#f")).toBe("https://a.example/x?b=1");
  });

  it("httpUrl accepts absolute web addresses only", () => {
    expect(httpUrl("https://a.example/ü")).toBe("https://a.example/%C3%BC");
    for (const bad of ["/a", "javascript:alert(1)", "data:text/plain,x", "urn:x:y", ""]) expect(httpUrl(bad)).toBeUndefined();
  });
});
