import { ArticleIris } from "../graph/iris.ts";
import { NAMESPACES, WIKIDATA } from "../graph/vocabulary.ts";
import { iriRef } from "./terms.ts";

/** Prefix (without its colon) → namespace IRI. */
export type Prefixes = Readonly<Record<string, string>>;

/** The vocabularies our data speaks, by the names their own documents use. */
export const VOCABULARY_PREFIXES: Prefixes = { ...NAMESPACES, wd: WIKIDATA };

const ENTITY_KINDS = ["person", "state", "organization", "group", "medium", "place", "office", "tenure", "article"];

/**
 * Prefixes that make the documents of one base readable: `person:xi-jinping`; and, where an article is given, `this:`
 * for what only that article knows (`this:statement-1`) and `char:` for its spans (`char:120\,240`, after RFC 5147).
 */
export function documentPrefixes(base: string, article?: string): Prefixes {
  const prefixes: Record<string, string> = {};
  for (const kind of ENTITY_KINDS) prefixes[kind] = `${base}id/${kind}/`;
  if (article !== undefined) {
    const { page, text } = new ArticleIris(base, article);
    prefixes["this"] = `${page}#`;
    prefixes["char"] = `${text.value}#char=`;
  }
  return prefixes;
}

/** Shortens IRIs for one document and remembers which prefixes it took. */
export interface Namer {
  /** A prefixed name, or the IRI in angle brackets where none is valid and readable. */
  name(iri: string): string;
  /** The `@prefix` lines of the prefixes taken so far, in the order of their names. */
  header(): string;
}

/** The longest namespace that fits an IRI wins. Of two names for one namespace, the later. */
export function namer(prefixes: Prefixes): Namer {
  const longestFirst = Object.entries(prefixes).sort(([, a], [, b]) => b.length - a.length);
  const names = new Map<string, string>();
  const used = new Set<string>();
  const shorten = (iri: string): string => {
    for (const [prefix, namespace] of longestFirst) {
      if (!iri.startsWith(namespace)) continue;
      const local = localName(iri.slice(namespace.length));
      if (local === undefined) continue;
      used.add(prefix);
      return `${prefix}:${local}`;
    }
    return iriRef(iri);
  };
  return {
    name(iri) {
      let name = names.get(iri);
      if (name === undefined) names.set(iri, (name = shorten(iri)));
      return name;
    },
    header() {
      return [...used]
        .sort()
        .map((prefix) => `@prefix ${prefix}: ${iriRef(prefixes[prefix] ?? "")} .\n`)
        .join("");
    },
  };
}

/**
 * PN_LOCAL of Turtle for the ASCII names worth shortening: letters, digits, `_`, and with a backslash the few marks
 * that occur in ours. Names with `/`, `#`, `?` or `%` stay whole: as prefixed names they would be valid, but no easier
 * to read.
 */
function localName(local: string): string | undefined {
  if (!/^[A-Za-z0-9_.,;=~!*'()+$&@-]+$/.test(local)) return undefined;
  return local.replace(/^[-.]|\.$|[,;=~!*'()+$&@]/g, "\\$&");
}
