import { parseHTML } from "linkedom";
import { describe, expect, it } from "vitest";
import type { RenderedDocument } from "../../lib/publication/types.ts";
import { createPages, renderPage } from "../../lib/site/pages/index.ts";
import { DOCUMENTS, meeting, person, retired, sealed, start, state, article, words } from "./documents.ts";
import { PAYLOADS, poisoned } from "./poison.ts";

/** What of the DOM these tests look at. */
interface Element {
  readonly id: string;
  readonly localName: string;
  readonly textContent: string;
  readonly attributes: Iterable<{ readonly name: string; readonly value: string }>;
  getAttribute(name: string): string | null;
  querySelectorAll(selector: string): Iterable<Element>;
  querySelector(selector: string): Element | null;
}

const parse = (html: string): Element => (parseHTML(html) as unknown as { document: Element }).document;
const all = (page: Element, selector: string): Element[] => [...page.querySelectorAll(selector)];
const text = (element: Element | null): string => (element?.textContent ?? "").replace(/\s+/g, " ").trim();
const page = (document: RenderedDocument) => parse(renderPage(document));

describe("pages", () => {
  it("say who a person is, and what the newest report has of a meeting", () => {
    const ellin = page(person);
    expect(text(ellin.querySelector("h1"))).toBe("Mara Ellin");
    expect(text(ellin.querySelector(".lead"))).toBe("President of Norlandia since 1 May 2021.");
    expect(text(ellin.querySelector("aside"))).toContain("Foreign Minister of Norlandia (acting), 2017 to 1 May 2021");
    expect(text(page(state).querySelector(".lead"))).toBe("A member state of the United Nations.");
    const summit = page(meeting);
    expect(text(summit.querySelector("h1"))).toBe("Summit of Mara Ellin and Tomas Varga");
    expect(all(summit, ".lead").map(text)).toEqual(["13 to 14 March 2025, in Port Selen.", "Mara Ellin for Norlandia, Tomas Varga for Esteria."]);
    expect(text(summit.querySelector(".head .meta"))).toBe("As the newest of 2 reports has it. Planned before for 12 March 2025.");
    expect(all(summit, ".timeline .day").map(text)).toEqual(["13 March 2025", "3 March 2025"]);
    expect(text(page(retired).querySelector(".lead"))).toMatch(/^Found to be one with another meeting/);
  });

  it("list what happened by day, each with the article's words and a link to where they stand", () => {
    const items = all(page(person), ".item");
    expect(items).toHaveLength(person.items.length);
    const summit = items[0]!;
    expect(text(summit.querySelector(".status"))).toBe("held");
    expect(text(summit.querySelector("blockquote"))).toBe("met in Port Selen on Thursday for the summit that had been put off by a day");
    expect(summit.querySelector("blockquote a")!.getAttribute("href")).toBe("../../article/summit-77aa00bb.html#meeting-1");
    expect(summit.querySelector("h4 a")!.getAttribute("href")).toBe("../../data/meeting/m7f3a2c9e.html");
    const said = items.find((item) => text(item).includes("colder border"))!;
    expect(text(said.querySelector("blockquote"))).toBe("“We do not want a colder border 📞,” … “We want an open one.”");
    expect(text(items.find((item) => text(item).includes("Lena Orsk"))!.querySelector("a"))).toBe("Talks");
  });

  it("lead from page to page, older ones included", () => {
    expect(page(person).querySelector(".pager [rel=next]")!.getAttribute("href")).toBe("../../data/person/mara-ellin/1.html");
    const older = page(sealed);
    expect(older.querySelector(".pager [rel=prev]")!.getAttribute("href")).toBe("../../../data/person/mara-ellin.html");
    expect(older.querySelector("link[rel=canonical]")!.getAttribute("href")).toBe("https://data.example/data/person/mara-ellin/2");
  });

  it("of articles mark the words, or show those alone that facts rest on", () => {
    const whole = page(article);
    expect(text(whole.querySelector("[id='char=258,303']") ?? whole.querySelector(".text"))).not.toBe("");
    expect(all(whole, ".text p")).toHaveLength(5);
    expect(all(whole, "#meeting-2 a").map((link) => link.getAttribute("href"))).toContain("../data/meeting/m7f3a2c9e.html");
    const few = page(words);
    expect(few.querySelector(".text")).toBeNull();
    expect(text(few.querySelector("body"))).not.toContain("NORHAVEN");
    // Every fragment that the lists link to is on the page.
    const ids = new Set(all(few, "[id]").map(({ id }) => id));
    expect(all(few, ".fact blockquote a").filter((link) => !ids.has((link.getAttribute("href") ?? "").slice(1)))).toEqual([]);
  });

  it("show on the start page what is here", () => {
    const here = page(start);
    expect(all(here, ".figures dd").map(text)).toEqual(["2", "3", "7", "12,345"]);
    expect(text(here.querySelector("#people .rows"))).toBe("Norlandia and Esteria 3 in 2025");
    expect(all(here, ".body .item h4").map(text)).toEqual(["Summit held", "Talks called off", "Phone call held"]);
  });

  it("are the same bytes for the same document, whole, and each id once", () => {
    for (const [key, document] of Object.entries(DOCUMENTS)) {
      const html = renderPage(document);
      expect(renderPage(structuredClone(document))).toBe(html);
      const ids = all(parse(html), "[id]").map(({ id }) => id);
      expect([key, ids.filter((id, i) => ids.indexOf(id) !== i)]).toEqual([key, []]);
    }
  });

  it("link to files by relative paths that stay within the tree", () => {
    for (const [key, document] of Object.entries(DOCUMENTS)) {
      for (const link of all(page(document), "a, link")) {
        const href = link.getAttribute("href") ?? "";
        if (/^https?:/.test(href)) continue;
        const { origin, pathname } = new URL(href, `https://site.example/tree/${key}`);
        expect([key, href, origin]).toEqual([key, href, "https://site.example"]);
        // A server of files adds no extension and gives a folder its index.html at most.
        expect([href, /^\/tree\/(?:.*\.[a-z]+)?$/.test(pathname)]).toEqual([href, true]);
      }
    }
  });

  it("embed their data where they have any, and no comment or tag of it opens", () => {
    const html = renderPage(state, '{"a":"</script><script>alert(1)</script><!--"}');
    expect(JSON.parse(all(parse(html), "script").map(({ textContent }) => textContent).join(""))).toEqual({ a: "</script><script>alert(1)</script><!--" });
    expect(html.match(/<script/g)).toHaveLength(1);
  });
});

describe("hostile words", () => {
  const documents = Object.entries(DOCUMENTS);

  it.each(PAYLOADS)("stay words in every field: %s", (payload) => {
    for (const [key, document] of documents) {
      const clean = page(document);
      const hostile = page(poisoned(document, payload));
      const scripts = all(hostile, "script");
      expect([key, scripts.length]).toEqual([key, 0]);
      // Elements that only a payload could have brought.
      expect([key, all(hostile, "img, svg, iframe, object, embed, form, style, base, math, template, video").length]).toEqual([key, 0]);
      const names = (of: Element) => new Set(all(of, "*").flatMap((element) => [...element.attributes].map(({ name }) => name)));
      const known = new Set([...names(clean), "rel", "cite"]);
      expect([key, [...names(hostile)].filter((name) => !known.has(name))]).toEqual([key, []]);
      for (const element of all(hostile, "[href], [src]")) {
        const address = element.getAttribute("href") ?? element.getAttribute("src") ?? "";
        expect([key, address, /^https?:$/.test(new URL(address, "https://site.example/a/b/c").protocol)]).toEqual([key, address, true]);
      }
    }
  });

  it("stay words among the examples of the query page, which leads to the start page", () => {
    const pages = createPages({ base: "https://data.example/", examples: PAYLOADS.map((payload) => ({ title: payload, description: payload, query: payload })) });
    const html = pages.assets().find(({ key }) => key === "query.html")!.body as string;
    const query = parse(html);
    expect(all(query, "script").map((script) => script.getAttribute("src"))).toEqual(["./assets/yasgui.js", "./assets/query.js"]);
    expect(all(query, "nav a").map((link) => link.getAttribute("href"))).toEqual(["./#meetings", "./#people", "./query.html", "./#data"]);
    expect(all(query, ".examples a").map((link) => link.getAttribute("data-query"))).toEqual(PAYLOADS.map((payload) => payload.toWellFormed().replace("\u0000", "\ufffd")));
  });
});

describe("assets", () => {
  it("name nothing to fetch from elsewhere", () => {
    for (const { key, body } of createPages({ base: "https://data.example/", examples: [] }).assets()) {
      if (key.endsWith(".css")) expect([key, String(body).match(/url\(\s*["']?(?:https?:)?\/\//g), String(body).includes("@import")]).toEqual([key, null, false]);
      expect(String(body)).not.toContain("sourceMappingURL");
    }
  });
});
