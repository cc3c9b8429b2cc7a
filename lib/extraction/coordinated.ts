import type { Span, TextDocument } from "../text/types.ts";
import type { Attribution } from "./attribution.ts";
import { tokenAt } from "./content.ts";
import { hull, isCovered, sortSpans } from "./spans.ts";

const JOINT = /(?:,|;)?\s(?:and|but|while|then)\s(?:also |later |then |further )?$/;

/**
 * "says the vote is fair and calls on Roe to resign": a second verb with the same subject and in the same form ends what is said
 * by the first, where the reader took its words for content.
 */
export function withoutNextVerb(document: TextDocument, { cue, content, source }: Attribution, cues: readonly Span[], quotes: readonly Span[]): readonly Span[] {
  const own = hull(cue);
  const area = hull(content);
  const speaker = hull(source);
  if (own === undefined || area === undefined || area.start < own.end || (speaker !== undefined && speaker.start > own.start)) return content;
  const form = formOf(document, own);
  if (form === undefined) return content;
  const linkBefore = ({ start }: Span): string | undefined => JOINT.exec(document.text.slice(Math.max(area.start, start - 20), start))?.[0];
  const next = cues.find((c) => c.start > area.start + 8 && c.end <= area.end && formOf(document, c) === form && !isCovered(quotes, c.start) && linkBefore(c) !== undefined);
  if (next === undefined) return content;
  const end = next.start - (linkBefore(next)?.length ?? 0);
  return sortSpans(content.flatMap((span) => (span.start >= end ? [] : [{ start: span.start, end: Math.min(span.end, end) }])));
}

/** How a finite verb ends: the present of one, the past. */
function formOf(document: TextDocument, cue: Span): string | undefined {
  const word = document.tokens[tokenAt(document, cue.start)]?.lower ?? "";
  if (/[^s]s$/.test(word) && word !== "is" && word !== "has" && word !== "was") return "s";
  return /(?:ed|said|told)$/.test(word) ? "ed" : undefined;
}
