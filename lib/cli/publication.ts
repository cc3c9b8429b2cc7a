import type { Gazetteer } from "../gazetteer/types.ts";
import { DEFAULT_BASE } from "../graph/iris.ts";
import { createPublication, DEFAULT_ABOUT, headersOf, type About, type Publication } from "../publication/index.ts";
import { openPages } from "../site/pages/index.ts";
import { openStore } from "../store/open.ts";
import type { ObjectStore } from "../store/types.ts";

export interface OpenOptions {
  readonly base?: string;
  readonly gazetteer?: Gazetteer;
  readonly about?: Partial<About>;
  /** Where a rebuild moves it. */
  readonly moveTo?: string;
}

/** The publication in a folder or bucket, or in a store that is open, with pages. The base IRI is the one it was published under, where it was. */
export async function openPublication(target: string | ObjectStore, { base, gazetteer, about, moveTo }: OpenOptions = {}): Promise<Publication> {
  const store = typeof target === "string" ? await openStore(target, { usualHeaders: headersOf }) : target;
  const known = (await createPublication({ store }).manifest())?.base;
  const pages = await openPages(moveTo ?? known ?? base ?? DEFAULT_BASE);
  return createPublication({
    store,
    pages,
    ...(base === undefined ? {} : { base }),
    ...(gazetteer === undefined ? {} : { gazetteer }),
    about: { ...DEFAULT_ABOUT, ...about },
  });
}
