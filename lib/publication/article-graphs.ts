import { DataFactory, type Quad } from "n3";
import { ArticleIris } from "../graph/iris.ts";
import { toQuads } from "../graph/to-quads.ts";
import { cq } from "../graph/vocabulary.ts";
import type { GraphObject } from "./graph-object.ts";

/** The graph that says which reports tell of which meetings: ours, not an article's. */
export function linksGraph(base: string): string {
  return `${base}graph/links`;
}

/** An article's two graphs, and the links of its reports, which stand in the graph of links. */
export function articleGraphs({ article, extraction }: GraphObject, base: string, meetings: Readonly<Record<number, string>>): {
  readonly facts: readonly Quad[];
  readonly evidence: readonly Quad[];
  readonly links: readonly Quad[];
} {
  const iris = new ArticleIris(base, article.id);
  const quads = toQuads({ article, extraction, base });
  const facts = quads.filter((quad) => quad.graph.value === iris.facts.value);
  return { facts, evidence: quads.slice(facts.length), links: linkQuads(iris, meetings) };
}

export function linkQuads(iris: ArticleIris, meetings: Readonly<Record<number, string>>): Quad[] {
  const graph = DataFactory.namedNode(linksGraph(iris.base));
  return Object.entries(meetings).map(([index, id]) => DataFactory.quad(iris.meeting(Number(index)), cq.meeting, iris.thing(`meeting/${id}`), graph));
}
