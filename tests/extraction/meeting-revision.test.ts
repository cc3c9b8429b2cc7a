import { describe, expect, it } from "vitest";
import { EntityTable } from "../../lib/extraction/entities.ts";
import type { RuleFrame } from "../../lib/extraction/meeting-frames.ts";
import { revise } from "../../lib/extraction/meeting-revision.ts";
import type { WorkingMention } from "../../lib/extraction/mention.ts";
import { loadGazetteer } from "../../lib/gazetteer/index.ts";
import type { Candidate, MeetingReading } from "../../lib/reader/types.ts";

// "Roe meets Doe in Oslo on Monday, Poe says."
const text = "Roe meets Doe in Oslo on Monday, Poe says.";

function candidate(words: string, kind: Candidate["kind"]): Candidate {
  const start = text.indexOf(words);
  return { start, end: start + words.length, kind, type: "name", inTitle: false, possessive: false, locative: kind === "place", proxy: false, weak: false };
}

const [roe, doe, poe, oslo, monday] = [candidate("Roe", "person"), candidate("Doe", "person"), candidate("Poe", "person"), candidate("Oslo", "place"), candidate("Monday", "time")];
const mentionOf = new Map([roe, doe, poe, oslo].map((c) => [c, { ...c, first: 0, last: 1, entity: `#${c.kind}-${c.start}` } as WorkingMention]));
const entities = new EntityTable(loadGazetteer(), "2025-03-05");
const span = ({ start, end }: Candidate): { start: number; end: number } => ({ start, end });

const rule: RuleFrame = {
  trigger: { start: 4, end: 9 }, evidence: { start: 0, end: 13 }, participants: [span(roe), span(doe)], place: [], date: [], kind: "Meeting", status: "held", score: 0.8,
  definite: false, explicitSides: false, sentence: 0, present: true,
};

/** What the model makes of it: unsure of everything, but for what is given. */
function reading(more: Partial<MeetingReading<RuleFrame>> = {}): MeetingReading<RuleFrame> {
  return {
    trigger: rule.trigger, rule, score: 0.9,
    status: { held: 0.4, planned: 0.3, possible: 0.1, cancelled: 0.1, postponed: 0.05, refused: 0.05 },
    kind: { PhoneCall: 0.1, VideoCall: 0.1, Summit: 0.1, Visit: 0.3, Talks: 0.1, Session: 0.1, Meeting: 0.2 },
    participants: new Map([[roe, 0.5], [doe, 0.5], [poe, 0.5], [oslo, 0.1]]),
    places: new Map([[oslo, 0.4]]), times: new Map([[monday, 0.4]]), onPublication: 0.3, undated: 0.3,
    ...more,
  };
}

describe("what the model makes of a meeting that the rules read", () => {
  it("stays as they read it where the model is unsure, but for how likely it is", () => {
    expect(revise(rule, reading(), mentionOf, entities)).toEqual({ ...rule, score: 0.9 });
  });

  it("is called otherwise where it is sure", () => {
    const sure = reading({ status: { held: 0.05, planned: 0.9, possible: 0.05, cancelled: 0, postponed: 0, refused: 0 }, kind: { PhoneCall: 0, VideoCall: 0, Summit: 0, Visit: 0.97, Talks: 0, Session: 0, Meeting: 0.03 } });
    expect(revise(rule, sure, mentionOf, entities)).toMatchObject({ status: "planned", kind: "Visit" });
  });

  it("gains who surely takes part and loses who surely does not", () => {
    const sure = reading({ participants: new Map([[roe, 0.9], [doe, 0.05], [poe, 0.9], [oslo, 0.9]]) });
    expect(revise(rule, sure, mentionOf, entities)).toMatchObject({ participants: [span(roe), span(poe)], evidence: { start: 0, end: poe.end } });
  });

  it("stays possible where the model holds it planned, and its host is no side", () => {
    const talks: RuleFrame = { ...rule, status: "possible", host: span(poe) };
    const sure = reading({ rule: talks, status: { held: 0, planned: 0.99, possible: 0.01, cancelled: 0, postponed: 0, refused: 0 }, participants: new Map([[roe, 0.9], [doe, 0.9], [poe, 0.99]]) });
    expect(revise(talks, sure, mentionOf, entities)).toMatchObject({ status: "possible", participants: [span(roe), span(doe)] });
  });

  it("gains no state beside the person who stands for it, but on a visit", () => {
    const putin = candidate("Roe", "person");
    const russia = candidate("Poe", "state");
    const named = new Map([[putin, { ...putin, entity: "person/vladimir-putin" } as WorkingMention], [doe, mentionOf.get(doe) as WorkingMention], [russia, { ...russia, entity: "state/russia" } as WorkingMention]]);
    const sure = reading({ participants: new Map([[putin, 0.9], [doe, 0.9], [russia, 0.95]]) });
    expect(revise(rule, sure, named, entities).participants).toEqual([span(putin), span(doe)]);
    const visit: RuleFrame = { ...rule, kind: "Visit" };
    expect(revise(visit, { ...sure, rule: visit }, named, entities).participants).toEqual([span(putin), span(doe), span(russia)]);
  });

  it("gains a place and a day that the rules missed, and keeps theirs", () => {
    const sure = reading({ places: new Map([[oslo, 0.9]]), times: new Map([[monday, 0.9]]), undated: 0.05, onPublication: 0.05 });
    expect(revise(rule, sure, mentionOf, entities)).toMatchObject({ place: [span(oslo)], date: [span(monday)], present: false });
    const told = { ...rule, place: [span(oslo)], date: [span(monday)], present: false };
    expect(revise(told, { ...reading(), rule: told }, mentionOf, entities)).toMatchObject({ place: [span(oslo)], date: [span(monday)] });
  });

  it("loses a day that the model is sure is not told", () => {
    expect(revise(rule, reading({ undated: 0.9, onPublication: 0.05, times: new Map([[monday, 0.05]]) }), mentionOf, entities)).toMatchObject({ date: [], present: false });
  });
});
