import { describe, expect, it } from "vitest";
import { findAsserted } from "../../lib/extraction/asserted.ts";
import type { Attribution } from "../../lib/extraction/attribution.ts";
import { EntityTable } from "../../lib/extraction/entities.ts";
import { findMentions } from "../../lib/extraction/mentions.ts";
import { loadGazetteer } from "../../lib/gazetteer/index.ts";
import { readDocument } from "../../lib/text/document.ts";
import type { Span } from "../../lib/text/types.ts";

const gazetteer = loadGazetteer();

/** What plain sentences of a text say by rule: source, cue and content of each. */
function asserted(text: string, read: readonly Attribution[] = [], quotes: readonly Span[] = []): string[][] {
  const document = readDocument(text);
  const mentions = findMentions({ document, gazetteer, entities: new EntityTable(gazetteer, "2025-03-05"), on: "2025-03-05" }, []);
  const words = (spans: readonly Span[]): string => spans.map(({ start, end }) => text.slice(start, end)).join(" … ");
  return findAsserted(document, read, mentions, quotes).map(({ source, cue, content }) => [words(source), words(cue), words(content)]);
}

describe("plain sentences that the reader missed", () => {
  it("say what follows “that”", () => {
    expect(asserted("French President Emmanuel Macron states that the plan is dead.")).toEqual([["French President Emmanuel Macron", "states", "the plan is dead"]]);
    expect(asserted("Macron states the obvious.")).toEqual([]);
  });

  it("threaten with a thing or a deed, and not with when it is done", () => {
    expect(asserted("Iran threatens a boycott of the talks.")).toEqual([["Iran", "threatens", "a boycott of the talks"]]);
    expect(asserted("France and Germany have previously threatened to close the port after the vote.")).toEqual([["France and Germany", "threatened", "close the port"]]);
    expect(asserted("The truce in Syria is threatened by new attacks.")).toEqual([]);
  });

  it("thank somebody for something", () => {
    expect(asserted("Emmanuel Macron thanks Olaf Scholz for having kept the port open.")).toEqual([["Emmanuel Macron", "thanks", "having kept the port open"]]);
    expect(asserted("Emmanuel Macron thanks Olaf Scholz. The talks go on for days.")).toEqual([]);
  });

  it("are left to the reader where it has read them, and to the quotation that they stand in", () => {
    const text = "Iran threatens a boycott of the talks.";
    const at = (words: string): Span => ({ start: text.indexOf(words), end: text.indexOf(words) + words.length });
    expect(asserted(text, [{ cue: [at("threatens")], source: [at("Iran")], content: [at("a boycott")], score: 1 }])).toEqual([]);
    expect(asserted(text, [], [at(text)])).toEqual([]);
  });
});
