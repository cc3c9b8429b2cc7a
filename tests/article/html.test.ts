import { describe, expect, it } from "vitest";
import { decodeHtml, decodeText } from "../../lib/article/decode.ts";
import { articleFromHtml } from "../../lib/article/html.ts";
import { DEFAULT_LIMITS } from "../../lib/article/limits.ts";

const paragraphs = [
  "The foreign ministers of Norland and Sudmark met in Geneva on Tuesday, officials said.",
  "“We will meet again, and soon,” Foreign Minister Jane Roe told reporters after the talks, which lasted for three hours.",
  "Her counterpart, John Doe, called the meeting “useful” &amp; said that more work, much more, was needed before a summit.",
];
const page = (head: string, body = paragraphs.map((p) => `<p>${p}</p>`).join("\n")): string =>
  `<!DOCTYPE html><html lang="en-GB"><head><title>Talks | The Example</title>${head}</head><body>
   <nav><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li></ul></nav>
   <article><h1>Talks in Geneva</h1>${body}</article>
   <div class="share-buttons"><a href="#">Share</a><a href="#">Tweet</a></div><footer><a href="/c">Contact us</a></footer></body></html>`;
const read = (html: string) => articleFromHtml(html, "page", DEFAULT_LIMITS);

describe("articleFromHtml", () => {
  it("takes the main text, one paragraph a line, and leaves the rest of the page", async () => {
    const { text } = await read(page(""));
    expect(text.split("\n").slice(-3)).toEqual(paragraphs.map((p) => p.replace("&amp;", "&")));
    expect(text).not.toMatch(/Home|Share|Contact/);
  });

  it("reads schema.org metadata out of arrays and graphs, with the publisher by reference", async () => {
    const block = JSON.stringify([
      { "@type": "BreadcrumbList" },
      {
        "@context": "https://schema.org",
        "@graph": [
          { "@type": "Organization", "@id": "#org", name: "The Example Times" },
          {
            "@type": ["ReportageNewsArticle", "NewsArticle"], headline: "Ministers meet", datePublished: "2025-03-04T08:00:00Z",
            publisher: { "@id": "#org" }, mainEntityOfPage: { "@id": "https://example.org/talks" },
          },
        ],
      },
    ]);
    const article = await read(page(`<script type="application/ld+json">{broken</script><script type="application/ld+json">${block}</script>`));
    expect(article).toMatchObject({
      headline: "Ministers meet", published: "2025-03-04", publisher: "The Example Times", url: "https://example.org/talks", language: "en-GB",
    });
  });

  it("falls back to Open Graph, the canonical link and the title", async () => {
    const article = await read(page(`<meta property="article:published_time" content="2025-03-04T08:00+01:00">
      <meta property="og:site_name" content="The Example"><link rel="canonical" href="https://example.org/a">`));
    expect(article).toMatchObject({ headline: "Talks | The Example", published: "2025-03-04", publisher: "The Example", url: "https://example.org/a" });
  });

  it("ignores relative dates and addresses that are none", async () => {
    const article = await read(page(`<meta name="date" content="3 hours ago"><link rel="canonical" href="/a"><meta property="og:url" content="javascript:x">`));
    expect(article.published).toBeUndefined();
    expect(article.url).toBeUndefined();
  });

  it("never runs or quotes scripts", async () => {
    const { text } = await read(page("", `<script>globalThis.pwned = 1; document.write("x")</script><p>${paragraphs.join(" ")}</p><noscript>enable</noscript>`));
    expect(globalThis).not.toHaveProperty("pwned");
    expect(text).not.toMatch(/pwned|document\.write|enable/);
  });

  it("reads fragments and very short pages", async () => {
    expect((await read("<p>Jane Roe met John Doe.</p><p>They talked.</p>")).text).toBe("Jane Roe met John Doe.\nThey talked.");
  });

  it("says so when there is no text, or the page is in another language", async () => {
    await expect(read("<html><body><script>1</script></body></html>")).rejects.toMatchObject({ code: "input-empty" });
    await expect(read(page("").replace("en-GB", "fr"))).rejects.toMatchObject({ code: "input-unsupported" });
  });

  it.each([
    ["100,000 nested elements", "<div>".repeat(100_000) + "Words.", "input-too-deep"],
    ["100,000 elements side by side", "<i>x</i>".repeat(100_000), "input-too-large"],
    ["a million attributes", `<p ${Array.from({ length: 1_000_000 }, (_, i) => `a${i}`).join(" ")}>Words.`, "input-too-large"],
    ["millions of stray characters", "<".repeat(5_000_000), "input-too-large"],
    ["millions of ampersands", "&".repeat(5_000_000), "input-too-large"],
    ["an unclosed comment", "<!--".repeat(1_000_000), "input-empty"],
  ])("refuses %s", async (_, html, code) => {
    await expect(read(html)).rejects.toMatchObject({ code });
  });
});

describe("decoding", () => {
  it("obeys byte order marks and replaces what is not valid", () => {
    expect(decodeText(Buffer.from("\ufeffRömer", "utf8")).text).toBe("Römer");
    expect(decodeText(Buffer.from("\ufeffRömer 🕊", "utf16le")).text).toBe("Römer 🕊");
    expect(decodeText(Uint8Array.of(0x61, 0xff, 0x62))).toEqual({ text: "a\ufffdb", encoding: "utf-8", invalid: 1 });
  });

  it("counts what is not valid, but not the replacement characters that a text brings", () => {
    const invalid = (bytes: Uint8Array): number => decodeText(bytes).invalid;
    expect(invalid(Buffer.from("a\ufffdb\ufffd"))).toBe(0);
    expect(invalid(Buffer.concat([Buffer.from("a\ufffd"), Buffer.of(0xe9, 0x20, 0xff)]))).toBe(2);
    expect(invalid(Buffer.from("\ufeffa\ud800b", "utf16le"))).toBe(1);
    expect(invalid(Buffer.from("Xi met \xe9", "latin1"))).toBe(1);
    expect(decodeHtml(Buffer.from('<meta charset="windows-1252">\xe9', "latin1")).invalid).toBe(0);
    expect(decodeHtml(Buffer.from("<p>caf\xe9</p>", "latin1"))).toMatchObject({ encoding: "utf-8", invalid: 1 });
  });

  it("obeys the encoding that a page declares", () => {
    expect(decodeHtml(Buffer.from('<meta charset="windows-1252">\x93R\xf6mer\x94', "latin1")).text).toContain("“Römer”");
    expect(decodeHtml(Buffer.from('<META http-equiv=content-type content="text/html; charset=iso-8859-2">\xb1', "latin1")).text).toContain("ą");
    expect(decodeHtml(Buffer.from('<meta charset="nonsense"><p>ö')).text).toContain("ö");
    expect(decodeHtml(Buffer.from('<meta charset="utf-16"><p>ö')).text).toContain("ö");
  });
});
