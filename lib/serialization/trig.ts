import type { Quad } from "@rdfjs/types";
import { compareNatural } from "./order.ts";
import { namer, VOCABULARY_PREFIXES, type Prefixes } from "./prefixes.ts";
import { writeTriples } from "./turtle.ts";

/**
 * Writes a dataset as TriG: the default graph first, then every named graph in natural order of their names, each as
 * pretty as `toTurtle`. Deterministic for a set of quads; a blank node throws a TypeError.
 */
export function toTriG(quads: Iterable<Quad>, prefixes: Prefixes = {}): string {
  const names = namer({ ...VOCABULARY_PREFIXES, ...prefixes });
  const graphs = Map.groupBy(quads, (quad) => (quad.graph.termType === "DefaultGraph" ? "" : quad.graph.value));
  const parts = [...graphs]
    .sort(([a], [b]) => compareNatural(a, b))
    .map(([graph, content]) =>
      graph === ""
        ? writeTriples(content, names)
        : `${names.name(graph)} {\n${writeTriples(content, names, "    ")}}\n`,
    );
  const header = names.header();
  return header === "" ? parts.join("\n") : [header, ...parts].join("\n");
}
