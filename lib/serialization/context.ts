import { readFileSync } from "node:fs";
import { CommuniqueError } from "../errors/communique-error.ts";

/** The public, immutable IRI of our JSON-LD context. */
export const CONTEXT_IRI = "https://w3id.org/communique/context/v1.jsonld";

interface ContextDocument {
  readonly "@context": Readonly<Record<string, unknown>>;
}

let loaded: ContextDocument | undefined;

/** Our JSON-LD context as shipped in the package, read once. */
export function contextDocument(): ContextDocument {
  loaded ??= JSON.parse(
    readFileSync(new URL("../../ontology/context.jsonld", import.meta.url), "utf8"),
  ) as ContextDocument;
  return loaded;
}

/**
 * A JSON-LD document loader that serves our context from the package and nothing else: no reading or writing of JSON-LD
 * ever touches the network. Any other IRI is refused with a CommuniqueError ("input-unsupported").
 */
export function loadContext(url: string): Promise<{ document: ContextDocument; documentUrl: string }> {
  if (url === CONTEXT_IRI) return Promise.resolve({ document: contextDocument(), documentUrl: url });
  const reason = "Contexts other than our own are never fetched";
  return Promise.reject(new CommuniqueError("input-unsupported", reason, { location: url }));
}
