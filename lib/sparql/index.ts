export { exampleQueries, type ExampleQuery } from "./examples.ts";
export { DEFAULT_LIMITS, limitsWithin, type EngineLimits } from "./limits.ts";
export { OxigraphEngine, type EngineOptions } from "./oxigraph-engine.ts";
export { SparqlProblem, type ProblemCode } from "./problem.ts";
export { handleSparql, type EndpointOptions } from "./protocol.ts";
export type { DataPart, DataSource } from "./source.ts";
export type { Answer, Coverage, EngineQuery, SparqlEngine } from "./types.ts";
