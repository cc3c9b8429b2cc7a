import { ArticleIris } from "../graph/iris.ts";
import { linksGraph } from "../publication/article-graphs.ts";
import { batches } from "../publication/batches.ts";

/** So many IRIs are named in one statement, which stays far from Neptune's bounds of time and size. */
const AT_ONCE = 100;

const PREFIXES = "PREFIX cq: <https://w3id.org/communique/ontology#> PREFIX dcterms: <http://purl.org/dc/terms/> ";

/** Meetings that reports no longer link to stand here until the run's end, when those that no other report links to go. */
function touchedGraph(base: string): string {
  return `${base}graph/links/touched`;
}

/** The two graphs of an article. */
export function graphsOf(base: string, article: string): { readonly facts: string; readonly evidence: string } {
  const iris = new ArticleIris(base, article);
  return { facts: iris.facts.value, evidence: iris.evidence.value };
}

/** Takes the links of the reports in these graphs of facts out of the graph of links. The graphs must still be there. */
export function unlink(base: string, facts: readonly string[]): string[] {
  const links = linksGraph(base);
  return inBatches(facts).map(
    (graphs) => `${PREFIXES}DELETE { GRAPH <${links}> { ?report cq:meeting ?meeting } } INSERT { GRAPH <${touchedGraph(base)}> { ?meeting a cq:Meeting } }
WHERE { VALUES ?facts { ${graphs.map((graph) => `<${graph}>`).join(" ")} } GRAPH ?facts { ?report a cq:MeetingReport } GRAPH <${links}> { ?report cq:meeting ?meeting } }`,
  );
}

export function drop(graphs: readonly string[]): string[] {
  return inBatches(graphs).map((group) => group.map((graph) => `DROP SILENT GRAPH <${graph}>`).join(" ;\n"));
}

/** Takes out what is said of these meetings. */
export function forget(base: string, meetings: readonly string[]): string[] {
  const links = linksGraph(base);
  return inBatches(meetings).map((group) => `DELETE { GRAPH <${links}> { ?meeting ?p ?o } } WHERE { VALUES ?meeting { ${group.map((meeting) => `<${meeting}>`).join(" ")} } GRAPH <${links}> { ?meeting ?p ?o } }`);
}

/** Takes out the meetings that no report tells of any more, and that others were found to be the same as they. */
export function sweep(base: string): string[] {
  const links = linksGraph(base);
  const touched = touchedGraph(base);
  const orphan = `GRAPH <${touched}> { ?meeting a cq:Meeting } FILTER NOT EXISTS { GRAPH <${links}> { ?report cq:meeting ?meeting } }`;
  return [
    `${PREFIXES}DELETE { GRAPH <${links}> { ?meeting ?p ?o } } WHERE { ${orphan} GRAPH <${links}> { ?meeting ?p ?o } FILTER (?p != dcterms:isReplacedBy) }`,
    `${PREFIXES}DELETE { GRAPH <${links}> { ?old dcterms:isReplacedBy ?meeting } } WHERE { ${orphan} GRAPH <${links}> { ?old dcterms:isReplacedBy ?meeting } }`,
    `DROP SILENT GRAPH <${touched}>`,
  ];
}

/** The quads of a part, given as lines of N-Quads, whose terms SPARQL writes in the same way. */
export function insert(lines: readonly string[]): string[] {
  return inBatches(lines, 10 * AT_ONCE).map((group) => {
    const graphs = Map.groupBy(group, graphOf);
    return `INSERT DATA {\n${[...graphs].map(([graph, quads]) => `GRAPH <${graph}> {\n${quads.map((quad) => `${quad.slice(0, quad.lastIndexOf(" <"))} .\n`).join("")}}\n`).join("")}}`;
  });
}

/** Every quad of ours is in a named graph. */
export function graphOf(line: string): string {
  const graph = / <([^<>"\s]+)> \.$/.exec(line)?.[1];
  if (graph === undefined) throw new Error("A line of the dumps is no quad of ours.");
  return graph;
}

function inBatches<Item>(all: readonly Item[], size = AT_ONCE): Item[][] {
  return [...batches(all, size)];
}
