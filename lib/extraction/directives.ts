import type { Span, TextDocument } from "../text/types.ts";
import { tokenAt } from "./content.ts";
import { hull } from "./spans.ts";

/** Verbs by which somebody is to do something. */
const DIRECTIVE = /\b(?:urg\w+|ask(?:s|ed|ing)?|call(?:s|ed|ing)? (?:up)?on|tell(?:s|ing)?|told|order(?:s|ed|ing)?|advis\w+|warn(?:s|ed|ing)?|instruct\w*|request(?:s|ed|ing)?|press(?:es|ed|ing)|encourag\w+|invit\w+|remind\w*|implor\w+|beg(?:s|ged)?|appeal(?:s|ed|ing)? to|exhort\w*|petition\w*)$/i;
/** Tokens that name who is to do it. */
const LONGEST = 12;

/**
 * "urged Congress to act" says what is to be done: content without the one addressed and without "to". Only where the words for that
 * one follow the verb, and the verb of what is to be done follows them.
 */
export function withoutAddressed(document: TextDocument, cue: readonly Span[], content: readonly Span[]): readonly Span[] {
  const verb = hull(cue);
  const [first, ...rest] = content;
  if (verb === undefined || first === undefined || first.start < verb.end || !DIRECTIVE.test(document.text.slice(verb.start, verb.end))) return content;
  // The content may begin amid those who are addressed ("called on Iran | and Iraq to meet"), or behind them.
  if (!/^(?:and|to) /.test(document.text.slice(first.start, first.end)) && document.text.slice(verb.end, first.start).trim() !== "") return content;
  const { tokens } = document;
  const from = tokenAt(document, first.start);
  for (let i = from; i < from + LONGEST; i++) {
    const token = tokens[i];
    const next = tokens[i + 1];
    if (token === undefined || next === undefined || next.end > first.end) return content;
    if (token.lower === "to" && (next.tag === "VERB" || next.tag === "AUX" || next.tag === "ADV")) return [{ start: next.start, end: first.end }, ...rest];
    if (token.tag === "VERB" || token.tag === "AUX" || token.tag === "SCONJ" || token.tag === "ADP" && token.lower !== "of" && token.lower !== "in" && token.lower !== "for" || /^[,;:“”"()]$/.test(token.text)) return content;
  }
  return content;
}
