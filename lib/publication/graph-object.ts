import { isArticleId } from "../article/id.ts";
import type { Article } from "../article/types.ts";
import { CommuniqueError } from "../errors/communique-error.ts";
import type { Extraction } from "../extraction/types.ts";
import type { Gazetteer } from "../gazetteer/types.ts";
import { gazetteerQuads } from "../graph/gazetteer-facts.ts";
import { DEFAULT_BASE } from "../graph/iris.ts";
import { toNQuads } from "../serialization/nquads.ts";
import { articleGraphs } from "./article-graphs.ts";
import { fromJson, gunzip, gzip, sha256, toJson } from "./codec.ts";
import { itemsOf } from "./items.ts";
import { describeKnown, knownGazetteer, selectKnown, type Known } from "./known.ts";

/** One conversion as it is stored: everything that its documents are made of, independent of the base IRI. */
export interface GraphObject {
  readonly article: Article;
  readonly extraction: Extraction;
  /** What the gazetteer knows of the article's entities and of what these belong to. */
  readonly known: Known;
}

export interface Packed {
  readonly sha: string;
  /** Hash of what was read, the article alone. */
  readonly input: string;
  /** Versions of what read it, as one string. */
  readonly versions: string;
  readonly bytes: Uint8Array;
}

/** An article of this name would have its facts in the graph of links. */
const RESERVED: ReadonlySet<string> = new Set(["links"]);

/** @throws CommuniqueError "article-invalid" for an id that can be no name of documents or graphs. */
export function graphObject(conversion: { readonly article: Article; readonly extraction: Extraction }, gazetteer?: Gazetteer): GraphObject {
  const { article, extraction } = conversion;
  if (!isArticleId(article.id) || article.id.endsWith(".") || RESERVED.has(article.id) || extraction.id !== article.id) throw new CommuniqueError("article-invalid", `not an id that documents can be named by: ${JSON.stringify(article.id)}`, { location: article.id });
  return { article, extraction, known: gazetteer === undefined ? [] : selectKnown(gazetteer, extraction.entities.map(({ key }) => key)) };
}

/**
 * Makes of an object everything that applying it will, and throws what that would throw: what cannot be applied must never be
 * committed, or the log could not go on.
 */
export function verify(object: GraphObject): void {
  const { facts, evidence } = articleGraphs(object, DEFAULT_BASE, {});
  toNQuads([...facts, ...evidence]);
  itemsOf(object, 0, {});
  const described = describeKnown(object.known);
  toNQuads(gazetteerQuads(knownGazetteer(object.known, object.extraction.versions.gazetteer), described.map(({ id }) => id), DEFAULT_BASE));
}

/** The same conversion gives the same bytes and hash. */
export function pack(object: GraphObject): Packed {
  const json = toJson({ ...object, article: ordered(object.article) });
  const { software, model, gazetteer } = object.extraction.versions;
  return { sha: sha256(json).slice(0, 32), input: inputOf(object.article), versions: `${software} ${model} ${gazetteer}`, bytes: gzip(json) };
}

/**
 * The hash that tells one state of an article from another: as `input` it stands in log entries and states. Whoever makes the same
 * article elsewhere comes to the same, in whatever order the fields were put together.
 */
export function inputOf(article: Article): string {
  return sha256(toJson(ordered(article))).slice(0, 32);
}

/** What is undefined is left out of JSON. */
function ordered({ id, text, headline, published, publisher, url, language }: Article): Article {
  return { id, text, headline, published, publisher, url, language } as Article;
}

export function unpack(bytes: Uint8Array): GraphObject {
  return fromJson<GraphObject>(gunzip(bytes));
}
