import { DataFactory, Parser, Store, type Quad, type Term } from "n3";
import { describe, expect, it } from "vitest";
import { ArticleIris, BaseIris, cq, dataset, prov, rdf, schema, validateDataset, xsd } from "../../lib/graph/index.ts";
import { sampleArticle, sampleExtraction, sampleSpan } from "../support/sample.ts";
import { tinyGazetteer } from "./tiny-gazetteer.ts";

const base = "https://data.example/c/";
const iris = new ArticleIris(base, sampleArticle.id);
const statement = iris.statement(0);
const [held, planned] = [iris.meeting(0), iris.meeting(1)];
const tenure = new BaseIris(base).tenure("person/tomas-varga", "office/esteria-prime-minister", "2023");
const span = iris.span(sampleSpan("Ellin", 1));

/** The sample's dataset, which conforms, after a change. */
function changed(change: (store: Store) => void): Store {
  const store = dataset({ article: sampleArticle, extraction: sampleExtraction, base, gazetteer: tinyGazetteer() });
  const before = store.size;
  const copy = new Store([...store]);
  change(copy);
  if (copy.size === before && [...copy].every((each) => store.has(each))) throw new Error("The change changes nothing");
  return copy;
}

function remove(subject: Term, predicate: Term): (store: Store) => void {
  return (store) => store.removeQuads(store.getQuads(subject, predicate, null, null));
}

function add(...[subject, predicate, object]: [Quad["subject"], Quad["predicate"], Quad["object"]]): (store: Store) => void {
  return (store) => void store.addQuad(DataFactory.quad(subject, predicate, object, iris.facts));
}

function replace(subject: Quad["subject"], predicate: Quad["predicate"], object: Quad["object"]): (store: Store) => void {
  return (store) => {
    remove(subject, predicate)(store);
    add(subject, predicate, object)(store);
  };
}

async function findings(change: (store: Store) => void) {
  return validateDataset(changed(change), { text: sampleArticle.text });
}

const day = (value: string) => DataFactory.literal(value, xsd.date);

describe("validation", () => {
  it("accepts the sample", async () => {
    expect(await validateDataset(dataset({ article: sampleArticle, extraction: sampleExtraction, base }))).toEqual([]);
  });

  it.each<[string, (store: Store) => void, string, string, RegExp]>([
    ["a report without evidence", remove(held, cq.evidence), held.value, cq.evidence.value, /at least one span of evidence/],
    ["a report without status", remove(held, cq.status), held.value, cq.status.value, /one status/],
    ["a report with two statuses", add(held, cq.status, cq.refused), held.value, cq.status.value, /one status/],
    ["a report of an unheard-of kind", replace(held, cq.kind, cq.Meeting), held.value, cq.kind.value, /one kind/],
    ["a report of no article", remove(held, prov.wasDerivedFrom), held.value, prov.wasDerivedFrom.value, /one article/],
    ["a statement without content", remove(statement, cq.text), statement.value, cq.text.value, /has content/],
    ["a statement with empty content", replace(statement, cq.text, DataFactory.literal("")), statement.value, cq.text.value, /has content/],
    ["a statement without span", remove(statement, cq.contentSpan), statement.value, cq.contentSpan.value, /at least one span/],
    ["a statement with a span that is not described", replace(statement, cq.contentSpan, DataFactory.namedNode("https://x.example/#char=0,1")), statement.value, cq.contentSpan.value, /described/],
    ["a confidence above one", replace(statement, cq.confidence, DataFactory.literal("1.5", xsd.decimal)), statement.value, cq.confidence.value, /0 to 1/],
    ["a speaker without involvement", add(statement, cq.speaker, iris.entity("state/esteria")), statement.value, "", /Every speaker/],
    ["a speaker's involvement taken away", remove(statement, cq.speaking), statement.value, "", /Every speaker/],
    ["a participant without involvement", add(held, cq.participant, iris.entity("state/esteria")), held.value, "", /Every participant/],
    ["a place without involvement", remove(planned, cq.venue), planned.value, "", /The place/],
    ["attendance in a meeting that was not held", add(planned, cq.attendedBy, iris.entity("person/mara-ellin")), planned.value, cq.status.value, /held was attended/],
    ["attendance in a meeting no longer said to be held", replace(held, cq.status, cq.possible), held.value, cq.status.value, /held was attended/],
    ["an indirect statement as a quotation", add(statement, rdf.type, schema.Quotation), statement.value, "", /not a quotation/],
    ["a scheduled event that is merely possible", replace(planned, cq.status, cq.possible), planned.value, cq.status.value, /no scheduled event/],
    ["a day that is no date", replace(held, cq.asOf, day("2025-02-30x")), held.value, cq.asOf.value, /one day/],
    ["a day that is in no calendar", replace(held, cq.asOf, day("2025-02-30")), held.value, cq.asOf.value, /day of the calendar/],
    ["an earliest day after the latest", replace(planned, cq.earliest, day("2099-01-01")), planned.value, cq.earliest.value, /not after/],
    ["a tenure without source", remove(tenure, cq.source), tenure.value, cq.source.value, /known from/],
    ["a tenure without day", remove(tenure, cq.asOf), tenure.value, cq.asOf.value, /which day/],
    ["a tenure that ends when it starts", replace(tenure, cq.until, day("2023-01-01")), tenure.value, cq.since.value, /before it ends/],
    ["a tenure that ends before it starts", replace(tenure, cq.until, day("2022-06-01")), tenure.value, cq.since.value, /before it ends/],
    ["a state recognised by hearsay", remove(iris.entity("state/norlandia"), cq.source), iris.entity("state/norlandia").value, cq.source.value, /known from/],
    ["a span without words", remove(span, cq.exact), span.value, cq.exact.value, /has its words/],
    ["a span that ends before it begins", replace(span, cq.end, DataFactory.literal("0", xsd.integer)), span.value, cq.begin.value, /before its end/],
    ["a span whose words are not the text's", replace(span, cq.exact, DataFactory.literal("Allin")), span.value, cq.exact.value, /those of the text/],
    ["a span whose words are too long", replace(span, cq.exact, DataFactory.literal("Ellin ")), span.value, cq.exact.value, /as many characters/],
  ])("rejects %s", async (_, change, focus, path, message) => {
    expect(await findings(change)).toContainEqual({ focus, path, message: expect.stringMatching(message) as string, severity: "violation" });
  });

  it.each([
    ["speaker", statement, cq.speaking],
    ["participant", held, cq.participation],
  ])("rejects a %s that no words show", async (_, claim, part) => {
    const found = await findings((store) => {
      for (const node of store.getObjects(claim, part, null)) remove(node, cq.evidence)(store);
    });
    expect(found.length).toBeGreaterThan(0);
    for (const { focus, path } of found) {
      expect(focus.startsWith(`${claim.value}-involvement-`)).toBe(true);
      expect(path).toBe(cq.evidence.value);
    }
  });

  it("compares offsets with IRI and words even without the text", async () => {
    const moved = changed(replace(span, cq.begin, DataFactory.literal(String(sampleSpan("Ellin", 1).start - 1), xsd.integer)));
    expect((await validateDataset(moved)).map(({ focus, message }) => [focus, message])).toEqual([
      [span.value, "The offsets of a span are those of its IRI."],
      [span.value, "The words of a span are as many characters as its offsets say."],
    ]);
  });

  it("counts an astral character once", async () => {
    const [colder] = sampleExtraction.statements[1]?.content ?? [];
    if (colder === undefined) throw new Error("The sample has a discontinuous statement");
    expect(await findings(replace(iris.span(colder), cq.exact, DataFactory.literal("“We do not want a colder border 📞📞”")))).toEqual([
      { focus: iris.span(colder).value, path: cq.exact.value, message: "The words of a span are those of the text at its offsets.", severity: "violation" },
    ]);
  });

  it("answers for any number of datasets at once", async () => {
    const bad = changed(remove(held, cq.evidence));
    const good = dataset({ article: sampleArticle, extraction: sampleExtraction, base });
    const results = await Promise.all([good, bad, good, bad].map((each) => validateDataset(each)));
    expect(results.map((found) => found.length)).toEqual([0, 1, 0, 1]);
  });

  it("judges data that another tool wrote, without involvement of ours", async () => {
    const turtle = `@prefix cq: <https://w3id.org/communique/ontology#> . <https://x.example/r> a cq:MeetingReport .`;
    const found = await validateDataset(new Parser().parse(turtle));
    expect(found.map(({ path }) => path)).toEqual(
      [cq.confidence, cq.evidence, cq.kind, cq.status, prov.wasDerivedFrom].map(({ value }) => value).sort(),
    );
  });

  it("accepts nothing at all", async () => {
    expect(await validateDataset([])).toEqual([]);
  });
});
