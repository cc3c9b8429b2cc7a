import { describe, expect, it } from "vitest";
import { read } from "../support/extract.ts";

async function speakers(text: string, saying: string, published?: string): Promise<string[]> {
  const found = await read(text, published);
  return found.names(found.saying(saying).speakers);
}

describe("sources without a name of their own", () => {
  it("are called by their noun", async () => {
    const critics = await read("Critics say the law is unfair.");
    expect(critics.names(critics.saying("law is unfair").speakers)).toEqual(["critics"]);
    expect(critics.extraction.entities.find((e) => e.name === "critics")).toMatchObject({ key: "#group-critics", kind: "group" });
    expect(await speakers("The leaders of the opposition parties left. A colleague said the phone was tapped.", "phone was tapped")).toEqual(["colleague"]);
    expect(await speakers("Local media report that the bridge has fallen.", "bridge")).toEqual(["local media"]);
    expect(await speakers("Protesters and residents say the water is unsafe.", "water is unsafe")).toEqual(["protesters", "residents"]);
  });

  it("are not who is named in what describes them", async () => {
    expect(await speakers("Doctors treating Vladimir Putin in Omsk say that he was not poisoned.", "not poisoned")).toEqual(["doctors"]);
    expect(await speakers("Hospital officials in Ramadi say two people were killed when U.S. troops fired.", "two people")).toEqual(["hospital officials"]);
  });

  it("speak as bodies of their state, not as the state", async () => {
    const ministry = await read("The Ukrainian Ministry of Defence said that the website had been attacked.");
    expect(ministry.names(ministry.saying("website").speakers)).toEqual(["Ukrainian Ministry of Defence"]);
    expect(ministry.extraction.entities.find((e) => e.name === "Ukrainian Ministry of Defence")).toMatchObject({ kind: "organisation", state: "state/ukraine" });
    expect(await speakers("The U.S. military says a soldier was killed.", "soldier was killed")).toEqual(["U.S. military"]);
    expect(await speakers("The Polish government says the wall will stay.", "wall will stay")).toEqual(["Poland"]);
  });

  it("are looked for among the bodies named before", async () => {
    const text = "The National Electoral Board met on Monday. The board said that the vote would be held in May.";
    expect(await speakers(text, "vote would be held")).toEqual(["National Electoral Board"]);
  });

  it("are no things", async () => {
    expect(await speakers("The documents say that the bridge was unsafe.", "bridge was unsafe")).toEqual([]);
  });
});

describe("sources with a name", () => {
  it("are named last, behind their office", async () => {
    expect(await speakers("US Secretary of State John Kerry announces that both sides have agreed to resume negotiations.", "resume negotiations", "2013-07-19")).toEqual(["John Kerry"]);
    expect(await speakers("European Union Health Commissioner, David Byrne, said the disease had spread.", "disease had spread", "2003-05-01")).toEqual(["David Byrne"]);
  });

  it("are not the heads of what they belong to", async () => {
    expect(await speakers("The UN High Commissioner for Human Rights said that the law was broken.", "law was broken", "2022-03-11")).not.toContain("António Guterres");
    expect(await speakers("Obama administration officials said the border would stay open.", "border would stay", "2015-11-20")).toEqual(["United States"]);
  });

  it("stand behind those who speak for them", async () => {
    expect(await speakers("President Emmanuel Macron's senior adviser says the talks have commenced.", "talks have commenced")).toEqual(["France"]);
  });

  it("are all who spoke together", async () => {
    const found = await read("The United Kingdom, France and Germany say that negotiations have reached a dead end. They recommend that Iran be referred to the Security Council.");
    expect(found.names(found.saying("be referred").speakers)).toEqual(["United Kingdom", "France", "Germany"]);
  });

  it("stand before a relative clause, be they persons or not", async () => {
    expect(await speakers("The visit prompted anger from China, who warned the U.S. against crossing a line.", "crossing a line")).toEqual(["China"]);
  });
});

describe("sources left out", () => {
  it("are the subject of the verb before", async () => {
    expect(await speakers("Emmanuel Macron rejected the plan for the region, and says it is dead for good.", "it is dead")).toEqual(["Emmanuel Macron"]);
  });

  it("stand behind the verb", async () => {
    expect(await speakers("“I told them last night that we are leaving. I disagreed with many of their ideas,” wrote Donald Trump on Twitter.", "we are leaving")).toEqual(["Donald Trump"]);
  });
});

describe("names", () => {
  it("hold no verbs of saying", async () => {
    const found = await read("Qaboos bin Said al Said, the long-serving Sultan of Oman, died aged 79.");
    expect(found.extraction.statements).toEqual([]);
  });
});
