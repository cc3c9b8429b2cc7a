import type { NamedNode } from "n3";
import type { EntityKey } from "../extraction/types.ts";
import type { Span } from "../text/types.ts";
import type { ArticleContext } from "./article-context.ts";
import type { GraphBuilder } from "./graph-builder.ts";
import { cq } from "./vocabulary.ts";

/** One entity's part in a claim: every way it takes part, and the side it stands for. */
interface Part {
  /** Which graph names the part, for each way. */
  readonly ways: readonly { readonly property: NamedNode; readonly builder: GraphBuilder }[];
  readonly side?: EntityKey | undefined;
}

export type Parts = ReadonlyMap<EntityKey, Part>;

/** Gathers an entity's ways of taking part in one claim, in the order they are added. */
export class PartList {
  readonly #parts = new Map<EntityKey, { ways: { property: NamedNode; builder: GraphBuilder }[]; side?: EntityKey | undefined }>();

  add(property: NamedNode, builder: GraphBuilder, keys: Iterable<EntityKey | null | undefined>): void {
    for (const key of keys) {
      if (key === null || key === undefined) continue;
      let part = this.#parts.get(key);
      if (part === undefined) this.#parts.set(key, (part = { ways: [] }));
      if (!part.ways.some((way) => way.property === property)) part.ways.push({ property, builder });
    }
  }

  /** The side an entity already added stands for. */
  side(key: EntityKey, side: EntityKey): void {
    const part = this.#parts.get(key);
    if (part !== undefined) part.side = side;
  }

  get parts(): Parts {
    return this.#parts;
  }
}

/**
 * Describes each entity's part in `claim` by a node of its own, `…-involvement-1` and on, which carries the words that
 * show it. The words always stand in the evidence graph; the node stands in the facts where a way of taking part does.
 */
export function writeInvolvements(
  { iris, facts, evidence, spans }: ArticleContext,
  claim: NamedNode,
  parts: Parts,
  support: Readonly<Record<EntityKey, readonly Span[]>>,
): void {
  const fragment = claim.value.slice(iris.page.length + 1);
  let number = 0;
  for (const [key, { ways, side }] of parts) {
    const node = iris.fragment(`${fragment}-involvement-${++number}`);
    const home = ways.some((way) => way.builder === facts) ? facts : evidence;
    for (const { property, builder } of ways) builder.add(claim, property, node);
    home.type(node, cq.Involvement);
    home.add(node, cq.entity, iris.entity(key));
    if (side !== undefined) home.add(node, cq.side, iris.entity(side));
    const shown = Object.hasOwn(support, key) ? (support[key] ?? []) : [];
    evidence.addAll(node, cq.evidence, spans.iris(shown));
  }
}
