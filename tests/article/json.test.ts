import { describe, expect, it } from "vitest";
import { articleFromJson } from "../../lib/article/json.ts";
import { DEFAULT_LIMITS } from "../../lib/article/limits.ts";

const read = (value: unknown) => articleFromJson(typeof value === "string" ? value : JSON.stringify(value), "item", DEFAULT_LIMITS);
const failing = (code: string) => expect.objectContaining({ code }) as Error;

describe("an Article in JSON", () => {
  it("keeps its fields", () => {
    const article = { id: "a1", text: "Jane Roe met John Doe.", headline: "They  met", published: "2025-03-04T10:00:00Z", publisher: "X", url: "https://x.example/1" };
    expect(read({ ...article, other: 1 })).toEqual({ ...article, headline: "They met", published: "2025-03-04", language: "en" });
  });

  it.each([
    [{ id: "x" }, "article-invalid"], [{ text: 5 }, "article-invalid"], [[], "article-invalid"], [{ text: "a", published: "yesterday" }, "article-invalid"],
    [{ text: "a", url: "x" }, "article-invalid"], [{ text: "a", headline: "x".repeat(5000) }, "article-invalid"], [{ text: "a", language: "de" }, "input-unsupported"], [{ text: " \n" }, "input-empty"],
    ["{", "input-malformed"], ["", "input-malformed"], ["[".repeat(5_000_000), "input-too-deep"],
  ])("refuses %.60j", (value, code) => {
    expect(() => read(value)).toThrow(failing(code));
  });

  it("is not fooled by names that every object has", () => {
    expect(() => read('{"__proto__": {"text": "x"}, "constructor": 1}')).toThrow(failing("article-invalid"));
  });
});

describe("ninjs", () => {
  it("reads version 3", () => {
    const article = read({
      uri: "urn:newsml:example.org:20250304:1", type: "text", language: "en-US", contentcreated: "2025-03-04T11:12:13Z", versioncreated: "2025-03-05T00:00:00Z",
      headlines: [{ role: "short", value: "Talks" }, { role: "main", value: "Ministers meet" }],
      bodies: [
        { role: "summary", contenttype: "text/plain", value: "Summary." },
        { role: "main", contenttype: "text/html", value: "<p>Jane Roe met <b>John</b> Doe.</p><script>x</script><p>They talked &amp; ate.</p>" },
        { role: "main", contenttype: "text/plain", value: "Jane Roe met John Doe." },
      ],
      infosources: [{ role: "author", name: "A. Writer" }, { role: "provider", name: "Example Agency" }],
    });
    expect(article).toMatchObject({
      text: "Jane Roe met John Doe.", headline: "Ministers meet", published: "2025-03-04", publisher: "Example Agency", language: "en-US",
    });
    expect(article.id).toMatch(/^urn-newsml-example.org-20250304-1-[0-9a-f]{8}$/);
  });

  it("reads version 1 and HTML bodies", () => {
    const article = read({
      uri: "https://agency.example/item/1", versioncreated: "2025-03-04T11:12:13Z", headline: "Ministers meet",
      body_xhtml: "<div><p>Jane Roe met <b>John</b> Doe.</p><p>They talked &amp; ate.</p></div>",
    });
    expect(article).toMatchObject({ text: "Jane Roe met John Doe.\nThey talked & ate.", url: "https://agency.example/item/1", published: "2025-03-04" });
  });

  it("refuses pictures, withdrawn items and items without a body", () => {
    expect(() => read({ uri: "x", type: "picture", headlines: [] })).toThrow(failing("input-unsupported"));
    expect(() => read({ uri: "x", pubstatus: "canceled", body_text: "a" })).toThrow(failing("article-invalid"));
    expect(() => read({ uri: "x", bodies: [] })).toThrow(failing("article-invalid"));
    expect(() => read({ body_html: "<div>".repeat(100_000) })).toThrow(failing("input-too-deep"));
  });
});
