import { DataFactory, type NamedNode } from "n3";

/** The namespaces our graphs use, by the prefix they are written with. */
export const NAMESPACES = {
  cq: "https://w3id.org/communique/ontology#",
  dcterms: "http://purl.org/dc/terms/",
  owl: "http://www.w3.org/2002/07/owl#",
  prov: "http://www.w3.org/ns/prov#",
  rdf: "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
  rdfs: "http://www.w3.org/2000/01/rdf-schema#",
  schema: "https://schema.org/",
  xsd: "http://www.w3.org/2001/XMLSchema#",
} as const;

/** Wikidata's entity IRIs, as its own RDF names them (http, never https). */
export const WIKIDATA = "http://www.wikidata.org/entity/";

function terms<const Name extends string>(
  prefix: keyof typeof NAMESPACES,
  names: readonly Name[],
): Readonly<Record<Name, NamedNode>> {
  const made = names.map((name) => [name, DataFactory.namedNode(NAMESPACES[prefix] + name)]);
  return Object.freeze(Object.fromEntries(made)) as Readonly<Record<Name, NamedNode>>;
}

/** Every term of `ontology/communique.ttl`; a test holds the two together. */
export const cq = terms("cq", [
  // What an article tells
  "Article",
  "Claim",
  "Attribution",
  "Statement",
  "DirectStatement",
  "MixedStatement",
  "IndirectStatement",
  "Attitude",
  "MeetingReport",
  "Meeting",
  "Involvement",
  // Who and where
  "Actor",
  "Person",
  "Leader",
  "State",
  "Organization",
  "Medium",
  "Group",
  "Place",
  "Office",
  "Tenure",
  // The words
  "Span",
  "Mention",
  "NameMention",
  "NominalMention",
  "PronounMention",
  "MetonymMention",
  "DemonymMention",
  // Meeting kinds
  "MeetingKind",
  "PhoneCall",
  "VideoCall",
  "Summit",
  "Visit",
  "Talks",
  "Session",
  "UnspecifiedMeeting",
  // Meeting statuses
  "MeetingStatus",
  "held",
  "planned",
  "possible",
  "cancelled",
  "postponed",
  "refused",
  // Precision of dates
  "Precision",
  "day",
  "week",
  "month",
  "year",
  "period",
  // Recognition of states
  "Recognition",
  "unMember",
  "unObserver",
  "otherRecognition",
  // Articles
  "publisherName",
  "textDocument",
  "referenceDate",
  "referenceDateBasis",
  "referenceDateSpan",
  // Entities
  "affiliation",
  "titleInText",
  "tenure",
  "holder",
  "office",
  "officeOf",
  "officeRole",
  "since",
  "until",
  "sincePrecision",
  "untilPrecision",
  "acting",
  "disputed",
  "recognition",
  "isoAlpha2",
  "isoAlpha3",
  "stateRun",
  "source",
  "asOf",
  // Claims
  "confidence",
  "evidence",
  "contentSpan",
  "cueSpan",
  "sourceSpan",
  "text",
  "speaker",
  "reportedBy",
  "addressee",
  "about",
  "date",
  "kind",
  "status",
  "participant",
  "attendedBy",
  "host",
  "mediator",
  "place",
  "earliest",
  "latest",
  "lastDay",
  "datePrecision",
  "dateText",
  "dateSpan",
  "count",
  "minimumCount",
  "accordingTo",
  // Links
  "meeting",
  "latestStatus",
  // Involvements
  "involvement",
  "participation",
  "hosting",
  "mediation",
  "venue",
  "speaking",
  "reporting",
  "addressing",
  "entity",
  "side",
  // Spans and mentions
  "span",
  "begin",
  "end",
  "exact",
]);

export const rdf = terms("rdf", ["type"]);
export const rdfs = terms("rdfs", ["label"]);
export const owl = terms("owl", ["sameAs"]);
export const prov = terms("prov", [
  "Activity",
  "Entity",
  "SoftwareAgent",
  "used",
  "wasAssociatedWith",
  "wasDerivedFrom",
  "wasGeneratedBy",
  "wasQuotedFrom",
]);
export const schema = terms("schema", [
  "Quotation",
  "EventScheduled",
  "EventCancelled",
  "EventPostponed",
  "datePublished",
  "eventStatus",
  "headline",
  "inLanguage",
  "softwareVersion",
  "url",
]);
export const xsd = terms("xsd", ["boolean", "date", "decimal", "integer"]);
