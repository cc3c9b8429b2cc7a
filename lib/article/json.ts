import { CommuniqueError } from "../errors/communique-error.ts";
import { quote, toArticle, type ArticleDraft } from "./article.ts";
import { toIsoDate } from "./dates.ts";
import { defined, isObject, parseJson, type JsonObject } from "./json-values.ts";
import type { Limits } from "./limits.ts";
import { isNinjs, ninjsDraft } from "./ninjs.ts";
import type { Article } from "./types.ts";

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
