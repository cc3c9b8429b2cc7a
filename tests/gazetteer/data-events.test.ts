import { describe, expect, it } from "vitest";
import { loadGazetteer } from "../../lib/gazetteer/load-gazetteer.ts";

const { events } = loadGazetteer();

/** Dates of the events that a phrase names by most words, as `EventEntry.words` promises. */
function datesOf(phrase: string): string[] {
  const whole = phrase.toLowerCase().match(/[\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)*/gu) ?? [];
  const words = new Set([...whole, ...whole.flatMap((word) => word.split("-"))]);
  const sizes = events.map((event) => Math.max(0, ...event.words.filter((set) => set.every((word) => words.has(word))).map((set) => set.length)));
  const most = Math.max(...sizes);
  return most === 0 ? [] : [...new Set(events.filter((_, index) => sizes[index] === most).map((event) => event.date))];
}

describe("dated events", () => {
  it.each([
    ["Russia's full-scale invasion of Ukraine", "2022-02-24"],
    ["the Russian invasion of Ukraine", "2022-02-24"],
    ["Moscow’s full-scale invasion of its neighbour Ukraine", "2022-02-24"],
    ["Russia's annexation of Crimea", "2014-03-18"],
    ["Hamas's October 7 attack on Israel", "2023-10-07"],
    ["the October 7 attacks", "2023-10-07"],
    ["the September 11 attacks", "2001-09-11"],
    ["9/11", "2001-09-11"],
    ["the US-led invasion of Iraq", "2003-03-20"],
    ["Iraq's invasion of Kuwait", "1990-08-02"],
    ["the fall of Kabul to the Taliban", "2021-08-15"],
    ["the fall of the Berlin Wall", "1989-11-09"],
    ["the killing of Jamal Khashoggi", "2018-10-02"],
    ["the end of World War II", "1945-09-02"],
    ["the atomic bombing of Hiroshima", "1945-08-06"],
    ["the Good Friday Agreement", "1998-04-10"],
    ["the Srebrenica massacre", "1995-07-11"],
    ["Ukraine's independence", "1991-08-24"],
    ["South Sudan's independence", "2011-07-09"],
    ["the military coup in Myanmar", "2021-02-01"],
    ["the Oslo accords", "1993-09-13"],
    ["the 2015 Iran nuclear deal", "2015-07-14"],
  ])("%s: %s", (phrase, date) => {
    expect(datesOf(phrase)).toEqual([date]);
  });

  it.each(["the invasion", "their wedding", "diplomatic relations", "the founding of the company", "the war", "independence", "7 years of talks"])(
    "%s is no event",
    (phrase) => {
      expect(datesOf(phrase)).toEqual([]);
    },
  );

  it("never asks for a bare number or a lone common word", () => {
    const weak = events.flatMap((event) => event.words.filter((set) => new Set(set).size === 1 && /^(\d+|war|attack|independence|invasion|agreement)$/.test(set[0] ?? "")));
    expect(weak).toEqual([]);
  });
});
