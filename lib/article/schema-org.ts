import { toIsoDate } from "./dates.ts";
import { httpUrl } from "./id.ts";
import { defined, isObject, jsonDepthExceeds, type JsonObject } from "./json-values.ts";
import type { PageMetadata } from "./html-metadata.ts";
import { MAX_LINE_LENGTH, type Limits } from "./limits.ts";

const ARTICLE_TYPE = /^(?:https?:\/\/schema\.org\/|schema:)?(?:\w*NewsArticle|Article|ReportageNewsArticle|BlogPosting|LiveBlogPosting)$/;
const MAX_NODES = 1000;

/**
 * Date, publisher, headline, URL and language from the first schema.org NewsArticle (or other article) among a page's
 * JSON-LD blocks, wherever it stands in arrays or an `@graph`. A block that is no JSON counts for nothing.
 */
export function newsArticle(blocks: readonly string[], limits: Limits): PageMetadata {
  for (const block of blocks) {
    const nodes = parse(block, limits);
    const article = nodes.find(isArticle);
    if (article !== undefined) return describe(article, nodes);
  }
  return {};
}

/** The nodes of a block: its top level, and what stands in arrays, `@graph` or `mainEntity` below. */
function parse(block: string, limits: Limits): JsonObject[] {
  if (jsonDepthExceeds(block, limits.maxDepth)) return [];
  const queue: unknown[] = [];
  try {
    queue.push(JSON.parse(block));
  } catch {
    return []; // Pages with broken JSON-LD are common, and their text is as good as any.
  }
  const nodes: JsonObject[] = [];
  for (let i = 0; i < queue.length && nodes.length < MAX_NODES; i++) {
    const value = queue[i];
    if (Array.isArray(value)) {
      for (const item of value.slice(0, MAX_NODES)) queue.push(item);
    } else if (isObject(value)) {
      nodes.push(value);
      queue.push(value["@graph"], value["mainEntity"]);
    }
  }
  return nodes;
}

function isArticle(node: JsonObject): boolean {
  const types = Array.isArray(node["@type"]) ? node["@type"].slice(0, 20) : [node["@type"]];
  return types.some((type) => typeof type === "string" && type.length < 100 && ARTICLE_TYPE.test(type));
}

function describe(article: JsonObject, nodes: readonly JsonObject[]): PageMetadata {
  const page = article["mainEntityOfPage"];
  const url = text(article["url"]) ?? text(page) ?? (isObject(page) ? text(page["@id"]) : undefined);
  return {
    ...defined("headline", text(article["headline"]) ?? text(article["name"])),
    ...defined("published", toIsoDate(text(article["datePublished"]) ?? "")),
    ...defined("publisher", publisher(article["publisher"], nodes)),
    ...defined("url", url === undefined ? undefined : httpUrl(url)),
    ...defined("language", text(article["inLanguage"])),
  };
}

/** A publisher is a name, an object with a name, or a reference to such an object elsewhere in the block. */
function publisher(value: unknown, nodes: readonly JsonObject[]): string | undefined {
  const one: unknown = Array.isArray(value) ? value[0] : value;
  if (!isObject(one)) return text(one);
  const name = text(one["name"]);
  if (name !== undefined || one["@id"] === undefined) return name;
  return text(nodes.find((node) => node["@id"] === one["@id"] && node["name"] !== undefined)?.["name"]);
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value.trim() !== "" && value.length <= MAX_LINE_LENGTH ? value.trim() : undefined;
}
