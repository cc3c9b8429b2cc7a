import { CommuniqueError } from "../errors/communique-error.ts";
import type { ArticleContext } from "./article-context.ts";
import { iriOfUrl } from "./iris.ts";
import { date, text } from "./literals.ts";
import { cq, prov, rdfs, schema } from "./vocabulary.ts";

/**
 * The article as a work: headline, date, publisher, original. Throws `article-invalid` where its URL is not an
 * http(s) URL.
 */
export function writeArticle({ article, extraction, iris, facts, evidence, spans }: ArticleContext): void {
  facts.type(iris.article, cq.Article);
  if (article.headline !== undefined) facts.add(iris.article, schema.headline, text(article.headline));
  const published = article.published ?? extraction.published;
  if (published !== undefined) facts.add(iris.article, schema.datePublished, date(published));
  if (article.publisher !== undefined) facts.add(iris.article, cq.publisherName, text(article.publisher));
  if (article.url !== undefined) {
    const url = iriOfUrl(article.url);
    if (url === undefined) {
      throw new CommuniqueError("article-invalid", `Not an http or https URL: ${JSON.stringify(article.url)}`, {
        location: article.id,
      });
    }
    facts.add(iris.article, schema.url, url);
  }
  facts.add(iris.article, schema.inLanguage, text(article.language));
  facts.add(iris.article, cq.textDocument, iris.text);
  if (extraction.dated !== undefined) {
    facts.add(iris.article, cq.referenceDate, date(extraction.dated.date));
    facts.add(iris.article, cq.referenceDateBasis, text(extraction.dated.basis));
    evidence.addAll(iris.article, cq.referenceDateSpan, spans.iris(extraction.dated.evidence));
  }
}

/**
 * Where the two graphs come from, in PROV-O: the article, and a conversion by this software with this model and
 * gazetteer. It carries no clock time, so that the same versions give the same bytes.
 */
export function writeProvenance({ extraction, iris, facts, evidence }: ArticleContext): void {
  const { software, model, gazetteer } = extraction.versions;
  const conversion = iris.conversion();
  const agent = iris.thing(`software/${software}`);
  const reader = iris.thing(`model/${model}`);
  for (const [builder, graph] of [
    [facts, iris.facts],
    [evidence, iris.evidence],
  ] as const) {
    builder.add(graph, prov.wasDerivedFrom, iris.article);
    builder.add(graph, prov.wasGeneratedBy, conversion);
  }
  facts.type(iris.facts, prov.Entity);
  facts.type(conversion, prov.Activity);
  facts.add(conversion, prov.wasAssociatedWith, agent);
  facts.addAll(conversion, prov.used, [iris.article, reader, iris.gazetteerGraph(gazetteer)]);
  facts.type(agent, prov.SoftwareAgent);
  facts.add(agent, schema.softwareVersion, text(software));
  facts.type(reader, prov.Entity);
  facts.add(reader, rdfs.label, text(model));
}
