import type { Span, TextDocument, Token } from "../text/types.ts";
import type { Attribution } from "./attribution.ts";
import { isUnknownWord, titledStart, type WorkingMention } from "./mention.ts";
import { BY_RULE, clauseSpan } from "./missed.ts";
import { isCovered, union, within } from "./spans.ts";
import { isSpeechWord } from "./speech-acts.ts";

/** What is threatened or proposed may be named or be told as what is to be done. */
const COMMITTING = /^(?:threaten|propose|request|promise|vow|pledge)(?:e?s|e?d)?$/;
const OCCASION = /^(?:after|during|amid|while|following|ahead|as|before)$/;
const THANKING = /^thank(?:s|ed)$/;
/** Tokens that those who are thanked may take. */
const LONGEST_THANKED = 12;
const JOINED = /^(?:,| and|, and) (?:the )?$/;

/**
 * Plain sentences that the reader misses where their verb is rare in news of its time: somebody named, a verb of saying right behind,
 * and "that", or what is threatened, proposed or thanked for.
 */
export function findAsserted(document: TextDocument, attributions: readonly Attribution[], mentions: readonly WorkingMention[], quotes: readonly Span[]): Attribution[] {
  const cues = union(attributions.flatMap((a) => a.cue));
  const contents = union(attributions.flatMap((a) => a.content));
  const found: Attribution[] = [];
  for (const sentence of document.sentences) {
    const tokens = document.tokens.slice(sentence.first, sentence.last);
    const named = within(mentions, sentence).filter((m) => !m.inTitle);
    for (const subject of named) {
      const at = subject.last - sentence.first;
      const verb = verbAfter(tokens, at);
      const token = tokens[verb];
      if (token === undefined || !canSay(subject) || [cues, contents, quotes].some((spans) => isCovered(spans, token.start))) continue;
      const content = whatIsSaid(document, tokens, verb);
      if (content === undefined || isCovered(contents, content.start)) continue;
      found.push({ cue: [{ start: token.start, end: token.end }], source: [{ start: firstOf(document, named, subject), end: subject.end }], content: [content], score: BY_RULE });
    }
  }
  return found;
}

function canSay(m: WorkingMention): boolean {
  return m.type !== "demonym" && m.kind !== "place" && !m.possessive && !m.locative && !isUnknownWord(m);
}

/** The verb right behind a subject, its auxiliaries and adverbs between them. */
function verbAfter(tokens: readonly Token[], from: number): number {
  let at = from;
  while (at < from + 3 && (/^(?:has|have|had|also|both)$/.test(tokens[at]?.lower ?? "") || tokens[at]?.tag === "ADV")) at++;
  return at;
}

function whatIsSaid(document: TextDocument, tokens: readonly Token[], verb: number): Span | undefined {
  const { lower, tag } = tokens[verb] ?? { lower: "", tag: "X" };
  const next = tokens[verb + 1];
  if (next?.lower === "that" && /(?:s|ed)$/.test(lower) && isSpeechWord(lower)) return clauseSpan(document, tokens, verb + 2);
  if (next === undefined) return undefined;
  if (tag === "VERB" && COMMITTING.test(lower)) {
    if (next.lower !== "to" && !/^(?:DET|NOUN|PROPN|ADJ|NUM)$/.test(next.tag) && !/^[“"‘]$/.test(next.text)) return undefined;
    return clauseSpan(document, withoutOccasion(tokens, verb + 2), next.lower === "to" ? verb + 2 : verb + 1);
  }
  if (!THANKING.test(lower)) return undefined;
  const reason = tokens.slice(verb + 1, verb + LONGEST_THANKED).findIndex((t) => t.lower === "for" || /^[,;:.]$/.test(t.text));
  return reason > 0 && tokens[verb + 1 + reason]?.lower === "for" ? clauseSpan(document, tokens, verb + reason + 2) : undefined;
}

/** Without what tells when: "threatens to open its borders | after the vote". */
function withoutOccasion(tokens: readonly Token[], from: number): readonly Token[] {
  const end = tokens.findIndex((t, i) => i > from && OCCASION.test(t.lower));
  return end < 0 ? tokens : tokens.slice(0, end);
}

/** Where those begin who say it together. */
function firstOf(document: TextDocument, named: readonly WorkingMention[], subject: WorkingMention): number {
  let start = titledStart(document, subject);
  for (let i = named.indexOf(subject) - 1; i >= 0; i--) {
    const before = named[i];
    if (before === undefined || !canSay(before) || !JOINED.test(document.text.slice(before.end, start))) break;
    start = titledStart(document, before);
  }
  return start;
}
