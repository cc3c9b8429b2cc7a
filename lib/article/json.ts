import { CommuniqueError } from "../errors/communique-error.ts";
import { quote, toArticle, type ArticleDraft } from "./article.ts";
import { toIsoDate } from "./dates.ts";
import { tooDeep, type Limits } from "./limits.ts";
import { isNinjs, ninjsDraft } from "./ninjs.ts";
import type { Article } from "./types.ts";

export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * An article from JSON: an object with `text` and, optionally, the other fields of an Article, or an IPTC ninjs item.
 * Other fields are ignored; `published` may have a time.
 *
 * @throws CommuniqueError "input-malformed" where the text is no JSON, "input-too-deep", "article-invalid" for a field
 * of the wrong type, and what `toArticle` throws.
 */
export function articleFromJson(json: string, stem: string, limits: Limits, overrides: Partial<ArticleDraft> = {}): Article {
  const value = parseJson(json, limits);
  if (!isObject(value)) throw new CommuniqueError("article-invalid", "an article is a JSON object");
  const draft = isNinjs(value) ? ninjsDraft(value, limits) : articleDraft(value);
  return toArticle({ ...draft, ...overrides }, stem);
}

/** `JSON.parse` within limits of depth, with our own errors. */
export function parseJson(json: string, limits: Limits): unknown {
  if (jsonDepthExceeds(json, limits.maxDepth)) throw tooDeep(limits, "the JSON");
  try {
    return JSON.parse(json);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.replaceAll(/[^\x20-\x7e]/g, "?").slice(0, 200) : "";
    throw new CommuniqueError("input-malformed", `this is no JSON: ${reason}`, { cause });
  }
}

/** Looks before parsing, since a parser spends its time and memory on the depth first. */
export function jsonDepthExceeds(json: string, limit: number): boolean {
  let depth = 0;
  let inString = false;
  for (let i = 0; i < json.length; i++) {
    const unit = json.charCodeAt(i);
    if (inString) {
      if (unit === 0x5c) i++;
      else if (unit === 0x22) inString = false;
    } else if (unit === 0x22) inString = true;
    else if (unit === 0x5b || unit === 0x7b) {
      if (++depth > limit) return true;
    } else if (unit === 0x5d || unit === 0x7d) depth--;
  }
  return false;
}

/** The fields of an Article as a JSON object has them; `text` may be missing where a file beside it has the text. */
export function draftFields(value: JsonObject): Partial<ArticleDraft> {
  const date = field(value, "published");
  const published = date === undefined ? undefined : toIsoDate(date) ?? date;
  return {
    ...defined("text", field(value, "text")),
    ...defined("id", field(value, "id")),
    ...defined("headline", field(value, "headline")),
    ...defined("published", published),
    ...defined("publisher", field(value, "publisher")),
    ...defined("url", field(value, "url")),
    ...defined("language", field(value, "language")),
  };
}

function articleDraft(value: JsonObject): ArticleDraft {
  const fields = draftFields(value);
  if (fields.text === undefined) throw new CommuniqueError("article-invalid", 'the article has no "text"');
  return { ...fields, text: fields.text };
}

function field(value: JsonObject, name: string): string | undefined {
  const found = Object.hasOwn(value, name) ? value[name] : undefined;
  if (found === undefined || found === null) return undefined;
  if (typeof found !== "string") {
    throw new CommuniqueError("article-invalid", `${name}: ${quote(JSON.stringify(found))} is no string`);
  }
  return found;
}

/** One property, or none: `exactOptionalPropertyTypes` tells the two apart. */
export function defined<K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { [P in K]?: V });
}
