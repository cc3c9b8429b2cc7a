import type { MeetingKind } from "../reader/types.ts";
import type { Span, TextDocument, Token } from "../text/types.ts";
import lexicon from "./lexicon/meetings.json" with { type: "json" };
import type { WorkingMention } from "./mention.ts";
import { opensWithCall } from "./telephoned.ts";

const VERBS = lexicon.verbs as Readonly<Record<string, string>>;
const NOUNS = lexicon.nouns as Readonly<Record<string, string>>;
const CONTEXT = lexicon.context.map(([kinds, pattern, kind]) => ({ kinds: new Set((kinds ?? "").split("|")), pattern: new RegExp(pattern ?? "", "i"), kind: kind as MeetingKind }));
const NOT_OBJECTS = new Set(lexicon.notObjects);
const TIMES = /\b(?:(over|more than|at least|some|about|nearly|almost) )?(\d{1,4}|two|three|four|five|six|seven|eight|nine|ten|a dozen|dozens of) times\b/i;
const NUMBERS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];

/** Whether a word by itself can trigger a meeting. */
export function mayTellOfMeeting(lower: string): boolean {
  return lower in VERBS || lower in NOUNS;
}

/** The kind that a word means by itself, as a verb or a noun; undefined where it is none. */
export function baseKind(lower: string, isVerb: boolean): string | undefined {
  return isVerb ? VERBS[lower] : NOUNS[lower];
}

/** "met its target": a verb of meeting whose object is nobody. */
function meetsNobody(tokens: readonly Token[], at: number): boolean {
  return NOT_OBJECTS.has(nextNoun(tokens, at));
}

/** "leaving Europe out of the talks": those named are none of those who talk. */
const LEFT_OUT = /\b(?:left|leav\w+|shut\w*|kept|keep\w*|cut\w*|exclud\w+|barr\w+|sidelin\w+|frozen|freez\w+)\b[^,;]{0,60}\b(?:out of|from) (?:the |an? |any )?(?:\w+ ){0,2}$/i;

/** "The Austrian cabinet meets", "the Parliament of Moldova meets": a state that talks to itself. */
const OWN_BODY = /\b(?:cabinet|parliament|senate)(?: of (?:the )?(?:\p{Lu}[\p{L}-]+ ?){1,3})?\s?$/iu;

/** "did not meet", "neither … nor", "missed the meeting", "on the sidelines of the summit": a word for a meeting that tells of none. */
export function isNone(document: TextDocument, at: number, isVerb: boolean, clause: Span): boolean {
  const before = document.text.slice(clause.start, document.tokens[at]?.start ?? clause.start);
  if (isVerb && meetsNobody(document.tokens, at)) return true;
  if (!isVerb && LEFT_OUT.test(before)) return true;
  const isOwn = isVerb ? /^(?:meets?|met)$/.test(document.tokens[at]?.lower ?? "") && OWN_BODY.test(before) : /\bcabinet\s$/i.test(before);
  if (isOwn && !/^\s(?:\p{L}+ )?with\b/u.test(document.text.slice(document.tokens[at]?.end ?? 0, clause.end))) return true;
  if (/\b(?:sidelines|margins) of (?:the |an? )?(?:[\p{L}\d.]+ ){0,3}$/u.test(before)) return true;
  if (/\b(?:never|not|n[’']t)\s+(?:\w+\s)?$/i.test(before) && !/\b(?:will|would|won|to)\b/i.test(before.slice(-24))) return true;
  return /\bneither\b/i.test(before) || /\bmiss(?:es|ed|ing)? (?:a |the |his |her |their )?(?:\w+ )?$/.test(before);
}

/** Whether the trigger is used as a verb. `after`: the mentions that follow it. */
export function isVerbUse(tokens: readonly Token[], at: number, after: readonly WorkingMention[]): boolean {
  const token = tokens[at];
  if (token === undefined || !(token.lower in VERBS)) return false;
  const before = tokens[at - 1]?.lower ?? "";
  // "leaders of the Union, meeting in Brussels"
  if (token.lower === "meeting" && before === "," && /^(?:in|at|on|with|for)$/.test(tokens[at + 1]?.lower ?? "")) return true;
  // "which the hosts lost"
  if (!(token.lower in NOUNS)) return !/^(?:the|a|an|his|her|their|its)$/.test(before);
  if (/^(?:a|an|the|his|her|their|its|this|that|first|second|third|official|state|level|face|planned|of|for|s|’|joint|bilateral|two|day|high)$/.test(before)) return false;
  if (/^(?:to|will|would|may|might|could|can|should|is|are|was|were|been|be|after|before|by|while|and)$/.test(before)) return token.tag === "VERB" || /^(?:to|will|would|may|might|could|can|should)$/.test(before);
  // "and half of her cabinet visit Israel": a noun has no object.
  return token.tag === "VERB" || after.some((m) => m.first === at + 1 && m.type !== "demonym" && tokens[m.first]?.sentence === token.sentence);
}

/** The verbs of talking, which are meetings with somebody only. */
export function isTalking(lower: string): boolean {
  return /^(?:spoke|speaks|spoken|talked|speak|talk|speaking)$/.test(lower);
}

/** What may follow the name of whom somebody calls by telephone. */
const DIALLED = /^\s*(?:of [A-Z]\w+(?: [A-Z]\w+)*\s*)?(?:[.;]|$|(?:on|to|about|from|over|by|late|early|again|and|after|before|earlier|yesterday|last)\b)/;

/** The kind of meeting in the context of its clause; undefined where the word means no meeting there ("spoke" to reporters). */
export function kindOf(base: string, clause: string, trigger: string, after?: string): MeetingKind | undefined {
  let kind = base;
  for (const { kinds, pattern, kind: other } of CONTEXT) if (kinds.has(kind) && pattern.test(clause)) kind = other;
  // "called Burhan on Tuesday", but "called Burhan a friend", "called it off".
  if (kind === "Sat") return new RegExp(`\\b${trigger} down (?:\\w+ )?with\\b`, "i").test(clause) ? "Meeting" : undefined;
  if (kind === "Journey") return new RegExp(`\\b${trigger} (?:\\w+ ){0,3}?to\\b`, "i").test(clause) ? "Visit" : undefined;
  if (kind === "Sent") return new RegExp(`\\b${trigger} (?:an? |the |its |his |her |their )?(?:[\\p{L}-]+ ){0,4}?(?:delegations?|envoys?|negotiators|mediators|diplomats?|emissar(?:y|ies)) to (?:the )?\\p{Lu}`, "u").test(clause) ? "Visit" : undefined;
  if (kind === "Invited") return new RegExp(`\\b${trigger}\\b[^,;]{1,80}? to (?:the |its |his |her )?\\p{Lu}`, "u").test(clause) ? "Visit" : undefined;
  if (kind === "Phoned") return "PhoneCall";
  if (kind === "Dialled") return after !== undefined && DIALLED.test(after) ? "PhoneCall" : undefined;
  if (kind === "Call") {
    // "spoke with" somebody is a talk; "call" by itself may be anything.
    if (isTalking(trigger)) return new RegExp(`\\b${trigger} (?:directly |again |separately |privately )?with\\b`, "i").test(clause) ? "Meeting" : undefined;
    if (opensWithCall(clause)) return "PhoneCall";
    return trigger === "call" || trigger === "conversation" ? (new RegExp(`\\b${trigger}\\b(?: on \\w+)? (?:with|between)\\b|\\b(?:three|four)-way (?:phone |telephone )?call\\b|\\bheld an? (?:\\w+ )?call\\b`, "i").test(clause) ? "PhoneCall" : undefined) : undefined;
  }
  return kind as MeetingKind;
}

function nextNoun(tokens: readonly Token[], at: number): string {
  for (let i = at + 1; i < at + 5; i++) {
    const token = tokens[i];
    if (token === undefined || token.tag === "PUNCT") return "";
    // "met opposition leaders": the head is the last noun.
    if (token.tag === "NOUN" && tokens[i + 1]?.tag !== "NOUN") return token.lower;
  }
  return "";
}

const BREAKS = /^(?:while|but|although|though|whereas|because|which|who)$/;

/** The trigger's part of the sentence: up to a semicolon, a dash or a comma before another clause. */
export function clauseAround(document: TextDocument, at: number, sentence: { first: number; last: number; start: number; end: number }): Span {
  const { tokens } = document;
  let first = sentence.first;
  for (let i = at - 1; i > sentence.first; i--) {
    const token = tokens[i];
    if (token === undefined) break;
    if (token.text === ";" || (token.text === "," && BREAKS.test(tokens[i + 1]?.lower ?? "") && tokens[i + 1]?.lower !== "who" && tokens[i + 1]?.lower !== "which")) {
      first = i + 1;
      break;
    }
  }
  let last = sentence.last;
  for (let i = at + 1; i < sentence.last; i++) {
    const token = tokens[i];
    if (token === undefined) break;
    if (token.text === ";" || (token.text === "," && BREAKS.test(tokens[i + 1]?.lower ?? ""))) {
      last = i;
      break;
    }
  }
  return { start: tokens[first]?.start ?? sentence.start, end: tokens[last - 1]?.end ?? sentence.end };
}

/** Whether a noun speaks of a meeting told before: "the call". */
export function isDefinite(tokens: readonly Token[], at: number): boolean {
  for (let i = at - 1; i >= at - 3; i--) {
    const lower = tokens[i]?.lower ?? "";
    if (lower === "the" || lower === "their" || lower === "this") return true;
    if (tokens[i]?.tag !== "ADJ" && tokens[i]?.tag !== "NOUN" && lower !== "-") return false;
  }
  return false;
}

/** "over 40 times": how many meetings the words after a trigger sum up. */
export function countOf(after: string): { value: number; atLeast: boolean } | undefined {
  const match = TIMES.exec(after);
  if (match === null) return undefined;
  const word = (match[2] ?? "").toLowerCase();
  const value = /^\d+$/.test(word) ? Number(word) : word === "a dozen" ? 12 : word === "dozens of" ? 24 : NUMBERS.indexOf(word);
  return { value, atLeast: /^(?:over|more than|at least)$/i.test(match[1] ?? "") || word === "dozens of" };
}
