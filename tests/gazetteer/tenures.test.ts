import { expect, test } from "vitest";
import { covers, holdersOn } from "../../lib/gazetteer/tenures.ts";
import type { TenureEntry } from "../../lib/gazetteer/types.ts";

const tenure = (person: string, since: string, until?: string): TenureEntry => ({
  kind: "tenure", person: `person/${person}`, office: "office/test", since, ...(until === undefined ? {} : { until }), source: "test", asOf: "2025-01-01",
});
const on = (tenures: readonly TenureEntry[], day: string): string[] => holdersOn(tenures, day).map((t) => t.person.slice("person/".length));

test("the first day is in a tenure, the last is not", () => {
  const days = tenure("a", "2008-05-07", "2012-05-07");
  expect(["2008-05-06", "2008-05-07", "2012-05-06", "2012-05-07"].map((day) => covers(days, day))).toEqual([false, true, true, false]);
});

test("a year or month stands for its first day, so that successors do not overlap", () => {
  const two = [tenure("a", "2001", "2004"), tenure("b", "2004", "2006-03"), tenure("c", "2006-03")];
  expect(on(two, "2003-12-31")).toEqual(["a"]);
  expect(on(two, "2004-05-01")).toEqual(["b"]);
  expect(on(two, "2006-02-28")).toEqual(["b"]);
  expect(on(two, "2006-03-01")).toEqual(["c"]);
});

test("where no successor is known, the last year may still be somebody's", () => {
  const one = [tenure("a", "2001", "2004"), tenure("c", "2010")];
  expect(on(one, "2004-05-01")).toEqual(["a"]);
  expect(on(one, "2005-01-01")).toEqual([]);
  expect(on([tenure("a", "2001", "2004-02-01")], "2004-05-01")).toEqual([]);
});

test("all, where no day is given", () => {
  const two = [tenure("a", "2001", "2004"), tenure("b", "2004")];
  expect(holdersOn(two, undefined)).toEqual(two);
});
