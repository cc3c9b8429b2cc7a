import { DataFactory, type NamedNode, type Quad, type Quad_Object } from "n3";
import { rdf } from "./vocabulary.ts";

/** Collects the quads of one named graph. */
export class GraphBuilder {
  readonly quads: Quad[] = [];
  readonly #graph: NamedNode;

  constructor(graph: NamedNode) {
    this.#graph = graph;
  }

  add(subject: NamedNode, predicate: NamedNode, object: Quad_Object): void {
    this.quads.push(DataFactory.quad(subject, predicate, object, this.#graph));
  }

  /** One quad for each distinct object. */
  addAll(subject: NamedNode, predicate: NamedNode, objects: Iterable<Quad_Object>): void {
    const seen = new Set<string>();
    for (const object of objects) {
      const key = object.termType + object.value;
      if (seen.has(key)) continue;
      seen.add(key);
      this.add(subject, predicate, object);
    }
  }

  type(subject: NamedNode, ...classes: readonly NamedNode[]): void {
    for (const each of classes) this.add(subject, rdf.type, each);
  }
}
