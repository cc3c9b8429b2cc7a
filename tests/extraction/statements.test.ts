import { describe, expect, it } from "vitest";
import { read } from "../support/extract.ts";

describe("statements", () => {
  it("reads a source after, before and amid the content", async () => {
    const after = await read("“This is a turning point,” said Kaja Kallas, the EU's foreign policy chief.");
    expect(after.names(after.saying("turning point").speakers)).toEqual(["Kaja Kallas"]);
    const before = await read("Lavrov said that Moscow was ready for talks.");
    const statement = before.saying("Moscow was ready");
    expect(before.names(statement.speakers)).toEqual(["Sergei Lavrov"]);
    expect(before.words(statement.content)).toBe("Moscow was ready for talks");
    const amid = await read("“We want peace,” Modi told Putin in New Delhi. “We will work for it.”");
    const quote = amid.saying("We want peace");
    expect(amid.words(quote.content)).toBe("“We want peace,” … “We will work for it.”");
    expect(amid.name(quote.addressee)).toBe("Vladimir Putin");
  });

  it("tells direct, mixed and indirect apart", async () => {
    const direct = await read("“We are ready,” Macron said.");
    expect(direct.saying("ready").kind).toBe("direct");
    const mixed = await read("Macron called the plan “a mistake” on Monday.");
    expect(mixed.saying("mistake").kind).toBe("mixed");
    const indirect = await read("Macron said France would not take part.");
    expect(indirect.saying("France").kind).toBe("indirect");
  });

  it("names who reports another's words", async () => {
    const quoted = await read("Reuters quoted Lavrov as saying that Moscow was open to dialogue.");
    const statement = quoted.saying("Moscow was open");
    expect([quoted.names(statement.speakers), quoted.name(statement.reportedBy)]).toEqual([["Sergei Lavrov"], "Reuters"]);
    const nested = await read("Xi said the two countries “are good neighbours”, Xinhua reported.");
    const inner = nested.saying("good neighbours");
    expect([nested.names(inner.speakers), nested.name(inner.reportedBy)]).toEqual([["Xi Jinping"], "Xinhua"]);
  });

  it("joins a quotation that opens again in the next paragraph", async () => {
    const found = await read("“Our troops will stay.\n“They will not leave before the election,” Prime Minister John Doe said.");
    expect(found.words(found.saying("before the election").content)).toBe("“Our troops will stay. … “They will not leave before the election,”");
  });

  it("reads a quotation in a paragraph of its own by what introduces it", async () => {
    const found = await read("Macron was asked about the plan. He went on to say:\n“The plan is dead, and everyone knows that it is dead.”\nThe talks ended.");
    const statement = found.saying("The plan is dead");
    expect([found.names(statement.speakers), found.words(statement.cue), statement.kind]).toEqual([["Emmanuel Macron"], "say", "direct"]);
    const inverted = await read("The interview was long.\nStated Macron:\n“The plan is dead, and everyone knows that it is dead.”");
    expect(inverted.words(inverted.saying("The plan is dead").source)).toBe("Macron");
  });

  it("takes what is to be done for the content of a demand, and who is to do it for the addressee", async () => {
    const found = await read("Macron urged the United States to withdraw its troops.");
    const statement = found.saying("withdraw");
    expect([found.words(statement.content), found.name(statement.addressee)]).toEqual(["withdraw its troops", "United States"]);
    const joint = await read("Macron called on Iran and Iraq to meet in Oslo.");
    expect(joint.words(joint.saying("meet").content)).toBe("meet in Oslo");
  });

  it("ends what is said by a verb where the next one begins", async () => {
    const found = await read("Emmanuel Macron says that the blockade of the port is inhumane and unacceptable and calls for sanctions against the company.");
    expect(found.words(found.saying("inhumane").content)).toBe("the blockade of the port is inhumane and unacceptable");
    expect(found.names(found.saying("sanctions").speakers)).toEqual(["Emmanuel Macron"]);
  });

  it("reads a quotation that is signed", async () => {
    const found = await read("Readers wrote to us.\n“He has said hateful things time and again.” — Angela Merkel\n”I am truly afraid of what comes next.” ― Jane Roe.");
    const statement = found.saying("hateful things");
    expect([found.names(statement.speakers), found.words(statement.content), statement.kind]).toEqual([["Angela Merkel"], "“He has said hateful things time and again.”", "direct"]);
    expect(found.names(found.saying("truly afraid").speakers)).toEqual(["Jane Roe"]);
  });

  it("goes on with a paragraph that is all quotation", async () => {
    const found = await read("“We are ready,” Macron said in Paris.\n“We will send observers, and others will follow.”\nThe visit ended.");
    expect(found.words(found.saying("We are ready").content)).toBe("“We are ready,” … “We will send observers, and others will follow.”");
  });

  it("resolves pronouns by gender and by who spoke last", async () => {
    const found = await read("Italian Prime Minister Giorgia Meloni met French President Emmanuel Macron in Rome on Tuesday. “We agree,” she said. He added that Paris would help.");
    expect(found.names(found.saying("We agree").speakers)).toEqual(["Giorgia Meloni"]);
    expect(found.names(found.saying("Paris would help").speakers)).toEqual(["Emmanuel Macron"]);
  });

  it("resolves offices on the day: the Russian president of 2010", async () => {
    const then = await read("“We are partners,” the Russian president said.", "2010-06-01");
    expect(then.names(then.saying("partners").speakers)).toEqual(["Dmitry Medvedev"]);
    const now = await read("“We are partners,” the Russian president said.", "2025-03-05");
    expect(now.names(now.saying("partners").speakers)).toEqual(["Vladimir Putin"]);
  });

  it("gives joint speakers both", async () => {
    const found = await read("France and Germany said that they would send observers.");
    expect(found.names(found.saying("observers").speakers)).toEqual(["France", "Germany"]);
  });

  it("lets unnamed officials and administrations speak for their state", async () => {
    const officials = await read("U.S. officials said the strikes had ended.");
    expect(officials.names(officials.saying("strikes").speakers)).toEqual(["United States"]);
    const administration = await read("The Trump administration said tariffs would rise.");
    expect(administration.names(administration.saying("tariffs").speakers)).toEqual(["United States"]);
  });

  it("keeps apart what is said, what is thought and what was never said", async () => {
    const said = await read("Iran condemned the attack on its embassy.");
    expect(said.saying("attack").mode).toBe("speech");
    const thought = await read("Iran believes that sanctions will fail.");
    expect(thought.saying("sanctions").mode).toBe("attitude");
    const never = await read("Beijing has never condemned Russia’s actions in Ukraine, diplomats note.");
    const silent = never.extraction.statements.filter((s) => never.words(s.cue).includes("condemned") && s.mode === "speech");
    expect(silent).toEqual([]);
  });

  it("dates a statement by the day beside its verb only", async () => {
    const found = await read("Rubio said on Monday that the talks had failed. Lavrov said a summit would open on Friday.");
    expect(found.saying("talks had failed").date).toBe("2025-03-03");
    expect(found.saying("would open on Friday").date).toBeUndefined();
  });

  it("reads a headline's colon", async () => {
    const found = await read("Lavrov: No talks before spring\nThe foreign minister spoke in Moscow.");
    expect(found.names(found.saying("No talks").speakers)).toEqual(["Sergei Lavrov"]);
  });

  it("takes no fact from what is no part of the article", async () => {
    const found = await read("Macron said France would help.\nRead more: Putin said he will win\nShare on Facebook\nWith inputs from agencies");
    expect(found.extraction.statements).toHaveLength(1);
  });

  it("gives a person whom nobody knows no identifier", async () => {
    const found = await read("Prime Minister Jane Roe of Fiji said the islands needed help. Roe spoke on Monday.");
    const speaker = found.extraction.entities.find((e) => e.name === "Jane Roe");
    expect(speaker).toMatchObject({ key: "#person-jane-roe", kind: "person", state: "state/fiji" });
    expect(speaker?.wikidata).toBeUndefined();
  });

  it("does not take a stranger with a leader's family name for the leader", async () => {
    const found = await read("“It was cold,” said Melania Trump. Police officer John Putin disagreed, saying it was warm.");
    expect(found.extraction.entities.map((e) => e.key).filter((k) => /donald-trump|vladimir-putin/.test(k))).toEqual([]);
  });

  it("takes a place before a headline's colon for no speaker", async () => {
    expect((await read("Oman: US and Iran end talks without deal\nThe talks lasted two days.")).extraction.statements).toEqual([]);
  });

  it("lets a spokesman speak for the side, not for the leader himself", async () => {
    const found = await read("A spokesman for the British prime minister said the plan would fail.");
    expect(found.names(found.saying("plan would fail").speakers)).toEqual(["United Kingdom"]);
    const named = await read("A spokesperson for the European Commission, Paula Pinho, said the bloc was preparing a new package.");
    expect(named.names(named.saying("new package").speakers)).toEqual(["Paula Pinho"]);
  });

  it("takes the one who was asked for the one who answers", async () => {
    const found = await read("Marco Rubio spoke to reporters on Monday. “We are patient,” he said. Asked whether Trump would meet Kim Jong Un, he said: “It is possible.”");
    expect(found.names(found.saying("It is possible").speakers)).toEqual(["Marco Rubio"]);
  });

  it("knows who speaks by honorifics, plural titles and long offices", async () => {
    const found = await read("Malaysian Prime Minister Datuk Seri Abdullah Ahmad Badawi says that the vote was fair.", "2006-02-01");
    expect(found.names(found.saying("fair").speakers)).toEqual(["Abdullah Ahmad Badawi"]);
    const joint = await read("United States Representatives Jane Roe and John Doe say that the vote was fair.");
    expect(joint.names(joint.saying("fair").speakers)).toEqual(["Jane Roe", "John Doe"]);
    const minister = await read("Pakistan's Federal Minister for Information and Broadcasting Richard Roe says that the vote was fair.");
    expect(minister.names(minister.saying("fair").speakers)).toEqual(["Richard Roe"]);
  });

  it("takes the leader of an opposition for no head of state, and a body for many", async () => {
    const opposed = await read("Emmanuel Macron won the French election. The leader of the opposition says that the vote was unfair.");
    expect(opposed.names(opposed.saying("unfair").speakers)).not.toContain("Emmanuel Macron");
    const body = await read("The European Commission criticized the vote on Monday. They said that it was unfair.");
    expect(body.names(body.saying("it was unfair").speakers)).toEqual(["European Commission"]);
  });

  it("knows whose ministry it is by the subject of the sentence", async () => {
    const found = await read("Pakistan puts off a visit from the U.S. envoy, its foreign ministry says.");
    expect(found.names(found.saying("visit").speakers)).toEqual(["Pakistan"]);
  });

  it("finds no words in what is called together or called back", async () => {
    const found = await read("Austria calls a summit in Vienna to discuss the floods. Norway recalls its ambassador to Chad. Macron calls the plan a mistake.");
    expect(found.extraction.statements.map((s) => found.words(s.content))).toEqual(["the plan a mistake"]);
  });
});
