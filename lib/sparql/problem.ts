/** The stable codes of what can be wrong with a request; messages may be reworded. */
export type ProblemCode =
  | "query-malformed"
  | "query-missing"
  | "query-repeated"
  | "query-too-long"
  | "query-too-complex"
  | "query-timeout"
  | "result-too-large"
  | "graph-invalid"
  | "update-refused"
  | "service-refused"
  | "encoding-unsupported"
  | "media-type-unsupported"
  | "not-acceptable"
  | "method-not-allowed"
  | "busy"
  | "engine-failed";

/** A request that cannot be answered, with the HTTP status that says so and a message fit for whoever sent it. */
export class SparqlProblem extends Error {
  readonly code: ProblemCode;
  readonly status: number;

  constructor(code: ProblemCode, status: number, message: string, options: { cause?: unknown } = {}) {
    super(message, options);
    this.name = "SparqlProblem";
    this.code = code;
    this.status = status;
  }
}
