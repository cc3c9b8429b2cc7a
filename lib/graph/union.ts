import type { Quad } from "@rdfjs/types";
import { DataFactory, Store } from "n3";

/** The quads of all graphs as one graph, each triple once: what shapes are checked against. */
export function unionGraph(quads: Iterable<Quad>): Store {
  const union = new Store();
  for (const { subject, predicate, object } of quads) union.addQuad(DataFactory.quad(subject, predicate, object));
  return union;
}
