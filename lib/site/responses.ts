import type { StoredObject } from "../store/types.ts";
import { matchesEtag, quotedEtag } from "../http/conditional.ts";
import { QUERY_POLICY, READING_POLICY } from "./pages/frame.ts";

export const METHODS = "GET, HEAD, OPTIONS";

/** Data are open: any page may read them. Nothing here knows a cookie, so that nothing else opens with them. */
const OPEN: Readonly<Record<string, string>> = {
  "Access-Control-Allow-Origin": "*",
  "Access-Control-Expose-Headers": "ETag, Link, Location, Content-Location, Vary",
  "Cross-Origin-Resource-Policy": "cross-origin",
};

const GUARD: Readonly<Record<string, string>> = {
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
};

/** Headers that every answer has: open to all origins, closed to sniffing, scripts and frames. */
export function commonHeaders(queryPage = false): Headers {
  const policy = queryPage ? QUERY_POLICY : READING_POLICY;
  return new Headers({ ...OPEN, ...GUARD, "Content-Security-Policy": `${policy}; frame-ancestors 'none'` });
}

export interface StoredAnswer {
  readonly request: Request;
  readonly object: StoredObject;
  /** Beside those of the object: Vary, Link, Content-Location. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly queryPage?: boolean;
}

/** An object of the store as an answer: 200, or 304 where the client has it. HEAD gets the headers alone. */
export function storedResponse({ request, object, headers = {}, queryPage }: StoredAnswer): Response {
  const all = commonHeaders(queryPage);
  const plain = object.contentEncoding === "gzip" && !acceptsGzip(request.headers.get("Accept-Encoding"));
  // What is unpacked on the way is another representation, with an ETag of its own.
  const etag = quotedEtag(plain ? `${quotedEtag(object.etag).slice(1, -1)}-plain` : object.etag);
  all.set("ETag", etag);
  all.set("Cache-Control", object.cacheControl ?? "public, max-age=60");
  for (const [header, value] of Object.entries(headers)) all.set(header, value);
  if (object.contentEncoding === "gzip") all.append("Vary", "Accept-Encoding");
  if (matchesEtag(request.headers.get("If-None-Match"), etag)) return new Response(null, { status: 304, headers: all });
  all.set("Content-Type", withCharset(object.contentType));
  if (object.contentEncoding !== undefined && !plain) all.set("Content-Encoding", object.contentEncoding);
  if (!plain) all.set("Content-Length", String(object.body.byteLength));
  if (request.method === "HEAD") return new Response(null, { headers: all });
  if (!plain) return new Response(object.body, { headers: all });
  return new Response(new Blob([object.body]).stream().pipeThrough(new DecompressionStream("gzip")), { headers: all });
}

/** Text is UTF-8, and says so, so that no old client guesses. */
function withCharset(contentType: string): string {
  return /^(?:text\/(?:html|turtle|plain|css|javascript)|image\/svg\+xml)$/.test(contentType) ? `${contentType}; charset=utf-8` : contentType;
}

function acceptsGzip(header: string | null): boolean {
  const wishes = new Map(
    (header ?? "").slice(0, 1024).toLowerCase().split(",").map((part) => {
      const [coding = "", ...rest] = part.split(";").map((piece) => piece.trim());
      const quality = rest.find((piece) => piece.startsWith("q="))?.slice(2) ?? "1";
      return [coding, Number(quality) > 0] as const;
    }),
  );
  return wishes.get("gzip") ?? wishes.get("x-gzip") ?? wishes.get("*") ?? false;
}

/** Sends the client elsewhere. 303 says that what is there describes what was asked for. */
export function redirect(status: 301 | 302 | 303, location: string, { vary = false }: { readonly vary?: boolean } = {}): Response {
  const headers = commonHeaders();
  if (vary) headers.set("Vary", "Accept");
  headers.set("Location", location);
  headers.set("Cache-Control", "public, max-age=60");
  return new Response(null, { status, headers });
}

/** The answer to OPTIONS, a browser's question before a request with headers of its own included. */
export function optionsResponse(): Response {
  const headers = commonHeaders();
  headers.set("Allow", METHODS);
  headers.set("Access-Control-Allow-Methods", METHODS);
  headers.set("Access-Control-Allow-Headers", "Accept, If-None-Match");
  headers.set("Access-Control-Max-Age", "86400");
  return new Response(null, { status: 204, headers });
}
