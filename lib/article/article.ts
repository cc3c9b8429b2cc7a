import { CommuniqueError } from "../errors/communique-error.ts";
import { isIsoDate } from "./dates.ts";
import { articleId, httpUrl } from "./id.ts";
import { MAX_LINE_LENGTH, MAX_TEXT_LENGTH } from "./limits.ts";
import { normalizeText } from "./normalize.ts";
import type { Article } from "./types.ts";

/** What a format's reader found; fields that say nothing are left out. */
export interface ArticleDraft {
  readonly text: string;
  readonly id?: string;
  readonly headline?: string;
  readonly published?: string;
  readonly publisher?: string;
  readonly url?: string;
  readonly language?: string;
}

/**
 * Makes a valid article of a draft: normalised text, a valid id, checked date, URL and language.
 *
 * @throws CommuniqueError "input-empty" without any text, "input-too-large" for more than a million characters,
 * "article-invalid" for a date, URL or language tag that is none, "input-unsupported" for an article that says it is not
 * in English.
 */
export function toArticle(draft: ArticleDraft, stem = "article"): Article {
  if (draft.text.length > MAX_TEXT_LENGTH) {
    throw new CommuniqueError("input-too-large", `the text is longer than ${MAX_TEXT_LENGTH} characters`);
  }
  const text = normalizeText(draft.text);
  if (!/[\p{L}\p{N}]/u.test(text)) throw new CommuniqueError("input-empty", "there is no text");
  if (draft.published !== undefined && !isIsoDate(draft.published)) {
    throw new CommuniqueError("article-invalid", `published: ${quote(draft.published)} is no date (YYYY-MM-DD)`);
  }
  const url = draft.url === undefined ? undefined : httpUrl(draft.url);
  if (draft.url !== undefined && url === undefined) {
    throw new CommuniqueError("article-invalid", `url: ${quote(draft.url)} is no http or https URL`);
  }
  const headline = line("headline", draft.headline);
  const publisher = line("publisher", draft.publisher);
  return {
    id: articleId({ id: draft.id, url, stem, text }),
    text,
    ...(headline === undefined ? {} : { headline }),
    ...(draft.published === undefined ? {} : { published: draft.published }),
    ...(publisher === undefined ? {} : { publisher }),
    ...(url === undefined ? {} : { url }),
    language: english(draft.language ?? "en"),
  };
}

/** A headline or a name on one line, normalised as the text is; undefined where nothing is left of it. */
function line(field: string, value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  if (value.length > MAX_LINE_LENGTH) {
    throw new CommuniqueError("article-invalid", `${field}: longer than ${MAX_LINE_LENGTH} characters`);
  }
  const words = normalizeText(value).replace(/\s+/g, " ").trim();
  return words === "" ? undefined : words;
}

function english(tag: string): string {
  const language = tag.trim().replaceAll("_", "-");
  if (!/^[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,8}$/.test(language)) {
    throw new CommuniqueError("article-invalid", `language: ${quote(tag)} is no language tag (BCP 47)`);
  }
  if (!/^en(?:-|$)/i.test(language)) {
    throw new CommuniqueError("input-unsupported", `the article is in "${language}"; only English is read`);
  }
  return language;
}

/** A value within a message: short, and nothing in it that a terminal obeys. */
export function quote(value: string): string {
  return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value);
}
