export { toArticle, type ArticleDraft } from "./article/article.ts";
export { readArticles, type Article, type Reading, type ReadOptions } from "./article/index.ts";
export { createConverter, type Conversion, type Converter, type ConverterOptions } from "./convert/converter.ts";
export { convert, toDataset, type DatasetOptions } from "./convert/library.ts";
export { CommuniqueError, type ErrorCode } from "./errors/communique-error.ts";
export type * from "./extraction/types.ts";
