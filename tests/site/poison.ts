import type { RenderedDocument } from "../../lib/publication/types.ts";

/** What has broken pages before: tags, attributes, comments, addresses, direction marks, half characters. */
export const PAYLOADS = [
  "<script>window.hacked=1</script>",
  "\"><img src=x onerror=window.hacked=1>",
  "' onmouseover='window.hacked=1",
  "--><svg/onload=window.hacked=1>",
  "</title></style></textarea><iframe srcdoc='<script>parent.hacked=1</script>'>",
  "javascript:window.hacked=1//",
  "data:text/html,<script>parent.hacked=1</script>",
  "&lt;script&gt;window.hacked=1&lt;/script&gt;",
  "${window.hacked=1}{{constructor.constructor('window.hacked=1')()}}",
  "\u202e<b>\u0000\ud800</b>\u2028",
] as const;

/** Fields that are ours to choose, or that code reads: a word of an enumeration, an offset's frame, our own base. */
const KEPT: ReadonlySet<string> = new Set(["type", "base", "kind", "status", "latestStatus", "mode", "precision", "recognition", "roles", "paging", "text"]);

/** A document with the payload in every string that comes from articles or lists, names of keys included. */
export function poisoned(document: RenderedDocument, payload: string): RenderedDocument {
  return poison(document, payload) as RenderedDocument;
}

function poison(value: unknown, payload: string): unknown {
  if (typeof value === "string") return payload;
  if (Array.isArray(value)) return value.map((one) => poison(one, payload));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => {
      // The text of an article is poisoned in its own way: its spans must still be within.
      if (key === "text" && typeof one === "string" && one.length > 100) return [key, (payload.repeat(200)).slice(0, one.length * 2)];
      if (key === "text" && typeof one === "string" && !["full", "evidence", "none"].includes(one)) return [key, payload];
      return [key, KEPT.has(key) ? one : poison(one, payload)];
    }),
  );
}
