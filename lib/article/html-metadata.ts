import type { Handler } from "htmlparser2";
import { toIsoDate } from "./dates.ts";
import { httpUrl } from "./id.ts";
import { defined } from "./json-values.ts";
import { MAX_LINE_LENGTH, type Limits } from "./limits.ts";
import { newsArticle } from "./schema-org.ts";

/** What a page says of itself, besides its text. */
export interface PageMetadata {
  readonly headline?: string;
  readonly published?: string;
  readonly publisher?: string;
  readonly url?: string;
  readonly language?: string;
}

const MAX_VALUE = MAX_LINE_LENGTH;

/** Names of `<meta>` (`property`, `name` or `itemprop`), the most trustworthy first. */
const DATE_NAMES = [
  "article:published_time", "og:published_time", "datepublished", "dc.date.issued", "dcterms.issued", "dc.date", "dcterms.date",
  "parsely-pub-date", "sailthru.date", "publishdate", "publish-date", "publication_date", "pubdate", "date",
];
const HEADLINE_NAMES = ["og:title", "twitter:title", "dc.title", "headline"];
const PUBLISHER_NAMES = ["og:site_name", "dc.publisher", "dcterms.publisher", "publisher", "application-name"];

/** Gathers metadata while a page is read: a handler for `guardHtml`, and the result once it has run. */
export interface MetadataCollector {
  readonly handler: Partial<Handler>;
  result(limits: Limits): PageMetadata;
}

/**
 * Collects date, publisher, headline, canonical URL and language of a page from its schema.org JSON-LD, its Open Graph
 * and other `<meta>` elements, and `<title>`, in this order of trust. What is malformed or relative is ignored.
 */
export function metadataCollector(): MetadataCollector {
  const meta = new Map<string, string>();
  const scripts: string[] = [];
  let inScript: string[] | undefined;
  let inTitle: string[] | undefined;
  let title: string | undefined;
  let canonical: string | undefined;
  let language: string | undefined;

  const onMeta = (attributes: Readonly<Record<string, string>>): void => {
    const name = (attributes["property"] ?? attributes["name"] ?? attributes["itemprop"] ?? "").toLowerCase();
    const content = attributes["content"]?.trim() ?? "";
    if (name !== "" && content !== "" && content.length <= MAX_VALUE && !meta.has(name)) meta.set(name, content);
  };
  const first = (names: readonly string[]): string | undefined => names.map((name) => meta.get(name)).find((value) => value !== undefined);

  const handler: Partial<Handler> = {
    onopentag(name, attributes) {
      if (name === "meta") onMeta(attributes);
      else if (name === "html") language = attributes["lang"]?.trim();
      else if (name === "link" && /(?:^|\s)canonical(?:\s|$)/i.test((attributes["rel"] ?? "").slice(0, 100))) {
        canonical ??= httpUrl(attributes["href"]?.trim() ?? "");
      } else if (name === "script" && attributes["type"]?.trim().toLowerCase() === "application/ld+json") inScript = [];
      else if (name === "title" && title === undefined) inTitle = [];
    },
    ontext(text) {
      (inScript ?? inTitle)?.push(text);
    },
    onclosetag(name) {
      if (name === "script" && inScript !== undefined) {
        scripts.push(inScript.join(""));
        inScript = undefined;
      } else if (name === "title" && inTitle !== undefined) {
        title = inTitle.join("").slice(0, MAX_VALUE).trim();
        inTitle = undefined;
      }
    },
  };

  return {
    handler,
    result(limits) {
      const article = newsArticle(scripts, limits);
      const date = DATE_NAMES.map((name) => toIsoDate(meta.get(name) ?? "")).find((value) => value !== undefined);
      return {
        ...defined("headline", article.headline ?? first(HEADLINE_NAMES) ?? (title === "" ? undefined : title)),
        ...defined("published", article.published ?? date),
        ...defined("publisher", article.publisher ?? first(PUBLISHER_NAMES)),
        ...defined("url", canonical ?? httpUrl(meta.get("og:url") ?? "") ?? article.url),
        ...defined("language", languageTag(language) ?? languageTag(article.language)),
      };
    },
  };
}

/** A page's language attribute is often careless; one that is no tag at all is ignored. */
function languageTag(value: string | undefined): string | undefined {
  const tag = value?.replaceAll("_", "-");
  return tag !== undefined && /^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,3}$/.test(tag) ? tag : undefined;
}
