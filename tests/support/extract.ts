import { createExtractor } from "../../lib/extraction/index.ts";
import type { EntityKey, Extraction, Meeting, Span, Statement } from "../../lib/extraction/types.ts";
import { loadGazetteer } from "../../lib/gazetteer/index.ts";
import { openReader } from "../../lib/reader/index.ts";
import { slicer } from "../../lib/text/code-points.ts";

const gazetteer = loadGazetteer();
const extractor = openReader().then((reader) => createExtractor({ reader, gazetteer }));

/** An extraction with what tests ask of it: names for keys, words for spans. */
export interface Read {
  readonly extraction: Extraction;
  words(spans: readonly Span[] | Span): string;
  name(key: EntityKey | null | undefined): string | null;
  names(keys: readonly EntityKey[]): string[];
  /** The statement whose content holds the words. */
  saying(words: string): Statement;
  /** The only meeting, or the one whose evidence holds the words. */
  meeting(words?: string): Meeting;
}

/** Reads a text as an article with the real reader and gazetteer. */
export async function read(text: string, published: string | null = "2025-03-05"): Promise<Read> {
  const extraction = await (await extractor).extract({ id: "test", text, language: "en", ...(published === null ? {} : { published }) });
  const slice = slicer(text);
  const words = (spans: readonly Span[] | Span): string => ("start" in spans ? slice(spans) : spans.map(slice).join(" … "));
  const name = (key: EntityKey | null | undefined): string | null => (key == null ? null : (extraction.entities.find((e) => e.key === key)?.name ?? key));
  return {
    extraction, words, name,
    names: (keys) => keys.map((k) => name(k) ?? k),
    saying(part) {
      const found = extraction.statements.find((s) => words(s.content).includes(part));
      if (found === undefined) throw new Error(`No statement says “${part}”: ${extraction.statements.map((s) => words(s.content)).join(" | ")}`);
      return found;
    },
    meeting(part = "") {
      const found = extraction.meetings.filter((m) => words(m.evidence).includes(part));
      if (found.length !== 1 || found[0] === undefined) throw new Error(`${found.length} meetings with “${part}”: ${extraction.meetings.map((m) => words(m.evidence)).join(" | ")}`);
      return found[0];
    },
  };
}
