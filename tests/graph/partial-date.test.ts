import { describe, expect, it } from "vitest";
import { partialDate } from "../../lib/graph/partial-date.ts";
import { cq } from "../../lib/graph/vocabulary.ts";

describe("a date known in part", () => {
  it.each([
    ["2012", "2012-01-01", "2013-01-01", cq.year],
    ["2012-02", "2012-02-01", "2012-03-01", cq.month],
    ["2012-12", "2012-12-01", "2013-01-01", cq.month],
    ["2012-02-29", "2012-02-29", "2012-03-01", cq.day],
    ["0050-06-01", "0050-06-01", "0050-06-02", cq.day],
  ])("%s is from %s to before %s", (value, first, after, precision) => {
    expect(partialDate(value)).toEqual({ first, after, precision });
  });

  it.each(["2013-02-29", "2013-13", "2013-00-01", "13", "2013-1-1", "yesterday", "2013-01-01T00:00", ""])("%j is none", (value) => {
    expect(partialDate(value)).toBeUndefined();
  });
});
