import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Corpora, madeUpEntries } from "../../bench/evaluate-corpora.ts";
import { entityMeasures, officeHolders, unlinkedLines } from "../../bench/evaluate-entities.ts";
import { eventStatements, parseStandoff } from "../../bench/evaluate-gold.ts";
import { eventsMeasures, share, type EventsScore } from "../../bench/evaluate-measures.ts";
import { statementMisses } from "../../bench/evaluate-misses.ts";
import { runTool } from "../../bench/evaluate-tools.ts";
import type { Entity, Extraction, Statement } from "../../lib/extraction/types.ts";
import { loadGazetteer } from "../../lib/gazetteer/index.ts";

// The corpora are not in the repository: these tests bring small ones of their own.

function extraction(id: string, parts: { entities?: readonly Entity[]; statements?: readonly Statement[] }): Extraction {
  return { id, entities: [], mentions: [], statements: [], meetings: [], versions: { software: "0", model: "0", gazetteer: "0" }, ...parts };
}

function said(text: string, source: string, cue: string, content: string, speakers: readonly string[]): Statement {
  const spans = (part: string) => {
    const start = Array.from(text.slice(0, text.indexOf(part))).length;
    return [{ start, end: start + Array.from(part).length }];
  };
  return {
    content: spans(content), cue: spans(cue), source: spans(source), speakers, reportedBy: null, addressee: null, kind: "indirect", mode: "speech", about: [],
    confidence: 1, support: {},
  };
}

describe("office holders", () => {
  const gazetteer = loadGazetteer();
  const person = (name: string) => ({ name, type: "person" });
  const gold = (...names: string[]) => [{ id: "a", meetings: [{ participants: names.map(person) }], statements: [] }];
  const article = { id: "a", published: "2024-06-17", text: "" };
  const putin: Entity = { key: "person/vladimir-putin", kind: "person", name: "Vladimir Putin", names: ["Putin"], wikidata: "Q7747" };

  it("are the persons in office on the article's date, once an article", () => {
    const of = (published: string, ...names: string[]) => officeHolders(gazetteer, [{ ...article, published }], gold(...names), []).map(({ name }) => name);
    expect(of("2024-06-17", "Vladimir Putin", "Vladimir Putin", "Ned Nobody")).toEqual(["Vladimir Putin"]);
    expect(of("2024-06-17", "Angela Merkel")).toEqual([]);
    expect(of("2015-06-17", "Angela Merkel")).toEqual(["Angela Merkel"]);
  });

  it("are linked by the key of their entry alone", () => {
    const local: Entity = { key: "#person-putin", kind: "person", name: "Putin", names: ["Putin"] };
    const linked = officeHolders(gazetteer, [article], gold("Vladimir Putin"), [extraction("a", { entities: [putin] })]);
    const unlinked = officeHolders(gazetteer, [article], gold("Vladimir Putin"), [extraction("a", { entities: [local] })]);
    expect(linked.map((holder) => holder.linked)).toEqual([true]);
    expect(unlinked.map((holder) => holder.linked)).toEqual([false]);
    expect(unlinkedLines([...linked, ...unlinked], 5)).toEqual(["- a Vladimir Putin is person/vladimir-putin; came out as #person-putin"]);
    expect(entityMeasures([...linked, ...unlinked], []).map(({ figure }) => figure)).toEqual([".500", "0"]);
  });

  it("count every linked id, and how many different ones", () => {
    const measures = entityMeasures([], [extraction("a", { entities: [putin] }), extraction("b", { entities: [putin] })]);
    expect(measures.map(({ measure, figure }) => [measure, figure])).toContainEqual(["linked ids, of 1 items", "2"]);
  });
});

describe("measures", () => {
  it("have three decimals, and a dash where there is nothing to share", () => {
    expect([0.8333, 1, 0, null].map(share)).toEqual([".833", "1.000", ".000", "–"]);
  });

  it("are taken on the entries that are in the repository, each with the words of its meetings", async () => {
    const entries = await madeUpEntries();
    expect(entries.length).toBeGreaterThan(1000);
    expect(entries.filter(({ text, meetings }) => meetings.some(({ evidence }) => !text.includes(evidence)))).toEqual([]);
  });

  it("tell speech from all statements", () => {
    const prf = (f1: number) => ({ p: f1, r: f1, f1 });
    const score = (f1: number): EventsScore => ({
      "meeting found": prf(0), "meeting right": prf(0), participants: prf(0), "status accuracy": 0, "kind accuracy": 0, "date accuracy": 0, "false dates": null,
      "place accuracy": 0, "statement found": prf(f1), "statement with speaker": prf(f1 / 2),
    });
    const rows = eventsMeasures(score(0.6), score(0.8)).map(({ measure, figure }) => [measure, figure]);
    expect(rows).toContainEqual(["statement found", ".600"]);
    expect(rows).toContainEqual(["statement found, speech only", ".800"]);
    expect(rows).toContainEqual(["statement with speaker, speech only", ".400"]);
  });
});

describe("misses of statements", () => {
  // A character outside the basic plane, so that code points and UTF-16 units differ.
  const text = "😀 Anna Meier said the talks failed. Bo Lund denied it had begun.";
  const first = said(text, "Anna Meier", "said", "the talks failed", ["#anna"]);
  const second = said(text, "Bo Lund", "denied", "it had begun", ["#bo"]);
  const entities: Entity[] = [{ key: "#anna", kind: "person", name: "Anna Meier", names: [] }, { key: "#bo", kind: "person", name: "Bo Lund", names: [] }];
  const events = {
    id: "a", meetings: [],
    statements: [{ speaker: { name: "Anna Meier", type: "person" }, content: "the talks failed", cue: "said" }, { speaker: { name: "Bo Lund", type: "person" }, content: "it had begun", cue: "denied" }],
  };
  const misses = (statements: readonly Statement[], gold = events, most = 9) => {
    const read = extraction("a", { entities, statements });
    return statementMisses("a", text, eventStatements(text, gold, read), read, most);
  };

  it("are none where all is right", () => expect(misses([first, second])).toEqual([]));

  it("name what was missed, what is not in the gold, and what came from another", () => {
    expect(misses([first])).toEqual(["- a Bo Lund [denied] it had begun"]);
    expect(misses([first, second], { ...events, statements: events.statements.slice(0, 1) })).toEqual(["+ a Bo Lund [denied] it had begun (speech)"]);
    expect(misses([{ ...first, speakers: ["#bo"] }, second])).toEqual(["~ a Anna Meier [said] the talks failed; came out as of #bo (Anna Meier)"]);
    expect(misses([], events, 1)).toHaveLength(1);
  });

  it("take joint speakers for one statement", () => {
    const joint = [events.statements[0], { speaker: { name: "Bo Lund", type: "person" }, content: "the talks failed", cue: "said" }].filter((one) => one !== undefined);
    expect(misses([first], { ...events, statements: joint })).toEqual([]);
  });

  it("read standoff annotations, whose spans may be in parts", () => {
    const lines = "T1\tSource 2 12\tx\nT2\tCue 13 17\tx\nT3\tContent 18 21;28 34\tx\nE1\tSource:T1 Cue:T2 Content:T3\nE2\tCue:T2\n";
    const gold = parseStandoff(lines, text);
    expect(gold.map(({ source, cue, content }) => [source, cue, content])).toEqual([["Anna Meier", "said", [{ start: 18, end: 21 }, { start: 28, end: 34 }]]]);
    expect(gold[0]?.sameSource(first)).toBe(true);
    expect(gold[0]?.sameSource(second)).toBe(false);
  });
});

describe("corpora and scorers", () => {
  let folder = "";
  beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), "communique-evaluate-test-"))));
  afterAll(() => rmSync(folder, { recursive: true }));

  it("that are not there are named", () => {
    expect(() => new Corpora(folder)).toThrow(expect.objectContaining({ code: "input-not-found" }));
    expect(() => new Corpora(folder)).toThrow(/--shared/);
    expect(() => runTool("x.py", [], join(folder, "no-python"))).toThrow(expect.objectContaining({ code: "input-not-found" }));
  });

  it("that fail do not pass for ones that found nothing", () => {
    const script = join(folder, "fails.mjs");
    writeFileSync(script, "process.exit(3)");
    expect(() => runTool(script, [], process.execPath)).toThrow(/exit code 3/);
  });
});
