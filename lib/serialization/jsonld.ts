import type { Quad } from "@rdfjs/types";
import { CONTEXT_IRI, contextDocument, loadContext } from "./context.ts";
import { expandedTree, type Expanded } from "./jsonld-tree.ts";
import { compareNatural } from "./order.ts";

export interface JsonLdOptions {
  /** Write our context into the document instead of its IRI. */
  readonly inlineContext?: boolean;
}

/** What is used of the library; its own types know neither a refusing loader nor plain objects. */
type Compact = (
  expanded: readonly Expanded[],
  context: object,
  options: { documentLoader: typeof loadContext; graph: boolean; compactToRelative: boolean; skipExpansion: boolean },
) => Promise<Record<string, unknown>>;

/**
 * Writes a dataset as JSON-LD 1.1 in the words of our context, each graph arranged as a document of its own. One graph
 * gives `{"@context", "id": graph, "@graph": […]}`; several stand as such objects in an outer `@graph`, the default
 * graph's nodes beside them. Deterministic for a set of quads, and reads back as the very same dataset. A blank node
 * throws a TypeError.
 */
export async function toJsonLd(quads: Iterable<Quad>, options: JsonLdOptions = {}): Promise<string> {
  const graphs = Map.groupBy(quads, (quad) => (quad.graph.termType === "DefaultGraph" ? "" : quad.graph.value));
  const expanded = [...graphs]
    .sort(([a], [b]) => compareNatural(a, b))
    .flatMap(([graph, content]): Expanded[] => {
      const nodes = expandedTree(content);
      return graph === "" ? nodes : [{ "@id": graph, "@graph": nodes }];
    });
  const context = contextDocument()["@context"];
  // Loading the library takes longer than all the rest; whoever writes no JSON-LD need not wait for it.
  const { default: library } = await import("jsonld");
  const body = await (library.compact as unknown as Compact)(expanded, context, {
    documentLoader: loadContext,
    graph: graphs.size !== 1 || graphs.has(""),
    compactToRelative: false,
    skipExpansion: true,
  });
  const written = options.inlineContext === true ? context : CONTEXT_IRI;
  const json = JSON.stringify({ ...nameFirst(body), "@context": written }, undefined, 2);
  return `${json}\n`;
}

/** Keys in reading order: the context, the graph's name, its content; and so for every graph within. */
function nameFirst({ "@context": context, "@graph": content, ...rest }: Record<string, unknown>): Expanded {
  const nested = Array.isArray(content)
    ? content.map((node: Expanded) => ("@graph" in node ? nameFirst(node) : node))
    : content;
  return { ...(context === undefined ? {} : { "@context": context }), ...rest, "@graph": nested };
}
