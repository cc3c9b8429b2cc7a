import type { Reader } from "../reader/types.ts";
import type { Span, TextDocument } from "../text/types.ts";
import { anchor, toAttribution, type Attribution } from "./attribution.ts";
import { tokenAt } from "./content.ts";
import { titledStart, type WorkingMention } from "./mention.ts";
import { contains, hull, isCovered, overlaps, union, within } from "./spans.ts";
import { isReportingWord, isSpeechWord } from "./speech-acts.ts";

/** "Xi as saying “…”" within what Xinhua reported. */
const AS_SAYING = /\bas (?:saying|telling|having said|claiming|warning|stating)\b(?: that\b)?/;
const LONGEST_NESTED = 1200;
/** A second reading is of a clause out of its text: only what it is sure of counts. */
const SURE = 0.95;

/**
 * Attributions within the content of others, which the reader gives as the outer one only: it reads such a content
 * again as a text by itself. Where the outer source is a medium and the inner attribution is all it reports, the outer
 * one becomes the inner's reporter and is dropped.
 */
export async function unfoldNested(
  document: TextDocument, attributions: readonly Attribution[], mentions: readonly WorkingMention[], quotes: readonly Span[], reader: Reader,
): Promise<Attribution[]> {
  const result: Attribution[] = [];
  const cues = union(attributions.flatMap((a) => a.cue));
  for (const outer of attributions) {
    const split = splitAsSaying(document, outer, mentions);
    if (split !== undefined) {
      result.push(split);
      continue;
    }
    const area = hull(outer.content);
    result.push(outer);
    if (area === undefined || area.end - area.start > LONGEST_NESTED || !isMedium(outer.source, mentions) || !mayNest(document, area, cues, quotes)) continue;
    const clause = document.text.slice(area.start, area.end).replace(/[\n\r\u2028\u2029]/g, " ");
    for (const frame of (await reader.read(clause)).attributions) {
      const inner = toAttribution(document.text, { ...frame, cue: shift(frame.cue, area.start), source: shift(frame.source, area.start), content: shift(frame.content, area.start) });
      const cue = document.text.slice(hull(inner.cue)?.start ?? 0, hull(inner.cue)?.end ?? 0);
      if (inner.score < SURE || inner.source.length === 0 || !/[\p{L}]+/u.test(cue) || !cue.toLowerCase().split(/\P{L}+/u).some(isSpeechWord)) continue;
      if (inner.cue.some((c) => isCovered(cues, c.start))) continue;
      result.push(inner);
    }
  }
  return dropReporters(document, result.sort((a, b) => anchor(a) - anchor(b)), mentions);
}

function shift(spans: readonly Span[], by: number): Span[] {
  return spans.map((s) => ({ start: s.start + by, end: s.end + by }));
}

/** Whether a verb of saying stands in the area outside quotations that no cue accounts for. */
function mayNest(document: TextDocument, area: Span, cues: readonly Span[], quotes: readonly Span[]): boolean {
  for (let i = tokenAt(document, area.start); i < document.tokens.length; i++) {
    const token = document.tokens[i];
    if (token === undefined || token.start >= area.end) return false;
    if (token.tag !== "VERB" || !isSpeechWord(token.lower)) continue;
    if (isCovered(cues, token.start) || isCovered(quotes, token.start)) continue;
    return true;
  }
  return false;
}

function splitAsSaying(document: TextDocument, outer: Attribution, mentions: readonly WorkingMention[]): Attribution | undefined {
  const area = hull(outer.content);
  const cueText = outer.cue.map((c) => document.text.slice(c.start, c.end).toLowerCase()).join(" ");
  if (area === undefined || outer.source.length === 0 || !cueText.split(/\P{L}+/u).some(isReportingWord)) return undefined;
  // The reader may give "as saying" to the cue or to the content.
  const around = { start: Math.max(0, Math.min(area.start, outer.cue[0]?.start ?? area.start)), end: area.end };
  const match = AS_SAYING.exec(document.text.slice(around.start, Math.min(around.end, around.start + 200)));
  if (match === null) return undefined;
  const asSaying = { start: around.start + match.index, end: around.start + match.index + match[0].length };
  const speaker = within(mentions, { start: outer.cue[0]?.start ?? around.start, end: asSaying.start }).filter((m) => !m.inTitle).pop();
  if (speaker === undefined || outer.source.some((s) => overlaps(s, speaker))) return undefined;
  const content = outer.content.map((s) => ({ start: Math.max(s.start, asSaying.end), end: s.end })).filter((s) => s.end > s.start);
  const verb = outer.cue.filter((c) => c.end <= speaker.start);
  return {
    cue: [...verb, asSaying], source: [{ start: titledStart(document, speaker), end: speaker.end }],
    content, score: outer.score, reporter: outer.source,
  };
}

/** Share of the outer content that the inner attribution must take for the outer one to say nothing else. */
const MOST = 0.5;

function dropReporters(document: TextDocument, all: readonly Attribution[], mentions: readonly WorkingMention[]): Attribution[] {
  const dropped = new Set<Attribution>();
  const reporters = new Map<Attribution, readonly Span[]>();
  for (let i = 0; i < all.length; i++) {
    const outer = all[i];
    if (outer === undefined || outer.source.length === 0) continue;
    const medium = isMedium(outer.source, mentions);
    const area = hull(outer.content);
    if (area === undefined) continue;
    for (let k = Math.max(0, i - 6); k < Math.min(all.length, i + 7); k++) {
      const inner = all[k];
      const whole = inner === undefined ? undefined : hull([...inner.cue, ...inner.content, ...inner.source]);
      if (inner === undefined || inner === outer || whole === undefined || dropped.has(inner) || !contains(area, whole)) continue;
      reporters.set(inner, outer.source);
      if (!medium) continue;
      const takes = whole.end - whole.start;
      if (takes >= MOST * (area.end - area.start) && /\p{L}/u.test(document.text.slice(whole.start, whole.end))) dropped.add(outer);
    }
  }
  return all.filter((a) => !dropped.has(a)).map((a) => {
    const reporter = a.reporter ?? reporters.get(a);
    return reporter === undefined ? a : { ...a, reporter };
  });
}

function isMedium(source: readonly Span[], mentions: readonly WorkingMention[]): boolean {
  const area = hull(source);
  if (area === undefined) return false;
  return within(mentions, { start: area.start, end: area.end }).some((m) => m.kind === "medium" && !m.inTitle);
}
