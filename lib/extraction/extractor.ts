import type { Article } from "../article/types.ts";
import type { Gazetteer } from "../gazetteer/types.ts";
import type { AttributionReader } from "../reader/types.ts";
import { readDocument } from "../text/document.ts";
import type { Span, TextDocument } from "../text/types.ts";
import { quotations } from "../text/quotations.ts";
import { SOFTWARE_VERSION } from "../version.ts";
import { toAttribution } from "./attribution.ts";
import { tokenAt } from "./content.ts";
import { boilerplate } from "./boilerplate.ts";
import { EntityTable } from "./entities.ts";
import { readMeetings } from "./meeting-frames.ts";
import { buildMeetings } from "./meetings.ts";
import { findIntroduced, findSigned } from "./introduced.ts";
import { findMentions } from "./mentions.ts";
import { findMissed } from "./missed.ts";
import { unfoldNested } from "./nested.ts";
import { findNominals } from "./nominals.ts";
import { referenceDate } from "./reference-date.ts";
import { toExtraction } from "./result.ts";
import { hull, isCovered, union } from "./spans.ts";
import { buildStatements, type WorkingStatement } from "./statements.ts";
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

/** Whether a content has a subject and verb of its own; the subject of "agreed to meet" is who agreed. */
function isClause(document: TextDocument, statement: WorkingStatement): boolean {
  const area = hull(statement.content);
  if (area === undefined || statement.mode !== "speech") return false;
  const first = tokenAt(document, area.start);
  for (let i = first; i < first + CLAUSE_START; i++) {
    const token = document.tokens[i];
    if (token === undefined || token.start >= area.end) return false;
    if (token.tag === "AUX" && i > first) return true;
    if (token.tag === "VERB" && i > first && document.tokens[i - 1]?.lower !== "to" && !token.lower.endsWith("ing")) return true;
  }
  return false;
}

/** What stands within Arabic names. */
const PARTICLE = /\b(?:al|el|bin|ibn|ben|abu)[ -]$/i;

/** A clause shows its verb within this many words. */
const CLAUSE_START = 14;

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
      // "Qaboos bin Said al Said": a word of a name says nothing.
      const inNames = union(names.map((m) => ({ start: m.start + 1, end: m.end })));
      const isName = ({ start }: Span): boolean => isCovered(inNames, start) || PARTICLE.test(document.text.slice(Math.max(0, start - 5), start));
      const frames = (await reader.read(article.text)).filter((f) => !f.cue.some((c) => isCovered(excluded, c.start) || isName(c)));
      const found = frames.map((f) => toAttribution(article.text, f));
      const unfolded = await unfoldNested(document, found, mentions, quotes, reader);
      const attributions = [...unfolded, ...findMissed(document, unfolded, mentions, quotes), ...findIntroduced(document, unfolded, quotes), ...findSigned(document, unfolded)];
      const { statements, pronouns } = buildStatements({ ...context, mentions }, attributions, quotes);
      const subjects = resolveSubjects({ ...context, mentions }, statements, quotes);
      const all = [...mentions, ...subjects].sort((a, b) => a.start - b.start || b.end - a.end);
      const contents = statements.flatMap((s) => (isClause(document, s) ? (hull(s.content) ?? []) : []));
      const meetings = buildMeetings({ ...context, mentions: all, statements }, readMeetings({ ...context, mentions: all, excluded, contents }));
      return toExtraction({
        article, document, entities, mentions: [...all, ...pronouns], statements, meetings, dated,
        versions: { software: SOFTWARE_VERSION, model: reader.version, gazetteer: gazetteer.version },
      });
    },
  };
}
