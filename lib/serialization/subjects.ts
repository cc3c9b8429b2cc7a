import type { NamedNode, Quad } from "@rdfjs/types";
import { cq, prov, rdf } from "../graph/vocabulary.ts";

/** What a reader wants to meet first: the article, what is said, what is told of, who takes part; then the words. */
const READING_ORDER: readonly (readonly NamedNode[])[] = [
  [cq.Article],
  [cq.Attribution, cq.Statement, cq.DirectStatement, cq.MixedStatement, cq.IndirectStatement, cq.Attitude],
  [cq.MeetingReport, cq.Involvement],
  [cq.Meeting],
  [cq.Person, cq.Leader],
  [cq.State],
  [cq.Organization],
  [cq.Group],
  [cq.Medium],
  [cq.Place],
  [cq.Office],
  [cq.Tenure],
  [cq.Span],
  [cq.Mention, cq.NameMention, cq.NominalMention, cq.PronounMention, cq.MetonymMention, cq.DemonymMention],
  [prov.Activity, prov.SoftwareAgent],
];

const RANKS: ReadonlyMap<string, number> = new Map(
  READING_ORDER.flatMap((classes, rank) => classes.map((term) => [term.value, rank] as const)),
);

const PARTS: ReadonlySet<string> = new Set(
  [cq.Involvement, cq.Office, cq.Tenure, cq.Span, prov.Activity, prov.SoftwareAgent].map((term) => term.value),
);

/** Where a subject stands in a document, from the types among its triples; what has none of ours stands last. */
export function subjectRank(quads: readonly Quad[]): number {
  let best = READING_ORDER.length;
  for (const { predicate, object } of quads) {
    if (predicate.value === rdf.type.value) best = Math.min(best, RANKS.get(object.value) ?? best);
  }
  return best;
}

/**
 * Whether a subject is a part or detail of something else (a span, an involvement, a tenure) by its types, rather than
 * something in its own right (the article, a claim, an actor, a place).
 */
export function isPart(quads: readonly Quad[]): boolean {
  return quads.some(({ predicate, object }) => predicate.value === rdf.type.value && PARTS.has(object.value));
}
