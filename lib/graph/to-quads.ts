import { Store, type Quad } from "n3";
import type { Article } from "../article/types.ts";
import type { Extraction } from "../extraction/types.ts";
import type { Gazetteer } from "../gazetteer/types.ts";
import { articleContext } from "./article-context.ts";
import { writeArticle, writeProvenance } from "./article-facts.ts";
import { writeEntities } from "./entity-facts.ts";
import { writeMentions, writeSpans } from "./evidence.ts";
import { gazetteerQuads } from "./gazetteer-facts.ts";
import { DEFAULT_BASE } from "./iris.ts";
import { writeMeetings } from "./meeting-facts.ts";
import { writeStatements } from "./statement-facts.ts";

export interface GraphInput {
  readonly article: Article;
  readonly extraction: Extraction;
  /** Where instance IRIs live; see `checkBase`. */
  readonly base?: string;
}

/**
 * The two graphs of one article as distinct quads: what it tells (`{base}graph/<id>`) and the words that show it
 * (`{base}graph/<id>/evidence`). Without blank nodes; every IRI is valid, whatever the text holds; the same input gives
 * the same quads in the same order, facts first. Offsets count code points, end exclusive. Throws `option-invalid` on a
 * bad base and `article-invalid` on a bad URL.
 */
export function toQuads({ article, extraction, base = DEFAULT_BASE }: GraphInput): Quad[] {
  const context = articleContext(article, extraction, base);
  writeArticle(context);
  writeStatements(context);
  writeMeetings(context);
  writeEntities(context);
  writeProvenance(context);
  writeMentions(context);
  writeSpans(context);
  return context.facts.quads.concat(context.evidence.quads);
}

/**
 * The article's graphs as an RDF/JS `DatasetCore`; with a gazetteer, also the graph of what it knows of the article's
 * entities.
 */
export function dataset(input: GraphInput & { readonly gazetteer?: Gazetteer }): Store {
  const { gazetteer, extraction, base = DEFAULT_BASE } = input;
  const store = new Store(toQuads(input));
  if (gazetteer !== undefined) {
    store.addQuads(
      gazetteerQuads(
        gazetteer,
        extraction.entities.map(({ key }) => key),
        base,
      ),
    );
  }
  return store;
}
