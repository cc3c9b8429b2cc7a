import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { loadGazetteer } from "../../lib/gazetteer/load-gazetteer.ts";
import { validateRecord } from "../../lib/gazetteer/record-validation.ts";
import type { GazetteerRecord, OfficeRole, TenureEntry } from "../../lib/gazetteer/types.ts";

const FILES = ["officials", "organizations", "groups", "media", "events"] as const;

function records(file: (typeof FILES)[number]): GazetteerRecord[] {
  const name = `${file}.jsonl`;
  const lines = readFileSync(new URL(`../../lib/gazetteer/data/${name}`, import.meta.url), "utf8").trimEnd().split("\n");
  return lines.map((line, index) => validateRecord(JSON.parse(line), `${name}:${index + 1}`));
}

const gazetteer = loadGazetteer();
const all = FILES.flatMap(records);
const ids = (list: readonly GazetteerRecord[]): string[] => list.flatMap((r) => (r.kind === "tenure" ? [] : [r.id]));
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

describe("the hand-written gazetteer data", () => {
  it("uses each id once", () => {
    const seen = ids(all);
    expect(seen.filter((id, index) => seen.indexOf(id) !== index)).toEqual([]);
  });

  it("uses each Wikidata item once", () => {
    const items = all.flatMap((r) => ("wikidata" in r && r.wikidata !== undefined ? [r.wikidata] : []));
    expect(items.filter((item, index) => items.indexOf(item) !== index)).toEqual([]);
  });

  it.each(FILES)("keeps %s sorted by id", (file) => {
    for (const kind of ["person", "office", "organization", "group", "medium", "event"]) {
      const own = ids(records(file).filter((r) => r.kind === kind));
      expect(own).toEqual([...own].sort(compare));
    }
  });

  it("keeps tenures sorted by person and start, after persons and offices", () => {
    const kinds = records("officials").map((r) => ["person", "office", "tenure"].indexOf(r.kind));
    expect(kinds).toEqual([...kinds].sort((a, b) => a - b));
    const keys = records("officials").flatMap((r) => (r.kind === "tenure" ? [`${r.person} ${r.since}`] : []));
    // A space sorts before every character of a slug, so that the pair sorts like its parts.
    expect(keys).toEqual([...keys].sort(compare));
  });

  it("states a tenure only as of a day on which it was known", () => {
    const early = all.filter((r): r is TenureEntry => r.kind === "tenure").filter((t) => t.since > t.asOf || (t.until ?? "") > t.asOf);
    expect(early).toEqual([]);
  });

  it("refers only to what exists", () => {
    const missing = all.flatMap((r) => {
      if (r.kind === "tenure") return [gazetteer.entry(r.person) ? "" : r.person, gazetteer.office(r.office) ? "" : r.office];
      const references = [
        "state" in r ? r.state : undefined,
        r.kind === "office" ? r.of : undefined,
        r.kind === "organization" ? r.partOf : undefined,
        ...(r.kind === "organization" ? (r.members ?? []) : []),
      ];
      return references.map((id) => (id === undefined || gazetteer.entry(id) ? "" : id));
    });
    expect([...new Set(missing)].filter((id) => id !== "")).toEqual([]);
  });

  it("is as large as the news needs", () => {
    const count = (kind: string): number => all.filter((r) => r.kind === kind).length;
    expect(count("person")).toBeGreaterThan(1500);
    expect(count("organization")).toBeGreaterThan(150);
    expect(count("group")).toBeGreaterThan(100);
    expect(count("medium")).toBeGreaterThan(300);
    expect(count("event")).toBeGreaterThan(200);
  });
});

describe("who holds an office on a day", () => {
  const facts: readonly (readonly [string, OfficeRole, string, string])[] = [
    ["state/russia", "foreign-minister", "2003-05-01", "person/igor-ivanov"],
    ["state/russia", "foreign-minister", "2025-02-24", "person/sergei-lavrov"],
    ["state/russia", "spokesperson", "2025-02-24", "person/dmitry-peskov"],
    ["state/russia", "defence-minister", "2022-02-24", "person/sergei-shoigu"],
    ["state/russia", "defence-minister", "2025-02-24", "person/andrei-belousov"],
    ["state/united-states", "foreign-minister", "2003-03-20", "person/colin-powell"],
    ["state/united-states", "foreign-minister", "2024-06-01", "person/antony-blinken"],
    ["state/united-states", "foreign-minister", "2025-02-24", "person/marco-rubio"],
    ["state/united-states", "spokesperson", "2025-02-24", "person/karoline-leavitt"],
    ["state/china", "foreign-minister", "2023-05-01", "person/qin-gang"],
    ["state/china", "foreign-minister", "2025-02-24", "person/wang-yi"],
    ["state/ukraine", "foreign-minister", "2025-02-24", "person/andrii-sybiha"],
    ["state/united-kingdom", "foreign-minister", "2024-01-15", "person/david-cameron"],
    ["state/france", "foreign-minister", "2003-02-14", "person/dominique-de-villepin"],
    ["state/germany", "foreign-minister", "2016-01-01", "person/frank-walter-steinmeier"],
    ["state/iran", "foreign-minister", "2015-07-14", "person/mohammad-javad-zarif"],
    ["state/iran", "foreign-minister", "2025-02-24", "person/abbas-araghchi"],
    ["state/israel", "defence-minister", "2023-10-07", "person/yoav-gallant"],
    ["state/turkey", "foreign-minister", "2025-02-24", "person/hakan-fidan"],
    ["state/india", "foreign-minister", "2025-02-24", "person/s-jaishankar"],
    ["state/japan", "foreign-minister", "2025-02-24", "person/takeshi-iwaya"],
    ["state/south-korea", "foreign-minister", "2005-06-01", "person/ban-ki-moon"],
    ["state/saudi-arabia", "foreign-minister", "2025-02-24", "person/faisal-bin-farhan"],
    ["organization/united-nations", "head", "2010-01-01", "person/ban-ki-moon"],
    ["organization/united-nations", "head", "2025-02-24", "person/antonio-guterres"],
    ["organization/nato", "head", "2022-02-24", "person/jens-stoltenberg"],
    ["organization/nato", "head", "2025-02-24", "person/mark-rutte"],
    ["organization/european-union", "foreign-minister", "2025-02-24", "person/kaja-kallas"],
    ["organization/european-commission", "head", "2025-02-24", "person/ursula-von-der-leyen"],
    ["organization/international-atomic-energy-agency", "head", "2025-02-24", "person/rafael-grossi"],
    ["group/hezbollah", "head", "2024-06-01", "person/hassan-nasrallah"],
  ];

  it.each(facts)("%s, %s, %s: %s", (of, role, on, person) => {
    expect(gazetteer.holders(of, role, on).map((t) => t.person)).toEqual([person]);
  });

  it("knows one foreign minister at a time of the states most in the news", () => {
    const states = ["russia", "china", "ukraine", "united-kingdom", "france", "germany", "israel", "iran", "turkey", "india", "japan", "italy", "spain", "poland", "canada", "australia"];
    const clashes = states.flatMap((state) =>
      [2001, 2004, 2007, 2010, 2013, 2016, 2019, 2022, 2025].flatMap((year) => {
        const holders = gazetteer.holders(`state/${state}`, "foreign-minister", `${year}-07-15`);
        return holders.length > 1 ? [`${state} ${year}: ${holders.map((t) => t.person).join(", ")}`] : [];
      }),
    );
    expect(clashes).toEqual([]);
  });
});

describe("names", () => {
  it.each([
    ["UN", "organization/united-nations"],
    ["U.N. Security Council", "organization/united-nations-security-council"],
    ["North Atlantic Treaty Organization", "organization/nato"],
    ["Xinhua News Agency", "medium/xinhua"],
    ["The New York Times", "medium/the-new-york-times"],
    ["Hizbollah", "group/hezbollah"],
    ["Sergey Lavrov", "person/sergei-lavrov"],
    ["Zakharova", "person/maria-zakharova"],
    ["Javad Zarif", "person/mohammad-javad-zarif"],
  ])("%s is %s alone", (name, id) => {
    expect(gazetteer.lookup(name).map((sense) => sense.entry.id)).toEqual([id]);
  });

  it("leaves words that open a common sentence to the reader", () => {
    for (const name of ["The Australian", "The National", "The Atlantic", "Foreign Affairs", "Foreign Policy", "Dawn", "Amnesty"]) {
      expect(gazetteer.lookup(name).filter((sense) => sense.entry.kind === "medium" || sense.entry.kind === "organization")).toEqual([]);
    }
  });
});
