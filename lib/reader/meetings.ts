import type { PlacedCandidate, typesOfPieces } from "./candidates.ts";
import { cropAround } from "./crop.ts";
import type { MeetingCrop, MeetingLogits } from "./session.ts";
import { sigmoid, softmax } from "./softmax.ts";
import { candidateTold, STATUSES, triggerTold, type takingPart, type RulesByWord } from "./told.ts";
import type { Candidate, MeetingFrame, MeetingKind, MeetingReading } from "./types.ts";
import type { Window } from "./windows.ts";

/** In the order of the model's rows. */
const KINDS: readonly MeetingKind[] = ["PhoneCall", "VideoCall", "Summit", "Visit", "Talks", "Session", "Meeting"];
const REACH = 120;
const PARTICIPANT = 0;
const PLACE = 1;
const TIME = 2;

/** A word that may tell of a meeting. */
export interface Trigger<Rule extends MeetingFrame = MeetingFrame> {
  /** Index into the window's words. */
  readonly word: number;
  /** Its first piece. */
  readonly piece: number;
  readonly score: number;
  /** That of the rules with this trigger. */
  readonly rule: Rule | undefined;
}

/** Words of a window that are looked at beside those of the rules: a text of nothing else must not cost a second pass a word. */
const MOST = 24;

/** The likeliest words of those whose probability reaches `threshold`, and those of the rules; `logits` holds two a piece. */
export function triggersOf<Rule extends MeetingFrame>(logits: Float32Array, window: Window, threshold: number, rules: RulesByWord<Rule>): Trigger<Rule>[] {
  const triggers: Trigger<Rule>[] = [];
  for (let piece = 0; piece < window.first.length; piece++) {
    if (!window.first[piece]) continue;
    const score = sigmoid((logits[2 * piece + 1] ?? 0) - (logits[2 * piece] ?? 0));
    const word = window.word[piece] ?? -1;
    const { start, end } = window.words[word] ?? { start: 0, end: 0 };
    const rule = rules.get(word);
    // Marks and single letters tell of nothing.
    if ((score >= threshold && end - start > 1) || rule !== undefined) triggers.push({ word, piece, score, rule });
  }
  const least = triggers.flatMap(({ score, rule }) => (rule === undefined ? [score] : [])).sort((a, b) => b - a)[MOST] ?? -1;
  return triggers.filter(({ score, rule }) => rule !== undefined || score > least);
}

/** The trigger's chunk, no further than 120 pieces from it, with the candidates that lie in it whole. */
export function cropMeeting(trigger: Trigger, window: Window, placed: readonly PlacedCandidate[], types: ReturnType<typeof typesOfPieces>, rules: RulesByWord, counts: ReturnType<typeof takingPart>): MeetingCrop & { readonly placed: readonly PlacedCandidate[] } {
  const { from, to, mark, distance } = cropAround({ piece: trigger.piece, words: [trigger.word] }, window, REACH);
  const inside = placed.filter(({ pieces }) => (pieces[0] ?? 0) >= from && (pieces[pieces.length - 1] ?? 0) < to);
  return {
    from, to, mark, distance,
    kinds: types.codes.subarray(from, to), flags: types.flags.subarray(from, to),
    told: mark.map((_, k) => triggerTold(window.word[from + k] ?? -1, trigger.word, rules)),
    candidates: inside.map(({ candidate, pieces, code, flags }) => ({ pieces: pieces.map((piece) => piece - from), code, flags, told: candidateTold(candidate, trigger.rule, counts) })),
    placed: inside,
  };
}

/** A reading from what the model says of one trigger. `score` joins how sure the encoder and the second pass are. */
export function toReading<Rule extends MeetingFrame>(trigger: Trigger<Rule>, window: Window, placed: readonly PlacedCandidate[], { event, candidates }: MeetingLogits): MeetingReading<Rule> {
  const word = window.words[trigger.word] ?? { start: 0, end: 0 };
  const at = { status: 0, kind: STATUSES.length, valid: STATUSES.length + KINDS.length };
  const valid = sigmoid(event[at.valid] ?? 0);
  const logit = (index: number, role: number): number => candidates[3 * index + role] ?? 0;
  const participants = new Map<Candidate, number>();
  const spatial: number[] = [];
  const temporal: number[] = [];
  placed.forEach(({ candidate }, index) => {
    if (candidate.kind === "time") temporal.push(index);
    else {
      spatial.push(index);
      participants.set(candidate, sigmoid(logit(index, PARTICIPANT)));
    }
  });
  const where = shares([event[at.valid + 3] ?? 0, ...spatial.map((index) => logit(index, PLACE))]);
  const when = shares([event[at.valid + 1] ?? 0, event[at.valid + 2] ?? 0, ...temporal.map((index) => logit(index, TIME))]);
  const named = (indexes: readonly number[], values: readonly number[]): Map<Candidate, number> =>
    new Map(indexes.flatMap((index, k) => (placed[index] === undefined ? [] : [[placed[index].candidate, values[k] ?? 0] as const])));
  return {
    trigger: { start: word.start, end: word.end },
    rule: trigger.rule,
    score: trigger.rule === undefined ? Math.sqrt(trigger.score * valid) : valid,
    status: table(STATUSES, shares([...event.subarray(at.status, at.kind)])),
    kind: table(KINDS, shares([...event.subarray(at.kind, at.valid)])),
    participants,
    places: named(spatial, where.slice(1)),
    times: named(temporal, when.slice(2)),
    onPublication: when[0] ?? 0,
    undated: when[1] ?? 0,
  };
}

function shares(logits: readonly number[]): number[] {
  return [...softmax(Float32Array.from(logits), logits.length)];
}

function table<Name extends string>(names: readonly Name[], values: readonly number[]): Record<Name, number> {
  return Object.fromEntries(names.map((name, i) => [name, values[i] ?? 0])) as Record<Name, number>;
}
