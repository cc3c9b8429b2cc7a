import type { Article } from "../../lib/article/types.ts";
import type { Extraction, Span } from "../../lib/extraction/types.ts";
import { codePoints, spanToCodePoints } from "../../lib/text/code-points.ts";

/**
 * An invented article of two invented states and its extraction, written by hand as a careful reader would: a call that
 * was held, a summit that is planned, direct, mixed and indirect statements, a quotation interrupted by its source, an
 * attitude told by a news agency, a person only this article knows, and an astral character before half of the text.
 */
export const sampleText = [
  "NORHAVEN, 3 March – President Mara Ellin of Norlandia spoke by telephone with Esterian Prime Minister Tomas Varga on Monday, her office said.",
  "“We do not want a colder border 📞,” Ellin told reporters after the call. “We want an open one.”",
  "Varga said the two leaders would hold a summit in Port Selen on 12 March, and called the talks “a first honest step”.",
  "Esterian negotiator Lena Orsk doubts that the border will reopen before summer, Ester Press reported.",
  "The Union of Coastal States has offered to host the summit, according to Ester Press.",
].join("\n\n");

export const sampleArticle: Article = {
  id: "border-call-1f2e3d4c",
  text: sampleText,
  headline: "Norlandia and Esteria agree to meet after border call",
  published: "2025-03-03",
  publisher: "Tidewater News",
  url: "https://news.example/2025/03/03/border-call",
  language: "en",
};

const convert = codePoints(sampleText);

/** The span of the `nth` (from 0) occurrence of some words of the sample, in code points. */
export function sampleSpan(words: string, nth = 0): Span {
  let start = sampleText.indexOf(words);
  for (let i = 0; i < nth && start >= 0; i++) start = sampleText.indexOf(words, start + 1);
  if (start < 0) throw new Error(`The sample does not say "${words}" ${nth + 1} times`);
  return spanToCodePoints({ start, end: start + words.length }, convert);
}

const at = sampleSpan;

export const sampleExtraction: Extraction = {
  id: sampleArticle.id,
  published: "2025-03-03",
  entities: [
    {
      key: "person/mara-ellin",
      kind: "person",
      name: "Mara Ellin",
      names: ["Ellin", "Mara Ellin"],
      wikidata: "Q900000001",
      offices: [
        { office: "office/norlandia-president", title: "President", of: "state/norlandia", since: "2021-05-01" },
      ],
      state: "state/norlandia",
    },
    {
      key: "person/tomas-varga",
      kind: "person",
      name: "Tomas Varga",
      names: ["Tomas Varga", "Varga"],
      offices: [
        {
          office: "office/esteria-prime-minister",
          title: "Prime Minister",
          of: "state/esteria",
          since: "2023",
          until: "2027-01-01",
        },
      ],
      state: "state/esteria",
    },
    { key: "#person-lena-orsk", kind: "person", name: "Lena Orsk", names: ["Lena Orsk"], state: "state/esteria" },
    { key: "state/norlandia", kind: "state", name: "Norlandia", names: ["Norlandia"] },
    { key: "state/esteria", kind: "state", name: "Esteria", names: ["Esterian"], wikidata: "Q900000002" },
    {
      key: "organization/union-of-coastal-states",
      kind: "organisation",
      name: "Union of Coastal States",
      names: ["The Union of Coastal States"],
    },
    {
      key: "medium/ester-press",
      kind: "medium",
      name: "Ester Press",
      names: ["Ester Press"],
      state: "state/esteria",
    },
    { key: "place/port-selen", kind: "place", name: "Port Selen", names: ["Port Selen"] },
  ],
  mentions: [
    { span: at("Mara Ellin"), entity: "person/mara-ellin", type: "name", title: "President" },
    { span: at("Norlandia"), entity: "state/norlandia", type: "name" },
    { span: at("Esterian"), entity: "state/esteria", type: "demonym" },
    { span: at("Tomas Varga"), entity: "person/tomas-varga", type: "name", title: "Esterian Prime Minister" },
    { span: at("her"), entity: "person/mara-ellin", type: "pronoun" },
    { span: at("Ellin", 1), entity: "person/mara-ellin", type: "name" },
    { span: at("Varga", 1), entity: "person/tomas-varga", type: "name" },
    { span: at("the two leaders"), entity: "person/mara-ellin", type: "nominal" },
    { span: at("the two leaders"), entity: "person/tomas-varga", type: "nominal" },
    { span: at("Port Selen"), entity: "place/port-selen", type: "name" },
    { span: at("Esterian", 1), entity: "state/esteria", type: "demonym" },
    { span: at("Lena Orsk"), entity: "#person-lena-orsk", type: "name", title: "Esterian negotiator" },
    { span: at("Ester Press"), entity: "medium/ester-press", type: "name" },
    { span: at("The Union of Coastal States"), entity: "organization/union-of-coastal-states", type: "name" },
    { span: at("Ester Press", 1), entity: "medium/ester-press", type: "name" },
  ],
  statements: [
    {
      content: [
        at("President Mara Ellin of Norlandia spoke by telephone with Esterian Prime Minister Tomas Varga on Monday"),
      ],
      cue: [at("said")],
      source: [at("her office")],
      speakers: ["person/mara-ellin"],
      reportedBy: null,
      addressee: null,
      kind: "indirect",
      mode: "speech",
      about: ["person/tomas-varga", "state/norlandia", "state/esteria"],
      date: "2025-03-03",
      confidence: 0.91,
      support: { "person/mara-ellin": [at("her")] },
    },
    {
      content: [at("“We do not want a colder border 📞,”"), at("“We want an open one.”")],
      cue: [at("told")],
      source: [at("Ellin", 1)],
      speakers: ["person/mara-ellin"],
      reportedBy: null,
      addressee: null,
      kind: "direct",
      mode: "speech",
      about: [],
      confidence: 0.97,
      support: { "person/mara-ellin": [at("Ellin", 1)] },
    },
    {
      content: [at("the two leaders would hold a summit in Port Selen on 12 March")],
      cue: [at("said", 1)],
      source: [at("Varga", 1)],
      speakers: ["person/tomas-varga"],
      reportedBy: null,
      addressee: null,
      kind: "indirect",
      mode: "speech",
      about: ["person/mara-ellin", "place/port-selen"],
      confidence: 0.95,
      support: { "person/tomas-varga": [at("Varga", 1)] },
    },
    {
      content: [at("the talks “a first honest step”")],
      cue: [at("called")],
      source: [at("Varga", 1)],
      speakers: ["person/tomas-varga"],
      reportedBy: null,
      addressee: null,
      kind: "mixed",
      mode: "speech",
      about: [],
      confidence: 0.88,
      support: { "person/tomas-varga": [at("Varga", 1)] },
    },
    {
      content: [at("that the border will reopen before summer")],
      cue: [at("doubts")],
      source: [at("Esterian negotiator Lena Orsk")],
      speakers: ["#person-lena-orsk"],
      reportedBy: "medium/ester-press",
      addressee: null,
      kind: "indirect",
      mode: "attitude",
      about: [],
      confidence: 0.72,
      support: { "#person-lena-orsk": [at("Lena Orsk")], "medium/ester-press": [at("Ester Press")] },
    },
    {
      content: [at("The Union of Coastal States has offered to host the summit")],
      cue: [at("according to")],
      source: [at("Ester Press", 1)],
      speakers: ["medium/ester-press"],
      reportedBy: null,
      addressee: null,
      kind: "indirect",
      mode: "speech",
      about: ["organization/union-of-coastal-states"],
      confidence: 0.9,
      support: { "medium/ester-press": [at("Ester Press", 1)] },
    },
  ],
  meetings: [
    {
      kind: "PhoneCall",
      status: "held",
      participants: ["person/mara-ellin", "person/tomas-varga"],
      sides: { "person/mara-ellin": "state/norlandia", "person/tomas-varga": "state/esteria" },
      place: null,
      according: [0],
      evidence: [at("spoke by telephone"), at("the call")],
      date: {
        earliest: "2025-03-03",
        latest: "2025-03-03",
        precision: "day",
        text: "on Monday",
        span: at("on Monday"),
      },
      confidence: 0.94,
      support: { "person/mara-ellin": [at("Mara Ellin")], "person/tomas-varga": [at("Tomas Varga")] },
    },
    {
      kind: "Summit",
      status: "planned",
      participants: ["person/mara-ellin", "person/tomas-varga"],
      sides: { "person/mara-ellin": "state/norlandia", "person/tomas-varga": "state/esteria" },
      place: "place/port-selen",
      according: [2],
      evidence: [at("would hold a summit"), at("the summit")],
      date: {
        earliest: "2025-03-12",
        latest: "2025-03-12",
        precision: "day",
        text: "on 12 March",
        span: at("on 12 March"),
      },
      confidence: 0.89,
      support: {
        "person/mara-ellin": [at("the two leaders")],
        "person/tomas-varga": [at("the two leaders")],
        "place/port-selen": [at("Port Selen")],
      },
    },
  ],
  versions: { software: "0.1.0", model: "attribution-1", gazetteer: "a1b2c3d4" },
};
