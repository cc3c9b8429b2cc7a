export { createExtractor, type Extractor, type ExtractorParts } from "./extractor.ts";
export type * from "./types.ts";
