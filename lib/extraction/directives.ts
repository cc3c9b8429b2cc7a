import type { Span, TextDocument } from "../text/types.ts";
import { tokenAt } from "./content.ts";
import { hull } from "./spans.ts";

/** Verbs by which somebody is to do something. */
const DIRECTIVE = /\b(?:urg\w+|ask(?:s|ed|ing)?|call(?:s|ed|ing)? (?:up)?on|tell(?:s|ing)?|told|order(?:s|ed|ing)?|advis\w+|warn(?:s|ed|ing)?|instruct\w*|request(?:s|ed|ing)?|press(?:es|ed|ing)|encourag\w+|invit\w+|remind\w*|implor\w+|beg(?:s|ged)?|appeal(?:s|ed|ing)? to|exhort\w*|petition\w*)$/i;
const CALLING = /\bcall(?:s|ed|ing)?$/i;
const ASKING = /\b(?:ask|appeal|plead|push|press)(?:e?s|e?d|ing)?$/i;
/** Tokens that name who is to do it. */
const LONGEST = 12;

/**
 * "urged Congress to act" says what is to be done: content without the one addressed and without "to". Only where the words for that
 * one follow the verb, and the verb of what is to be done follows them.
 */
export function withoutAddressed(document: TextDocument, cue: readonly Span[], content: readonly Span[]): readonly Span[] {
  const [read, ...rest] = content;
  const [verb, first] = withPreposition(document, hull(cue), read);
  if (verb === undefined || first === undefined) return content;
  const own = [first, ...rest];
  if (first.start < verb.end || !DIRECTIVE.test(document.text.slice(verb.start, verb.end))) return own;
  // The content may begin amid those who are addressed ("called on Iran | and Iraq to meet"), or behind them.
  if (!/^(?:and|to) /.test(document.text.slice(first.start, first.end)) && document.text.slice(verb.end, first.start).trim() !== "") return own;
  const { tokens } = document;
  const from = tokenAt(document, first.start);
  for (let i = from; i < from + LONGEST; i++) {
    const token = tokens[i];
    const next = tokens[i + 1];
    if (token === undefined || next === undefined || next.end > first.end) return own;
    if (token.lower === "to" && (next.tag === "VERB" || next.tag === "AUX" || next.tag === "ADV")) return [{ start: next.start, end: first.end }, ...rest];
    if (token.tag === "VERB" || token.tag === "AUX" || token.tag === "SCONJ" || token.tag === "ADP" && token.lower !== "of" && token.lower !== "in" && token.lower !== "for" || /^[,;:“”"()]$/.test(token.text)) return own;
  }
  return own;
}

/** The reader may give the "on" of "called on Iran to meet", or the "for" of "asked for time", to the content. */
function withPreposition(document: TextDocument, verb: Span | undefined, first: Span | undefined): readonly [Span | undefined, Span | undefined] {
  if (verb === undefined || first === undefined || document.text.slice(verb.end, first.start).trim() !== "") return [verb, first];
  const words = document.text.slice(verb.start, verb.end);
  const preposition = CALLING.test(words) ? /^(?:(?:up)?on|for)\s/ : ASKING.test(words) ? /^for\s/ : undefined;
  const found = preposition?.exec(document.text.slice(first.start, first.end));
  if (found === undefined || found === null) return [verb, first];
  const start = first.start + found[0].length;
  return [{ start: verb.start, end: start - 1 }, { start, end: first.end }];
}
