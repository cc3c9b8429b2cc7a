import { firstIndex } from "../text/search.ts";
import type { Span } from "../text/types.ts";

export function equals(a: Span, b: Span): boolean {
  return a.start === b.start && a.end === b.end;
}

export function overlaps(a: Span, b: Span): boolean {
  return a.start < b.end && b.start < a.end;
}

export function contains(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** Whether an offset lies in one of the spans, which are sorted and apart. */
export function isCovered(spans: readonly Span[], offset: number): boolean {
  return indexAt(spans, offset) >= 0;
}

/** Index of the span that holds the offset, or -1. The spans are sorted and apart. */
export function indexAt(spans: readonly Span[], offset: number): number {
  const index = firstIndex(spans.length, (i) => (spans[i]?.end ?? 0) > offset);
  return (spans[index]?.start ?? Infinity) <= offset ? index : -1;
}

/** The smallest span that holds all; undefined for none. */
export function hull(spans: readonly Span[]): Span | undefined {
  if (spans.length === 0) return undefined;
  let start = Infinity;
  let end = -Infinity;
  for (const span of spans) {
    start = Math.min(start, span.start);
    end = Math.max(end, span.end);
  }
  return { start, end };
}

/** Sorted by position, without duplicates. */
export function sortSpans(spans: readonly Span[]): Span[] {
  const sorted = [...spans].sort((a, b) => a.start - b.start || a.end - b.end);
  return sorted.filter((span, i) => i === 0 || span.start !== sorted[i - 1]?.start || span.end !== sorted[i - 1]?.end);
}

/** Indexes [from, to) of the items of a list sorted by start that start within the span. */
export function within<T extends Span>(items: readonly T[], span: Span): T[] {
  const low = firstIndex(items.length, (i) => (items[i]?.start ?? 0) >= span.start);
  const found: T[] = [];
  for (let i = low; i < items.length; i++) {
    const item = items[i];
    if (item === undefined || item.start >= span.end) break;
    if (item.end <= span.end) found.push(item);
  }
  return found;
}

/** The same area as disjoint spans in order, as `isCovered` and `indexAt` want them. */
export function union(spans: readonly Span[]): Span[] {
  const merged: Span[] = [];
  for (const span of [...spans].sort((a, b) => a.start - b.start)) {
    const last = merged[merged.length - 1];
    if (last !== undefined && span.start <= last.end) merged[merged.length - 1] = { start: last.start, end: Math.max(last.end, span.end) };
    else merged.push(span);
  }
  return merged;
}
