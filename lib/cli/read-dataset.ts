import { readFile, stat } from "node:fs/promises";
import { extname } from "node:path";
import type { Quad } from "@rdfjs/types";
import { unreadable } from "../article/inputs.ts";
import { parseJson } from "../article/json-values.ts";
import { DEFAULT_LIMITS, tooLarge } from "../article/limits.ts";
import { CommuniqueError } from "../errors/communique-error.ts";

const LIMITS = { ...DEFAULT_LIMITS, maxBytes: 100_000_000 };
const N3_FORMATS: Readonly<Record<string, string>> = { ".nq": "N-Quads", ".trig": "TriG" };
/** Formats of one graph: what we write in them has no evidence, and every fact would break a shape. */
const ONE_GRAPH: Readonly<Record<string, string>> = { ".ttl": "Turtle", ".nt": "N-Triples" };

/**
 * The quads of an RDF dataset, its format told by its extension. JSON-LD may use our context alone: nothing is fetched.
 *
 * @throws CommuniqueError "input-not-found", "input-too-large" (100 MB), "input-unsupported" or "input-malformed".
 */
export async function readDataset(path: string): Promise<Quad[]> {
  const extension = extname(path).toLowerCase();
  const oneGraph = Object.hasOwn(ONE_GRAPH, extension) ? ONE_GRAPH[extension] : undefined;
  if (oneGraph !== undefined) {
    throw new CommuniqueError("input-unsupported", `${oneGraph} holds the facts without their evidence; validate .nq, .trig or .jsonld`, { location: path });
  }
  const text = await readLimited(path);
  try {
    if (extension === ".jsonld") return await fromJsonLd(text);
    const format = Object.hasOwn(N3_FORMATS, extension) ? N3_FORMATS[extension] : undefined;
    if (format === undefined) throw new CommuniqueError("input-unsupported", "unknown extension; known are .nq, .trig, .jsonld");
    const { Parser } = await import("n3");
    return new Parser({ format }).parse(text);
  } catch (error) {
    if (error instanceof CommuniqueError) throw new CommuniqueError(error.code, error.message, { cause: error, location: path });
    const reason = error instanceof Error ? error.message.slice(0, 300) : "";
    throw new CommuniqueError("input-malformed", reason, { cause: error, location: path });
  }
}

async function readLimited(path: string): Promise<string> {
  try {
    if ((await stat(path)).size > LIMITS.maxBytes) throw tooLarge(LIMITS, "the file");
    return await readFile(path, "utf8");
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

async function fromJsonLd(text: string): Promise<Quad[]> {
  const [{ default: jsonld }, { loadContext }, { Parser }] = await Promise.all([import("jsonld"), import("../serialization/context.ts"), import("n3")]);
  const document = parseJson(text, LIMITS) as Parameters<typeof jsonld.toRDF>[0];
  const nquads: unknown = await jsonld.toRDF(document, {
    format: "application/n-quads",
    documentLoader: async (url) => ({ ...(await loadContext(url)), contextUrl: undefined }) as never,
  });
  return new Parser({ format: "N-Quads" }).parse(nquads as string);
}
