import { expect, test } from "vitest";
import { loadGazetteer, lookupReport } from "../../lib/gazetteer/index.ts";

const gazetteer = loadGazetteer();

test("reports a person with the offices of a day", () => {
  const report = lookupReport(gazetteer, "Medvedev", "2010-06-01");
  const [entry] = report.entries;
  expect(report.on).toBe("2010-06-01");
  expect(entry).toMatchObject({ id: "person/dmitry-medvedev", kind: "person", use: "short", state: "Russia" });
  expect(entry?.offices).toMatchObject([{ title: "President", of: "Russia", since: "2008-05-07", until: "2012-05-07" }]);
});

test("reports all offices, where no day is given", () => {
  const [entry] = lookupReport(gazetteer, "Dmitri Medvedev").entries;
  expect(entry?.offices?.map((office) => office.title)).toEqual(expect.arrayContaining(["President", "Prime Minister"]));
});

test("reports a state with who heads it on a day", () => {
  const [entry] = lookupReport(gazetteer, "Iran", "2015-07-14").entries;
  expect(entry?.heads?.map((head) => `${head.title} ${head.person}`)).toEqual(["Supreme Leader Ali Khamenei", "President Hassan Rouhani"]);
});

test("small letters are forgiven", () => {
  expect(lookupReport(gazetteer, "kremlin").entries.map((entry) => `${entry.id} ${entry.use}`)).toEqual(["state/russia metonym"]);
  expect(lookupReport(gazetteer, "xi jinping").entries.map((entry) => entry.id)).toEqual(["person/xi-jinping"]);
  expect(lookupReport(gazetteer, "usa").entries.map((entry) => entry.id)).toEqual(["state/united-states"]);
});

test("nothing known is an empty report", () => {
  expect(lookupReport(gazetteer, "Nobody At All")).toEqual({ name: "Nobody At All", entries: [] });
});
