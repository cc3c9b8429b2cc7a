import type { MeetingFrame } from "../reader/types.ts";
import type { Span, TextDocument } from "../text/types.ts";
import type { IsoDate } from "./calendar.ts";
import type { WorkingMention } from "./mention.ts";
import { isPresent, statusOf } from "./meeting-status.ts";
import { baseKind, clauseAround, countOf, isDefinite, isNone, isTalking, isVerbUse, kindOf, mayTellOfMeeting } from "./meeting-words.ts";
import { dateNear } from "./meeting-times.ts";
import { Participants } from "./participants.ts";
import { isByTelephone } from "./telephoned.ts";
import { contains, hull, isCovered, overlaps, within } from "./spans.ts";

/** A meeting frame of the rules; a reader that learnt meetings gives the same. */
export interface RuleFrame extends MeetingFrame {
  /** "the call": speaks of a meeting told before. */
  readonly definite: boolean;
  readonly count?: { readonly value: number; readonly atLeast: boolean };
  /** Who hosts, by the verb that governs the trigger. */
  readonly host?: Span;
  /** Two sides or more named by the trigger's own construction: "a summit between X and Y". */
  readonly explicitSides: boolean;
  /** Sentence index of the trigger. */
  readonly sentence: number;
  /** Told in the present or as under way: dated by the article where nothing else dates it. */
  readonly present: boolean;
}

interface Context {
  readonly document: TextDocument;
  readonly mentions: readonly WorkingMention[];
  readonly excluded: readonly Span[];
  readonly reference: IsoDate | undefined;
  /** Contents of statements: what one says of a meeting is told apart from what stands around it. */
  readonly contents: readonly Span[];
}

/** "attends a summit": the verbs of who takes part where the others are not named. */
const ATTENDING = /^(?:attend|host|open|address|conven|chair|join)/;
/** "boycotts the summit", "cancels his participation in the session": it goes on without who stays away. */
const LEAVING = /\b(?:boycott\w*|skip(?:s|ped|ping)?|snub\w*|pull(?:s|ed|ing)? out of|withdr[ae]w\w* from|not (?:be )?(?:attend\w*|participat\w*|invited|tak(?:e|ing) part|join(?:ing)?|send(?:ing)?)|no longer (?:attends?|takes? part)|stay(?:s|ed|ing)? away from|(?:declin|refus)\w* to (?:attend|take part|join)|no delegates?|cancel\w* (?:his|her|its|their) (?:participation|attendance|appearance))\b/i;

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
      if (token === undefined || !mayTellOfMeeting(token.lower)) continue;
      if (inside.some((m) => overlaps(m, token) && m.type === "name")) continue;
      const frame = readTrigger(context, i, index, contents);
      if (frame === undefined) continue;
      // "held talks during a visit": a verb of visiting and the noun it governs are one trigger.
      const last = frames[frames.length - 1];
      if (last !== undefined && last.sentence === index && isOccasion(last, frame)) continue;
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

/** "met Bush at the APEC summit": where those who met met is no other meeting of theirs. */
export function isOccasion(met: RuleFrame, frame: RuleFrame): boolean {
  if (met.participants.length < 2 || (frame.kind !== "Summit" && frame.kind !== "Session") || frame.explicitSides) return false;
  return frame.participants.some((p) => met.participants.some((q) => q.start === p.start));
}

function sameFrame(a: RuleFrame, b: RuleFrame): boolean {
  const spans = (f: RuleFrame): string => f.participants.map((p) => p.start).sort((x, y) => x - y).join(" ");
  // "cancels a meeting and summons the ambassador" are two.
  return spans(a) === spans(b) && (a.status === "held") === (b.status === "held") && (a.kind === b.kind || a.kind === "Meeting" || b.kind === "Meeting");
}

function better(a: RuleFrame, b: RuleFrame): RuleFrame {
  // "met for talks" is a meeting; "met at a summit" is the summit.
  const kind = a.kind === "Meeting" && (b.kind !== "Talks" || a.host !== undefined) ? b.kind : a.kind;
  return { ...a, kind, evidence: hull([a.evidence, b.evidence]) ?? a.evidence, place: a.place.length > 0 ? a.place : b.place, date: a.date.length > 0 ? a.date : b.date };
}

function readTrigger(context: Context, at: number, index: number, contents: readonly Span[]): RuleFrame | undefined {
  const { document } = context;
  const sentence = document.sentences[index];
  const trigger = document.tokens[at];
  if (sentence === undefined || trigger === undefined) return undefined;
  const isVerb = isVerbUse(document.tokens, at, within(context.mentions, { start: trigger.end, end: trigger.end + 60 }));
  const base = baseKind(trigger.lower, isVerb);
  if (base === undefined || (base === "Phoned" && !isByTelephone(document, at))) return undefined;
  const clause = clauseAround(document, at, sentence);
  const scope = scopeOf(contents, trigger);
  const inScope = (span: Span): boolean => scopeOf(contents, span) === scope;
  const clauseText = document.text.slice(clause.start, clause.end);
  const object = base === "Dialled" ? within(context.mentions, { start: trigger.end, end: clause.end }).find((m) => m.kind === "person" && m.start - trigger.end < 60) : undefined;
  // "spoke to Trump", but "spoke to reporters", "spoke to the nation".
  const spokenTo = isTalking(trigger.lower) && document.tokens[at + 1]?.lower === "to" ? within(context.mentions, { start: trigger.end, end: clause.end })[0] : undefined;
  const isToLeader = spokenTo?.kind === "person" && !spokenTo.possessive && !spokenTo.entity.startsWith("#") && spokenTo.start - trigger.end < 40;
  const named = isToLeader ? kindOf("Meeting", clauseText, trigger.lower) : kindOf(base, clauseText, trigger.lower, object === undefined ? undefined : document.text.slice(object.end, clause.end));
  if (named === undefined) return undefined;
  if (isNone(document, at, isVerb, clause)) return undefined;
  const found = new Participants(document, within(context.mentions, clause).filter(inScope), at, isVerb, named).find();
  const before = document.text.slice(clause.start, trigger.start);
  const definite = !isVerb && isDefinite(document.tokens, at);
  if (isPressConference(document, at) && found.actors.length < 2) return undefined;
  const ofBody = !isVerb && isOfBody(document, found.actors, at);
  const leaving = (named === "Summit" || named === "Session" || ofBody) && !isVerb && found.sides < 2 ? LEAVING.exec(before) : null;
  const staying = leaving === null ? found.actors : found.actors.filter((m) => m.kind === "organisation" && m.start > clause.start + leaving.index);
  const actors = staying.map((m): Span => ({ start: m.start, end: m.end }));
  const place = found.place === undefined ? [] : [{ start: found.place.start, end: found.place.end }];
  // "the European Council meets": a body by itself is in session.
  const kind = named === "Meeting" && (ofBody || (found.actors.length === 1 && found.actors[0]?.kind === "organisation")) ? "Session" : named;
  const collective = kind === "Session" || kind === "Summit";
  const body = staying[0]?.kind === "organisation" && (!isVerb || /^me?et/.test(trigger.lower));
  // A visit's host may be known only by the place.
  const visit = kind === "Visit" && found.place?.kind === "place";
  // "attends a summit": one takes part where others do who are not named.
  const attends = collective && ATTENDING.test(found.governor ?? "");
  if (actors.length < 2 && !(actors.length === 1 && ((collective && place.length > 0) || attends || body || visit)) && !(definite && actors.length === 0)) return undefined;
  const status = leaving !== null ? "planned" : statusOf(document, at, clause, isVerb, scope >= 0);
  const present = !found.owned && isPresent(document, at, index, found.governor);
  const date = dateNear(context, clause, trigger, { status, present: present && status === "held" }, inScope);
  const times = countOf(document.text.slice(trigger.end, Math.min(clause.end, trigger.end + 60)));
  const evidence = hull([trigger, ...actors.filter((a) => contains(clause, a)), ...place.filter((p) => contains(clause, p)), ...date.filter((d) => contains(clause, d))]) ?? trigger;
  return {
    trigger: { start: trigger.start, end: trigger.end }, evidence, participants: actors, place, date, kind, status,
    score: isVerb || found.explicit ? 0.8 : 0.6, definite, explicitSides: found.sides >= 2, sentence: index, present,
    ...(times === undefined ? {} : { count: times }), ...(found.host === undefined ? {} : { host: { start: found.host.start, end: found.host.end } }),
  };
}

/** "the G20 meeting", "a meeting of the Arab League": a body is in session, whoever else is named. */
function isOfBody({ tokens }: TextDocument, actors: readonly WorkingMention[], at: number): boolean {
  if (!/^meetings?$/.test(tokens[at]?.lower ?? "")) return false;
  const behind = tokens[at + 1]?.lower === "of" ? at + (tokens[at + 2]?.lower === "the" ? 3 : 2) : -1;
  return actors.some((m) => m.kind === "organisation" && m.type === "name" && !m.weak && (m.last === at || m.first === behind));
}

/** A press conference is none, unless it is given with somebody. */
function isPressConference({ tokens }: TextDocument, at: number): boolean {
  return /^conferences?$/.test(tokens[at]?.lower ?? "") && /^(?:press|news)$/.test(tokens[at - 1]?.lower ?? "");
}
