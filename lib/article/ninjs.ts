import { CommuniqueError } from "../errors/communique-error.ts";
import type { ArticleDraft } from "./article.ts";
import { toIsoDate } from "./dates.ts";
import { htmlToText } from "./html-text.ts";
import { httpUrl } from "./id.ts";
import { defined, isObject, type JsonObject } from "./json-values.ts";
import type { Limits } from "./limits.ts";

/** Roles of a body or headline that hold less than the whole, to be taken only where there is nothing better. */
const LESSER_ROLES = /summary|caption|abstract|short|teaser|web ?headline|kicker/i;

/** Whether a JSON object is an IPTC ninjs item (1.x, 2.x or 3.x) rather than an Article of ours. */
export function isNinjs(value: JsonObject): boolean {
  if (typeof value["text"] === "string") return false;
  return ["bodies", "body_text", "body_html", "body_xhtml", "headlines", "versioncreated"].some((key) => Object.hasOwn(value, key));
}

/**
 * Reads an IPTC ninjs item of text: `bodies` and `headlines` (2.0 and later) or `body_*` and `headline` (1.x), the
 * earliest of its dates of creation, `language`, and its source. Its `uri`, where it is a web address, is taken as
 * the article's URL, else as its id.
 *
 * @throws CommuniqueError "input-unsupported" for pictures and the like, "article-invalid" for a withdrawn or empty item.
 */
export function ninjsDraft(item: JsonObject, limits: Limits): ArticleDraft {
  const type = string(item["type"]);
  if (type !== undefined && type !== "text") {
    throw new CommuniqueError("input-unsupported", `a ninjs item of the type ${JSON.stringify(type.slice(0, 40))} has no article text`);
  }
  const status = string(item["pubstatus"]);
  if (status === "canceled" || status === "withheld") {
    throw new CommuniqueError("article-invalid", `the ninjs item is ${status}`);
  }
  const text = body(item, limits);
  if (text === undefined) throw new CommuniqueError("article-invalid", "the ninjs item has no body");
  const uri = string(item["uri"]);
  const url = uri === undefined ? undefined : httpUrl(uri);
  return {
    text,
    ...defined("url", url),
    ...defined("id", url === undefined ? uri ?? alternativeId(item["altids"]) : undefined),
    ...defined("headline", string(item["headline"]) ?? best(item["headlines"])),
    ...defined("published", published(item)),
    ...defined("publisher", publisher(item)),
    ...defined("language", string(item["language"])),
  };
}

function body(item: JsonObject, limits: Limits): string | undefined {
  const plain = string(item["body_text"]) ?? best(item["bodies"], (type) => type === undefined || type === "text/plain");
  if (plain !== undefined) return plain;
  const html = string(item["body_xhtml"]) ?? string(item["body_html"]) ?? best(item["bodies"]);
  return html === undefined ? undefined : htmlToText(html, limits);
}

/** The value of the first entry, in the order given, that is acceptable and whole, else that is acceptable. */
function best(entries: unknown, acceptable: (contentType: string | undefined) => boolean = () => true): string | undefined {
  const usable = list(entries).filter((entry) => string(entry["value"]) !== undefined && acceptable(string(entry["contenttype"])));
  const whole = usable.find((entry) => !LESSER_ROLES.test(string(entry["role"]) ?? ""));
  return string((whole ?? usable[0])?.["value"]);
}

function published(item: JsonObject): string | undefined {
  for (const key of ["contentcreated", "firstcreated", "versioncreated"]) {
    const date = toIsoDate(string(item[key]) ?? "");
    if (date !== undefined) return date;
  }
  return undefined;
}

function publisher(item: JsonObject): string | undefined {
  const sources = list(item["infosources"]);
  const source = sources.find((entry) => /publisher|provider/i.test(string(entry["role"]) ?? "")) ?? sources[0];
  return string(source?.["name"]) ?? string(item["source"]) ?? string(item["copyrightholder"]);
}

function alternativeId(altids: unknown): string | undefined {
  // 1.x has an object of ids by role; 2.0 and later a list.
  if (isObject(altids)) return string(Object.values(altids)[0]);
  return string(list(altids)[0]?.["value"]);
}

function list(value: unknown): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

function string(value: unknown): string | undefined {
  return typeof value === "string" && value.trim() !== "" ? value : undefined;
}
