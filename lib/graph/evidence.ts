import type { NamedNode } from "n3";
import type { Mention } from "../extraction/types.ts";
import type { ArticleContext } from "./article-context.ts";
import { integer, text } from "./literals.ts";
import { cq } from "./vocabulary.ts";

const MENTION_CLASS: Readonly<Record<Mention["type"], NamedNode>> = {
  name: cq.NameMention,
  nominal: cq.NominalMention,
  pronoun: cq.PronounMention,
  metonym: cq.MetonymMention,
  demonym: cq.DemonymMention,
};

/** Which words stand for which entity. A title is kept as the words of the mention. */
export function writeMentions({ extraction, iris, evidence, spans }: ArticleContext): void {
  extraction.mentions.forEach((mention, index) => {
    const iri = iris.mention(index);
    evidence.type(iri, MENTION_CLASS[mention.type]);
    evidence.add(iri, cq.entity, iris.entity(mention.entity));
    evidence.add(iri, cq.span, spans.iri(mention.span));
    if (mention.title !== undefined) evidence.add(iri, cq.titleInText, text(mention.title));
  });
}

/** Describes every span that was pointed at so far: to be called last. */
export function writeSpans({ evidence, spans, words }: ArticleContext): void {
  for (const { span, iri } of spans.all()) {
    evidence.type(iri, cq.Span);
    evidence.add(iri, cq.begin, integer(span.start));
    evidence.add(iri, cq.end, integer(span.end));
    evidence.add(iri, cq.exact, text(words(span)));
  }
}
