import { describe, expect, it } from "vitest";
import { placeCandidates, rulesByWord, typesOfPieces } from "../../lib/reader/candidates.ts";
import type { Candidate, MeetingFrame } from "../../lib/reader/types.ts";
import type { Window } from "../../lib/reader/windows.ts";

// "Roe met Doe": a window of three words, the last one of two pieces.
const window: Window = {
  ids: [101, 5, 6, 7, 8, 102], features: [0, 0, 0, 0, 0, 0], words: [{ start: 0, end: 3 }, { start: 4, end: 7 }, { start: 8, end: 11 }].map((w) => ({ ...w, text: "" })) as unknown as Window["words"],
  word: [-1, 0, 1, 2, 2, -1], first: [false, true, true, true, false, false], chunk: [-1, 0, 0, 0, 0, -1],
};

function candidate(start: number, end: number, more: Partial<Candidate> = {}): Candidate {
  return { start, end, kind: "person", type: "name", inTitle: false, possessive: false, locative: false, proxy: false, weak: false, ...more };
}

function rule(start: number, end: number): MeetingFrame {
  const trigger = { start, end };
  return { trigger, evidence: trigger, participants: [], place: [], date: [], kind: "Meeting", status: "held", score: 0.8 };
}

describe("candidates in a window", () => {
  it("have the pieces of their words", () => {
    expect(placeCandidates([candidate(0, 3), candidate(8, 11)], window).map(({ pieces }) => pieces)).toEqual([[1], [3, 4]]);
  });

  it("are left out where they have no word there", () => {
    expect(placeCandidates([candidate(3, 4), candidate(12, 20)], window)).toEqual([]);
  });

  it("are told apart by kind, type and flags", () => {
    const codes = placeCandidates([candidate(0, 3), candidate(0, 3, { kind: "state" }), candidate(0, 3, { type: "pronoun" }), candidate(0, 3, { kind: "time" })], window).map(({ code }) => code);
    expect(new Set(codes).size).toBe(4);
    expect(placeCandidates([candidate(0, 3, { inTitle: true, weak: true })], window)[0]?.flags).toBe(17);
  });

  it("give each piece the shortest of those over it", () => {
    const placed = placeCandidates([candidate(0, 11, { kind: "organisation" }), candidate(8, 11, { kind: "state" })], window);
    const { codes } = typesOfPieces(placed, window.ids.length);
    expect([codes[0], codes[1] === placed[0]?.code, codes[3] === placed[1]?.code]).toEqual([0, true, true]);
  });
});

describe("meetings of the rules in a window", () => {
  it("belong to the word of their trigger", () => {
    expect([...rulesByWord([rule(4, 7), rule(20, 24)], window).keys()]).toEqual([1]);
  });
});
