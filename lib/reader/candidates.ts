import { firstIndex } from "../text/search.ts";
import type { RulesByWord } from "./told.ts";
import type { Candidate, MeetingFrame } from "./types.ts";
import type { Window } from "./windows.ts";

/** Columns of the model's table of mentions: kind times type. The order is that of the training. */
const KINDS = ["none", "person", "state", "organisation", "group", "medium", "place", "time"] as const;
const TYPES = ["name", "nominal", "pronoun", "metonym", "demonym", "none"] as const;

/** A candidate as the model takes it: the pieces of its words, and its rows of the tables. */
export interface PlacedCandidate {
  readonly candidate: Candidate;
  /** Pieces of the window, ascending; never empty. */
  readonly pieces: readonly number[];
  readonly code: number;
  readonly flags: number;
}

function codeOf({ kind, type }: Candidate): number {
  return KINDS.indexOf(kind) * TYPES.length + TYPES.indexOf(kind === "time" ? "none" : type);
}

function flagsOf({ inTitle, possessive, locative, proxy, weak }: Candidate): number {
  return Number(inTitle) + 2 * Number(possessive) + 4 * Number(locative) + 8 * Number(proxy) + 16 * Number(weak);
}

/** Those of some items, sorted by start, that begin among the words of a window. */
function beginningIn<Item>(items: readonly Item[], startOf: (item: Item) => number, { words }: Window): Item[] {
  const from = words[0]?.start ?? Infinity;
  const to = words[words.length - 1]?.end ?? -Infinity;
  const first = (offset: number): number => firstIndex(items.length, (i) => startOf(items[i] as Item) >= offset);
  return items.slice(first(from), first(to));
}

/** The candidates that have words in a window, in their order; `candidates` are sorted by start. */
export function placeCandidates(candidates: readonly Candidate[], window: Window): PlacedCandidate[] {
  const { words, word } = window;
  const firstPiece: number[] = [];
  const lastPiece: number[] = [];
  for (const [piece, index] of word.entries()) {
    if (index < 0) continue;
    firstPiece[index] ??= piece;
    lastPiece[index] = piece;
  }
  const placed: PlacedCandidate[] = [];
  for (const candidate of beginningIn(candidates, ({ start }) => start, window)) {
    const from = firstEndingAfter(words, candidate.start);
    let to = from;
    while (to < words.length && (words[to]?.start ?? Infinity) < candidate.end) to++;
    if (to === from) continue;
    const first = firstPiece[from] ?? 0;
    const last = lastPiece[to - 1] ?? first;
    const pieces = Array.from({ length: last - first + 1 }, (_, k) => first + k).filter((piece) => (word[piece] ?? -1) >= 0);
    placed.push({ candidate, pieces, code: codeOf(candidate), flags: flagsOf(candidate) });
  }
  return placed;
}

/** The meetings that rules read in a window, by the first word of their trigger; `rules` are in the order of their triggers. */
export function rulesByWord<Rule extends MeetingFrame>(rules: readonly Rule[], window: Window): RulesByWord<Rule> {
  const found = new Map<number, Rule>();
  for (const rule of beginningIn(rules, ({ trigger }) => trigger.start, window)) {
    const word = firstEndingAfter(window.words, rule.trigger.start);
    if ((window.words[word]?.start ?? Infinity) < rule.trigger.end) found.set(word, rule);
  }
  return found;
}

/** Words neither overlap nor go back, so the ends ascend. */
function firstEndingAfter(words: Window["words"], offset: number): number {
  return firstIndex(words.length, (i) => (words[i]?.end ?? 0) > offset);
}

/** What each piece of a window belongs to: of overlapping candidates the shortest, of equal ones the first. */
export function typesOfPieces(placed: readonly PlacedCandidate[], length: number): { readonly codes: Int32Array; readonly flags: Int32Array } {
  const codes = new Int32Array(length);
  const flags = new Int32Array(length);
  const shortest = new Float64Array(length).fill(Infinity);
  for (const { pieces, code, flags: own } of placed) {
    for (const piece of pieces) {
      if (pieces.length >= (shortest[piece] ?? Infinity)) continue;
      shortest[piece] = pieces.length;
      codes[piece] = code;
      flags[piece] = own;
    }
  }
  return { codes, flags };
}
