import { DataFactory, Store, type Term } from "n3";
import { describe, expect, it } from "vitest";
import type { Extraction } from "../../lib/extraction/types.ts";
import { ArticleIris, cq, prov, rdf, rdfs, schema, toQuads } from "../../lib/graph/index.ts";
import { sampleArticle, sampleExtraction, sampleSpan } from "../support/sample.ts";

const base = "https://data.example/c/";
const iris = new ArticleIris(base, sampleArticle.id);

function graphsOf(extraction: Extraction = sampleExtraction, article = sampleArticle): Store {
  return new Store(toQuads({ article, extraction, base }));
}

function values(store: Store, subject: Term, predicate: Term, graph: Term = iris.facts): string[] {
  return store.getObjects(subject, predicate, graph).map(({ value }) => value).sort();
}

function withMeeting(change: Partial<Extraction["meetings"][number]>): Extraction {
  const [first, ...rest] = sampleExtraction.meetings;
  if (first === undefined) throw new Error("The sample has a meeting");
  return { ...sampleExtraction, meetings: [{ ...first, ...change }, ...rest] };
}

describe("the facts of an article", () => {
  const store = graphsOf();

  it("describe the article as a work", () => {
    expect(values(store, iris.article, rdf.type)).toEqual([cq.Article.value]);
    expect(values(store, iris.article, schema.headline)).toEqual([sampleArticle.headline]);
    expect(values(store, iris.article, schema.datePublished)).toEqual(["2025-03-03"]);
    expect(values(store, iris.article, schema.url)).toEqual([sampleArticle.url]);
    expect(values(store, iris.article, cq.publisherName)).toEqual(["Tidewater News"]);
  });

  it("call only direct and mixed statements quotations", () => {
    const classes = sampleExtraction.statements.map((_, index) => values(store, iris.statement(index), rdf.type));
    sampleExtraction.statements.forEach(({ kind, mode }, index) => {
      const quotation = mode === "speech" && kind !== "indirect";
      expect(classes[index]?.includes(schema.Quotation.value)).toBe(quotation);
      expect(classes[index]?.includes(cq.Attitude.value)).toBe(mode === "attitude");
      expect(classes[index]?.includes(cq.Statement.value)).toBe(mode === "speech");
    });
  });

  it("quote directly what stands wholly in quotation marks and derive the rest", () => {
    sampleExtraction.statements.forEach(({ kind }, index) => {
      const [from, other] = kind === "direct" ? [prov.wasQuotedFrom, prov.wasDerivedFrom] : [prov.wasDerivedFrom, prov.wasQuotedFrom];
      expect(values(store, iris.statement(index), from)).toEqual([iris.article.value]);
      expect(values(store, iris.statement(index), other)).toEqual([]);
    });
  });

  it("join the pieces of a discontinuous content and point at each", () => {
    expect(values(store, iris.statement(1), cq.text)).toEqual(["“We do not want a colder border 📞,” … “We want an open one.”"]);
    expect(values(store, iris.statement(1), cq.contentSpan)).toHaveLength(2);
  });

  it("carry no language tag on names and quotes", () => {
    for (const quad of store) if (quad.object.termType === "Literal") expect(quad.object.language).toBe("");
  });

  it("say of a held meeting that it was attended, of a planned one only who takes part", () => {
    for (const status of ["held", "planned", "possible", "cancelled", "postponed", "refused"] as const) {
      const changed = graphsOf(withMeeting({ status }));
      const participants = values(changed, iris.meeting(0), cq.participant);
      expect(participants.length).toBeGreaterThan(1);
      expect(values(changed, iris.meeting(0), cq.attendedBy)).toEqual(status === "held" ? participants : []);
      expect(values(changed, iris.meeting(0), cq.status)).toEqual([cq[status].value]);
    }
  });

  it.each([
    ["held", [schema.EventScheduled.value]],
    ["planned", [schema.EventScheduled.value]],
    ["cancelled", [schema.EventCancelled.value]],
    ["postponed", [schema.EventPostponed.value]],
    ["possible", []],
    ["refused", []],
  ] as const)("give a %s meeting its status in schema.org where it has one", (status, expected) => {
    expect(values(graphsOf(withMeeting({ status })), iris.meeting(0), schema.eventStatus)).toEqual(expected);
  });

  it("give every participant its side", () => {
    const sides = store.getObjects(iris.meeting(0), cq.participation, iris.facts).map((node) => [
      values(store, node, cq.entity)[0],
      values(store, node, cq.side)[0],
    ]);
    expect(sides).toEqual([
      [iris.entity("person/mara-ellin").value, iris.entity("state/norlandia").value],
      [iris.entity("person/tomas-varga").value, iris.entity("state/esteria").value],
    ]);
  });

  it("tell an exact count of meetings from a least one", () => {
    const exact = graphsOf(withMeeting({ count: { value: 3, atLeast: false } }));
    expect(values(exact, iris.meeting(0), cq.count)).toEqual(["3"]);
    expect(values(exact, iris.meeting(0), cq.minimumCount)).toEqual([]);
    const least = graphsOf(withMeeting({ count: { value: 40, atLeast: true } }));
    expect(values(least, iris.meeting(0), cq.count)).toEqual([]);
    expect(values(least, iris.meeting(0), cq.minimumCount)).toEqual(["40"]);
  });

  it("point at the tenures in force and call their holders leaders", () => {
    const ellin = iris.entity("person/mara-ellin");
    expect(values(store, ellin, rdf.type)).toEqual([cq.Leader.value, cq.Person.value]);
    expect(values(store, ellin, cq.tenure)).toEqual([`${base}id/tenure/mara-ellin/norlandia-president/2021-05-01`]);
  });

  it("keep what only the article knows within it, titled in its own words", () => {
    const orsk = iris.entity("#person-lena-orsk");
    expect(orsk.value.startsWith(`${base}article/`)).toBe(true);
    expect(values(store, orsk, rdfs.label)).toEqual(["Lena Orsk"]);
    expect(values(store, orsk, cq.titleInText)).toEqual(["Esterian negotiator"]);
    expect(values(store, orsk, rdf.type)).toEqual([cq.Person.value]);
    expect(values(store, iris.entity("person/mara-ellin"), cq.titleInText)).toEqual([]);
  });

  it("are as of the day of publication, else of the day the text gives away", () => {
    expect(values(store, iris.meeting(0), cq.asOf)).toEqual(["2025-03-03"]);
    const { published: _a, ...article } = sampleArticle;
    const { published: _e, ...extraction } = sampleExtraction;
    const undated = graphsOf(extraction, article);
    expect(values(undated, iris.meeting(0), cq.asOf)).toEqual([]);
    const evidence = [sampleSpan("3 March")];
    const dated = graphsOf({ ...extraction, dated: { date: "2025-03-04", basis: "anniversary", evidence } }, article);
    expect(values(dated, iris.meeting(0), cq.asOf)).toEqual(["2025-03-04"]);
    expect(values(dated, iris.article, cq.referenceDate)).toEqual(["2025-03-04"]);
    expect(values(dated, iris.article, schema.datePublished)).toEqual([]);
    expect(values(dated, iris.article, cq.referenceDateSpan, iris.evidence)).toEqual(evidence.map((span) => iris.span(span).value));
  });

  it("refuse an article whose URL is none", () => {
    expect(() => graphsOf(sampleExtraction, { ...sampleArticle, url: "javascript:alert(1)" })).toThrow(
      expect.objectContaining({ code: "article-invalid" }),
    );
  });
});

describe("the evidence of an article", () => {
  const store = graphsOf();

  it("quotes the text by code points", () => {
    const span = sampleSpan("colder border 📞");
    const quoted = graphsOf(withMeeting({ evidence: [span] }));
    expect(values(quoted, iris.span(span), cq.exact, iris.evidence)).toEqual(["colder border 📞"]);
    expect(values(quoted, iris.span(span), cq.begin, iris.evidence)).toEqual([String(span.start)]);
    expect(values(quoted, iris.span(span), cq.end, iris.evidence)).toEqual([String(span.end)]);
  });

  it("describes every span that anything points to", () => {
    const pointers = [cq.evidence, cq.contentSpan, cq.cueSpan, cq.sourceSpan, cq.dateSpan, cq.span, cq.referenceDateSpan];
    const pointed = pointers.flatMap((pointer) => store.getObjects(null, pointer, null));
    expect(pointed.length).toBeGreaterThan(20);
    for (const span of pointed) expect(values(store, span, rdf.type, iris.evidence)).toEqual([cq.Span.value]);
  });

  it("shows every speaker by the words for it", () => {
    sampleExtraction.statements.forEach(({ speakers, support }, index) => {
      const shown = store.getObjects(iris.statement(index), cq.speaking, iris.evidence).map((node) => ({
        entity: values(store, node, cq.entity, iris.evidence)[0],
        words: values(store, node, cq.evidence, iris.evidence),
      }));
      expect(shown).toEqual(
        speakers.map((key) => ({
          entity: iris.entity(key).value,
          words: (support[key] ?? []).map((span) => iris.span(span).value).sort(),
        })),
      );
    });
  });

  it("gives an entity with two parts in a claim one node for both", () => {
    const key = sampleExtraction.meetings[0]?.participants[0] ?? "";
    const hosted = graphsOf(withMeeting({ host: key }));
    const hosting = values(hosted, iris.meeting(0), cq.hosting);
    expect(hosting).toHaveLength(1);
    expect(values(hosted, iris.meeting(0), cq.participation)).toContain(hosting[0]);
  });

  it("keeps spans, mentions and the parts of speakers out of the facts", () => {
    for (const { predicate, object } of store.match(null, null, null, iris.facts)) {
      expect([cq.exact.value, cq.speaking.value, cq.span.value]).not.toContain(predicate.value);
      expect([cq.Span.value, cq.NameMention.value]).not.toContain(object.value);
    }
  });
});

describe("the provenance of both graphs", () => {
  it("names article, software, model and gazetteer, and no time", () => {
    const store = graphsOf();
    for (const graph of [iris.facts, iris.evidence]) {
      expect(values(store, graph, prov.wasDerivedFrom, graph)).toEqual([iris.article.value]);
      expect(values(store, graph, prov.wasGeneratedBy, graph)).toEqual([iris.conversion().value]);
    }
    const { software, model, gazetteer } = sampleExtraction.versions;
    expect(values(store, iris.conversion(), prov.used)).toEqual(
      [iris.article, iris.thing(`model/${model}`), iris.gazetteerGraph(gazetteer)].map(({ value }) => value).sort(),
    );
    const [agent] = store.getObjects(iris.conversion(), prov.wasAssociatedWith, iris.facts);
    expect(values(store, agent ?? DataFactory.blankNode(), schema.softwareVersion)).toEqual([software]);
    for (const quad of store) {
      if (quad.object.termType === "Literal") expect(quad.object.datatype.value).not.toContain("dateTime");
    }
  });
});
