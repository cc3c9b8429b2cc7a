import { representationOf, graphRepresentation } from "./formats.ts";
import { readOperation } from "./operation.ts";
import { SparqlProblem } from "./problem.ts";
import { queryShape } from "./query-shape.ts";
import { describeService } from "./service-description.ts";
import type { Answer, SparqlEngine } from "./types.ts";

export interface EndpointOptions {
  /** The endpoint's public IRI, where a proxy hides it; by default what the request was sent to, without its query. */
  readonly endpoint?: string;
  /** IRI of the dataset's description, to which the Service Description points. */
  readonly dataset?: string;
  /** Told of every query that is well enough to be tried, before it is. */
  readonly onQuery?: (text: string) => void;
  /** Told of faults of the engine, which the client is told nothing more of. */
  readonly onError?: (error: unknown) => void;
}

const METHODS = "GET, HEAD, POST, OPTIONS";

/** On every answer. Results may hold markup out of articles: no browser may take them for a page of ours. */
const COMMON: Readonly<Record<string, string>> = {
  "access-control-allow-origin": "*",
  "access-control-expose-headers": "Retry-After",
  "cache-control": "no-cache",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
  "vary": "Accept",
  "x-content-type-options": "nosniff",
};

/**
 * Answers one request of the SPARQL 1.1 Protocol, read only, and gives the Service Description to a GET without
 * query. Never rejects: what goes wrong is a response with a problem document (RFC 9457) in JSON, whose `code` is
 * stable. The headers are made when the engine has the first bytes of the answer, so a query that runs out of time
 * ends with status 503, not with half a result.
 */
export async function handleSparql(request: Request, engine: SparqlEngine, options: EndpointOptions = {}): Promise<Response> {
  try {
    const response = await respond(request, engine, options);
    return request.method === "HEAD" ? new Response(null, response) : response;
  } catch (error) {
    return refuse(request, error, options);
  }
}

async function respond(request: Request, engine: SparqlEngine, options: EndpointOptions): Promise<Response> {
  if (request.method === "OPTIONS") return preflight();
  if (!["GET", "HEAD", "POST"].includes(request.method)) {
    throw new SparqlProblem("method-not-allowed", 405, `A query comes by GET or POST, not by ${request.method}.`);
  }
  const endpoint = options.endpoint ?? withoutQuery(request.url);
  const operation = await readOperation(request);
  const accept = request.headers.get("accept");
  if (operation.kind === "description") {
    const { contentType, format } = graphRepresentation(accept);
    return ok(await describeService(await engine.coverage(), { endpoint, dataset: options.dataset }, format), contentType);
  }
  const { text, dataset } = operation;
  const { form } = queryShape(text);
  const { contentType, format } = representationOf(form, accept);
  options.onQuery?.(text);
  const { body } = await engine.query({ text, form, baseIri: endpoint, dataset, format }, request.signal);
  return ok(body, contentType);
}

function ok(body: string | Answer["body"], contentType: string): Response {
  const length = body instanceof Uint8Array ? { "content-length": String(body.byteLength) } : undefined;
  return new Response(body, { headers: { ...COMMON, ...length, "content-type": contentType } });
}

function preflight(): Response {
  const headers = { ...COMMON, "allow": METHODS, "access-control-allow-methods": METHODS, "access-control-allow-headers": "Accept, Content-Type", "access-control-max-age": "86400" };
  return new Response(null, { status: 204, headers });
}

function refuse(request: Request, error: unknown, { onError }: EndpointOptions): Response {
  const problem = error instanceof SparqlProblem ? error : new SparqlProblem("engine-failed", 500, "The query could not be answered: a fault of this endpoint, not of the query.");
  if (problem !== error || problem.code === "engine-failed") onError?.(error);
  const headers = {
    ...COMMON,
    "content-type": "application/problem+json",
    "cache-control": "no-store",
    ...(problem.status === 405 ? { allow: METHODS } : {}),
    ...(problem.code === "busy" ? { "retry-after": "5" } : {}),
  };
  const body = JSON.stringify({ status: problem.status, code: problem.code, title: "The query was not answered", detail: problem.message });
  return new Response(request.method === "HEAD" ? null : `${body}\n`, { status: problem.status, headers });
}

function withoutQuery(url: string): string {
  const end = url.search(/[?#]/);
  return end < 0 ? url : url.slice(0, end);
}
