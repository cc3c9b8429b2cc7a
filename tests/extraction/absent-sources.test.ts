import { describe, expect, it } from "vitest";
import { absentSource } from "../../lib/extraction/absent-sources.ts";
import { EntityTable } from "../../lib/extraction/entities.ts";
import { findMentions } from "../../lib/extraction/mentions.ts";
import { loadGazetteer } from "../../lib/gazetteer/index.ts";
import { readDocument } from "../../lib/text/document.ts";

const gazetteer = loadGazetteer();

/** Who speaks by a cue whose source the reader left empty; `said` are the cue and the speaker of the attribution before. */
function speakers(text: string, cue: string, said?: readonly [cue: string, speaker: string]): readonly string[] {
  const document = readDocument(text);
  const entities = new EntityTable(gazetteer, "2025-03-05");
  const mentions = findMentions({ document, gazetteer, entities, on: "2025-03-05" }, []);
  const at = (words: string): { start: number; end: number } => ({ start: text.indexOf(words), end: text.indexOf(words) + words.length });
  const last = said === undefined ? undefined : { cue: [at(said[0])], speakers: [said[1]], support: new Map([[said[1], at("Macron")]]) };
  return absentSource({ document, entities, mentions }, { cue: [at(cue)], source: [], content: [], score: 1 }, last).keys;
}

describe("who speaks where no source was found", () => {
  it("is the subject behind the verb", () => {
    expect(speakers("“We are leaving,” wrote President Emmanuel Macron on Monday.", "wrote")).toEqual(["person/emmanuel-macron"]);
    expect(speakers("“We are leaving.” The paper wrote Macron off.", "wrote")).toEqual([]);
  });

  it("is that of the verb before, behind “and”", () => {
    const text = "Emmanuel Macron rejected the plan and says it is dead.";
    expect(speakers(text, "says", ["rejected", "person/emmanuel-macron"])).toEqual(["person/emmanuel-macron"]);
    expect(speakers("Macron rejected the plan. It is dead, says nobody.", "says", ["rejected", "person/emmanuel-macron"])).toEqual([]);
  });

  it("is the subject of the sentence that a participle ends", () => {
    expect(speakers("French President Emmanuel Macron refuses to meet the club saying it is dead.", "saying")).toEqual(["person/emmanuel-macron"]);
    expect(speakers("In Paris, Emmanuel Macron refuses to meet the club saying it is dead.", "saying")).toEqual([]);
  });
});
