import { CommuniqueError } from "../errors/communique-error.ts";
import { toArticle, type ArticleDraft } from "./article.ts";
import { guardHtml } from "./html-guard.ts";
import { metadataCollector } from "./html-metadata.ts";
import { htmlToText } from "./html-text.ts";
import type { Limits } from "./limits.ts";
import type { Article } from "./types.ts";

/** A page with less main text than this may be a stub or a list; Readability then looks less strictly. */
const CHARACTER_THRESHOLD = 140;

/**
 * The article of a news page: its main text as Readability finds it, one block a line, and its metadata
 * (`metadataCollector`). Scripts never run.
 *
 * @throws CommuniqueError "input-too-deep" or "input-too-large" past the limits, "input-empty" for a page without text.
 */
export async function articleFromHtml(html: string, stem: string, limits: Limits, overrides: Partial<ArticleDraft> = {}): Promise<Article> {
  const metadata = metadataCollector();
  // A fragment gets the frame that a browser would give it.
  const page = /<html[\s>]/i.test(html) ? html : `<html><body>${html}</body></html>`;
  guardHtml(page, limits, metadata.handler);
  const text = await mainText(page, limits);
  return toArticle({ ...metadata.result(limits), text, ...overrides }, stem);
}

async function mainText(html: string, limits: Limits): Promise<string> {
  // Loaded here because most runs read no HTML.
  // Of CommonJS, which this is, a bundle gives the default export alone.
  const [{ parseHTML }, { default: { Readability } }] = await Promise.all([import("linkedom"), import("@mozilla/readability")]);
  const { document } = parseHTML(html) as unknown as { document: { readonly documentElement: object | null } };
  const options = { charThreshold: CHARACTER_THRESHOLD, disableJSONLD: true };
  const page = document.documentElement === null ? null : new Readability(document, options).parse();
  const content = page?.content ?? "";
  const text = htmlToText(content === "" ? html : content, limits);
  if (text === "") throw new CommuniqueError("input-empty", "the page has no text");
  return text;
}
