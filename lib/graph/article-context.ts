import type { NamedNode } from "n3";
import type { Article } from "../article/types.ts";
import type { Extraction } from "../extraction/types.ts";
import { slicer } from "../text/code-points.ts";
import type { Span } from "../text/types.ts";
import { GraphBuilder } from "./graph-builder.ts";
import { ArticleIris } from "./iris.ts";

/** What every part of an article's graphs is written with. */
export interface ArticleContext {
  readonly article: Article;
  readonly extraction: Extraction;
  readonly iris: ArticleIris;
  readonly facts: GraphBuilder;
  readonly evidence: GraphBuilder;
  /** The IRIs of spans; each span asked for is described in the evidence graph once. */
  readonly spans: SpanIndex;
  /** The words of a span. */
  readonly words: (span: Span) => string;
}

export function articleContext(article: Article, extraction: Extraction, base: string): ArticleContext {
  const iris = new ArticleIris(base, article.id);
  return {
    article,
    extraction,
    iris,
    facts: new GraphBuilder(iris.facts),
    evidence: new GraphBuilder(iris.evidence),
    spans: new SpanIndex(iris),
    words: slicer(article.text),
  };
}

/** Remembers every span that something points to. */
export class SpanIndex {
  readonly #iris: ArticleIris;
  readonly #known = new Map<string, { readonly span: Span; readonly iri: NamedNode }>();

  constructor(iris: ArticleIris) {
    this.#iris = iris;
  }

  iri(span: Span): NamedNode {
    const key = `${span.start},${span.end}`;
    let known = this.#known.get(key);
    if (known === undefined) {
      known = { span, iri: this.#iris.span(span) };
      this.#known.set(key, known);
    }
    return known.iri;
  }

  iris(spans: readonly Span[]): NamedNode[] {
    return spans.map((span) => this.iri(span));
  }

  /** In the order first asked for. */
  all(): Iterable<{ readonly span: Span; readonly iri: NamedNode }> {
    return this.#known.values();
  }
}
