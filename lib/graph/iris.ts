import { DataFactory, type NamedNode } from "n3";
import { CommuniqueError } from "../errors/communique-error.ts";
import type { Span } from "../text/types.ts";
import { WIKIDATA } from "./vocabulary.ts";

/** Where instance IRIs live unless told otherwise. The `.example` domain cannot be mistaken for a published one. */
export const DEFAULT_BASE = "https://communique.example/";

/**
 * Returns `base` where instance IRIs can be minted by appending to it: an absolute http(s) IRI without query or
 * fragment that ends with a slash. (A base that ends with `#` would give `article/x#statement-1` two fragments.)
 * Throws `option-invalid` otherwise.
 */
export function checkBase(base: string): string {
  if (!/^https?:\/\/[^/]/.test(base) || !base.endsWith("/") || /[?#]/.test(base) || !isIri(base) || !URL.canParse(base)) {
    throw new CommuniqueError(
      "option-invalid",
      `The base IRI must be an absolute http or https IRI without query or fragment that ends with "/": ${JSON.stringify(base)}`,
    );
  }
  return base;
}

// What an IRI reference may not hold (RFC 3987 §2.2, IRIREF of the RDF syntaxes), and half characters.
const NOT_IN_IRI = /[\u0000-\u0020<>"{}|\\^`\u007f-\u009f]|[\ud800-\udfff]/u;
const NOT_IN_IRI_ALL = new RegExp(NOT_IN_IRI.source, "gu");

/** Whether a string is an absolute IRI that every RDF syntax accepts as it is. */
export function isIri(value: string): boolean {
  return /^[A-Za-z][A-Za-z0-9+.-]*:/.test(value) && !NOT_IN_IRI.test(value) && !/%(?![0-9A-Fa-f]{2})/.test(value);
}

/** Percent-encodes a string as one path segment or fragment: only unreserved ASCII characters stay. Never throws. */
export function encodeSegment(value: string): string {
  return encodeURIComponent(value.toWellFormed()).replace(
    /[!'()*]/g,
    (character) => "%" + character.charCodeAt(0).toString(16).toUpperCase(),
  );
}

/** The IRI of an http(s) URL written anyhow, or undefined where it is none. */
export function iriOfUrl(url: string): NamedNode | undefined {
  if (!URL.canParse(url)) return undefined;
  const parsed = new URL(url);
  if (parsed.protocol !== "http:" && parsed.protocol !== "https:") return undefined;
  const iri = parsed.href
    .replace(NOT_IN_IRI_ALL, (character) => encodeURIComponent(character.toWellFormed()))
    .replace(/%(?![0-9A-Fa-f]{2})/g, "%25");
  // A second "#" is legal to the URL parser, not in an IRI.
  const hash = iri.indexOf("#");
  return DataFactory.namedNode(hash < 0 ? iri : iri.slice(0, hash + 1) + iri.slice(hash + 1).replaceAll("#", "%23"));
}

/** The Wikidata item "Q…". */
export function wikidataItem(id: string): NamedNode {
  return DataFactory.namedNode(WIKIDATA + id);
}

/**
 * Mints what hangs on the base alone: things the gazetteer knows and the graph that states its facts. Ids of the
 * gazetteer (`person/xi-jinping`) become `{base}id/person/xi-jinping`.
 */
export class BaseIris {
  readonly base: string;

  /** Throws `option-invalid` on a base that `checkBase` refuses. */
  constructor(base: string) {
    this.base = checkBase(base);
  }

  thing(id: string): NamedNode {
    return DataFactory.namedNode(`${this.base}id/${id.split("/").map(encodeSegment).join("/")}`);
  }

  /** A tenure has no id of its own: who, which office and since when tell it apart for good. */
  tenure(person: string, office: string, since: string): NamedNode {
    const parts = [slugOf(person), slugOf(office), since].map(encodeSegment);
    return DataFactory.namedNode(`${this.base}id/tenure/${parts.join("/")}`);
  }

  gazetteerGraph(version: string): NamedNode {
    return DataFactory.namedNode(`${this.base}graph/gazetteer/${encodeSegment(version)}`);
  }
}

function slugOf(id: string): string {
  return id.slice(id.indexOf("/") + 1);
}

/** Mints everything that belongs to one article. */
export class ArticleIris extends BaseIris {
  /** The news article itself. */
  readonly article: NamedNode;
  /** Our page about it: its fragments are the article's claims and local entities. */
  readonly page: string;
  readonly text: NamedNode;
  readonly facts: NamedNode;
  readonly evidence: NamedNode;
  readonly #spanPrefix: string;

  constructor(base: string, articleId: string) {
    super(base);
    const id = encodeSegment(articleId);
    this.article = DataFactory.namedNode(`${base}id/article/${id}`);
    this.page = `${base}article/${id}`;
    this.text = DataFactory.namedNode(`${base}text/${id}.txt`);
    this.facts = DataFactory.namedNode(`${base}graph/${id}`);
    this.evidence = DataFactory.namedNode(`${base}graph/${id}/evidence`);
    this.#spanPrefix = `${base}text/${id}.txt#char=`;
  }

  fragment(name: string): NamedNode {
    return DataFactory.namedNode(`${this.page}#${encodeSegment(name)}`);
  }

  /** The IRI of an extraction's entity: of the gazetteer, or a fragment of the page where the key starts with `#`. */
  entity(key: string): NamedNode {
    return key.startsWith("#") ? this.fragment(key.slice(1)) : this.thing(key);
  }

  /** RFC 5147 `char` positions: code points, end exclusive. */
  span(span: Span): NamedNode {
    return DataFactory.namedNode(`${this.#spanPrefix}${span.start},${span.end}`);
  }

  /** `index` counts from 0 as in the extraction; the IRI counts from 1 as readers do. */
  statement(index: number): NamedNode {
    return DataFactory.namedNode(`${this.page}#statement-${index + 1}`);
  }

  meeting(index: number): NamedNode {
    return DataFactory.namedNode(`${this.page}#meeting-${index + 1}`);
  }

  mention(index: number): NamedNode {
    return DataFactory.namedNode(`${this.page}#mention-${index + 1}`);
  }

  conversion(): NamedNode {
    return DataFactory.namedNode(`${this.page}#conversion`);
  }
}
