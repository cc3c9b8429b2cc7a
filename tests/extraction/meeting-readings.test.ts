import { describe, expect, it } from "vitest";
import { EntityTable } from "../../lib/extraction/entities.ts";
import type { RuleFrame } from "../../lib/extraction/meeting-frames.ts";
import { toFrames } from "../../lib/extraction/meeting-readings.ts";
import type { WorkingMention } from "../../lib/extraction/mention.ts";
import { loadGazetteer } from "../../lib/gazetteer/index.ts";
import type { Candidate, MeetingReading } from "../../lib/reader/types.ts";
import { readDocument } from "../../lib/text/document.ts";

const text = "Poe is ready to host talks between Roe and Doe, and met Roe at the summit of ACME in Oslo on Monday.";
const document = readDocument(text);
const entities = new EntityTable(loadGazetteer(), "2025-03-05");

function span(words: string, from = 0): { start: number; end: number } {
  const start = text.indexOf(words, from);
  return { start, end: start + words.length };
}

function candidate(words: string, kind: Candidate["kind"], from = 0): Candidate {
  return { ...span(words, from), kind, type: "name", inTitle: false, possessive: false, locative: false, proxy: false, weak: false };
}

const [poe, roe, doe, again, acme] = [candidate("Poe", "person"), candidate("Roe", "person"), candidate("Doe", "person"), candidate("Roe", "person", 50), candidate("ACME", "organisation")];
const mentionOf = new Map([poe, roe, doe, again, acme].map((c) => [c, { ...c, first: 0, last: 1, entity: `#${text.slice(c.start, c.end)}` } as WorkingMention]));

function rule(trigger: string, participants: readonly Candidate[], more: Partial<RuleFrame> = {}): RuleFrame {
  return {
    trigger: span(trigger), evidence: span(trigger), participants: participants.map(({ start, end }) => ({ start, end })), place: [], date: [], kind: "Meeting", status: "held", score: 0.8,
    definite: false, explicitSides: false, sentence: 0, present: false, ...more,
  };
}

function reading(trigger: string, score: number, participants: readonly Candidate[], more: Partial<MeetingReading<RuleFrame>> = {}): MeetingReading<RuleFrame> {
  return {
    trigger: span(trigger), rule: undefined, score, participants: new Map([poe, roe, doe, again, acme].map((c) => [c, participants.includes(c) ? 0.9 : 0.01])),
    status: { held: 0.6, planned: 0.1, possible: 0.1, cancelled: 0.1, postponed: 0.05, refused: 0.05 },
    kind: { PhoneCall: 0, VideoCall: 0, Summit: 0, Visit: 0, Talks: 0.5, Session: 0, Meeting: 0.5 },
    places: new Map(), times: new Map(), onPublication: 0.1, undated: 0.9, ...more,
  };
}

function framesOf(...readings: MeetingReading<RuleFrame>[]): RuleFrame[] {
  return toFrames({ document, entities, excluded: [] }, readings, { all: [], mentionOf });
}

describe("the meetings of a text by rules and model", () => {
  it("are those of the rules that the model holds for likely, and those it is sure of itself", () => {
    const told = rule("talks", [roe, doe]);
    expect(framesOf(reading("talks", 0.95, [roe, doe], { rule: told })).map((f) => f.evidence)).toEqual([told.evidence]);
    expect(framesOf(reading("talks", 0.3, [roe], { rule: told }))).toEqual([]);
    expect(framesOf(reading("talks", 0.3, [roe, doe], { rule: told }))).toHaveLength(1);
    expect(framesOf(reading("talks", 0.01, [roe, doe], { rule: told }))).toEqual([]);
    expect(framesOf(reading("talks", 0.3, [roe, doe]))).toEqual([]);
    const [own] = framesOf(reading("talks", 0.95, [roe, doe]));
    expect(own).toMatchObject({ kind: "Talks", status: "held", participants: [span("Roe"), span("Doe")], evidence: { start: span("talks").start, end: span("Doe").end }, present: false });
  });

  it("are those visits of the rules that the model reads of the same visitor and place", () => {
    const oslo = candidate("Oslo", "place");
    const visit = rule("met", [poe], { kind: "Visit", place: [span("Oslo")] });
    const framesAt = (share: number): RuleFrame[] => framesOf(reading("met", 0.3, [poe], { rule: visit, places: new Map([[oslo, share]]) }));
    expect(framesAt(0.9)).toHaveLength(1);
    expect(framesAt(0.3)).toEqual([]);
  });

  it("keep what a rule knows that takes another word of the clause for the trigger", () => {
    const hosted = rule("host", [roe, doe], { host: span("Poe"), status: "possible" });
    const frames = framesOf(reading("host", 0.01, [roe, doe], { rule: hosted }), reading("talks", 0.95, [roe, doe, poe]));
    expect(frames).toEqual([{ ...hosted, score: 0.95 }]);
  });

  it("take no occasion of a meeting for another one", () => {
    const summit = { ...reading("summit", 0.95, [poe, again, acme]).kind, Talks: 0, Meeting: 0, Summit: 1 };
    const frames = framesOf(reading("met", 0.95, [poe, again], { rule: rule("met", [poe, again]) }), reading("summit", 0.95, [poe, again, acme], { kind: summit }));
    expect(frames.map((f) => f.kind)).toEqual(["Meeting"]);
  });

  it("take nothing from what is no part of the article", () => {
    const excluded = [{ start: 0, end: text.length }];
    expect(toFrames({ document, entities, excluded }, [reading("talks", 0.95, [roe, doe])], { all: [], mentionOf })).toEqual([]);
  });
});
