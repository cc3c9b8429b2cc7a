import type { Pages, RenderedDocument } from "../../publication/types.ts";
import { exampleQueries } from "../../sparql/examples.ts";
import { assets, type AssetOptions } from "../assets.ts";
import { articlePage } from "./article.ts";
import { dayPage, indexPage, monthPage } from "./calendar.ts";
import { entityPage } from "./entity.ts";
import { startPage } from "./start.ts";
import { withdrawnPage } from "./withdrawn.ts";

export { articlePage } from "./article.ts";
export { entityPage } from "./entity.ts";
export { startPage } from "./start.ts";

/** The pages of a published tree, and the files they need. Pure but for reading our own files. */
export function createPages(options: AssetOptions): Pages {
  return { render: renderPage, assets: () => assets(options) };
}

/** Pages for a tree published under a base IRI, with the example queries on its query page. */
export async function openPages(base: string): Promise<Pages> {
  return createPages({ base, examples: await exampleQueries(base) });
}

/** The page of a document. Every text of it is escaped; the same document gives the same bytes. */
export function renderPage(document: RenderedDocument, jsonld?: string): string {
  switch (document.type) {
    case "entity":
      return entityPage(document, jsonld);
    case "article":
      return articlePage(document, jsonld);
    case "month":
      return monthPage(document, jsonld);
    case "day":
      return dayPage(document, jsonld);
    case "index":
      return indexPage(document, jsonld);
    case "start":
      return startPage(document, jsonld);
    case "withdrawn":
      return withdrawnPage();
  }
}
