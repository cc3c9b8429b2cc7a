import type { Article } from "../article/types.ts";
import type { Reading } from "../reader/types.ts";
import { readDocument } from "../text/document.ts";
import { quotations } from "../text/quotations.ts";
import type { Span, TextDocument } from "../text/types.ts";
import { findAsserted } from "./asserted.ts";
import { toAttribution } from "./attribution.ts";
import { boilerplate } from "./boilerplate.ts";
import { tokenAt } from "./content.ts";
import { EntityTable } from "./entities.ts";
import type { ExtractorParts } from "./extractor.ts";
import { findIntroduced, findSigned } from "./introduced.ts";
import type { MeetingContext } from "./meeting.ts";
import type { WorkingMention } from "./mention.ts";
import { findMentions } from "./mentions.ts";
import { findMissed } from "./missed.ts";
import { unfoldNested } from "./nested.ts";
import { findNominals } from "./nominals.ts";
import { besidePeople, findPeople } from "./people.ts";
import { referenceDate } from "./reference-date.ts";
import { hull, isCovered, union } from "./spans.ts";
import { buildStatements, type WorkingStatement } from "./statements.ts";
import { resolveSubjects } from "./subjects.ts";

/** What is read of an article before its meetings: who is named in it, and what they say. */
export interface FirstReading extends MeetingContext {
  /** The date that the text tells, where the article has none. */
  readonly dated: ReturnType<typeof referenceDate>;
  readonly pronouns: readonly WorkingMention[];
  /** What is no text of the article. */
  readonly excluded: readonly Span[];
  readonly reading: Reading;
  /** Contents of what is said that have a subject of their own, sorted by start. */
  readonly contents: readonly Span[];
}

/** What stands within Arabic names. */
const PARTICLE = /\b(?:al|el|bin|ibn|ben|abu)[ -]$/i;
/** A clause shows its verb within this many words. */
const CLAUSE_START = 14;

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

/** The steps of the extractor up to the meetings, in this order: names, what is said, whom pronouns mean. */
export async function firstReading(article: Article, { reader, gazetteer }: ExtractorParts): Promise<FirstReading> {
  const document = readDocument(article.text);
  const dated = article.published === undefined ? referenceDate(document, gazetteer) : undefined;
  const reference = article.published ?? dated?.date;
  const entities = new EntityTable(gazetteer, reference);
  const context = { document, gazetteer, entities, on: reference, reference };
  const excluded = boilerplate(document);
  const names = findMentions(context, excluded);
  const named = [...names, ...findNominals(context, names)].sort(inOrder);
  const quotes = document.paragraphs.flatMap((p) => quotations(document.text, p));
  // "Qaboos bin Said al Said": a word of a name says nothing.
  const inNames = union(names.map((m) => ({ start: m.start + 1, end: m.end })));
  const isName = ({ start }: Span): boolean => isCovered(inNames, start) || PARTICLE.test(document.text.slice(Math.max(0, start - 5), start));
  const reading = await reader.read(article.text);
  const frames = reading.attributions.filter((f) => !f.cue.some((c) => isCovered(excluded, c.start) || isName(c)));
  const found = frames.map((f) => toAttribution(article.text, f));
  const unfolded = await unfoldNested(document, found, named, quotes, reader);
  const attributions = [...unfolded, ...findMissed(document, unfolded, named, quotes), ...findAsserted(document, unfolded, named, quotes), ...findIntroduced(document, unfolded, quotes), ...findSigned(document, unfolded)];
  const { statements, pronouns } = buildStatements({ ...context, mentions: named }, attributions, quotes);
  const subjects = resolveSubjects({ ...context, mentions: named }, statements, quotes);
  const contents = statements.flatMap((s) => (isClause(document, s) ? (hull(s.content) ?? []) : []));
  const people = findPeople(context, named);
  return { document, gazetteer, entities, reference, dated, mentions: [...besidePeople(named, people), ...people, ...subjects].sort(inOrder), pronouns, statements, excluded, contents, reading };
}

function inOrder(a: Span, b: Span): number {
  return a.start - b.start || b.end - a.end;
}
