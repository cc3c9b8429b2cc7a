import { describe, expect, it } from "vitest";
import { candidateTold, takingPart, triggerTold } from "../../lib/reader/told.ts";
import type { Candidate, MeetingFrame } from "../../lib/reader/types.ts";

const roe = { start: 0, end: 3 };
const oslo = { start: 20, end: 24 };
const monday = { start: 28, end: 34 };
const own: MeetingFrame = { trigger: { start: 4, end: 7 }, evidence: { start: 0, end: 34 }, participants: [roe], place: [oslo], date: [monday], kind: "Meeting", status: "planned", score: 0.8 };

function candidate(span: { start: number; end: number }, kind: Candidate["kind"]): Candidate {
  return { ...span, kind, type: "name", inTitle: false, possessive: false, locative: false, proxy: false, weak: false };
}

describe("what rules read, for the model", () => {
  it("tells the trigger by its status, and those of other meetings", () => {
    const rules = new Map([[1, own], [5, { ...own, status: "held" as const }]]);
    expect([triggerTold(1, 1, rules), triggerTold(5, 1, rules), triggerTold(2, 1, rules)]).toEqual([2, 7, 0]);
  });

  it("tells what a candidate is taken for", () => {
    const counts = takingPart(new Map([[1, own]]));
    expect(candidateTold(candidate(roe, "person"), own, counts)).toBe(1);
    expect(candidateTold(candidate(roe, "person"), undefined, counts)).toBe(2);
    expect(candidateTold(candidate(roe, "person"), own, takingPart(new Map([[1, own], [5, own]])))).toBe(3);
    expect(candidateTold(candidate(oslo, "place"), own, counts)).toBe(4);
    expect(candidateTold(candidate({ start: 25, end: 34 }, "time"), own, counts)).toBe(8);
    expect(candidateTold(candidate({ start: 40, end: 44 }, "state"), own, counts)).toBe(0);
  });
});
