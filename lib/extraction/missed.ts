import type { Span, TextDocument, Token } from "../text/types.ts";
import { anchor, type Attribution } from "./attribution.ts";
import { tokenAt } from "./content.ts";
import { titledStart, type WorkingMention } from "./mention.ts";
import { contains, isCovered, union, within } from "./spans.ts";
import { isSpeechParticiple, isSpeechWord } from "./speech-acts.ts";

/** A statement found by its construction is less sure than one the reader finds. */
export const BY_RULE = 0.6;

/**
 * Attributions that the reader tends to miss and the construction of the sentence gives away: a second verb of saying
 * with the first one's source ("… and offered to assist"), a participle with a source of its own ("with Xi calling … and
 * Putin lauding …") or with the sentence's ("…, blaming Ukraine for …"), a headline's colon ("No effort to spare: UN").
 */
export function findMissed(document: TextDocument, attributions: readonly Attribution[], mentions: readonly WorkingMention[], quotes: readonly Span[]): Attribution[] {
  const covered = union(attributions.flatMap((a) => a.cue));
  const found: Attribution[] = [];
  const bySentence = new Map<number, Attribution[]>();
  for (const a of attributions) {
    const sentence = document.tokens[tokenAt(document, anchor(a))]?.sentence ?? -1;
    const list = bySentence.get(sentence);
    if (list === undefined) bySentence.set(sentence, [a]);
    else list.push(a);
  }
  document.sentences.forEach((sentence, index) => {
    const tokens = document.tokens.slice(sentence.first, sentence.last);
    const inside = within(mentions, sentence).filter((m) => !m.inTitle);
    const others = bySentence.get(index) ?? [];
    tokens.forEach((token, i) => {
      if (isCovered(quotes, token.start) || isCovered(covered, token.start)) return;
      const second = secondVerb(document, tokens, i, others);
      const attribution = second ?? (isSpeechParticiple(token.lower) ? participle(document, tokens, i, inside, others) : coordinated(document, tokens, i, others));
      if (attribution !== undefined) found.push(attribution);
    });
    const headline = colonHeadline(document, tokens, sentence, inside, others);
    if (headline !== undefined) found.push(headline);
  });
  return found;
}

function clauseEnd(tokens: readonly Token[], from: number): number {
  let depth = false;
  for (let i = from; i < tokens.length; i++) {
    const token = tokens[i];
    if (token === undefined) break;
    if (/^[“”"]$/.test(token.text)) depth = token.text === "“" || (token.text === '"' && !depth);
    if (depth) continue;
    const next = tokens[i + 1];
    if (/^[;:—–]$/.test(token.text) || (token.text === "," && i > from) || token.text === "." && next === undefined) return token.start;
    if (token.lower === "and" && next !== undefined && i > from + 1 && (next.tag === "VERB" || (next.tag === "PROPN" && isParticipleAfter(tokens, i)))) return token.start;
  }
  return tokens[tokens.length - 1]?.end ?? 0;
}

function isParticipleAfter(tokens: readonly Token[], from: number): boolean {
  return tokens.slice(from + 1, from + 6).some((t) => /ing$/.test(t.lower) && isSpeechWord(t.lower));
}

/** The words from a token to the end of its clause; undefined where they are fewer than two. */
export function clauseSpan(document: TextDocument, tokens: readonly Token[], from: number): Span | undefined {
  const first = tokens[from];
  if (first === undefined) return undefined;
  const end = clauseEnd(tokens, from);
  const words = document.text.slice(first.start, end).trimEnd();
  return words.split(/\s+/).length < 2 ? undefined : { start: first.start, end: first.start + words.length };
}

function participle(document: TextDocument, tokens: readonly Token[], i: number, inside: readonly WorkingMention[], others: readonly Attribution[]): Attribution | undefined {
  const token = tokens[i];
  const before = tokens[i - 1];
  if (token === undefined || before === undefined) return undefined;
  const content = clauseSpan(document, tokens, token.lower === "calling" ? i + (tokens[i + 1]?.lower === "for" ? 2 : 99) : i + 1);
  if (content === undefined) return undefined;
  const cue = [{ start: token.start, end: token.lower === "calling" ? (tokens[i + 1]?.end ?? token.end) : token.end }];
  // Its own subject right before it: "and Putin lauding his …".
  const own = inside.find((m) => m.end === before.end && (m.kind === "person" || m.kind === "state" || m.kind === "organisation") && !m.possessive);
  if (own !== undefined) {
    const lead = document.tokens[own.first - 1]?.lower ?? "";
    if (lead !== "with" && lead !== "and") return undefined;
    return { cue, source: [{ start: own.start, end: own.end }], content: [content], score: BY_RULE };
  }
  if (before.text !== "," && before.lower !== "and" && before.lower !== "while") return undefined;
  // Else the subject of the sentence, or of the attribution right before it.
  const last = others.filter((o) => o.source.length > 0 && anchor(o) < token.start && !o.content.some((c) => contains(c, token))).pop();
  const subject = inside[0];
  if (last !== undefined) return { cue, source: last.source, content: [content], score: BY_RULE };
  if (others.some((o) => o.content.some((c) => contains(c, token)))) return undefined;
  if (subject === undefined || subject.first !== tokenIndex(document, tokens[0]) || subject.kind === "place" || subject.weak || subject.possessive) return undefined;
  return { cue, source: [{ start: subject.start, end: subject.end }], content: [content], score: BY_RULE };
}

function tokenIndex(document: TextDocument, token: Token | undefined): number {
  return token === undefined ? -1 : tokenAt(document, token.start);
}

function coordinated(document: TextDocument, tokens: readonly Token[], i: number, others: readonly Attribution[]): Attribution | undefined {
  const token = tokens[i];
  const before = tokens[i - 1];
  if (token === undefined || before === undefined || token.tag !== "VERB" || !isSpeechWord(token.lower) || !/(?:ed|said|told)$/.test(token.lower)) return undefined;
  if (before.lower !== "and" && before.lower !== "but") return undefined;
  const first = others.find((o) => {
    const end = o.content[o.content.length - 1]?.end ?? 0;
    return o.source.length > 0 && end <= before.start && before.start - end <= 2 && (o.cue[0]?.start ?? Infinity) < (o.content[0]?.start ?? 0) && (o.source[0]?.start ?? Infinity) < (o.cue[0]?.start ?? 0);
  });
  const content = clauseSpan(document, tokens, i + 1);
  if (first === undefined || content === undefined) return undefined;
  return { cue: [{ start: token.start, end: token.end }], source: first.source, content: [content], score: BY_RULE };
}

/** "says the vote is fair and calls on Roe to resign", where the reader took the second verb for content: both in the present. */
function secondVerb(document: TextDocument, tokens: readonly Token[], i: number, others: readonly Attribution[]): Attribution | undefined {
  const token = tokens[i];
  if (token === undefined || token.tag !== "VERB" || !/[^s]s$/.test(token.lower) || !isSpeechWord(token.lower) || !/^(?:and|but)$/.test(tokens[i - 1]?.lower ?? "")) return undefined;
  const first = others.find((o) => {
    const cue = document.tokens[tokenAt(document, o.cue[0]?.start ?? 0)]?.lower ?? "";
    const area = o.content[0];
    return o.source.length > 0 && area !== undefined && /[^s]s$/.test(cue) && (o.source[0]?.start ?? Infinity) < (o.cue[0]?.start ?? 0) && (o.cue[0]?.start ?? Infinity) < area.start && area.start < token.start - 8 && o.content.some((c) => contains(c, token));
  });
  const link = tokens[i + 1];
  const cueEnd = link !== undefined && /^calls?$/.test(token.lower) && /^(?:for|on|upon)$/.test(link.lower) ? link.end : token.end;
  const content = clauseSpan(document, tokens, cueEnd === token.end ? i + 1 : i + 2);
  if (first === undefined || content === undefined) return undefined;
  return { cue: [{ start: token.start, end: cueEnd }], source: first.source, content: [content], score: BY_RULE };
}

/** "‘Spare no effort’ to end war: UN", "Lavrov: no talks before spring". */
function colonHeadline(document: TextDocument, tokens: readonly Token[], sentence: Span, inside: readonly WorkingMention[], others: readonly Attribution[]): Attribution | undefined {
  const last = tokens[tokens.length - 1];
  if (others.length > 0 || last === undefined || /^[.!?]$/.test(last.text) || tokens.length > 25) return undefined;
  const colons = tokens.filter((t) => t.text === ":");
  const colon = colons[0];
  if (colon === undefined || colons.length > 1) return undefined;
  const named = inside.filter((m) => m.kind !== "place" && m.type !== "demonym");
  const after = named.find((m) => m.start > colon.end && document.text.slice(colon.end, m.start).trim() === "" && m.end === last.end);
  // "Oman: talks end" is a place's headline, "Lavrov: no talks" is his.
  const before = named.find((m) => m.kind !== "state" && !(m.weak && m.kind === "person" && m.last - m.first === 1) && m.end === colon.start && document.text.slice(sentence.start, titledStart(document, m)).trim() === "");
  const cue = [{ start: colon.start, end: colon.end }];
  if (after !== undefined && colon.start - sentence.start > 8) return { cue, source: [{ start: after.start, end: after.end }], content: [{ start: sentence.start, end: colon.start }], score: BY_RULE };
  if (before !== undefined && last.end - colon.end > 8) return { cue, source: [{ start: sentence.start, end: before.end }], content: [{ start: colon.end + 1, end: last.end }], score: BY_RULE };
  return undefined;
}
