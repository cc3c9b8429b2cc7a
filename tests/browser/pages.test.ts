import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { headersOf } from "../../lib/publication/layout.ts";
import { createPages, createSite, listen, type RunningServer } from "../../lib/site/index.ts";
import { MemoryStore } from "../../lib/store/memory-store.ts";
import { BASE, DOCUMENTS } from "../site/documents.ts";
import { PAYLOADS, poisoned } from "../site/poison.ts";
import { sampleArticle } from "../support/sample.ts";
import { CHROMIUM, launch } from "./browser.ts";

const QUERY = "SELECT ?who WHERE { ?report ?p ?who } # <b>example</b>";
/** All at once, and what does harm only as a whole address. */
const HOSTILE = [PAYLOADS.join(" "), ...PAYLOADS.filter((payload) => payload.startsWith("javascript:"))];

/** Rows whose words are hostile too: the editor's table shows what a query gives. */
const RESULTS = { head: { vars: ["who"] }, results: { bindings: PAYLOADS.map((payload) => ({ who: { type: "literal", value: payload.toWellFormed() } })) } };

/** Every kind of document, with a payload in every field where one is given. */
async function publish(payload?: string): Promise<MemoryStore> {
  const store = new MemoryStore();
  const pages = createPages({ base: BASE, examples: [{ title: "Who", description: "Everybody <b>named</b>", query: QUERY }] });
  for (const [key, document] of Object.entries(DOCUMENTS)) {
    const page = payload === undefined ? pages.render(document, "{}") : pages.render(poisoned(document, payload), JSON.stringify({ payload }));
    await store.put(key, page, headersOf(key));
  }
  for (const { key, body, headers } of pages.assets()) await store.put(key, body, headers);
  return store;
}

// Without a browser nothing of this can be tried: `apt-get install chromium`, or name one in CHROMIUM.
describe.skipIf(CHROMIUM === undefined)("in Chromium (skipped where there is none)", () => {
  let browser: Browser;
  let server: RunningServer;
  let at: string;
  const asked: string[] = [];

  beforeAll(async () => {
    const store = await publish();
    const sparql = async (request: Request): Promise<Response> => {
      asked.push(new URLSearchParams(await request.text()).get("query") ?? "");
      return new Response(JSON.stringify(RESULTS), { headers: { "content-type": "application/sparql-results+json" } });
    };
    server = await listen(createSite({ store, base: BASE, sparql }), { port: 0, host: "127.0.0.1" });
    at = `http://127.0.0.1:${server.port}/`;
    browser = await launch();
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  /** A page that keeps account of what goes wrong on it. */
  async function open(options: Parameters<Browser["newContext"]>[0] = {}): Promise<{ page: Page; trouble: string[] }> {
    const context = await browser.newContext(options);
    const page = await context.newPage();
    const trouble: string[] = [];
    page.on("pageerror", (error) => trouble.push(error.message));
    page.on("console", (message) => message.type() === "error" && trouble.push(message.text()));
    page.on("dialog", (dialog) => {
      trouble.push(dialog.message());
      void dialog.dismiss();
    });
    page.on("request", (request) => /^(?:http:\/\/127\.0\.0\.1:|data:|about:)/.test(request.url()) || trouble.push(request.url()));
    return { page, trouble };
  }

  it.each(["light", "dark"] as const)("every page passes axe and fits 360 pixels, in the %s", async (colorScheme) => {
    const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
    const { page, trouble } = await open({ colorScheme, viewport: { width: 360, height: 800 }, bypassCSP: true });
    const found: string[] = [];
    const keys = Object.keys(DOCUMENTS);
    for (const key of [...(colorScheme === "light" ? keys : keys.slice(0, 4)), `article/${sampleArticle.id}`, "query", "nothing-here.html"]) {
      await page.goto(at + key);
      if (key === "query") {
        await page.click(".examples a");
        await page.waitForSelector(".yasr table tbody td");
        // The editor settles some frames after the table is there: what counts is where its parts come to rest.
        const clear = await page
          .waitForFunction(
            `document.querySelector(".yasqe_buttons").getBoundingClientRect().bottom <= document.querySelector(".CodeMirror-line").getBoundingClientRect().top + 1`,
            undefined,
            { timeout: 5000 },
          )
          .then(() => true, () => false);
        if (!clear) found.push("the editor's buttons lie on its text");
      }
      await page.evaluate(axe);
      const violations = await page.evaluate<{ id: string; nodes: { html: string }[] }[]>("axe.run().then(({ violations }) => violations)");
      found.push(...violations.map(({ id, nodes }) => `${key}: ${id}: ${nodes[0]?.html}`));
      const overflow = await page.evaluate<number>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
      if (overflow > 0) found.push(`${key}: ${overflow} pixels too wide`);
    }
    expect(found).toEqual([]);
    expect(trouble.filter((line) => !line.includes("404"))).toEqual([]);
    await page.context().close();
  }, 60_000);

  it("nothing runs that articles say, and nothing is fetched from elsewhere", async () => {
    const { page, trouble } = await open();
    const found: unknown[] = [];
    for (const payload of HOSTILE) {
      const hostile = await listen(createSite({ store: await publish(payload), base: BASE }), { port: 0, host: "127.0.0.1" });
      at = `http://127.0.0.1:${hostile.port}/`;
      for (const key of Object.keys(DOCUMENTS)) {
        await page.goto(at + key);
        found.push(await page.evaluate("window.hacked"));
      }
      await page.goto("about:blank");
      await hostile.close();
    }
    at = `http://127.0.0.1:${server.port}/`;
    expect(found.filter((hacked) => hacked !== undefined)).toEqual([]);
    expect(found).toHaveLength(HOSTILE.length * Object.keys(DOCUMENTS).length);
    expect(trouble).toEqual([]);
    await page.context().close();
  }, 60_000);

  it("pages read without scripts, and the keyboard skips to the content", async () => {
    const { page, trouble } = await open({ javaScriptEnabled: false });
    await page.goto(`${at}data/person/mara-ellin`);
    expect(await page.locator("h1").innerText()).toBe("Mara Ellin");
    await page.keyboard.press("Tab");
    expect(await page.locator(":focus").innerText()).toBe("Skip to the content");
    await page.keyboard.press("Enter");
    await page.waitForURL(/#main$/);
    await page.click('.item:has-text("Phone call") blockquote a');
    await page.waitForURL(/article\/border-call-1f2e3d4c\.html#meeting-1$/);
    expect(await page.locator("#meeting-1").isVisible()).toBe(true);
    // Words of the fact that the address names are lit up in the text.
    const colour = (of: string) => page.evaluate<string>(`getComputedStyle(document.querySelector(".text .${of}")).backgroundColor`);
    const [lit, unlit] = [await colour("of-meeting-1"), await colour("of-statement-5")];
    expect(lit).toMatch(/^rgb/);
    expect(lit).not.toBe(unlit);
    await page.goto(`${at}query`);
    expect(await page.locator(".examples a").getAttribute("href")).toContain("sparql?query=SELECT");
    expect(trouble).toEqual([]);
    await page.context().close();
  }, 30_000);

  it("the query page runs an example at our endpoint and shows hostile results as words", async () => {
    const { page, trouble } = await open();
    await page.goto(`${at}query`);
    await page.click(".examples a");
    await page.waitForSelector(".yasr table tbody td");
    expect(asked.at(-1)).toBe(QUERY);
    expect(await page.locator(".yasr").innerText()).toContain(PAYLOADS[0]);
    await page.click("text=Response");
    await page.waitForTimeout(200);
    expect(await page.evaluate("window.hacked")).toBeUndefined();
    // The table's search writes cells as HTML off the page: what would run there, the policy stops, and says so.
    expect(trouble.filter((line) => !/inline event handler violates .*has been blocked/.test(line))).toEqual([]);
    await page.context().close();
  }, 30_000);
});
