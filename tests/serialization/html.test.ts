import { createHash } from "node:crypto";
import fc from "fast-check";
import { parseHTML } from "linkedom";
import { describe, expect, it } from "vitest";
import type { Article } from "../../lib/article/types.ts";
import type { Extraction, Span } from "../../lib/extraction/types.ts";
import { slicer } from "../../lib/text/code-points.ts";
import { toHtml } from "../../lib/serialization/index.ts";
import { sampleArticle, sampleExtraction, sampleText } from "../support/sample.ts";

const sample = toHtml({ article: sampleArticle, extraction: sampleExtraction, base: "https://data.example/" });

/** What of the DOM these tests look at; its own types would bring the browser's globals along. */
interface Element {
  readonly id: string;
  readonly textContent: string;
  readonly innerHTML: string;
  readonly localName: string;
  readonly attributes: Iterable<{ readonly name: string; readonly value: string }>;
  getAttribute(name: string): string | null;
  querySelectorAll(selector: string): Iterable<Element>;
  querySelector(selector: string): Element | null;
}

function parse(html: string): Element {
  const { document } = parseHTML(html) as unknown as { document: Element };
  return document;
}

const all = (page: Element, selector: string) => [...page.querySelectorAll(selector)];
const squash = (text: string) => text.replace(/\s+/g, " ").trim();

describe("the page", () => {
  const page = parse(sample);

  it("shows the text, paragraph by paragraph, word for word", () => {
    expect(all(page, "article p").map((p) => squash(p.textContent))).toEqual(sampleText.split("\n\n"));
  });

  it("lists every statement and meeting under the id that names it in the graph", () => {
    expect(all(page, ".fact").map(({ id }) => id)).toEqual([
      ...sampleExtraction.statements.map((_, i) => `statement-${i + 1}`),
      ...sampleExtraction.meetings.map((_, i) => `meeting-${i + 1}`),
    ]);
    const summit = squash(page.querySelector("#meeting-2")?.textContent ?? "");
    for (const words of [
      "Summit",
      "planned",
      "Mara Ellin (Norlandia)",
      "Tomas Varga (Esteria)",
      "Port Selen",
      "2025-03-12",
      "on 12 March",
      "statement 3",
    ]) {
      expect(summit).toContain(words);
    }
    expect(squash(page.querySelector("#statement-5")?.textContent ?? "")).toMatch(
      /Attitude indirect .*Reported by\s*Ester Press/,
    );
  });

  it("has unique ids, and every link within the page arrives", () => {
    const ids = all(page, "[id]").map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const targets = all(page, "a[href^='#']").map((link) =>
      decodeURIComponent(link.getAttribute("href")?.slice(1) ?? ""),
    );
    expect(targets.filter((target) => !ids.includes(target))).toEqual([]);
    expect(targets.length).toBeGreaterThan(30);
  });

  it("begins every span of every fact at the element with its id", () => {
    const words = slicer(sampleText);
    const text = page.querySelector("article")?.innerHTML ?? "";
    const spans: Span[] = [
      ...sampleExtraction.statements.flatMap(({ content, cue, source }) => [...content, ...cue, ...source]),
      ...sampleExtraction.meetings.flatMap(({ evidence }) => evidence),
      ...sampleExtraction.mentions.map(({ span }) => span),
    ];
    for (const span of spans) {
      const rest = text.slice(text.indexOf(`id="char=${span.start},${span.end}"`)).replace(/^[^>]*>/, "");
      expect(squash(rest.replace(/<[^>]*>/g, "")).startsWith(squash(words(span)))).toBe(true);
    }
  });

  it("marks the words of every fact as its own, in pieces where others begin or end within", () => {
    const words = (selector: string) =>
      all(page, selector)
        .map(({ textContent }) => textContent)
        .join("");
    expect(words(".content.of-statement-3")).toBe("the two leaders would hold a summit in Port Selen on 12 March");
    expect(words(".evidence.of-meeting-2")).toBe("would hold a summitthe summit");
    expect(words(".cue.of-statement-6")).toBe("according to");
    expect(words(".content.evidence")).toContain("would hold a summit");
  });

  it("links names to the things they name", () => {
    const hrefs = all(page, ".who a").map((link) => link.getAttribute("href"));
    expect(hrefs).toContain("https://data.example/id/person/mara-ellin");
    expect(hrefs).toContain("https://data.example/article/border-call-1f2e3d4c#person-lena-orsk");
    expect(page.querySelector("#person-lena-orsk")?.textContent).toContain("Lena Orsk");
    expect(page.querySelector("[id='person/mara-ellin']")?.textContent).toContain("President of Norlandia");
  });

  it("allows its own style and nothing else", () => {
    const style = page.querySelector("style")?.textContent ?? "";
    const policy = page.querySelector("meta[http-equiv]")?.getAttribute("content") ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain(`style-src 'sha256-${createHash("sha256").update(style).digest("base64")}'`);
    expect(all(page, "script, img, iframe, link[rel=stylesheet], [style]")).toEqual([]);
    expect(style).not.toMatch(/url\(|@import/);
  });

  it("names its other formats and carries its JSON-LD where they are given", () => {
    const html = toHtml({
      article: sampleArticle,
      extraction: sampleExtraction,
      jsonld: '{"a":"</script><script>alert(1)</script><!--"}\n',
      alternates: { "border-call.ttl": "text/turtle" },
    });
    const other = parse(html);
    expect(other.querySelector("link[rel=alternate]")?.getAttribute("href")).toBe("border-call.ttl");
    expect(all(other, "script")).toHaveLength(1);
    expect(JSON.parse(other.querySelector("script")?.textContent ?? "")).toEqual({
      a: "</script><script>alert(1)</script><!--",
    });
  });
});

const payloads = [
  "<script>alert(1)</script>",
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  "</title></style></script><svg/onload=alert(1)>",
  "<!--",
  "]]>",
  "&lt;b&gt;",
  "javascript:alert(1)",
  "\u0000\u001b]0;x\u0007",
  "a\ud83d",
  "\u202eevil",
  "</p></article>",
  "a b\tc",
];

function hostile(words: string): { article: Article; extraction: Extraction } {
  const text = `${words} said ${words}.\n\n${words}`;
  const length = Array.from(words).length;
  const span = { start: 0, end: length };
  const key = `#${words}`;
  return {
    article: { id: "x", text, headline: words, published: words, publisher: words, url: words, language: words },
    extraction: {
      id: "x",
      entities: [
        {
          key,
          kind: "person",
          name: words,
          names: [words],
          state: `state/${words}`,
          offices: [{ office: words, title: words, of: words, since: words }],
        },
        { key: `state/${words}`, kind: "state", name: words, names: [] },
      ],
      mentions: [{ span, entity: key, type: "name", title: words }],
      statements: [
        {
          content: [span, { start: length + 6, end: 2 * length + 6 }],
          cue: [{ start: length + 1, end: length + 5 }],
          source: [span],
          speakers: [key],
          reportedBy: words,
          addressee: words,
          kind: "direct",
          mode: "speech",
          about: [words],
          date: words,
          confidence: 1,
          support: { [key]: [span] },
        },
      ],
      meetings: [
        {
          kind: "Meeting",
          status: "held",
          participants: [key],
          sides: { [key]: words },
          place: words,
          according: [0],
          evidence: [span],
          date: { precision: "day", text: words, span },
          confidence: 1,
          support: { [key]: [span] },
        },
      ],
      versions: { software: words, model: words, gazetteer: words },
    },
  };
}

const benign = toHtml(hostile("abc"));

/** Elements and attributes without their values: what an injection would change. */
function skeleton(html: string): string[] {
  return all(parse(html), "*").map((element) =>
    [element.localName, ...[...element.attributes].map(({ name }) => name)].join(" "),
  );
}

describe("hostile words in every field", () => {
  it.each(payloads)("add no element, attribute or script: %j", (payload) => {
    const html = toHtml({ ...hostile(payload), alternates: { [payload]: payload } });
    const names = new Set(skeleton(html));
    const known = new Set([
      ...skeleton(benign),
      ...skeleton(toHtml({ ...hostile("abc"), alternates: { x: "y" } })),
      "li",
      "a href rel",
    ]);
    expect([...names].filter((name) => !known.has(name))).toEqual([]);
    expect(html).not.toMatch(/href="\s*javascript:/i);
    expect(html).not.toMatch(/[\u0000-\u0008\u000b\u000e-\u001f]/);
    expect(html.isWellFormed()).toBe(true);
  });

  it("make no ids that the page has already", () => {
    for (const words of ["facts", "statement-1", "meeting-1", "char=0,3"]) {
      const ids = all(parse(toHtml(hostile(words))), "[id]").map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
    }
  });

  it("come out of any text as they went in", () => {
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom("<", ">", "&", '"', "'", "a", "📞", "-", "!", ";", "#"),
          minLength: 1,
          maxLength: 8,
        }),
        (words) => {
          const page = parse(toHtml(hostile(words)));
          expect(page.querySelector("h1")?.textContent).toBe(words);
          expect(all(page, "article p").map((p) => p.textContent)).toEqual([`${words} said ${words}.`, words]);
        },
      ),
    );
  });
});

describe("many spans", () => {
  it("cost a bounded number of characters each, however they nest", () => {
    const n = 10_000;
    const article: Article = { id: "x", text: "word ".repeat(n), language: "en" };
    const mentions = Array.from({ length: n }, (_, i) => ({
      span: { start: i, end: 5 * n - i },
      entity: "state/x",
      type: "name" as const,
    }));
    const html = toHtml({ article, extraction: { ...sampleExtraction, mentions, statements: [], meetings: [] } });
    expect(html.length).toBeLessThan(1000 * n);
    expect(squash(parse(html).querySelector("article p")?.textContent ?? "")).toBe(article.text.trim());
  });
});
