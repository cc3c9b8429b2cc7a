import type { Span, TextDocument } from "../text/types.ts";
import lexicon from "./lexicon/boilerplate.json" with { type: "json" };

const LINES = new RegExp(`^\\s*(?:${lexicon.lines.join("|")})\\s*$`, "iu");
// The look-ahead needs case: "More ShortsSpeaking" is two lines that lost their break.
const OPENINGS = lexicon.openings.map((source) => new RegExp(`^\\s*${caseless(source)}`, "u"));
/** Longer lines are text, whatever they start with. */
const LONGEST_LINE = 300;

/** Letters of the expression match either case, but not those of its character classes. */
function caseless(source: string): string {
  return source.replace(/\\p\{\w+\}|\(\?[:=]|[a-z]/g, (part) => (part.length > 1 ? part : `[${part}${part.toUpperCase()}]`));
}

/** Where the text is no part of the article: share buttons, credits, bylines. In order, one a paragraph at most. */
export function boilerplate(document: TextDocument): Span[] {
  const found: Span[] = [];
  for (const paragraph of document.paragraphs) {
    const line = document.text.slice(paragraph.start, Math.min(paragraph.end, paragraph.start + LONGEST_LINE));
    if (paragraph.end - paragraph.start <= LONGEST_LINE && LINES.test(line)) {
      found.push({ start: paragraph.start, end: paragraph.end });
      continue;
    }
    for (const opening of OPENINGS) {
      const match = opening.exec(line);
      if (match !== null) found.push({ start: paragraph.start, end: paragraph.start + match[0].length });
    }
  }
  return found;
}
