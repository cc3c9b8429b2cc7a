import { Store, type Term } from "n3";
import { describe, expect, it } from "vitest";
import type { TenureEntry } from "../../lib/gazetteer/types.ts";
import { BaseIris, cq, dataset, gazetteerQuads, owl, rdf, rdfs, validateDataset } from "../../lib/graph/index.ts";
import { quadKeys } from "../support/quads.ts";
import { sampleArticle, sampleExtraction } from "../support/sample.ts";
import { tinyGazetteer } from "./tiny-gazetteer.ts";

const base = "https://data.example/c/";
const iris = new BaseIris(base);

function facts(keys: readonly string[], tenures?: readonly TenureEntry[]): Store {
  return new Store(gazetteerQuads(tinyGazetteer(tenures), keys, base));
}

function values(store: Store, subject: Term, predicate: Term): string[] {
  return store.getObjects(subject, predicate, null).map(({ value }) => value).sort();
}

describe("the gazetteer's facts", () => {
  it("stand in a graph named by its version", () => {
    const graphs = facts(["person/mara-ellin"]).getGraphs(null, null, null).map(({ value }) => value);
    expect(graphs).toEqual([`${base}graph/gazetteer/tiny-1`]);
  });

  it("are those of the entities asked for and of what they belong to, and of nothing else", () => {
    const named = (keys: string[]) => facts(keys).getSubjects(rdfs.label, null, null).map(({ value }) => value.slice(`${base}id/`.length)).sort();
    expect(named(["place/port-selen"])).toEqual(["place/port-selen", "state/norlandia"]);
    expect(named(["organization/harbour-office"])).toEqual(["organization/harbour-office", "organization/union-of-coastal-states"]);
    expect(named(["person/tomas-varga"])).toEqual(["office/esteria-prime-minister", "person/tomas-varga", "state/esteria"]);
    expect(named(["#person-lena-orsk", "person/unknown"])).toEqual([]);
  });

  it("identify with Wikidata only what has an item", () => {
    const store = facts(["person/mara-ellin", "person/tomas-varga"]);
    expect(values(store, iris.thing("person/mara-ellin"), owl.sameAs)).toEqual(["http://www.wikidata.org/entity/Q900000001"]);
    expect(values(store, iris.thing("person/tomas-varga"), owl.sameAs)).toEqual([]);
  });

  it("give a tenure holder, office, source and day, and half-open bounds with their precision", () => {
    const store = facts(["person/tomas-varga"]);
    const tenure = iris.tenure("person/tomas-varga", "office/esteria-prime-minister", "2023");
    expect(values(store, iris.thing("person/tomas-varga"), cq.tenure)).toEqual([tenure.value]);
    expect(values(store, tenure, cq.holder)).toEqual([iris.thing("person/tomas-varga").value]);
    expect(values(store, tenure, cq.office)).toEqual([iris.thing("office/esteria-prime-minister").value]);
    expect(values(store, tenure, cq.since)).toEqual(["2023-01-01"]);
    expect(values(store, tenure, cq.sincePrecision)).toEqual([cq.year.value]);
    // Until some day of January 2027: surely ended on 1 February.
    expect(values(store, tenure, cq.until)).toEqual(["2027-02-01"]);
    expect(values(store, tenure, cq.untilPrecision)).toEqual([cq.month.value]);
    expect(values(store, tenure, cq.acting)).toEqual(["true"]);
    expect(values(store, tenure, cq.source)).toEqual(["invented"]);
    expect(values(store, tenure, cq.asOf)).toEqual(["2025-03-01"]);
  });

  it("know the tenures that article graphs point to", () => {
    const store = dataset({ article: sampleArticle, extraction: sampleExtraction, base, gazetteer: tinyGazetteer() });
    const pointed = store.getObjects(null, cq.tenure, `${base}graph/${sampleArticle.id}`);
    expect(pointed).toHaveLength(2);
    for (const tenure of pointed) expect(store.getObjects(tenure, rdf.type, null).map(({ value }) => value)).toEqual([cq.Tenure.value]);
  });

  it("say how far a state is recognised", () => {
    const store = facts(["state/norlandia", "state/esteria"]);
    expect(values(store, iris.thing("state/norlandia"), cq.recognition)).toEqual([cq.unMember.value]);
    expect(values(store, iris.thing("state/esteria"), cq.recognition)).toEqual([cq.otherRecognition.value]);
    expect(values(store, iris.thing("state/norlandia"), cq.isoAlpha3)).toEqual(["XNL"]);
  });

  it("are the same whatever the order of the keys, and no quad stands twice", () => {
    const keys = ["state/esteria", "person/mara-ellin", "medium/ester-press", "person/tomas-varga", "place/port-selen"];
    const once = gazetteerQuads(tinyGazetteer(), keys, base);
    const again = gazetteerQuads(tinyGazetteer(), [...keys, ...keys].reverse(), base);
    expect(again).toEqual(once);
    expect(quadKeys(once)).toHaveLength(once.length);
  });

  it("conform to the shapes together with the article", async () => {
    const store = dataset({ article: sampleArticle, extraction: sampleExtraction, base, gazetteer: tinyGazetteer() });
    expect(await validateDataset(store, { text: sampleArticle.text })).toEqual([]);
  });

  it("refuse a date that is none", () => {
    const odd: TenureEntry = { kind: "tenure", person: "person/mara-ellin", office: "office/norlandia-president", since: "spring", source: "x", asOf: "2025-01-01" };
    expect(() => facts(["person/mara-ellin"], [odd])).toThrow(expect.objectContaining({ code: "gazetteer-invalid" }));
  });
});
