import type { MeetingFrame, MeetingKind, MeetingStatus } from "../reader/types.ts";
import type { Span, TextDocument, Token } from "../text/types.ts";
import type { IsoDate } from "./calendar.ts";
import lexicon from "./lexicon/meetings.json" with { type: "json" };
import type { WorkingMention } from "./mention.ts";
import { Participants } from "./participants.ts";
import { contains, hull, isCovered, overlaps, within } from "./spans.ts";
import { timeExpressions } from "./time.ts";

/** A meeting frame of the rules; a reader that learnt meetings gives the same. */
export interface RuleFrame extends MeetingFrame {
  /** "the call": speaks of a meeting told before. */
  readonly definite: boolean;
  readonly count?: { readonly value: number; readonly atLeast: boolean };
  /** Sentence index of the trigger. */
  readonly sentence: number;
  /** Told in the present or as under way: dated by the article where nothing else dates it. */
  readonly present: boolean;
}

const VERBS = lexicon.verbs as Readonly<Record<string, string>>;
const NOUNS = lexicon.nouns as Readonly<Record<string, string>>;
const CONTEXT = lexicon.context.map(([kinds, pattern, kind]) => ({ kinds: new Set((kinds ?? "").split("|")), pattern: new RegExp(pattern ?? "", "i"), kind: kind as MeetingKind }));
const STATUS = lexicon.status.map(([status, pattern]) => ({ status: status as MeetingStatus, pattern: new RegExp(pattern ?? "", "i") }));
const STATUS_AFTER = lexicon.statusAfter.map(([status, pattern]) => ({ status: status as MeetingStatus, pattern: new RegExp(pattern ?? "", "i") }));
const NOT_OBJECTS = new Set(lexicon.notObjects);
const TIMES = /\b(?:(over|more than|at least|some|about|nearly|almost) )?(\d{1,4}|two|three|four|five|six|seven|eight|nine|ten|a dozen|dozens of) times\b/i;
const NUMBERS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
const PRESENT = /^(?:meets|meet|visits|hosts|arrives|receives|welcomes|speaks|phones|telephones|confers|meeting|holds|hold|begin|begins|open|opens|attends|starts|resume|resumes|travels|pays|makes|convenes|gather|gathers)$/;

interface Context {
  readonly document: TextDocument;
  readonly mentions: readonly WorkingMention[];
  readonly excluded: readonly Span[];
  readonly reference: IsoDate | undefined;
  /** Contents of statements: what one says of a meeting is told apart from what stands around it. */
  readonly contents: readonly Span[];
}

/** Meetings told in a document, read by a lexicon of meeting words and the actors around them. */
export function readMeetings(context: Context): RuleFrame[] {
  const frames: RuleFrame[] = [];
  const { document, mentions } = context;
  document.sentences.forEach((sentence, index) => {
    if (isCovered(context.excluded, sentence.start)) return;
    const inside = within(mentions, sentence);
    const contents = context.contents.length === 0 ? [] : near(context.contents, sentence);
    for (let i = sentence.first; i < sentence.last; i++) {
      const token = document.tokens[i];
      if (token === undefined || !(token.lower in VERBS || token.lower in NOUNS)) continue;
      if (inside.some((m) => overlaps(m, token) && m.type === "name")) continue;
      const frame = readTrigger(context, i, index, contents);
      if (frame === undefined) continue;
      // "held talks during a visit": a verb of visiting and the noun it governs are one trigger.
      const last = frames[frames.length - 1];
      if (last !== undefined && last.sentence === index && sameFrame(last, frame)) frames[frames.length - 1] = better(last, frame);
      else frames.push(frame);
    }
  });
  return frames;
}

/** Contents that touch a sentence; they are sorted by start, and few run over many sentences. */
function near(contents: readonly Span[], sentence: Span): Span[] {
  return contents.filter((c) => overlaps(c, sentence));
}

/** The smallest content that holds a span, as its index; -1 outside of all. */
function scopeOf(contents: readonly Span[], span: Span): number {
  let best = -1;
  let size = Infinity;
  contents.forEach((content, i) => {
    if (contains(content, span) && content.end - content.start < size) {
      best = i;
      size = content.end - content.start;
    }
  });
  return best;
}

function sameFrame(a: RuleFrame, b: RuleFrame): boolean {
  const spans = (f: RuleFrame): string => f.participants.map((p) => p.start).sort((x, y) => x - y).join(" ");
  return spans(a) === spans(b) && (a.kind === b.kind || a.kind === "Meeting" || b.kind === "Meeting");
}

function better(a: RuleFrame, b: RuleFrame): RuleFrame {
  // "met for talks" is a meeting; "met at a summit" is the summit.
  const kind = a.kind === "Meeting" && b.kind !== "Talks" ? b.kind : a.kind;
  return { ...a, kind, evidence: hull([a.evidence, b.evidence]) ?? a.evidence, place: a.place.length > 0 ? a.place : b.place, date: a.date.length > 0 ? a.date : b.date };
}

function readTrigger(context: Context, at: number, index: number, contents: readonly Span[]): RuleFrame | undefined {
  const { document } = context;
  const sentence = document.sentences[index];
  const trigger = document.tokens[at];
  if (sentence === undefined || trigger === undefined) return undefined;
  const isVerb = isVerbUse(document.tokens, at, within(context.mentions, { start: trigger.end, end: trigger.end + 60 }));
  const base = isVerb ? VERBS[trigger.lower] : NOUNS[trigger.lower];
  if (base === undefined) return undefined;
  const clause = clauseAround(document, at, sentence);
  const scope = scopeOf(contents, trigger);
  const inScope = (span: Span): boolean => scopeOf(contents, span) === scope;
  const clauseText = document.text.slice(clause.start, clause.end);
  const kind = kindOf(base, clauseText, trigger.lower);
  if (kind === undefined) return undefined;
  if (isVerb && NOT_OBJECTS.has(nextNoun(document.tokens, at))) return undefined;
  const found = new Participants(document, within(context.mentions, clause).filter(inScope), at, isVerb, kind).find();
  const before = document.text.slice(clause.start, trigger.start);
  if (/\b(?:never|not|n[’']t)\s+(?:\w+\s)?$/i.test(before) && !/\b(?:will|would|won|to)\b/i.test(before.slice(-24))) return undefined;
  const definite = !isVerb && isDefinite(document.tokens, at);
  const actors = found.actors.map((m): Span => ({ start: m.start, end: m.end }));
  const place = found.place === undefined ? [] : [{ start: found.place.start, end: found.place.end }];
  const collective = kind === "Session" || kind === "Summit";
  const body = found.actors[0]?.kind === "organisation" && (!isVerb || /^m[ee]et/.test(trigger.lower));
  // A visit's host may be known only by the place.
  const visit = kind === "Visit" && found.place?.kind === "place";
  if (actors.length < 2 && !(actors.length === 1 && ((collective && place.length > 0) || body || visit)) && !(definite && actors.length === 0)) return undefined;
  const status = statusOf(document, at, clause, isVerb, scope >= 0);
  const date = dateNear(context, clause, trigger, status !== "held", inScope);
  const times = countOf(document.text.slice(trigger.end, Math.min(clause.end, trigger.end + 60)));
  const evidence = hull([trigger, ...actors.filter((a) => contains(clause, a)), ...place.filter((p) => contains(clause, p)), ...date.filter((d) => contains(clause, d))]) ?? trigger;
  return {
    trigger: { start: trigger.start, end: trigger.end }, evidence, participants: actors, place, date, kind, status,
    score: isVerb || found.explicit ? 0.8 : 0.6, definite, sentence: index, present: isPresent(document, at, index, found.governor),
    ...(times === undefined ? {} : { count: times }),
  };
}

/** Told in the present tense: by the verb that governs the trigger, else by the first verb of its sentence. */
function isPresent(document: TextDocument, at: number, index: number, governor: string | undefined): boolean {
  const trigger = document.tokens[at];
  const word = governor ?? trigger?.lower ?? "";
  if (PRESENT.test(word) && !/ing$/.test(word)) return true;
  const sentence = document.sentences[index];
  if (sentence === undefined || (governor !== undefined && /ed$|^(?:met|held|had|made|began|paid|spoke|went|took)$/.test(word))) return false;
  for (let i = sentence.first; i < sentence.last; i++) {
    const token = document.tokens[i];
    if (token?.tag === "VERB" || token?.tag === "AUX") return /[^s]s$/.test(token.lower) && !/^(?:was|has|is|does)$/.test(token.lower);
  }
  return false;
}

function isVerbUse(tokens: readonly Token[], at: number, after: readonly WorkingMention[]): boolean {
  const token = tokens[at];
  if (token === undefined || !(token.lower in VERBS)) return false;
  if (!(token.lower in NOUNS)) return true;
  const before = tokens[at - 1]?.lower ?? "";
  if (/^(?:a|an|the|his|her|their|its|this|that|first|second|third|official|state|level|face|planned|of|for|s|’|joint|bilateral|two|day|high)$/.test(before)) return false;
  if (/^(?:to|will|would|may|might|could|can|should|is|are|was|were|been|be|after|before|by|while|and)$/.test(before)) return token.tag === "VERB" || /^(?:to|will|would|may|might|could|can|should)$/.test(before);
  // "and half of her cabinet visit Israel": a noun has no object.
  return token.tag === "VERB" || after.some((m) => m.first === at + 1 && m.type !== "demonym" && tokens[m.first]?.sentence === token.sentence);
}

function kindOf(base: string, clause: string, trigger: string): MeetingKind | undefined {
  let kind = base;
  for (const { kinds, pattern, kind: other } of CONTEXT) if (kinds.has(kind) && pattern.test(clause)) kind = other;
  if (kind === "Call") {
    // "spoke with" somebody is a talk; "call" by itself may be anything.
    if (/^(?:spoke|speaks|spoken|talked|speak|talk|speaking)$/.test(trigger)) return new RegExp(`\\b${trigger} (?:directly |again |separately |privately )?with\\b`, "i").test(clause) ? "Meeting" : undefined;
    return trigger === "call" || trigger === "conversation" ? (new RegExp(`\\b${trigger}\\b(?: on \\w+)? (?:with|between)\\b`, "i").test(clause) ? "PhoneCall" : undefined) : undefined;
  }
  return kind as MeetingKind;
}

function nextNoun(tokens: readonly Token[], at: number): string {
  for (let i = at + 1; i < at + 5; i++) {
    const token = tokens[i];
    if (token === undefined || token.tag === "PUNCT") return "";
    if (token.tag === "NOUN") return token.lower;
  }
  return "";
}

const BREAKS = /^(?:while|but|although|though|whereas|because|which|who)$/;

/** The trigger's part of the sentence: up to a semicolon, a dash or a comma before another clause. */
function clauseAround(document: TextDocument, at: number, sentence: { first: number; last: number; start: number; end: number }): Span {
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

function isDefinite(tokens: readonly Token[], at: number): boolean {
  for (let i = at - 1; i >= at - 3; i--) {
    const lower = tokens[i]?.lower ?? "";
    if (lower === "the" || lower === "their" || lower === "this") return true;
    if (tokens[i]?.tag !== "ADJ" && tokens[i]?.tag !== "NOUN" && lower !== "-") return false;
  }
  return false;
}

/** Status by the words that govern the trigger: those before it in its clause, and a few after a noun ("the visit was cancelled"). */
function statusOf(document: TextDocument, at: number, clause: Span, isVerb: boolean, reported: boolean): MeetingStatus {
  const trigger = document.tokens[at];
  if (trigger === undefined) return "held";
  const before = document.text.slice(Math.max(clause.start, trigger.start - 90), trigger.start);
  const governed = `${before.replace(/^.*[,:](?= )/s, (m) => (m.length < before.length - 12 ? "" : m))}${trigger.text}`;
  if (!isVerb) {
    const after = document.text.slice(trigger.end, Math.min(clause.end, trigger.end + 100)).replace(/[,.;:“”"].*$/s, "");
    for (const { status, pattern } of STATUS_AFTER) if (pattern.test(after)) return status;
  }
  // In reported speech "would" is the future: "he said he would meet Putin".
  const tensed = reported ? governed.replace(/\bwould\b(?! (?:like|be willing|welcome|consider))/g, "will") : governed;
  for (const { status, pattern } of STATUS) if (pattern.test(tensed)) return status;
  if (isVerb && /\bto\s+(?:\w+\s)?$/i.test(before)) return "planned";
  return "held";
}

function dateNear(context: Context, clause: Span, trigger: Span, future: boolean, inScope: (span: Span) => boolean): Span[] {
  const { document, reference } = context;
  const times = timeExpressions(document.text.slice(clause.start, clause.end), clause.start, reference, future).filter((t) => t.earliest !== undefined || t.latest !== undefined || t.precision === "period").filter(inScope);
  const distance = (t: Span): number => (t.start >= trigger.end ? t.start - trigger.end : trigger.start - t.end + 15);
  const nearest = times.sort((a, b) => distance(a) - distance(b))[0];
  return nearest === undefined ? [] : [{ start: nearest.start, end: nearest.end }];
}

function countOf(after: string): { value: number; atLeast: boolean } | undefined {
  const match = TIMES.exec(after);
  if (match === null) return undefined;
  const word = (match[2] ?? "").toLowerCase();
  const value = /^\d+$/.test(word) ? Number(word) : word === "a dozen" ? 12 : word === "dozens of" ? 24 : NUMBERS.indexOf(word);
  return { value, atLeast: /^(?:over|more than|at least)$/i.test(match[1] ?? "") || word === "dozens of" };
}

/** Whether a word by itself can trigger a meeting. */
export function mayTellOfMeeting(lower: string): boolean {
  return lower in VERBS || lower in NOUNS;
}
