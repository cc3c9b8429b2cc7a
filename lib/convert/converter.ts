import { toArticle, type ArticleDraft } from "../article/article.ts";
import type { Article } from "../article/types.ts";
import { createExtractor } from "../extraction/index.ts";
import type { Extraction } from "../extraction/types.ts";
import { loadGazetteer } from "../gazetteer/index.ts";
import type { Gazetteer } from "../gazetteer/types.ts";
import { openReader } from "../reader/index.ts";

/** An article and what was read off it: plain data. */
export interface Conversion {
  readonly article: Article;
  readonly extraction: Extraction;
}

export interface ConverterOptions {
  /** Gazetteer files that add to the built-in one or override it, the later ones first. */
  readonly gazetteer?: readonly string[];
  /** Folder of the reader's weights; the package's own where not given. */
  readonly models?: string;
}

/** Converts articles one after another or at once; each by itself, so that the others never change its result. */
export interface Converter {
  readonly gazetteer: Gazetteer;
  /** Reads off one article what it tells. A draft becomes an article first, with the errors of `toArticle`. */
  convert(input: Article | ArticleDraft): Promise<Conversion>;
  /** Frees the reader. */
  close(): Promise<void>;
}

/**
 * Opens the reader and loads the gazetteer, once for any number of articles (about 0.2 s).
 *
 * @throws CommuniqueError "model-missing" or "gazetteer-invalid".
 */
export async function createConverter(options: ConverterOptions = {}): Promise<Converter> {
  const gazetteer = loadGazetteer({ overlays: [...(options.gazetteer ?? [])] });
  const reader = await openReader(options.models === undefined ? {} : { models: options.models });
  const extractor = createExtractor({ reader, gazetteer });
  return {
    gazetteer,
    async convert(input) {
      const article = toArticle(input);
      return { article, extraction: await extractor.extract(article) };
    },
    close: () => reader.close(),
  };
}
