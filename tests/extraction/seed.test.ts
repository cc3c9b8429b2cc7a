import { readFile } from "node:fs/promises";
import { beforeAll, describe, expect, it } from "vitest";
import { read, type Read } from "../support/extract.ts";

interface SeedNote { readonly file: string; readonly published: string }

let seed: Read;
let undated: Read;

beforeAll(async () => {
  const folder = new URL("../../seeds/", import.meta.url);
  const notes = JSON.parse(await readFile(new URL("seeds.json", folder), "utf8")) as readonly SeedNote[] | { articles: readonly SeedNote[] };
  const note = ("articles" in notes ? notes.articles : notes)[0];
  if (note === undefined) throw new Error("seeds.json names no article");
  const text = await readFile(new URL(note.file, folder), "utf8");
  seed = await read(text, note.published);
  undated = await read(text, null);
});

const speaking = (r: Read): string[] =>
  r.extraction.statements.filter((s) => s.mode === "speech").map((s) => `${r.names(s.speakers).join(" & ")}: ${r.words(s.content).slice(0, 40)}`);

describe("the seed article", () => {
  it("names its six leaders, with the offices they held on the day", () => {
    const offices = Object.fromEntries(seed.extraction.entities.filter((e) => e.kind === "person").map((e) => [e.name, e.offices?.map((o) => `${o.title} / ${o.of}`) ?? []]));
    expect(Object.keys(offices).sort()).toEqual(["António Guterres", "Donald Trump", "Sergei Ryabkov", "Ursula von der Leyen", "Vladimir Putin", "Xi Jinping"]);
    // The text calls him "former U.S. President".
    expect(offices["Donald Trump"]).toEqual(["President / state/united-states"]);
    expect(seed.extraction.mentions.find((m) => m.entity === "person/donald-trump" && m.title !== undefined)?.title).toBe("former U.S. President");
    expect(offices["Sergei Ryabkov"]).toEqual(["Deputy Foreign Minister / state/russia"]);
  });

  it("finds its six meetings, and no seventh", () => {
    expect(seed.extraction.meetings.map((m) => `${m.kind} ${m.status}: ${seed.names(m.participants).join(" & ")} @ ${seed.name(m.place) ?? "-"} ${m.date?.earliest ?? "-"}`)).toEqual([
      "PhoneCall held: Xi Jinping & Vladimir Putin @ - 2025-02-24",
      "Meeting held: Xi Jinping & Vladimir Putin @ - -",
      "Summit held: Ursula von der Leyen @ Kyiv 2025-02-24",
      "Session held: António Guterres & United Nations Human Rights Council @ Geneva 2025-02-24",
      "Meeting planned: Donald Trump & Vladimir Putin @ - -",
      "Meeting possible: United States & Russia @ - 2025-02-24",
    ]);
    expect(seed.extraction.meetings[1]?.count).toEqual({ value: 40, atLeast: true });
    expect(seed.extraction.meetings[5]?.date?.latest).toBe("2025-03-10");
  });

  it("finds what is said and by whom", () => {
    expect(speaking(seed)).toEqual(expect.arrayContaining([
      "China's state media: Chinese President Xi Jinping spoke with ",
      "Russia: Putin briefed Xi on recent Russia-U.S. c",
      "China: dialogue between Moscow and Washington",
      "China: to assist in seeking a peaceful resoluti",
      "Xi Jinping: Moscow’s “positive efforts to defuse” th",
      "Xi Jinping: “China is happy to see Russia and releva",
      "NATO members: Beijing an “enabler” of the conflict",
      "Xi Jinping: “history and reality” show the two count",
      "Xinhua: Xi held a phone call with the Russian le",
      "Xi Jinping: the Russian leader his “best friend”",
      "Vladimir Putin: his “reliable partner”",
      "European Union: €3.5B in aid to Ukraine as Putin pushes ",
      "Ursula von der Leyen: Russia’s President Vladimir Putin was se",
      "Ursula von der Leyen: 3.5 billion euros of fresh aid to Kyiv",
      "Ursula von der Leyen: “The war in Ukraine remains the most cen",
      "United Nations: ‘Spare no effort’ to end war",
      "António Guterres: countries must work to bring an end to t",
      "António Guterres: “We must spare no effort to bring an end",
      "António Guterres: Russia’s actions in February 2022 violat",
      "Sergei Ryabkov: Russia is preparing for a face-to-face m",
      "Sergei Ryabkov: the potential summit could cover broad g",
      "Sergei Ryabkov: the need to “normalize relations” and ad",
      "Sergei Ryabkov: talks were in the early stages and would",
    ]));
  });

  it("names who reports Xi's words", () => {
    const reported = seed.extraction.statements.filter((s) => s.reportedBy !== null).map((s) => `${seed.names(s.speakers).join()} by ${seed.name(s.reportedBy) ?? ""}`);
    expect(reported).toEqual(["Xi Jinping by China's state media", "Xi Jinping by Xinhua", "Xi Jinping by Xinhua"]);
  });

  it("is dated by the anniversary where its publication is unknown", () => {
    expect(undated.extraction.published).toBeUndefined();
    expect(undated.extraction.dated?.date).toBe("2025-02-24");
    expect(undated.words(undated.extraction.dated?.evidence ?? [])).toBe("Monday … third anniversary of Russia’s full-scale invasion of Ukraine");
    expect(undated.extraction.meetings.map((m) => m.date?.earliest)).toEqual(seed.extraction.meetings.map((m) => m.date?.earliest));
  });
});
