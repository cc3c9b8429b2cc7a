import { CommuniqueError } from "../errors/communique-error.ts";

/** One solution: variable → the value of its term, whatever the term's kind. */
export type Solution = Readonly<Record<string, string>>;

export interface SelectOptions {
  readonly endpoint: string;
  readonly query: string;
  readonly fetch?: typeof fetch;
  /** Milliseconds until the request is given up; 60 seconds where none is given. */
  readonly timeout?: number;
}

const TIMEOUT = 60_000;
const MAX_BYTES = 32 * 1024 * 1024;
const MAX_REDIRECTS = 3;
/** Wikimedia asks clients to name themselves and where they come from. */
const USER_AGENT = "Communique/0.1 (https://w3id.org/communique; gazetteer refresh)";

/**
 * The solutions of a SELECT query (SPARQL 1.1 Protocol, query via POST directly; SPARQL 1.1 Query Results JSON).
 * Redirects are followed on the same host only, answers over 32 MiB refused. Every failure throws
 * `gazetteer-refresh-failed` with the endpoint as its location; a URL that is not http(s), `option-invalid`.
 */
export async function select(options: SelectOptions): Promise<Solution[]> {
  const endpoint = endpointUrl(options.endpoint);
  const signal = AbortSignal.timeout(options.timeout ?? TIMEOUT);
  try {
    const response = await post(endpoint, options, signal);
    if (!response.ok) throw new Error(`it answered with status ${response.status}`);
    return solutions(JSON.parse(await boundedText(response)));
  } catch (cause) {
    const reason = signal.aborted ? "no complete answer in time" : cause instanceof SyntaxError ? "its answer is not JSON" : messageOf(cause);
    throw new CommuniqueError("gazetteer-refresh-failed", `The SPARQL endpoint ${endpoint.href} gave no usable answer: ${reason}`, {
      cause,
      location: endpoint.href,
    });
  }
}

function endpointUrl(given: string): URL {
  const url = URL.parse(given);
  if (url === null || (url.protocol !== "https:" && url.protocol !== "http:")) {
    throw new CommuniqueError("option-invalid", `The SPARQL endpoint must be an http or https URL: ${given}`, { location: given });
  }
  return url;
}

async function post(endpoint: URL, options: SelectOptions, signal: AbortSignal): Promise<Response> {
  let url = endpoint;
  for (let hops = 0; hops <= MAX_REDIRECTS; hops++) {
    const response = await (options.fetch ?? fetch)(url, {
      method: "POST",
      headers: {
        accept: "application/sparql-results+json",
        "content-type": "application/sparql-query",
        "user-agent": USER_AGENT,
      },
      body: options.query,
      redirect: "manual",
      signal,
    });
    const target = response.headers.get("location");
    if (response.status < 300 || response.status > 399 || target === null) return response;
    await response.body?.cancel();
    const next = new URL(target, url);
    if (next.host !== endpoint.host || next.protocol !== endpoint.protocol) throw new Error(`it redirects to another host, ${next.host}`);
    url = next;
  }
  throw new Error("it redirects too often");
}

/** Reads no more than the bound, whatever the length announced. */
async function boundedText(response: Response): Promise<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let text = "";
  let bytes = 0;
  const chunks: AsyncIterable<Uint8Array> | readonly Uint8Array[] = response.body ?? [];
  for await (const chunk of chunks) {
    bytes += chunk.byteLength;
    if (bytes > MAX_BYTES) throw new Error("its answer is too large");
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

function solutions(answer: unknown): Solution[] {
  const bindings = property(property(answer, "results"), "bindings");
  if (!Array.isArray(bindings)) throw new Error("its answer is not a SPARQL result");
  return bindings.map((binding: unknown) => {
    const solution: Record<string, string> = {};
    for (const variable of Object.keys(typeof binding === "object" && binding !== null ? binding : {})) {
      const value = property(property(binding, variable), "value");
      if (typeof value === "string") solution[variable] = value;
    }
    return solution;
  });
}

function property(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

function messageOf(cause: unknown): string {
  const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
  return inner instanceof Error ? inner.message : String(inner);
}
