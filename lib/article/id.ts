import { hash } from "node:crypto";

const VALID = /^[A-Za-z0-9_~-][A-Za-z0-9._~-]{0,127}$/;
const STEM_LENGTH = 100;

/** Query parameters that say how a reader came to a page, not which page it is. */
const TRACKING = /^(?:utm_.*|fbclid|gclid|dclid|msclkid|mc_cid|mc_eid|igshid|cmpid|ocid|ref_src)$/i;

/** Whether `id` can be an article's id: `[A-Za-z0-9._~-]{1,128}`, not starting with a full stop. */
export function isArticleId(id: string): boolean {
  return VALID.test(id);
}

/** What is known of an article that an id can be made from, the best first. */
export interface IdSource {
  /** As given by the input. */
  readonly id?: string | undefined;
  readonly url?: string | undefined;
  /** The name of the file it came from, without folder and extension. */
  readonly stem: string;
  /** Normalised text. */
  readonly text: string;
}

/**
 * The id of an article, always valid (`isArticleId`) and the same for the same source: the id given, or the hash of the
 * canonical URL, or the file's stem and the first 8 hex digits of the text's SHA-256. A given id that is not valid as it
 * is becomes a slug with its own hash, so that two such ids never fall together.
 */
export function articleId(source: IdSource): string {
  if (source.id !== undefined && source.id !== "") {
    return isArticleId(source.id) ? source.id : `${slug(source.id)}-${digest(source.id, 8)}`;
  }
  if (source.url !== undefined) return digest(canonicalUrl(source.url), 16);
  return `${slug(source.stem)}-${digest(source.text, 8)}`;
}

/**
 * An http(s) URL as one page is always written: without fragment, tracking parameters or a closing slash, the rest as
 * the WHATWG URL Standard serialises it.
 *
 * @throws TypeError where `url` is no absolute URL.
 */
export function canonicalUrl(url: string): string {
  const parsed = new URL(url);
  parsed.hash = "";
  for (const name of [...parsed.searchParams.keys()]) {
    if (TRACKING.test(name)) parsed.searchParams.delete(name);
  }
  if (parsed.pathname.length > 1 && parsed.pathname.endsWith("/")) parsed.pathname = parsed.pathname.slice(0, -1);
  return parsed.href;
}

/** `value` as an http(s) URL, or undefined. */
export function httpUrl(value: string): string | undefined {
  if (value.length > 2048 || !URL.canParse(value)) return undefined;
  const parsed = new URL(value);
  return parsed.protocol === "https:" || parsed.protocol === "http:" ? parsed.href : undefined;
}

function slug(value: string): string {
  const plain = value.slice(0, 1000).normalize("NFKD").replace(/\p{M}/gu, "").replace(/[^A-Za-z0-9._~-]+/g, "-");
  return plain.replace(/^[.-]+/, "").slice(0, STEM_LENGTH).replace(/-$/, "") || "article";
}

function digest(value: string, length: number): string {
  return hash("sha256", value, "hex").slice(0, length);
}
