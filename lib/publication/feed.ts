import { DataFactory, type NamedNode, type Quad } from "n3";
import { encodeSegment } from "../graph/iris.ts";
import { keys } from "./layout.ts";
import type { FeedMember, FeedState } from "./states.ts";
import { term, Triples } from "./terms.ts";

/** Members of a page of the feed. */
export const FEED_PAGE = 250;

/** The feed after some members more: every page that changed, the last one open. */
export function appendToFeed(feed: FeedState | undefined, members: readonly FeedMember[]): FeedState[] {
  let current: FeedState = feed ?? { page: 1, members: [] };
  const changed: FeedState[] = [];
  for (const member of members) {
    if (current.members.length === FEED_PAGE) {
      changed.push(current);
      current = { page: current.page + 1, members: [] };
    }
    current = { page: current.page, members: [...current.members, member] };
  }
  return [...changed, current];
}

/**
 * A page of the feed after LDES 1.0. A full page leads to the next, which exists by then, and never changes again.
 * Members are version objects without content: where to fetch it, and what its hash is.
 */
export function feedPageQuads(base: string, { page, members }: FeedState, next: string | undefined): Quad[] {
  const triples = new Triples();
  const feed = iri(`${base}feed`);
  const node = iri(`${base}feed/${page}`);
  triples.add(node, "rdf:type", term("tree:Node"));
  triples.add(feed, "rdf:type", term("ldes:EventStream"));
  triples.add(feed, "tree:view", node);
  if (next !== undefined) {
    const relation = iri(`${base}feed/${page}#next`);
    triples.add(node, "tree:relation", relation);
    triples.add(relation, "rdf:type", term("tree:GreaterThanOrEqualToRelation"));
    triples.add(relation, "tree:node", iri(`${base}feed/${page + 1}`));
    triples.add(relation, "tree:path", term("dcterms:created"));
    triples.add(relation, "tree:value", { value: next, type: "xsd:dateTime" });
  }
  for (const member of members) addMember(triples, base, feed, member);
  return triples.quads;
}

function addMember(triples: Triples, base: string, feed: NamedNode, { article, log, at, type, digest }: FeedMember): void {
  const id = encodeSegment(article);
  const member = iri(`${base}feed/${id}/${digest ?? "withdrawn"}-${log}`);
  triples.add(feed, "tree:member", member);
  triples.add(member, "rdf:type", term(`as:${type === "create" ? "Create" : type === "update" ? "Update" : "Delete"}`));
  triples.add(member, "dcterms:isVersionOf", iri(`${base}id/article/${id}`));
  triples.add(member, "dcterms:created", { value: at, type: "xsd:dateTime" });
  if (digest === undefined) return;
  triples.add(member, "dcterms:identifier", digest);
  triples.add(member, "dcat:downloadURL", iri(`${base}${keys.article(id, "nq")}`));
}

/** The feed itself: which properties tell versions and times, what a withdrawal looks like, the shape of members. It never changes. */
export function feedQuads(base: string): Quad[] {
  const triples = new Triples();
  const feed = iri(`${base}feed`);
  const shape = iri(`${base}feed#shape`);
  triples.add(feed, "rdf:type", term("ldes:EventStream"));
  triples.add(feed, "dcterms:title", "Published, changed and withdrawn articles");
  triples.add(feed, "ldes:timestampPath", term("dcterms:created"));
  triples.add(feed, "ldes:versionOfPath", term("dcterms:isVersionOf"));
  for (const event of ["Create", "Update", "Delete"] as const) {
    triples.add(feed, `ldes:version${event}Path`, term("rdf:type"));
    triples.add(feed, `ldes:version${event}Object`, term(`as:${event}`));
  }
  triples.add(feed, "tree:shape", shape);
  triples.add(feed, "tree:view", iri(`${base}feed/1`));
  triples.add(shape, "rdf:type", term("sh:NodeShape"));
  const property = (name: string, path: NamedNode): NamedNode => {
    const node = iri(`${base}feed#shape-${name}`);
    triples.add(shape, "sh:property", node);
    triples.add(node, "sh:path", path);
    triples.add(node, "sh:maxCount", 1);
    return node;
  };
  const version = property("version", term("dcterms:isVersionOf"));
  triples.add(version, "sh:minCount", 1);
  triples.add(version, "sh:nodeKind", term("sh:IRI"));
  const created = property("created", term("dcterms:created"));
  triples.add(created, "sh:minCount", 1);
  triples.add(created, "sh:datatype", term("xsd:dateTime"));
  triples.add(property("download", term("dcat:downloadURL")), "sh:nodeKind", term("sh:IRI"));
  triples.add(property("digest", term("dcterms:identifier")), "sh:datatype", term("xsd:string"));
  return triples.quads;
}

function iri(value: string): NamedNode {
  return DataFactory.namedNode(value);
}
