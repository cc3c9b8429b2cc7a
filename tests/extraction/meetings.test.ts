import { describe, expect, it } from "vitest";
import { read } from "../support/extract.ts";

describe("meetings", () => {
  it.each([
    ["French President Emmanuel Macron met German Chancellor Olaf Scholz in Berlin on Tuesday.", "2025-03-04", "Meeting", "held", ["Emmanuel Macron", "Olaf Scholz"], "Berlin", "2025-03-04"],
    ["U.S. Secretary of State Marco Rubio spoke by phone with Russian Foreign Minister Sergei Lavrov on Saturday.", "2025-03-05", "PhoneCall", "held", ["Marco Rubio", "Sergei Lavrov"], null, "2025-03-01"],
    ["Israel and Hamas held indirect talks in Cairo on Sunday, mediated by Egypt.", "2025-03-05", "Talks", "held", ["Israel", "Hamas"], "Cairo", "2025-03-02"],
    ["Iran may hold talks with the United States in Oman on Saturday.", "2025-03-05", "Talks", "possible", ["Iran", "United States"], "Oman", "2025-03-08"],
    ["Iran refused to hold talks with the United States.", "2025-03-05", "Talks", "refused", ["Iran", "United States"], null, undefined],
    ["The summit between Donald Trump and Kim Jong Un was cancelled.", "2018-05-25", "Summit", "cancelled", ["Donald Trump", "Kim Jong-un"], null, undefined],
    ["A planned visit by Antony Blinken to Beijing was postponed after the balloon was found.", "2023-02-04", "Visit", "postponed", ["Antony Blinken", "China"], "Beijing", undefined],
    ["The leaders of France, Germany and Poland meet in Weimar.", "2025-03-05", "Meeting", "held", ["France", "Germany", "Poland"], "Weimar", "2025-03-05"],
    ["Xi Jinping visits Finland.", "2017-04-05", "Visit", "held", ["Xi Jinping", "Finland"], "Finland", "2017-04-05"],
    ["Barack Obama becomes the first sitting U.S. president to visit Myanmar.", "2012-11-19", "Visit", "held", ["Barack Obama", "Myanmar"], "Myanmar", "2012-11-19"],
    ["Olaf Scholz flew to Kyiv to meet Volodymyr Zelenskyy.", "2024-12-02", "Visit", "held", ["Olaf Scholz", "Ukraine", "Volodymyr Zelenskyy"], "Kyiv", "2024-12-02"],
    ["The European Council meets in Brussels.", "2024-03-21", "Session", "held", ["European Council"], "Brussels", "2024-03-21"],
    ["Chinese and U.S. officials are due to hold trade talks in Geneva.", "2025-05-08", "Talks", "planned", ["China", "United States"], "Geneva", undefined],
    ["Israel and Palestinians agree to resume peace talks.", "2010-08-20", "Talks", "planned", ["Israel", "Palestine"], null, undefined],
    ["North Korea requests direct talks with the United States.", "2013-06-16", "Talks", "possible", ["North Korea", "United States"], null, undefined],
    ["A summit is held in Tokyo between the leaders of Japan and ASEAN.", "2003-12-11", "Summit", "held", ["Japan", "ASEAN"], "Tokyo", "2003-12-11"],
    ["Germany summons the Turkish ambassador.", "2017-03-18", "Meeting", "held", ["Germany", "Turkey"], null, "2017-03-18"],
    ["European Union leaders approve the proposed deal, at a summit in Brussels.", "2018-11-25", "Summit", "held", ["European Union"], "Brussels", "2018-11-25"],
    ["Emmanuel Macron might cut short his planned visit to Ghana.", "2018-04-05", "Visit", "planned", ["Emmanuel Macron", "Ghana"], "Ghana", undefined],
    ["Iran and the European Union agree to extend nuclear talks past today's deadline.", "2014-11-24", "Talks", "held", ["Iran", "European Union"], null, undefined],
    ["Venezuela is prepared to hold talks with Guyana.", "2023-12-04", "Talks", "possible", ["Venezuela", "Guyana"], null, undefined],
    ["China condemned Nancy Pelosi's visit to Taiwan.", "2022-08-03", "Visit", "held", ["Nancy Pelosi", "Taiwan"], "Taiwan", undefined],
    ["Vladimir Putin accepts an invitation to visit Turkey.", "2024-02-01", "Visit", "planned", ["Vladimir Putin", "Turkey"], "Turkey", undefined],
    ["France's interior minister visits Algeria.", "2022-12-18", "Visit", "held", ["France", "Algeria"], "Algeria", "2022-12-18"],
    ["The First Lady of the United States, Michelle Obama, makes a visit to Haiti.", "2010-04-13", "Visit", "held", ["Michelle Obama", "Haiti"], "Haiti", "2010-04-13"],
  ] as const)("reads “%s”", async (text, published, kind, status, participants, place, day) => {
    const found = await read(text, published);
    const meeting = found.meeting();
    expect({ kind: meeting.kind, status: meeting.status, participants: new Set(found.names(meeting.participants)), place: found.name(meeting.place), day: meeting.date?.earliest }).toEqual({
      kind, status, participants: new Set(participants), place, day,
    });
  });

  it("takes no day of something else for that of a meeting", async () => {
    expect((await read("Emmanuel Macron meets Olaf Scholz to prepare the June 12 summit in Paris.", "2024-05-26")).meeting("meets").date?.earliest).toBe("2024-05-26");
    expect((await read("Olaf Scholz meets Shigeru Ishiba in Honolulu at the harbour that was attacked on December 7, 1941.", "2024-12-27")).meeting().date?.earliest).toBe("2024-12-27");
  });

  it("names the mediator and the host apart from the sides", async () => {
    const mediated = await read("Israel and Hamas held talks in Cairo on Sunday, mediated by Egypt.");
    expect(mediated.name(mediated.meeting().mediator)).toBe("Egypt");
    const hosted = await read("Turkey's president, Recep Tayyip Erdogan, hosted Volodymyr Zelenskyy in Ankara on Monday.");
    expect(hosted.name(hosted.meeting().host)).toBe("Recep Tayyip Erdoğan");
  });

  it("gives each person the state or organisation he or she stands for", async () => {
    const found = await read("António Guterres met Emmanuel Macron in Paris on Monday.");
    expect(found.meeting().sides).toEqual({ "person/antonio-guterres": "organization/united-nations", "person/emmanuel-macron": "state/france" });
  });

  it("is one however often it is told", async () => {
    const found = await read(
      "Xi Jinping spoke with Vladimir Putin by phone on Monday.\nThe Chinese leader hailed “positive efforts” in a call with his Russian counterpart Vladimir Putin.\nXi held a phone call with the Russian leader.",
      "2025-02-24",
    );
    expect(found.extraction.meetings).toHaveLength(1);
    expect(found.meeting().evidence).toHaveLength(3);
  });

  it("keeps meetings of other days and other people apart", async () => {
    const found = await read("Macron met Scholz in Berlin on Monday. Macron met Scholz in Paris on Tuesday. Macron met Meloni in Rome on Tuesday.", "2024-05-08");
    expect(found.extraction.meetings.map((m) => [found.name(m.place), m.date?.earliest])).toEqual([["Berlin", "2024-05-06"], ["Paris", "2024-05-07"], ["Rome", "2024-05-07"]]);
  });

  it("counts “over 40 times” as one report of many", async () => {
    const found = await read("Xi has met Putin over 40 times in the past decade.");
    expect(found.meeting().count).toEqual({ value: 40, atLeast: true });
  });

  it("reads none that did not take place or is none", async () => {
    for (const text of ["Putin did not meet Zelenskyy.", "Germany met its climate target, France said.", "The two countries have close ties.", "Trump toured a factory in Ohio.", "Trump left Ukraine out of initial talks with Russia."]) {
      expect((await read(text)).extraction.meetings, text).toEqual([]);
    }
  });

  it("takes from a statement who meets, not who says so", async () => {
    const found = await read("Russia is preparing for a meeting between Vladimir Putin and Donald Trump, Deputy Foreign Minister Sergei Ryabkov said Saturday.");
    const meeting = found.meeting();
    expect([found.names(meeting.participants), meeting.status, meeting.date]).toEqual([["Vladimir Putin", "Donald Trump"], "planned", undefined]);
    expect(meeting.according).toEqual([0]);
  });

  it("does not take the capital of a visitor's own state for a host", async () => {
    expect((await read("Emmanuel Macron visited Marseille on Monday.")).extraction.meetings).toEqual([]);
  });

  it("tells the month of May from what may be", async () => {
    const found = await read("Kenyan President William Ruto, who hosted talks in May, called Abdel Fattah al-Burhan on Tuesday.", "2024-08-14");
    const call = found.meeting("called");
    expect([call.kind, call.status, call.date?.earliest]).toEqual(["PhoneCall", "held", "2024-08-13"]);
    expect(found.extraction.statements.filter((s) => found.words(s.cue) === "called")).toEqual([]);
  });

  it("takes a possessive for no side: “with Myanmar's war”, but “with China's Wang Yi”", async () => {
    const war = await read("Foreign ministers of the Association of Southeast Asian Nations met in Vientiane on Thursday, with Myanmar's civil war on the agenda.", "2024-07-25");
    expect(war.names(war.meeting().participants)).toEqual(["ASEAN"]);
    const minister = await read("Philippine Foreign Secretary Enrique Manalo will hold talks with China's Wang Yi.", "2024-07-25");
    expect(minister.names(minister.meeting().participants)).toEqual(["Enrique Manalo", "Wang Yi"]);
  });

  it("does not take the occasion of a meeting for another one", async () => {
    const found = await read("Chinese President Hu Jintao met U.S. President George W. Bush at the APEC summit in Santiago on Saturday.", "2004-11-20");
    expect(found.names(found.meeting().participants)).toEqual(["Hu Jintao", "George W. Bush"]);
  });

  it.each([
    ["JD Vance skipped talks with Olaf Scholz in Munich.", ["Talks refused: JD Vance & Olaf Scholz"]],
    ["Neither Erdogan nor Mitsotakis met Christodoulides.", []],
    ["Wang Yi met David Lammy on Monday but cancelled a meeting with Cho Tae-yul.", ["Meeting held: Wang Yi & David Lammy", "Meeting cancelled: Wang Yi & Cho Tae-yul"]],
    ["Olaf Scholz, who hosted Volodymyr Zelenskyy in Berlin on Monday, cancelled a trip to Paris.", ["Meeting held: Olaf Scholz & Volodymyr Zelenskyy", "Visit cancelled: Olaf Scholz & France"]],
    ["Lavrov condemned a trip by Keir Starmer to Kyiv.", ["Visit held: Keir Starmer & Ukraine"]],
    ["Emmanuel Macron met Spain's Pedro Sanchez and Italy's Giorgia Meloni in Paris.", ["Meeting held: Emmanuel Macron & Pedro Sánchez & Giorgia Meloni"]],
    ["Tom Washington and Jordan Peterson spoke by phone.", ["PhoneCall held: Tom Washington & Jordan Peterson"]],
    ["Brazil played Argentina in a match which the hosts lost.", []],
    ["Macron will receive Zelenskyy in Paris on Monday.", ["Meeting planned: Emmanuel Macron & Volodymyr Zelenskyy"]],
    ["Putin was welcomed by Xi Jinping in Beijing on Tuesday.", ["Visit held: Vladimir Putin & Xi Jinping & China"]],
    ["Starmer flew to Beijing on Wednesday.", ["Visit held: Keir Starmer & China"]],
    ["President Enrique Peña Nieto may cancel his visit to the White House next Tuesday.", ["Visit possible: Enrique Peña Nieto & United States"]],
    ["Erdogan told Putin by phone on Monday that Turkey would host the athletes.", ["PhoneCall held: Recep Tayyip Erdoğan & Vladimir Putin"]],
    ["Peskov said that Macron discussed the war with Zelenskyy over the telephone.", ["PhoneCall held: Emmanuel Macron & Volodymyr Zelenskyy"]],
    ["In a call on Monday, Biden urged Netanyahu to accept a ceasefire.", ["PhoneCall held: Joe Biden & Benjamin Netanyahu"]],
    ["In a call for action, Guterres urged Biden to sign.", []],
    ["Keir Starmer spoke to President Trump on Monday.", ["Meeting held: Keir Starmer & Donald Trump"]],
    ["Foreign ministers from Poland and Slovakia meet with officials from Hungary and Germany.", ["Meeting held: Poland & Slovakia & Hungary & Germany"]],
    ["Sigmar Gabriel refused to cancel a meeting with Mahmoud Abbas in Ramallah.", ["Meeting planned: Sigmar Gabriel & Mahmoud Abbas"]],
    ["Syrian opposition leaders met Emmanuel Macron in Paris on Tuesday.", ["Meeting held: Syrian opposition leaders & Emmanuel Macron"]],
    ["The opposition and President Viktor Yanukovych hold talks in Kyiv.", ["Talks held: opposition & Viktor Yanukovych"]],
    ["Keir Starmer will visit Berlin, Germany, and Warsaw on Monday.", ["Visit planned: Keir Starmer & Germany", "Visit planned: Keir Starmer & Poland"]],
    ["Keir Starmer cancels visits to Kenya and Ghana.", ["Visit cancelled: Keir Starmer & Kenya", "Visit cancelled: Keir Starmer & Ghana"]],
    ["Keir Starmer begins a visit to Kenya and Ghana.", ["Visit held: Keir Starmer & Kenya & Ghana"]],
    ["Donald Trump invites Keir Starmer to the White House.", ["Visit possible: Donald Trump & Keir Starmer & United States"]],
    ["Canada sends a delegation to Haiti.", ["Visit held: Canada & Haiti"]],
    ["Norway sends letters to Haiti.", []],
    ["The Parliament of Moldova meets to elect a speaker.", []],
    ["Half of the Austrian cabinet visits Israel.", ["Visit held: Austria & Israel"]],
    ["President of Georgia Mikheil Saakashvili met Nicolas Sarkozy.", ["Meeting held: Mikheil Saakashvili & Nicolas Sarkozy"]],
    ["Keir Starmer postpones his trip to Asia.", ["Visit postponed: Keir Starmer"]],
    ["A group of U.S. senators visit Ottawa, Canada, to meet with Mark Carney.", ["Visit held: United States & Canada & Mark Carney"]],
    ["JD Vance visits Armenia, the highest U.S. official to have visited Armenia.", ["Visit held: JD Vance & Armenia"]],
    ["Spain recalls its ambassador after Javier Milei called the wife of Pedro Sánchez corrupt and refused to meet with Felipe VI.", ["Meeting refused: Javier Milei & Felipe VI"]],
    ["Sergey Lavrov and Marco Rubio met in Riyadh. They will also meet in Geneva on Friday.", ["Meeting held: Sergei Lavrov & Marco Rubio", "Meeting planned: Sergei Lavrov & Marco Rubio"]],
  ])("reads who takes part in “%s”", async (text, expected) => {
    const found = await read(text);
    expect(found.extraction.meetings.map((m) => `${m.kind} ${m.status}: ${found.names(m.participants).join(" & ")}`)).toEqual(expected);
  });

  it("tells of a gathering of which only the place is told", async () => {
    const summit = (await read("An international summit on the future of the Arctic begins in Oslo, Norway.")).meeting();
    expect([summit.kind, summit.status, summit.participants]).toEqual(["Summit", "held", []]);
  });

  it("shows a meeting by words that hold the titles of those who meet, and the state of the place", async () => {
    const found = await read("On Tuesday French President Emmanuel Macron met German Chancellor Olaf Scholz in Weimar, Germany.");
    expect(found.words(found.meeting().evidence)).toContain("French President Emmanuel Macron met German Chancellor Olaf Scholz in Weimar, Germany");
    const owned = await read("Chinese President Hu Jintao has postponed his visit to Washington.", "2008-09-07");
    expect(owned.words(owned.meeting().evidence)).toBe("Chinese President Hu Jintao has postponed his visit to Washington");
  });

  it("dates a refusal's meeting by its own day, not by that of the refusal", async () => {
    expect((await read("Tshisekedi on Saturday refused to meet Paul Kagame.")).meeting().date).toBeUndefined();
  });

  it("names the host of talks between others", async () => {
    const found = await read("Turkey is ready to host peace talks between Russia and Ukraine.");
    expect([found.name(found.meeting().host), found.names(found.meeting().participants), found.meeting().status]).toEqual(["Turkey", ["Russia", "Ukraine"], "possible"]);
  });

  it("reads what became of a meeting before what had been meant, and its new day", async () => {
    const moved = (await read("A meeting between Narendra Modi and Joe Biden has been postponed from June 10 to June 14.", "2024-06-05")).meeting();
    expect([moved.status, moved.date?.earliest]).toEqual(["postponed", "2024-06-14"]);
    expect((await read("Netanyahu has cancelled a meeting with Macron that was planned for April 20.", "2024-04-05")).meeting().status).toBe("cancelled");
  });
});
