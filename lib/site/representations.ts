import { chooseOffer, type Offer } from "../http/accept.ts";

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
  const offers = representations.slice();
  for (const [alias, mediaType] of Object.entries(ALIASES)) {
    for (const { extension, name, mediaType: known } of representations) if (known === mediaType) offers.push({ extension, name, mediaType: alias });
  }
  return offers;
}

/** The format that a client likes best of those with these extensions; undefined where it likes none. */
export function chooseRepresentation(accept: string | null | undefined, extensions: readonly string[]): Representation | undefined {
  return chooseOffer(accept, offersOf(REPRESENTATIONS.filter(({ extension }) => extensions.includes(extension))));
}

/**
 * The Link header (RFC 8288) of a document in one format: the same document in the others, and the document itself.
 * Undefined where there is one format only.
 */
export function linksTo(root: string, stem: string, extensions: readonly string[], chosen: string): string | undefined {
  const others = REPRESENTATIONS.filter(({ extension }) => extension !== chosen && extensions.includes(extension));
  if (others.length === 0) return undefined;
  const alternates = others.map(({ extension, mediaType }) => `<${root}${stem}.${extension}>; rel="alternate"; type="${mediaType}"`);
  return `<${root}${stem}>; rel="canonical", ${alternates.join(", ")}`;
}
