import type { Offer } from "../http/accept.ts";

/** A form in which a document is published: its extension and what it is served as. */
export interface Representation extends Offer {
  /** Without its dot. */
  readonly extension: string;
  /** For people. */
  readonly name: string;
}

/** Documents are HTML unless asked otherwise, because what sends no Accept header is mostly a person's tool. */
export const REPRESENTATIONS = [
  { extension: "html", mediaType: "text/html", name: "HTML" },
  { extension: "ttl", mediaType: "text/turtle", name: "Turtle" },
  { extension: "jsonld", mediaType: "application/ld+json", name: "JSON-LD" },
  { extension: "nq", mediaType: "application/n-quads", name: "N-Quads" },
  { extension: "trig", mediaType: "application/trig", name: "TriG" },
] as const satisfies readonly Representation[];

/** Other names under which clients ask for the same. */
const ALIASES: Readonly<Record<string, string>> = {
  "application/json": "application/ld+json",
  "application/xhtml+xml": "text/html",
  "text/x-nquads": "application/n-quads",
  "application/x-turtle": "text/turtle",
  "application/x-trig": "application/trig",
};

/**
 * The offers for an Accept header, aliases behind the types they stand for. `application/json` gives JSON-LD; xhtml is
 * what browsers ask for beside HTML.
 */
export function offersOf(representations: readonly Representation[]): readonly Representation[] {
  const offers = [...representations];
  for (const [alias, mediaType] of Object.entries(ALIASES)) {
    for (const known of representations) if (known.mediaType === mediaType) offers.push({ ...known, mediaType: alias });
  }
  return offers;
}
