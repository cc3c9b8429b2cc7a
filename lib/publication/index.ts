export { DEFAULT_ABOUT, createPublication, type Committed, type Prepared, type Publication, type PublicationOptions, type Publishing, type PublishOptions } from "./publication.ts";
export type { CheckOptions, CheckReport, Problem } from "./check.ts";
export { inputOf } from "./graph-object.ts";
export { headersOf, isWithdrawn, keys } from "./layout.ts";
export type { About, ArticleState, LogItem, PublishItem, WithdrawItem } from "./states.ts";
export type * from "./types.ts";
