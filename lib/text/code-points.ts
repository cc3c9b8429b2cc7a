import { firstIndex } from "./search.ts";
import type { Span } from "./types.ts";

/** Turns UTF-16 offsets of one text into code point offsets. */
export type ToCodePoints = (offset: number) => number;

/**
 * A converter from UTF-16 offsets to Unicode code point offsets of `text`, in O(log n) a call. An offset between the
 * halves of a surrogate pair counts as after it.
 */
export function codePoints(text: string): ToCodePoints {
  const astral: number[] = [];
  for (let i = 0; i < text.length - 1; i++) {
    const unit = text.charCodeAt(i);
    if (unit >= 0xd800 && unit < 0xdc00) {
      const low = text.charCodeAt(i + 1);
      if (low >= 0xdc00 && low < 0xe000) {
        astral.push(i);
        i++;
      }
    }
  }
  if (astral.length === 0) return (offset) => offset;
  return (offset) => {
    const low = firstIndex(astral.length, (i) => (astral[i] ?? 0) >= offset);
    return offset === (astral[low - 1] ?? -2) + 1 ? offset - low + 1 : offset - low;
  };
}

export function spanToCodePoints(span: Span, convert: ToCodePoints): Span {
  return { start: convert(span.start), end: convert(span.end) };
}

/** The words of a span given in code points: what `Span.exact` says in the graph. Use `slicer` for many spans of a text. */
export function slicer(text: string): (span: Span) => string {
  // Without astral characters both kinds of offset agree, so no copy is needed.
  if (!/[\ud800-\udbff]/.test(text)) return (span) => text.slice(span.start, span.end);
  const points = Array.from(text);
  return (span) => points.slice(span.start, span.end).join("");
}
