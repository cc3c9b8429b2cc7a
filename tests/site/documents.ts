import type { ArticleDocument, ArticleRef, DayDocument, EntityDocument, IndexDocument, Item, MeetingSummary, MonthDocument, RenderedDocument, StartDocument } from "../../lib/publication/types.ts";
import { sampleArticle, sampleExtraction } from "../support/sample.ts";

/** One document of every kind, about the invented states of the sample article. */
export const BASE = "https://data.example/";

const ellin = { id: "person/mara-ellin", name: "Mara Ellin" };
const varga = { id: "person/tomas-varga", name: "Tomas Varga" };
const norlandia = { id: "state/norlandia", name: "Norlandia" };
const esteria = { id: "state/esteria", name: "Esteria" };
const portSelen = { id: "place/port-selen", name: "Port Selen" };
const press = { id: "medium/ester-press", name: "Ester Press" };
const orsk = { name: "Lena Orsk", local: { article: sampleArticle.id, fragment: "person-lena-orsk" } };

const call: ArticleRef = {
  id: sampleArticle.id,
  headline: "Norlandia and Esteria agree to meet after border call",
  publisher: "Tidewater News",
  published: "2025-03-03",
};
const summitHeld: ArticleRef = { id: "summit-77aa00bb", headline: "Leaders open Port Selen summit with a handshake", publisher: "Coast Courier", published: "2025-03-13" };

const both = [
  { ...ellin, side: norlandia },
  { ...varga, side: esteria },
];

const summitPlanned: Item = {
  type: "meeting", article: call, fragment: "meeting-2", meeting: "m7f3a2c9e", kind: "Summit", status: "planned", participants: both, place: portSelen,
  quote: ["would hold a summit", "the summit"], confidence: 0.89, log: 1,
  date: { earliest: "2025-03-12", latest: "2025-03-12", precision: "day", text: "on 12 March" },
};
const summitTold: Item = {
  type: "meeting", article: summitHeld, fragment: "meeting-1", meeting: "m7f3a2c9e", kind: "Summit", status: "held", participants: both, place: portSelen, host: norlandia,
  mediator: { id: "organization/union-of-coastal-states", name: "Union of Coastal States" },
  quote: ["met in Port Selen on Thursday for the summit that had been put off by a day"], confidence: 0.96, log: 2,
  date: { earliest: "2025-03-13", latest: "2025-03-13", end: "2025-03-14", precision: "day", text: "on Thursday" },
};

export const items: readonly Item[] = [
  summitTold,
  {
    type: "statement", article: summitHeld, fragment: "statement-1", kind: "direct", mode: "speech", speakers: [ellin], addressee: varga, about: [esteria], roles: ["speaker"],
    quote: ["“The border was drawn by people, and people can open it.”"], confidence: 0.97, log: 2, date: "2025-03-13",
  },
  {
    type: "meeting", article: call, fragment: "meeting-1", meeting: "m01b2c3d4", kind: "PhoneCall", status: "held", participants: both,
    quote: ["spoke by telephone", "the call"], confidence: 0.94, log: 1,
    date: { earliest: "2025-03-03", latest: "2025-03-03", precision: "day", text: "on Monday" },
  },
  {
    type: "meeting", article: call, fragment: "meeting-3", kind: "Talks", status: "possible", participants: [{ ...orsk, side: esteria }],
    quote: ["talks of experts within two weeks"], confidence: 0.61, log: 1, count: { value: 3, atLeast: true },
    date: { earliest: "2025-03-04", latest: "2025-03-17", precision: "period", text: "within two weeks" },
  },
  {
    type: "statement", article: call, fragment: "statement-5", kind: "indirect", mode: "attitude", speakers: [orsk], reportedBy: press, about: [norlandia, ellin], roles: ["about"],
    quote: ["that the border will reopen before summer"], confidence: 0.72, log: 1,
  },
  {
    type: "statement", article: call, fragment: "statement-2", kind: "direct", mode: "speech", speakers: [ellin], about: [], roles: ["speaker"],
    quote: ["“We do not want a colder border 📞,”", "“We want an open one.”"], confidence: 0.97, log: 1,
  },
];

export const person: EntityDocument = {
  type: "entity", base: BASE, id: "person/mara-ellin", kind: "person", name: "Mara Ellin",
  facts: {
    wikidata: "Q900000001", belongsTo: norlandia, source: "editors", asOf: "2025-02-01",
    offices: [
      { id: "office/president-of-norlandia", title: "President", of: norlandia, since: "2021-05-01" },
      { id: "office/foreign-minister-of-norlandia", title: "Foreign Minister", of: norlandia, since: "2017", until: "2021-05-01", acting: true },
    ],
  },
  counts: { articles: 2, meetings: 3, statements: 3 }, items, paging: { older: 1 },
};

export const state: EntityDocument = {
  type: "entity", base: BASE, id: "state/norlandia", kind: "state", name: "Norlandia",
  facts: { offices: [], recognition: "UN member", iso2: "NX", iso3: "NXX", wikidata: "Q900000003", source: "editors", asOf: "2025-02-01" },
  counts: { articles: 2, meetings: 3, statements: 1 }, items, paging: {},
};

export const sealed: EntityDocument = { ...person, items: items.slice(2), paging: { number: 2, older: 1, newer: "front" } };

export const medium: EntityDocument = { ...state, id: "medium/ester-press", kind: "medium", name: "Ester Press", facts: { offices: [], stateRun: true, belongsTo: esteria }, items: items.slice(4, 5) };

export const office: EntityDocument = {
  ...state, id: "office/president-of-norlandia", kind: "office", name: "President of Norlandia", facts: { offices: [], belongsTo: norlandia, role: "head-of-state" }, items: [],
};

export const summit: MeetingSummary = {
  id: "m7f3a2c9e", kind: "Summit", latestStatus: "held", earliest: "2025-03-13", latest: "2025-03-13", end: "2025-03-14", participants: both, place: portSelen, reports: 2,
  movedFrom: ["2025-03-12"], replaces: ["m00000001"],
};
export const phoneCall: MeetingSummary = {
  id: "m01b2c3d4", kind: "PhoneCall", latestStatus: "held", earliest: "2025-03-03", latest: "2025-03-03", participants: both, reports: 1, movedFrom: [], replaces: [],
};
export const talks: MeetingSummary = { ...phoneCall, id: "m5", kind: "Talks", latestStatus: "cancelled", earliest: "2025-03-04", latest: "2025-03-17", participants: [norlandia, esteria], reports: 4 };

export const meeting: EntityDocument = {
  type: "entity", base: BASE, id: "meeting/m7f3a2c9e", kind: "meeting", name: "Summit", facts: { offices: [] }, counts: { articles: 2, meetings: 2, statements: 0 },
  items: [summitTold, summitPlanned], paging: {}, meeting: summit,
};
export const retired: EntityDocument = { ...meeting, id: "meeting/m00000001", meeting: { ...summit, id: "m00000001", replacedBy: "m7f3a2c9e" }, items: [] };

export const article: ArticleDocument = { type: "article", base: BASE, article: sampleArticle, extraction: sampleExtraction, text: "full", meetings: { 0: "m01b2c3d4", 1: "m7f3a2c9e" } };
export const words: ArticleDocument = { ...article, text: "evidence" };

export const month: MonthDocument = {
  type: "month", base: BASE, month: "2025-03", days: [{ date: "2025-03-03", meetings: 1, top: [phoneCall] }, { date: "2025-03-13", meetings: 9, top: [summit, talks] }],
};
export const day: DayDocument = { type: "day", base: BASE, date: "2025-03-13", meetings: [summit, talks] };
export const index: IndexDocument = { type: "index", base: BASE, kind: "person", entries: [ellin, { id: "person/elan-oest", name: "Élan Øst" }, varga, { id: "person/x", name: "42nd Envoy" }] };

export const start: StartDocument = {
  type: "start", base: BASE, counts: { articles: 2, meetings: 3, statements: 7, quads: 12345 }, modified: "2025-03-14T08:00:00Z", meetings: [summit, talks, phoneCall],
  articles: [summitHeld, call], pairs: [{ sides: [norlandia, esteria], meetings: 3, year: "2025" }], months: [{ month: "2025-03", meetings: 3 }],
  kinds: [{ kind: "person", entries: 4 }, { kind: "state", entries: 2 }, { kind: "medium", entries: 1 }],
};

export const DOCUMENTS: Readonly<Record<string, RenderedDocument>> = {
  "index.html": start,
  "data/person/mara-ellin.html": person,
  "data/person/mara-ellin/2.html": sealed,
  "data/state/norlandia.html": state,
  "data/medium/ester-press.html": medium,
  "data/office/president-of-norlandia.html": office,
  "data/meeting/m7f3a2c9e.html": meeting,
  "data/meeting/m00000001.html": retired,
  [`article/${sampleArticle.id}.html`]: article,
  "article/words-only.html": { ...words, article: { ...sampleArticle, id: "words-only" } },
  "month/2025-03.html": month,
  "day/2025-03-13.html": day,
  "index/person.html": index,
};
