import { Parser } from "n3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { exampleQueries } from "../../lib/sparql/index.ts";
import { diplomacy } from "./dump.ts";
import { openEndpoint, type Endpoint } from "./endpoint.ts";

const examples = await exampleQueries();

/** Each example's answer, a row a line; IRIs without what they have in common. */
const ANSWERS: Readonly<Record<string, readonly string[]>> = {
  "phone-calls": ["2025-02-24 | Vladimir Putin | Xi Jinping"],
  "said-about": ["2025-02-24 | id/article/xi-putin-call | article/xi-putin-call#statement-1 | “happy to see” efforts, he said,\nto defuse the crisis"],
  "planned-never-held": ["2025-04-01 | 2025-04-30 | Donald Trump | Vladimir Putin | article/plan#meeting-2"],
  "reported-by-medium": ["Xi Jinping | “happy to see” efforts, he said,\nto defuse the crisis | article/xi-putin-call#statement-1"],
  "meetings-by-place": ["Moscow | 1 | 1"],
  "frequent-interlocutors": ["Vladimir Putin | Xi Jinping | 2"],
  "statements-with-evidence": [
    "0.95 | Donald Trump | he would not go | text/plan.txt#char=5,20",
    "0.9 | Xi Jinping | “happy to see” efforts, he said,\nto defuse the crisis | text/xi-putin-call.txt#char=10,60",
    "0.7 | Vladimir Putin | “We are neighbours” | text/xi-putin-call.txt#char=90,109",
  ],
  "offices-on-a-day": ["China | President | Xi Jinping | 2013-03-14"],
  "history-of-meetings": [
    "2025-02-24 | cq:held | cq:PhoneCall | 2025-02-24 | 2025-02-24 |  | article/xi-putin-call#meeting-1",
    "2025-03-01 | cq:planned | cq:Visit | 2025-03-10 | 2025-03-14 | id/meeting/m1 | article/plan#meeting-1",
    "2025-05-08 | cq:held | cq:Visit | 2025-05-07 | 2025-05-07 | id/meeting/m1 | article/held#meeting-1",
  ],
  "hosts-and-mediators": ["Vladimir Putin | host | 2", "Türkiye | mediator | 1"],
  "quotations": ["2025-02-24 | “We are neighbours” | article/xi-putin-call#statement-2"],
  "talked-about": ["Donald Trump | Russia | 1", "Vladimir Putin | Russia | 1", "Xi Jinping | Russia | 1", "Xi Jinping | Ukraine | 1"],
  "called-off": ["2025-03-01 | cq:refused | Donald Trump | Donald Trump | article/plan#meeting-4", "2025-03-01 | cq:refused | Russia | Donald Trump | article/plan#meeting-4"],
};

interface Results {
  readonly head: { readonly vars: readonly string[] };
  readonly results: { readonly bindings: readonly Readonly<Record<string, { readonly value: string }>>[] };
}

let endpoint: Endpoint;
beforeAll(async () => {
  endpoint = await openEndpoint([diplomacy()]);
});
afterAll(() => endpoint.close());

const short = (value: string): string => value.replace("https://communique.example/", "").replace("https://w3id.org/communique/ontology#", "cq:");

describe("the example queries", () => {
  it("are a dozen and more, each with a title and a description", () => {
    expect(examples.length).toBeGreaterThanOrEqual(12);
    for (const { id, title, description } of examples) {
      expect(id).toMatch(/^[a-z][a-z-]+$/);
      expect(title).toMatch(/^\p{Lu}/u);
      expect(description).toMatch(/\.$/);
    }
    expect(new Set(examples.map(({ id }) => id)).size).toBe(examples.length);
  });

  it.each(examples.filter(({ id }) => id in ANSWERS))("$title", async ({ id, query }) => {
    const response = await endpoint.get(query, "application/sparql-results+json");
    expect(response.status).toBe(200);
    const { head, results } = (await response.json()) as Results;
    const rows = results.bindings.map((row) => head.vars.map((name) => short(row[name]?.value ?? "")).join(" | "));
    expect(rows).toEqual(ANSWERS[id]);
  });

  it("give the graph of one article", async () => {
    const { query } = examples.find(({ id }) => id === "facts-of-one-article")!;
    const response = await endpoint.get(query, "application/n-triples");
    const expected = new Parser().parse(diplomacy()).filter(({ graph }) => graph.value === "https://communique.example/graph/xi-putin-call");
    expect(new Parser().parse(await response.text())).toHaveLength(expected.length);
  });

  it("have every answer tested, and an order wherever there are rows", () => {
    expect(examples.map(({ id }) => id).filter((id) => !(id in ANSWERS))).toEqual(["facts-of-one-article"]);
    for (const { query } of examples) if (/\bSELECT\b/.test(query)) expect(query).toMatch(/^ORDER BY/m);
  });

  it("speak of the base that the data has", async () => {
    const [first] = (await exampleQueries("https://news.example/")).filter(({ id }) => id === "said-about");
    expect(first?.query).toContain("<https://news.example/id/person/xi-jinping>");
    expect(first?.query).not.toContain("communique.example");
  });
});
