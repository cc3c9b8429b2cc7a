import { firstIndex } from "../text/search.ts";
import type { Sentence, Span, TextDocument } from "../text/types.ts";
import { indexAt } from "./spans.ts";

const COMPLEMENTIZER = /^(?:that|whether)\s+(?=\S)/i;
const EDGE_START = /^[\s,;:.–—-]+/;
const EDGE_END = /[\s,;:–—-]+$/;
const DANGLING = new Set(["the", "a", "an", "of", "to", "in", "on", "for", "with", "and", "or", "its", "his", "her", "their"]);

/**
 * The words said, cleaned at their edges: without "that", stray commas and dashes; quotation marks kept in pairs; and not
 * ended in the middle of a phrase ("the third anniversary | of Russia’s invasion").
 */
export function cleanContent(document: TextDocument, content: readonly Span[], quotes: readonly Span[], stops: readonly Span[]): Span[] {
  const cleaned: Span[] = [];
  content.forEach((span, i) => {
    let piece = i === content.length - 1 ? completePhrase(document, completeQuotation(document, span, quotes, stops), stops) : span;
    piece = trim(document.text, piece, i === 0);
    piece = pairMarks(document.text, piece, quotes);
    if (piece.end > piece.start && /[\p{L}\p{N}]/u.test(document.text.slice(piece.start, piece.end))) cleaned.push(piece);
  });
  return joinAdjacent(document.text, cleaned);
}

function trim(text: string, span: Span, first: boolean): Span {
  let words = text.slice(span.start, span.end);
  let start = span.start;
  const cut = (pattern: RegExp): void => {
    const match = pattern.exec(words);
    if (match === null) return;
    start += match[0].length;
    words = words.slice(match[0].length);
  };
  cut(EDGE_START);
  if (first) cut(COMPLEMENTIZER);
  words = words.replace(EDGE_END, "");
  return { start, end: start + words.length };
}

/** A content that starts right after an opening mark takes it in, and so at its end. */
function pairMarks(text: string, span: Span, quotes: readonly Span[]): Span {
  let { start, end } = span;
  const opening = quotes[indexAt(quotes, start - 1)];
  if (opening !== undefined && opening.start === start - 1) start--;
  const closing = quotes[indexAt(quotes, end - 1)] ?? quotes[indexAt(quotes, end)];
  if (closing !== undefined && closing.start >= start && /^[\s,.!?;:’”"'»…]*$/.test(text.slice(end, closing.end)) && closing.end - end <= 4) end = closing.end;
  return { start, end };
}

/** What may stand between two quoted parts of one sentence: "the need to “normalize relations” | and address “dangerous situations”". */
const BETWEEN_QUOTES = /^\s(?:[\p{Ll}’']+\s){0,4}$/u;

/** A quotation that goes on right after the content, in its sentence, belongs to it. */
function completeQuotation(document: TextDocument, span: Span, quotes: readonly Span[], stops: readonly Span[]): Span {
  const last = document.tokens[tokenAt(document, span.end - 1)];
  const sentence = document.sentences[last?.sentence ?? -1];
  if (sentence === undefined) return span;
  let end = span.end;
  for (let i = firstIndex(quotes.length, (q) => (quotes[q]?.start ?? 0) > end - 1); i < quotes.length; i++) {
    const quote = quotes[i];
    if (quote === undefined || quote.start >= sentence.end) break;
    const gap = { start: end, end: quote.start };
    if (gap.end > gap.start && (!BETWEEN_QUOTES.test(document.text.slice(gap.start, gap.end)) || stops.some((s) => s.start < quote.end && gap.start < s.end))) break;
    end = Math.max(end, Math.min(quote.end, sentence.end));
  }
  return { start: span.start, end };
}

function completePhrase(document: TextDocument, span: Span, stops: readonly Span[]): Span {
  const { tokens } = document;
  let i = tokenAt(document, span.end - 1);
  const last = tokens[i];
  if (last === undefined) return span;
  const dangling = DANGLING.has(last.lower);
  const next = tokens[i + 1];
  if (next === undefined || next.sentence !== last.sentence || (!dangling && next.lower !== "of")) return span;
  let end = span.end;
  for (let steps = 0; steps < 12; steps++) {
    const token = tokens[++i];
    if (token === undefined || token.sentence !== last.sentence || stops.some((s) => s.start < token.end && token.start < s.end)) break;
    if (/^[,;:.!?()“”"—–]$/.test(token.text) || token.tag === "VERB" || token.tag === "AUX" || token.tag === "SCONJ") break;
    if (token.tag === "ADP" && token.lower !== "of" && end > span.end) break;
    end = token.end;
  }
  return { start: span.start, end };
}

/** Index of the token that holds or follows the offset. */
export function tokenAt({ tokens }: TextDocument, offset: number): number {
  return firstIndex(tokens.length, (i) => (tokens[i]?.end ?? 0) > offset);
}

/** The sentence of the token that holds or follows the offset. */
export function sentenceAt(document: TextDocument, offset: number): Sentence | undefined {
  return document.sentences[document.tokens[tokenAt(document, offset)]?.sentence ?? -1];
}

function joinAdjacent(text: string, spans: readonly Span[]): Span[] {
  const joined: Span[] = [];
  for (const span of [...spans].sort((a, b) => a.start - b.start)) {
    const before = joined[joined.length - 1];
    if (before !== undefined && /^[\s,]*$/.test(text.slice(before.end, span.start)) && !/\n/.test(text.slice(before.end, span.start))) {
      joined[joined.length - 1] = { start: before.start, end: Math.max(before.end, span.end) };
    } else {
      joined.push(span);
    }
  }
  return joined;
}
