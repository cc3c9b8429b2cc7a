import { Hono } from "hono";
import { isWithdrawn } from "../publication/layout.ts";
import type { ObjectStore } from "../store/types.ts";
import { extensionOf, siblingsOf, stemOf, targetOf } from "./paths.ts";
import { problemResponse, type Problem } from "./problems.ts";
import { wantsQueryPage } from "./query-page.ts";
import { chooseRepresentation, linksTo, REPRESENTATIONS, type Representation } from "./representations.ts";
import { METHODS, optionsResponse, redirect, storedResponse } from "./responses.ts";

export interface SiteOptions {
  /** The published tree. */
  readonly store: ObjectStore;
  /** The base IRI it is published under; its path is where the site's paths begin. */
  readonly base: string;
  /** Answers the SPARQL 1.1 Protocol; without it `/sparql` is 503. */
  readonly sparql?: (request: Request) => Promise<Response>;
  /** Things that no document describes lead to a query that does; for servers of dumps without documents. */
  readonly describe?: boolean;
  /** Told of bugs and failures of the store; the client learns only that there was one. */
  readonly onError?: (error: unknown) => void;
}

/**
 * The published tree over HTTP: things lead to documents (303), documents come as the client prefers, objects as they
 * are. Reads the store and nothing else; fetches nothing. Every answer is open to all origins.
 */
export function createSite(options: SiteOptions): Hono {
  const root = new URL(options.base).pathname;
  const app = new Hono();
  app.all("*", (context) => answer(context.req.raw, root, options));
  app.onError((error, context) => {
    options.onError?.(error);
    return problemResponse(context.req.raw, root, FAILED);
  });
  return app;
}

const QUERY_PAGE = "query.html";
const FAILED: Problem = { status: 500, title: "Something went wrong", detail: "The server failed to answer. It is not your request's fault." };
const NOT_FOUND: Problem = { status: 404, title: "Not found", detail: "Nothing is published at this address." };
const GONE: Problem = { status: 410, title: "Withdrawn", detail: "This article was published here and has been withdrawn." };
const NO_SPARQL: Problem = { status: 503, title: "No SPARQL endpoint", detail: "This server answers no queries. The dumps hold the same data." };

async function answer(request: Request, root: string, options: SiteOptions): Promise<Response> {
  const { pathname } = new URL(request.url);
  const target = targetOf(pathname, root);
  if (target?.type === "sparql") return querying(request, root, options);
  if (request.method === "OPTIONS") return optionsResponse();
  if (request.method !== "GET" && request.method !== "HEAD") return notAllowed(request, root);
  if (target === undefined) return problemResponse(request, root, NOT_FOUND);
  switch (target.type) {
    case "void":
      return redirect(302, `${root}dataset`);
    case "thing":
      return thing(request, root, target.path, options);
    case "object":
      return object(request, root, target.key, options.store);
    case "document":
      return document(request, root, target.stem, target.extensions, options.store);
  }
}

async function querying(request: Request, root: string, { sparql }: SiteOptions): Promise<Response> {
  if (wantsQueryPage(request)) return redirect(303, `${root}query`);
  return sparql === undefined ? problemResponse(request, root, NO_SPARQL) : sparql(request);
}

function notAllowed(request: Request, root: string): Response {
  return problemResponse(request, root, {
    status: 405,
    title: "Method not allowed",
    detail: `Published data can be read only (${METHODS}).`,
    headers: { Allow: METHODS },
  });
}

/** Leads to the document that describes it, in whatever format the client asks for there. */
async function thing(request: Request, root: string, path: string, { store, base, describe }: SiteOptions): Promise<Response> {
  const target = targetOf(root + path, root);
  if (target?.type !== "document" && target?.type !== "object") return problemResponse(request, root, NOT_FOUND);
  const extensions = target.type === "document" ? target.extensions : siblingsOf(target.key);
  const [first = ""] = extensions;
  const found = await store.get(`${path}.${first}`);
  if (found !== undefined) {
    if (isWithdrawn(found)) return problemResponse(request, root, GONE);
    // The address of the article "a.html" is also that of the HTML of the article "a": its own files leave no doubt.
    const named = target.type === "object" ? `.${(choose(request, extensions) ?? { extension: first }).extension}` : "";
    return redirect(303, root + path + named, { vary: named !== "" });
  }
  if (describe !== true) return problemResponse(request, root, NOT_FOUND);
  // The path is one that `targetOf` knows, so that nothing in it ends the IRI.
  const iri = base + new URL(request.url).pathname.slice(root.length);
  return redirect(303, `${root}sparql?query=${encodeURIComponent(`DESCRIBE <${iri}>`)}`);
}

async function object(request: Request, root: string, key: string, store: ObjectStore): Promise<Response> {
  const found = await store.get(key);
  if (found === undefined) {
    // Names of articles may end like a format ("page.html"): where no document has that format, the name is whole.
    const extensions = siblingsOf(key);
    if (extensions.length > 0 && (await store.get(`${key}.${extensions[0] ?? ""}`)) !== undefined) return document(request, root, key, extensions, store);
    return problemResponse(request, root, NOT_FOUND);
  }
  if (isWithdrawn(found)) return problemResponse(request, root, GONE);
  const headers = links(root, stemOf(key), siblingsOf(key), extensionOf(key));
  return storedResponse({ request, object: found, headers, queryPage: key === QUERY_PAGE });
}

async function document(request: Request, root: string, stem: string, extensions: readonly string[], store: ObjectStore): Promise<Response> {
  const offered = REPRESENTATIONS.filter(({ extension }) => extensions.includes(extension));
  const chosen = choose(request, extensions);
  const key = `${stem}.${(chosen ?? offered[0])?.extension ?? ""}`;
  const found = await store.get(key);
  if (found === undefined) return problemResponse(request, root, NOT_FOUND);
  if (isWithdrawn(found)) return problemResponse(request, root, GONE);
  if (chosen === undefined) return notAcceptable(request, root, stem, offered);
  return storedResponse({
    request,
    object: found,
    headers: { Vary: "Accept", "Content-Location": root + key, ...links(root, stem, extensions, chosen.extension) },
    queryPage: key === QUERY_PAGE,
  });
}

function choose(request: Request, extensions: readonly string[]): Representation | undefined {
  return chooseRepresentation(request.headers.get("Accept"), extensions);
}

function links(root: string, stem: string, extensions: readonly string[], chosen: string): Record<string, string> {
  const link = linksTo(root, stem, extensions, chosen);
  return link === undefined ? {} : { Link: link };
}

function notAcceptable(request: Request, root: string, stem: string, offered: readonly Representation[]): Response {
  return problemResponse(request, root, {
    status: 406,
    title: "Not acceptable",
    detail: "This document is published in these formats only:",
    links: offered.map(({ extension, mediaType }) => ({ href: `${root}${stem}.${extension}`, label: mediaType })),
  });
}
