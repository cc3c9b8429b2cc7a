import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { CommuniqueError } from "../../lib/errors/communique-error.ts";
import { loadGazetteer } from "../../lib/gazetteer/index.ts";
import { splitWords } from "../../lib/gazetteer/name-words.ts";
import type { OfficeRole } from "../../lib/gazetteer/types.ts";

const gazetteer = loadGazetteer();

describe("who held an office on a day", () => {
  test.each<[string, OfficeRole, string, string[]]>([
    ["russia", "head-of-state", "2010-06-01", ["dmitry-medvedev"]],
    ["russia", "head-of-government", "2010-06-01", ["vladimir-putin"]],
    ["russia", "head-of-state", "2012-05-06", ["dmitry-medvedev"]],
    ["russia", "head-of-state", "2012-05-07", ["vladimir-putin"]],
    ["united-states", "head-of-state", "2025-01-19", ["joe-biden"]],
    ["united-states", "head-of-state", "2025-02-24", ["donald-trump"]],
    ["united-states", "head-of-government", "2025-02-24", []],
    ["united-states", "deputy-head", "2003-03-20", ["dick-cheney"]],
    ["united-kingdom", "head-of-state", "2022-09-07", ["elizabeth-ii"]],
    ["united-kingdom", "head-of-state", "2022-09-08", ["charles-iii"]],
    ["canada", "head-of-state", "2023-01-01", ["charles-iii"]],
    ["united-kingdom", "head-of-government", "2022-10-01", ["liz-truss"]],
    ["germany", "head-of-government", "2005-11-22", ["angela-merkel"]],
    ["germany", "head-of-government", "2025-06-01", ["friedrich-merz"]],
    ["france", "head-of-state", "2010-06-01", ["nicolas-sarkozy"]],
    ["france", "head-of-government", "2024-08-01", ["gabriel-attal"]],
    ["israel", "head-of-government", "2021-07-01", ["naftali-bennett"]],
    ["israel", "head-of-government", "2016-01-01", ["benjamin-netanyahu"]],
    ["palestine", "head-of-state", "2003-01-01", ["yasser-arafat"]],
    ["iran", "supreme-leader", "2015-07-14", ["ali-khamenei"]],
    ["iran", "head-of-government", "2024-08-01", ["masoud-pezeshkian"]],
    ["syria", "head-of-state", "2024-12-07", ["bashar-al-assad"]],
    ["syria", "head-of-state", "2024-12-20", []],
    ["syria", "head-of-state", "2025-06-01", ["ahmed-al-sharaa"]],
    ["saudi-arabia", "heir", "2018-10-02", ["mohammed-bin-salman"]],
    ["saudi-arabia", "head-of-government", "2022-10-01", ["mohammed-bin-salman"]],
    ["china", "head-of-state", "2012-12-01", ["hu-jintao"]],
    ["north-korea", "supreme-leader", "2011-12-17", ["kim-jong-un"]],
    ["japan", "head-of-government", "2010-03-01", ["yukio-hatoyama"]],
    ["japan", "head-of-government", "2020-06-01", ["shinzo-abe"]],
    ["ukraine", "head-of-state", "2014-03-18", ["oleksandr-turchynov"]],
    ["united-states", "head-of-state", "1990-08-02", ["george-h-w-bush"]],
    ["bangladesh", "head-of-government", "2024-08-06", []],
    ["peru", "head-of-state", "2022-12-07", ["dina-boluarte"]],
    ["lebanon", "head-of-state", "2023-10-07", []],
    ["vatican-city", "head-of-state", "2025-05-08", ["pope-leo-xiv"]],
    ["yemen", "head-of-state", "2024-01-12", ["mahdi-al-mashat", "rashad-al-alimi"]],
  ])("%s, %s, on %s: %j", (state, role, on, persons) => {
    expect(gazetteer.holders(`state/${state}`, role, on).map((t) => t.person).sort()).toEqual(persons.map((p) => `person/${p}`));
  });

  test("all ever, where no day is given, oldest first", () => {
    const presidents = gazetteer.holders("state/united-states", "head-of-state").map((t) => t.person.slice("person/".length));
    expect(presidents.slice(-6)).toEqual(["bill-clinton", "george-w-bush", "barack-obama", "donald-trump", "joe-biden", "donald-trump"]);
  });

  test("caretakers and rivals are marked", () => {
    expect(gazetteer.holders("state/ukraine", "head-of-state", "2014-03-18")[0]?.acting).toBe(true);
    expect(gazetteer.holders("state/yemen", "head-of-state", "2024-01-12").filter((t) => t.disputed === true).map((t) => t.person)).toEqual(["person/mahdi-al-mashat"]);
  });

  test("a person's offices come oldest first", () => {
    const offices = gazetteer.tenuresOf("person/vladimir-putin").map((t) => `${t.since} ${gazetteer.office(t.office)?.title}`);
    expect(offices).toEqual(["1999-08-09 Prime Minister", "1999-12-31 President", "2000-05-07 President", "2008-05-08 Prime Minister", "2012-05-07 President"]);
  });
});

describe("what a name stands for", () => {
  const senses = (name: string): string[] => gazetteer.lookup(name).map((sense) => `${sense.entry.id} ${sense.use}`);

  test.each([
    ["U.S.", "state/united-states name"],
    ["Britain", "state/united-kingdom name"],
    ["Türkiye", "state/turkey name"],
    ["Côte d’Ivoire", "state/ivory-coast name"],
    ["DPRK", "state/north-korea name"],
    ["Russians", "state/russia demonym"],
    ["Emirati", "state/united-arab-emirates demonym"],
    ["Moscow", "state/russia capital"],
    ["Moscow", "place/moscow name"],
    ["Kiev", "state/ukraine capital"],
    ["Washington", "state/united-states capital"],
    ["Kremlin", "state/russia metonym"],
    ["White House", "state/united-states metonym"],
    ["Quai d’Orsay", "state/france metonym"],
    ["Vladimir Putin", "person/vladimir-putin name"],
    ["Putin", "person/vladimir-putin short"],
    ["PUTIN", "person/vladimir-putin short"],
    ["Zelensky", "person/volodymyr-zelenskyy name"],
    ["Zelenskyy", "person/volodymyr-zelenskyy short"],
    ["Recep Tayyip Erdogan", "person/recep-tayyip-erdogan name"],
    ["Kim Jong Un", "person/kim-jong-un name"],
    ["MBS", "person/mohammed-bin-salman name"],
    ["Abdel-Fattah el-Sissi", undefined],
    ["Moammar Gadhafi", "person/muammar-gaddafi name"],
    ["Suu Kyi", "person/aung-san-suu-kyi short"],
    ["Queen Elizabeth II", "person/elizabeth-ii name"],
    ["Sharm el-Sheikh", "place/sharm-el-sheikh name"],
  ])("%s", (name, sense) => {
    if (sense === undefined) expect(senses(name)).toEqual([]);
    else expect(senses(name)).toContain(sense);
  });

  test.each(["us", "turkey", "chad", "mali", "china", "polish", "niger", "may", "Xyzzy"])("nothing for “%s”", (name) => {
    expect(senses(name)).toEqual([]);
  });

  test("the longest name in a text wins", () => {
    const words = splitWords("South Korean President Moon Jae-in");
    expect(gazetteer.match(words, 0)?.length).toBe(2);
    expect(gazetteer.match(words, 3)?.length).toBe(4);
  });

  test("an ambiguous short name has several people", () => {
    expect(gazetteer.lookup("Kim").filter((sense) => sense.use === "short").length).toBeGreaterThan(3);
  });
});

describe("overlays", () => {
  const folder = mkdtempSync(join(tmpdir(), "gazetteer-"));
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });
  const overlay = (name: string, ...lines: unknown[]): string => {
    const path = join(folder, name);
    writeFileSync(path, lines.map((line) => (typeof line === "string" ? line : JSON.stringify(line))).join("\n"));
    return path;
  };
  const facts = { source: "test", asOf: "2030-01-01" };
  const jane = { kind: "person", id: "person/jane-doe", name: "Jane Doe", shortName: "Doe", gender: "female", state: "state/russia", ...facts };
  const president = { kind: "tenure", person: "person/jane-doe", office: "office/president-of-russia", since: "2030-01-01", ...facts };
  const failure = (...lines: unknown[]): CommuniqueError => {
    try {
      loadGazetteer({ overlays: [overlay("bad.jsonl", ...lines)] });
    } catch (error) {
      if (error instanceof CommuniqueError) return error;
      throw error;
    }
    throw new Error("the overlay was taken");
  };

  test("add records, in any order of lines, and change the version", () => {
    const more = loadGazetteer({ overlays: [overlay("more.jsonl", president, "", jane)] });
    expect(more.holders("state/russia", "head-of-state", "2030-06-01").map((t) => t.person)).toContain("person/jane-doe");
    expect(more.lookup("Jane Doe").map((sense) => sense.entry.id)).toEqual(["person/jane-doe"]);
    expect(more.version).not.toBe(gazetteer.version);
    expect(gazetteer.version).toMatch(/^[0-9a-f]{12}$/);
    expect(gazetteer.version).toBe(loadGazetteer().version);
  });

  test("replace records of one id, and all tenures of a person in an office", () => {
    const putin = { ...president, person: "person/vladimir-putin", since: "2012-05-07", until: "2030-01-01" };
    const other = loadGazetteer({ overlays: [overlay("other.jsonl", { ...jane, id: "person/boris-yeltsin", name: "B. Y." }, putin)] });
    expect(other.entry("person/boris-yeltsin")?.name).toBe("B. Y.");
    expect(other.lookup("Boris Yeltsin")).toEqual([]);
    expect(other.tenuresOf("person/vladimir-putin").filter((t) => t.office === "office/president-of-russia").map((t) => t.since)).toEqual(["2012-05-07"]);
    expect(other.holders("state/russia", "head-of-state", "2031-01-01")).toEqual([]);
    expect(other.holders("state/russia", "head-of-government", "2009-01-01").map((t) => t.person)).toEqual(["person/vladimir-putin"]);
  });

  test("a bad line is an error that says where", () => {
    const error = failure(jane, "{");
    expect(error.code).toBe("gazetteer-invalid");
    expect(error.location).toMatch(/bad\.jsonl:2$/);
  });

  test.each<[string, unknown[]]>([
    ["no object", [[1]]],
    ["no such kind", [{ ...jane, kind: "toString" }]],
    ["a missing field", [{ ...jane, shortName: undefined }]],
    ["an unknown field", [{ ...jane, nick: "J" }]],
    ["a bad id", [{ ...jane, id: "person/Jane Doe" }]],
    ["an id of another kind", [{ ...jane, id: "state/jane-doe" }]],
    ["a Wikidata item that is none", [{ ...jane, wikidata: "Q0" }]],
    ["a date that does not exist", [jane, { ...president, since: "2030-02-30" }]],
    ["an end before the start", [jane, { ...president, until: "2029-12-31" }]],
    ["a person that does not exist", [president]],
    ["an office that does not exist", [jane, { ...president, office: "office/none" }]],
    ["a state that does not exist", [{ ...jane, state: "state/none" }]],
    ["a role that does not exist", [{ kind: "office", id: "office/x", title: "X", of: "state/russia", role: "tsar", ...facts }]],
  ])("%s is refused", (_, lines) => {
    const error = failure(...lines);
    expect(error.code).toBe("gazetteer-invalid");
    expect(error.location).toMatch(/bad\.jsonl:\d+$/);
  });

  test("a file that is not there is an error of its own", () => {
    expect(() => loadGazetteer({ overlays: [join(folder, "none.jsonl")] })).toThrow(expect.objectContaining({ code: "input-not-found" }) as Error);
    expect(() => loadGazetteer({ overlays: [folder] })).toThrow(expect.objectContaining({ code: "input-unreadable" }) as Error);
  });
});
