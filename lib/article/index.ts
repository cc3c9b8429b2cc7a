export { toArticle, type ArticleDraft } from "./article.ts";
export { isIsoDate } from "./dates.ts";
export { isArticleId } from "./id.ts";
export type { InputFormat } from "./inputs.ts";
export { DEFAULT_LIMITS, type Limits } from "./limits.ts";
export { normalizeText } from "./normalize.ts";
export { readArticles, readBytes, type Reading, type ReadOptions } from "./read.ts";
export type { Article } from "./types.ts";
