import { chooseOffer } from "../lib/http/accept.ts";
import { isWithdrawn } from "../lib/publication/layout.ts";
import { extensionOf, siblingsOf, stemOf, targetOf } from "../lib/site/paths.ts";
import { chooseRepresentation, linksTo, REPRESENTATIONS } from "../lib/site/representations.ts";

/**
 * The CloudFront Function before the published bucket: what the local site answers without looking anything up. It is
 * bundled in the language of CloudFront's runtime (lib/stack/negotiate.ts), which has neither Map nor Set nor most of what
 * came after 2015; the names of headers are in lower case there.
 */

/** The path of the base IRI, where the site begins; set when bundled. */
declare const ROOT: string;

type Headers = Record<string, { value: string } | undefined>;

export interface EdgeRequest {
  readonly method: string;
  uri: string;
  readonly headers: Headers;
}

export interface EdgeResponse {
  statusCode: number;
  statusDescription?: string;
  readonly headers: Headers;
  body?: { readonly encoding: "text"; readonly data: string };
}

export interface EdgeEvent {
  readonly request: EdgeRequest;
  readonly response?: EdgeResponse;
}

/**
 * Tells the way out what the way in chose. It is in no cache key, and what a client sets there is overwritten, or comes to
 * nothing but headers of its own answer.
 */
const CHOICE = "x-communique-choice";
const METHODS = "GET, HEAD, OPTIONS";

export function handler(event: EdgeEvent): EdgeRequest | EdgeResponse {
  return event.response === undefined ? incoming(event.request) : outgoing(event.request, event.response);
}

function valueOf(headers: Headers, name: string): string | undefined {
  return headers[name]?.value;
}

/** To the object that answers, under its key in the bucket, or to an answer at once. */
function incoming(request: EdgeRequest): EdgeRequest | EdgeResponse {
  const accept = valueOf(request.headers, "accept");
  const target = targetOf(request.uri, ROOT);
  if (request.method === "OPTIONS") return preflight();
  if (request.method !== "GET" && request.method !== "HEAD") return problem(request, 405, "Method not allowed", `Published data can be read only (${METHODS}).`, [], { allow: METHODS });
  if (target === undefined || target.type === "sparql") return problem(request, 404, "Not found", "Nothing is published at this address.");
  if (target.type === "void") return redirect(302, `${ROOT}dataset`);
  if (target.type === "thing") return toDocument(target.path, accept);
  if (target.type === "object") return passOn(request, target.key, "named");
  const chosen = chooseRepresentation(accept, target.extensions);
  if (chosen !== undefined) return passOn(request, `${target.stem}.${chosen.extension}`, "chosen");
  const offered = REPRESENTATIONS.filter(({ extension }) => target.extensions.includes(extension));
  const links = offered.map(({ extension, mediaType }) => ({ href: `${ROOT}${target.stem}.${extension}`, label: mediaType }));
  return problem(request, 406, "Not acceptable", "This document is published in these formats only:", links);
}

function passOn(request: EdgeRequest, key: string, choice: "named" | "chosen"): EdgeRequest {
  request.uri = `/${key}`;
  request.headers[CHOICE] = { value: `${choice} ${key}` };
  return request;
}

/** Things are no documents: 303 leads to what describes them. */
function toDocument(path: string, accept: string | undefined): EdgeResponse {
  const target = targetOf(ROOT + path, ROOT);
  // The address of the article "a.html" is also that of the HTML of the article "a": its own files leave no doubt.
  const extensions = target?.type === "object" ? siblingsOf(target.key) : [];
  const named = extensions.length === 0 ? "" : `.${chooseRepresentation(accept, extensions)?.extension ?? extensions[0] ?? ""}`;
  return redirect(303, ROOT + path + named, named !== "");
}

/**
 * What the bucket does not know of its objects: other formats, and that an article is withdrawn. CloudFront asks only
 * for answers below 400.
 */
function outgoing(request: EdgeRequest, response: EdgeResponse): EdgeResponse {
  const { headers } = response;
  const made = choiceOf(request);
  if (made === undefined) return response;
  const { key, chosen } = made;
  if (chosen) {
    const vary = valueOf(headers, "vary");
    headers["vary"] = { value: vary === undefined ? "Accept" : `Accept, ${vary}` };
  }
  if (isWithdrawn({ cacheControl: valueOf(headers, "cache-control") ?? "" })) {
    headers["cache-control"] = { value: "public, max-age=60" };
    response.statusCode = 410;
    response.statusDescription = "Gone";
    return response;
  }
  const link = linksTo(ROOT, stemOf(key), siblingsOf(key), extensionOf(key));
  if (link !== undefined) headers["link"] = { value: link };
  if (chosen) headers["content-location"] = { value: ROOT + key };
  return response;
}

/**
 * What the way in chose. Should CloudFront show the request as the client sent it, the choice is made again. Undefined for
 * what never was let in.
 */
function choiceOf(request: EdgeRequest): { readonly key: string; readonly chosen: boolean } | undefined {
  const [choice, key] = (valueOf(request.headers, CHOICE) ?? "").split(" ");
  if (key !== undefined) return { key, chosen: choice === "chosen" };
  const target = targetOf(request.uri, ROOT);
  if (target?.type === "object") return { key: target.key, chosen: false };
  if (target?.type !== "document") return undefined;
  const { extension } = chooseRepresentation(valueOf(request.headers, "accept"), target.extensions) ?? {};
  return extension === undefined ? undefined : { key: `${target.stem}.${extension}`, chosen: true };
}

function redirect(status: 302 | 303, location: string, vary = false): EdgeResponse {
  const headers = common();
  headers["location"] = { value: location };
  headers["cache-control"] = { value: "public, max-age=60" };
  if (vary) headers["vary"] = { value: "Accept" };
  return { statusCode: status, statusDescription: status === 302 ? "Found" : "See Other", headers };
}

function preflight(): EdgeResponse {
  const headers = common();
  headers["allow"] = headers["access-control-allow-methods"] = { value: METHODS };
  headers["access-control-allow-headers"] = { value: "Accept, If-None-Match" };
  headers["access-control-max-age"] = { value: "86400" };
  return { statusCode: 204, statusDescription: "No Content", headers };
}

interface Link {
  readonly href: string;
  readonly label: string;
}

/** Said as the local site says it (lib/site/problems.ts), its page in short. Nothing in it needs escaping: links hold letters of keys only. */
function problem(request: EdgeRequest, status: number, title: string, detail: string, links: readonly Link[] = [], more: Readonly<Record<string, string>> = {}): EdgeResponse {
  const offers = ["text/plain", "text/html", "application/problem+json", "application/json"].map((mediaType) => ({ mediaType }));
  const mediaType = chooseOffer(valueOf(request.headers, "accept"), offers)?.mediaType ?? "text/plain";
  const headers = common();
  headers["content-type"] = { value: mediaType.startsWith("text/") ? `${mediaType}; charset=utf-8` : "application/problem+json" };
  headers["cache-control"] = { value: status === 404 ? "public, max-age=60" : "no-store" };
  headers["vary"] = { value: "Accept" };
  for (const name of Object.keys(more)) headers[name] = { value: more[name] ?? "" };
  const answer: EdgeResponse = { statusCode: status, statusDescription: title, headers };
  if (request.method !== "HEAD") answer.body = { encoding: "text", data: write(mediaType, status, title, detail, links) };
  return answer;
}

function write(mediaType: string, status: number, title: string, detail: string, links: readonly Link[]): string {
  if (mediaType === "text/plain") return `${status} ${title}\n${detail}\n${links.map(({ href, label }) => `${href}  ${label}\n`).join("")}`;
  if (mediaType !== "text/html") return JSON.stringify({ title, status, detail, links: links.length === 0 ? undefined : links });
  const items = links.map(({ href, label }) => `<li><a href="${href}">${label}</a></li>`).join("");
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>${title}</title><link rel="stylesheet" href="${ROOT}assets/site.css"><main id="main"><p class="kicker">${status}</p><h1>${title}</h1><p class="lead">${detail}</p><ul class="more">${items}</ul><p class="more"><a href="${ROOT}">To the start page</a></p></main></html>`;
}

/** Of answers that never were at the bucket. What CloudFront adds to the others is the same, and takes the place of these. */
function common(): Headers {
  return {
    "access-control-allow-origin": { value: "*" },
    "access-control-expose-headers": { value: "ETag, Link, Location, Content-Location, Vary" },
    "cross-origin-resource-policy": { value: "cross-origin" },
    "x-content-type-options": { value: "nosniff" },
    "referrer-policy": { value: "no-referrer" },
    "content-security-policy": { value: "default-src 'none'; style-src 'self'; frame-ancestors 'none'" },
  };
}
