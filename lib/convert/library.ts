import type { DatasetCore } from "@rdfjs/types";
import type { ArticleDraft } from "../article/article.ts";
import type { Article } from "../article/types.ts";
import { dataset } from "../graph/to-quads.ts";
import { createConverter, type Conversion, type Converter } from "./converter.ts";

let shared: Promise<Converter> | undefined;

/**
 * Reads off one English news article which states, persons and organisations act, who met whom, and who said what,
 * each with the words that show it. `text` is all that is needed; `published` (YYYY-MM-DD) resolves the dates.
 *
 * The first call opens a converter that the following ones share; `createConverter` gives one of your own.
 *
 * @throws CommuniqueError where the article is empty, not in English or otherwise none.
 */
export async function convert(input: Article | ArticleDraft): Promise<Conversion> {
  shared ??= createConverter();
  try {
    return await (await shared).convert(input);
  } catch (error) {
    // A converter that could not be opened is not kept.
    await shared.catch(() => (shared = undefined));
    throw error;
  }
}

export interface DatasetOptions {
  /** Where the IRIs of persons, articles and the like begin; ends with "/". */
  readonly base?: string;
}

/**
 * The RDF dataset of a conversion (RDF/JS): the graph of what the article tells, and the graph of the words that show
 * it. Without blank nodes; the same conversion gives the same quads.
 *
 * @throws CommuniqueError "option-invalid" for a base that is none.
 */
export function toDataset(conversion: Conversion, options: DatasetOptions = {}): DatasetCore {
  return dataset({ ...conversion, ...options });
}
