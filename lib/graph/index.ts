export { DEFAULT_BASE, checkBase, encodeSegment, isIri, ArticleIris, BaseIris } from "./iris.ts";
export { NAMESPACES, WIKIDATA, cq, owl, prov, rdf, rdfs, schema, xsd } from "./vocabulary.ts";
export { dataset, toQuads, type GraphInput } from "./to-quads.ts";
export { gazetteerQuads } from "./gazetteer-facts.ts";
export type { Finding } from "./finding.ts";
export { validateDataset, type ValidationOptions } from "./validate.ts";
export { validateOffsets } from "./validate-offsets.ts";
