import type { Article } from "../article/types.ts";
import type { Gazetteer } from "../gazetteer/types.ts";
import type { AttributionReader } from "../reader/types.ts";
import { readDocument } from "../text/document.ts";
import { quotations } from "../text/quotations.ts";
import { SOFTWARE_VERSION } from "../version.ts";
import { toAttribution } from "./attribution.ts";
import { boilerplate } from "./boilerplate.ts";
import { EntityTable } from "./entities.ts";
import { readMeetings } from "./meeting-frames.ts";
import { buildMeetings } from "./meetings.ts";
import { findMentions } from "./mentions.ts";
import { findMissed } from "./missed.ts";
import { unfoldNested } from "./nested.ts";
import { findNominals } from "./nominals.ts";
import { referenceDate } from "./reference-date.ts";
import { toExtraction } from "./result.ts";
import { hull, isCovered } from "./spans.ts";
import { buildStatements } from "./statements.ts";
import { resolveSubjects } from "./subjects.ts";
import type { Extraction } from "./types.ts";

export interface ExtractorParts {
  readonly reader: AttributionReader;
  readonly gazetteer: Gazetteer;
}

export interface Extractor {
  /**
   * Everything read off an article: the same article and parts give the same value. Never throws for any text; reads
   * English, and of other languages little or nothing. Offsets of the result count Unicode code points.
   */
  extract(article: Article): Promise<Extraction>;
}

/** The one way from an article to its extraction: names, times, statements, meetings, in this order. */
export function createExtractor({ reader, gazetteer }: ExtractorParts): Extractor {
  return {
    async extract(article) {
      const document = readDocument(article.text);
      const dated = article.published === undefined ? referenceDate(document, gazetteer) : undefined;
      const reference = article.published ?? dated?.date;
      const entities = new EntityTable(gazetteer, reference);
      const context = { document, gazetteer, entities, on: reference, reference };
      const excluded = boilerplate(document);
      const names = findMentions(context, excluded);
      const mentions = [...names, ...findNominals(context, names)].sort((a, b) => a.start - b.start || b.end - a.end);
      const quotes = document.paragraphs.flatMap((p) => quotations(document.text, p));
      const frames = (await reader.read(article.text)).filter((f) => !f.cue.some((c) => isCovered(excluded, c.start)));
      const found = frames.map((f) => toAttribution(article.text, f));
      const unfolded = await unfoldNested(document, found, mentions, quotes, reader);
      const attributions = [...unfolded, ...findMissed(document, unfolded, mentions, quotes)];
      const { statements, pronouns } = buildStatements({ ...context, mentions }, attributions);
      const subjects = resolveSubjects({ ...context, mentions }, statements, quotes);
      const all = [...mentions, ...subjects].sort((a, b) => a.start - b.start || b.end - a.end);
      const contents = statements.flatMap((s) => hull(s.content) ?? []);
      const meetings = buildMeetings({ ...context, mentions: all, statements }, readMeetings({ ...context, mentions: all, excluded, contents }));
      return toExtraction({
        article, document, entities, mentions: [...all, ...pronouns], statements, meetings, dated,
        versions: { software: SOFTWARE_VERSION, model: reader.version, gazetteer: gazetteer.version },
      });
    },
  };
}
