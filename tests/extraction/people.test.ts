import { describe, expect, it } from "vitest";
import { EntityTable } from "../../lib/extraction/entities.ts";
import { findMentions } from "../../lib/extraction/mentions.ts";
import { findNominals } from "../../lib/extraction/nominals.ts";
import { besidePeople, findPeople } from "../../lib/extraction/people.ts";
import { loadGazetteer } from "../../lib/gazetteer/index.ts";
import { readDocument } from "../../lib/text/document.ts";

const gazetteer = loadGazetteer();

/** The people without a name in a text: their words, and whom they are; and what else is named beside them. */
function people(text: string): { found: [words: string, entity: string][]; beside: string[] } {
  const document = readDocument(text);
  const entities = new EntityTable(gazetteer, "2025-03-05");
  const context = { document, gazetteer, entities, on: "2025-03-05" };
  const names = findMentions(context, []);
  const named = [...names, ...findNominals(context, names)].sort((a, b) => a.start - b.start);
  const found = findPeople(context, named);
  return {
    found: found.map(({ start, end, entity }) => [text.slice(start, end), entities.nameOf(entity)]),
    beside: besidePeople(named, found).map(({ start, end }) => text.slice(start, end)),
  };
}

describe("people without a name", () => {
  it("are called by their noun and what stands before it", () => {
    expect(people("Macron met Syrian rebels and opposition leaders.").found.map(([words]) => words)).toEqual(["Syrian rebels", "opposition leaders"]);
    expect(people("Macron met Casamance separatists.").found.map(([words]) => words)).toEqual(["Casamance separatists"]);
    expect(people("Talks with Russian-backed separatists began.").found.map(([words]) => words)).toEqual(["Russian-backed separatists"]);
  });

  it("are the same where their noun alone calls them later", () => {
    expect(people("Macron met Syrian rebels. The rebels will meet him again.").found.map(([, entity]) => entity)).toEqual(["Syrian rebels", "Syrian rebels"]);
    expect(people("Tribal leaders met in Sana'a. Talks with the Houthis and the tribals failed.").found).toHaveLength(1);
  });

  it("are somebody in particular, not leaders of anybody", () => {
    expect(people("Macron met leaders and members of the club.").found).toEqual([]);
    expect(people("Macron met the French opposition leader.").found).toEqual([]);
  });

  it("take the place of what was held for their state", () => {
    expect(people("Macron met Venezuelan opposition officials.").beside).not.toContain("Venezuelan opposition officials");
  });

  it("are looked for where a word may tell of a meeting", () => {
    expect(people("Syrian rebels took the town.").found).toEqual([]);
  });
});
