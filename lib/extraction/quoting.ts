import type { Span, TextDocument } from "../text/types.ts";
import { sentenceAt, tokenAt } from "./content.ts";
import { hull, indexAt, overlaps } from "./spans.ts";
import type { WorkingStatement } from "./statements.ts";
import type { StatementKind } from "./types.ts";

const WORD = /[\p{L}\p{N}]+/gu;

/** Direct where every word of the content is quoted, mixed where some are. */
export function statementKind(text: string, content: readonly Span[], quotes: readonly Span[]): StatementKind {
  let inside = 0;
  let all = 0;
  for (const span of content) {
    for (const match of text.slice(span.start, span.end).matchAll(WORD)) {
      all++;
      if (indexAt(quotes, span.start + match.index) >= 0) inside++;
    }
  }
  return all > 0 && inside === all ? "direct" : inside > 0 ? "mixed" : "indirect";
}

/**
 * Adds to a quotation what follows of it: further sentences in marks in the same paragraph, and paragraphs that open
 * with a mark after one whose quotation was not closed. Only where no other statement has the words.
 */
export function continueQuotation(document: TextDocument, statements: readonly WorkingStatement[], quotes: readonly Span[]): void {
  const taken = new Set<number>();
  for (const s of statements) for (const c of s.content) for (let i = indexAt(quotes, c.start); i >= 0 && i < quotes.length && overlaps(quotes[i] ?? c, c); i++) taken.add(i);
  for (const statement of statements) {
    if (statement.kind === "indirect" || statement.mode !== "speech") continue;
    startEarlier(document, statement, quotes, taken);
    let lastQuote = lastQuoteOf(statement, quotes);
    if (lastQuote < 0) continue;
    for (let next = lastQuote + 1; next < quotes.length; next++) {
      const before = quotes[lastQuote];
      const quote = quotes[next];
      if (before === undefined || quote === undefined || taken.has(next) || !follows(document, before, quote, statement)) break;
      statement.content = [...statement.content, quote];
      taken.add(next);
      lastQuote = next;
    }
  }
}

/** The paragraphs before that a quotation was left open in: its source often comes with the last. */
function startEarlier(document: TextDocument, statement: WorkingStatement, quotes: readonly Span[], taken: Set<number>): void {
  const start = hull(statement.content)?.start;
  let first = start === undefined ? -1 : indexAt(quotes, start);
  while (first > 0) {
    const before = quotes[first - 1];
    const quote = quotes[first];
    if (before === undefined || quote === undefined || taken.has(first - 1) || !isUnclosed(document.text, before) || !/^\s*$/.test(document.text.slice(before.end, quote.start))) return;
    // Each such paragraph is a quotation from its first word on.
    if (!startsParagraph(document, before) || !startsParagraph(document, quote)) return;
    statement.content = [before, ...statement.content];
    taken.add(--first);
  }
}

function startsParagraph(document: TextDocument, quote: Span): boolean {
  return document.paragraphs[sentenceAt(document, quote.start)?.paragraph ?? -1]?.first === tokenAt(document, quote.start);
}

function isUnclosed(text: string, quote: Span): boolean {
  return !/[”"»’]$/.test(text.slice(quote.start, quote.end)) || quote.end - quote.start === 1;
}

function lastQuoteOf(statement: WorkingStatement, quotes: readonly Span[]): number {
  const end = hull(statement.content)?.end;
  return end === undefined ? -1 : indexAt(quotes, end - 1);
}

/** A paragraph that is all quotation goes on with who spoke at the end of the one before. */
function isParagraph(document: TextDocument, quote: Span): boolean {
  const paragraph = document.paragraphs[sentenceAt(document, quote.start)?.paragraph ?? -1];
  return paragraph !== undefined && paragraph.start === quote.start && document.text.slice(quote.end, paragraph.end).trim() === "";
}

/** A whole quoted sentence right after the attribution's own, or the next paragraph of a quotation left open. */
function follows(document: TextDocument, before: Span, quote: Span, statement: WorkingStatement): boolean {
  const { text } = document;
  const gap = text.slice(before.end, quote.start);
  const own = hull([...statement.content, ...statement.cue, ...statement.source]);
  const unclosed = isUnclosed(text, before);
  if (/^\s*$/.test(gap) && gap.includes("\n")) return unclosed;
  if (own === undefined) return false;
  if (gap.includes("\n")) return isParagraph(document, quote) && /^[^“”"«».!?]{0,140}[.!?]?\s*\n\s*$/.test(text.slice(Math.max(own.end, before.end), quote.start));
  // Between them only the attribution itself: "“…,” he said. “…”"
  const rest = text.slice(Math.max(own.end, before.end), quote.start);
  if (!/^[\s.,]*$/.test(rest)) return false;
  const after = document.tokens[tokenAt(document, quote.end)];
  const closed = /[.!?…][”"»’]$/.test(text.slice(quote.start, quote.end)) || unclosed;
  return closed && (after === undefined || document.sentences[after.sentence]?.first === tokenAt(document, after.start) || /\n/.test(text.slice(quote.end, after.start)));
}
