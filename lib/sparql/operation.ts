import { SparqlProblem } from "./problem.ts";
import type { QueryDataset } from "./types.ts";

/** What a request asks of the endpoint. */
export type Operation =
  | { readonly kind: "description" }
  | { readonly kind: "query"; readonly text: string; readonly dataset: QueryDataset | undefined };

/** Far above the longest query that people write, far below what costs anything. In bytes. */
export const MAX_QUERY_BYTES = 65_536;
const MAX_GRAPHS = 1_000;

/** Reads the operation from a GET, HEAD or POST request, as SPARQL 1.1 Protocol §2.1 has it. @throws SparqlProblem */
export async function readOperation(request: Request): Promise<Operation> {
  const { search } = new URL(request.url);
  // A form's percent signs may treble a query; graphs come on top.
  if (search.length > 4 * MAX_QUERY_BYTES) throw tooLong(414);
  const inUrl = formParameters(search.slice(1));
  if (request.method !== "POST") {
    return inUrl.has("query") || inUrl.has("update") || [...inUrl.keys()].some(isGraphParameter) ? query(inUrl) : { kind: "description" };
  }
  const { type, charset } = contentType(request.headers.get("content-type"));
  if (charset !== undefined && charset !== "utf-8" && charset !== "utf8" && charset !== "us-ascii") {
    throw new SparqlProblem("encoding-unsupported", 415, `Queries are read as UTF-8, not as ${JSON.stringify(charset)}.`);
  }
  const coding = request.headers.get("content-encoding");
  if (coding !== null && coding !== "identity") throw new SparqlProblem("encoding-unsupported", 415, "The request's body must not be compressed.");
  if (type === "application/sparql-update") throw updateRefused();
  if (type === "application/sparql-query") {
    if (inUrl.has("query")) throw repeated();
    inUrl.set("query", await body(request, MAX_QUERY_BYTES));
    return query(inUrl);
  }
  if (type === "application/x-www-form-urlencoded") {
    const parameters = formParameters(await body(request, 4 * MAX_QUERY_BYTES));
    for (const [name, value] of inUrl) parameters.append(name, value);
    return query(parameters);
  }
  throw new SparqlProblem(
    "media-type-unsupported",
    415,
    "A POST carries application/sparql-query, or application/x-www-form-urlencoded with a parameter “query”; its Content-Type says which.",
  );
}

function query(parameters: URLSearchParams): Operation {
  if (parameters.has("update") || [...parameters.keys()].some((name) => name.startsWith("using-"))) throw updateRefused();
  const [text, ...others] = parameters.getAll("query");
  if (text === undefined) throw new SparqlProblem("query-missing", 400, "There is no parameter “query”.");
  if (others.length > 0) throw repeated();
  if (Buffer.byteLength(text) > MAX_QUERY_BYTES) throw tooLong(413);
  return { kind: "query", text, dataset: dataset(parameters) };
}

function dataset(parameters: URLSearchParams): QueryDataset | undefined {
  const defaultGraphs = graphs(parameters, "default-graph-uri");
  const namedGraphs = graphs(parameters, "named-graph-uri");
  return defaultGraphs.length + namedGraphs.length === 0 ? undefined : { defaultGraphs, namedGraphs };
}

function graphs(parameters: URLSearchParams, name: string): string[] {
  const iris = [...new Set(parameters.getAll(name))];
  if (iris.length > MAX_GRAPHS) throw new SparqlProblem("graph-invalid", 400, `More than ${MAX_GRAPHS} graphs are named by “${name}”.`);
  for (const iri of iris) {
    if (!/^[A-Za-z][A-Za-z0-9+.-]*:[^\u0000-\u0020<>"{}|\\^`]*$/.test(iri)) {
      throw new SparqlProblem("graph-invalid", 400, `The parameter “${name}” must be an absolute IRI, not ${JSON.stringify(iri.slice(0, 200))}.`);
    }
  }
  return iris;
}

function isGraphParameter(name: string): boolean {
  return name === "default-graph-uri" || name === "named-graph-uri" || name.startsWith("using-");
}

/** URLSearchParams turns bytes that are no UTF-8 into U+FFFD without a word; a query must not change on its way. */
function formParameters(form: string): URLSearchParams {
  try {
    decodeURIComponent(form.replaceAll("+", " "));
  } catch (cause) {
    throw new SparqlProblem("encoding-unsupported", 400, "The parameters are not percent-encoded UTF-8.", { cause });
  }
  return new URLSearchParams(form);
}

function contentType(header: string | null): { readonly type: string; readonly charset: string | undefined } {
  const [type = "", ...parameters] = (header ?? "").toLowerCase().split(";").map((part) => part.trim());
  const charset = parameters.find((parameter) => parameter.startsWith("charset="))?.slice("charset=".length).replaceAll('"', "");
  return { type, charset };
}

/** Stops reading as soon as there is too much. */
async function body(request: Request, most: number): Promise<string> {
  if (Number(request.headers.get("content-length") ?? 0) > most) throw tooLong(413);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of (request.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > most) throw tooLong(413);
    chunks.push(chunk);
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(chunks));
  } catch (cause) {
    throw new SparqlProblem("encoding-unsupported", 400, "The request's body is not UTF-8.", { cause });
  }
}

function tooLong(status: 413 | 414): SparqlProblem {
  return new SparqlProblem("query-too-long", status, `The query is longer than ${MAX_QUERY_BYTES} bytes.`);
}

function repeated(): SparqlProblem {
  return new SparqlProblem("query-repeated", 400, "There is more than one query.");
}

function updateRefused(): SparqlProblem {
  return new SparqlProblem("update-refused", 403, "This endpoint is read only: it takes queries, no updates.");
}
