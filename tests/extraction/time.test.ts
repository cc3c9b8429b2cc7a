import { describe, expect, it } from "vitest";
import { timeExpressions } from "../../lib/extraction/time.ts";

/** 2025-03-05 was a Wednesday. */
const WEDNESDAY = "2025-03-05";
const read = (text: string, future = false, reference: string | undefined = WEDNESDAY): (string | undefined)[] => {
  const found = timeExpressions(text, 0, reference, future)[0];
  return found === undefined ? [] : [found.text, found.earliest, found.latest, found.lastDay, found.precision].filter((x) => x !== undefined);
};

describe("timeExpressions", () => {
  it.each([
    ["met on Monday", false, ["Monday", "2025-03-03", "2025-03-03", "day"]],
    ["will meet on Monday", true, ["Monday", "2025-03-10", "2025-03-10", "day"]],
    ["met on Wednesday", false, ["Wednesday", "2025-03-05", "2025-03-05", "day"]],
    ["last Wednesday", false, ["last Wednesday", "2025-02-26", "2025-02-26", "day"]],
    ["yesterday", false, ["yesterday", "2025-03-04", "2025-03-04", "day"]],
    ["arrives tomorrow", true, ["tomorrow", "2025-03-06", "2025-03-06", "day"]],
    ["on 24 February", false, ["24 February", "2025-02-24", "2025-02-24", "day"]],
    ["on Dec. 30", false, ["Dec. 30", "2024-12-30", "2024-12-30", "day"]],
    ["on February 24, 2022", false, ["February 24, 2022", "2022-02-24", "2022-02-24", "day"]],
    ["from 3 to 5 April 2025", true, ["3 to 5 April 2025", "2025-04-03", "2025-04-03", "2025-04-05", "day"]],
    ["in February 2022", false, ["February 2022", "2022-02-01", "2022-02-28", "month"]],
    ["next week", true, ["next week", "2025-03-10", "2025-03-16", "week"]],
    ["later this month", true, ["later this month", "2025-03-05", "2025-03-31", "month"]],
    ["within two weeks", true, ["within two weeks", "2025-03-05", "2025-03-19", "period"]],
    ["three days ago", false, ["three days ago", "2025-03-02", "2025-03-02", "day"]],
    ["a summit in May", true, ["in May", "2025-05-01", "2025-05-31", "month"]],
    ["in 2010", false, ["in 2010", "2010-01-01", "2010-12-31", "year"]],
    ["on 2024-02-29", false, ["2024-02-29", "2024-02-29", "2024-02-29", "day"]],
  ])("reads “%s”", (text, future, expected) => {
    expect(read(text, future)).toEqual(expected);
  });

  it("does not guess a relative day where nothing dates the text", () => {
    expect(timeExpressions("on Monday, yesterday and next week", 0, undefined, false)).toEqual([]);
  });

  it("reads no day that no calendar has", () => {
    expect(timeExpressions("on 31 February 2024 and 2023-13-01", 0, WEDNESDAY, false).filter((t) => t.precision === "day")).toEqual([]);
  });

  it("takes “may” for a verb, not a month", () => {
    expect(read("they may meet")).toEqual([]);
  });

  it("counts offsets from the offset given", () => {
    expect(timeExpressions("met on Monday", 100, WEDNESDAY, false)[0]).toMatchObject({ start: 107, end: 113 });
  });
});
