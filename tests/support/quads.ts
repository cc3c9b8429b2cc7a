import fc from "fast-check";
import jsonld from "jsonld";
import {
  DataFactory,
  Parser,
  type NamedNode,
  type Quad,
  type Quad_Graph,
  type Quad_Object,
  type Quad_Predicate,
  type Quad_Subject,
} from "n3";
import { loadContext } from "../../lib/serialization/context.ts";

/** Short names for n3's factory, with its methods kept on it. */
export const namedNode = (iri: string) => DataFactory.namedNode(iri);
export const literal = (value: string, kind?: string | NamedNode) => DataFactory.literal(value, kind);
export const quad = (subject: Quad_Subject, predicate: Quad_Predicate, object: Quad_Object, graph?: Quad_Graph) =>
  DataFactory.quad(subject, predicate, object, graph);

export const BASE = "https://data.example/c/";
const CQ = "https://w3id.org/communique/ontology#";
const XSD = "http://www.w3.org/2001/XMLSchema#";

/** One string for each distinct quad, independent of our own serializers. */
export function quadKeys(quads: Iterable<Quad>): string[] {
  const keys = [...quads].map(({ subject, predicate, object, graph }) =>
    JSON.stringify([
      subject.value,
      predicate.value,
      object.value,
      object.termType === "Literal" ? [object.language, object.datatype.value] : object.termType,
      graph.value,
    ]),
  );
  return [...new Set(keys)].sort();
}

/** Read by n3, the independent reader of Turtle, TriG and N-Quads. */
export function parse(text: string, format: string): Quad[] {
  return new Parser({ format }).parse(text);
}

/** What is used of the library to read JSON-LD; its own types do not know N-Quads come out. */
type ToNQuads = (
  document: unknown,
  options: { documentLoader: typeof loadContext; format: "application/n-quads" },
) => Promise<string>;

/** Read by jsonld, the independent reader of JSON-LD, with no context but ours. */
export async function parseJsonLd(document: unknown): Promise<Quad[]> {
  const toNQuads = jsonld.toRDF.bind(jsonld) as unknown as ToNQuads;
  return parse(await toNQuads(document, { documentLoader: loadContext, format: "application/n-quads" }), "N-Quads");
}

/** Strings with what escaping gets wrong: quotation marks, backslashes, controls, U+2028, noncharacters, astral characters. */
export const nastyString = fc
  .array(
    fc.oneof(
      fc.string({ unit: "grapheme", maxLength: 4 }),
      fc.constantFrom(
        '"',
        "'",
        '"""',
        "\\",
        "\\u0041",
        "\n",
        "\r",
        "\r\n",
        "\t",
        "\b",
        "\f",
        "\u0000",
        "\u0001",
        "\u001f",
        "\u007f",
        "\u0085",
        "\u00a0",
        "\u200f",
        "\u2028",
        "\u2029",
        "\ufeff",
        "\ufffd",
        "\ufffe",
        "\uffff",
        "📞",
        "𝔸",
        "\u{10ffff}",
        "é",
        "e\u0301",
        "%",
        "{",
        "}",
        "<",
        ">",
        "@",
        "^^",
        " ",
        ".",
        ";",
        "#",
      ),
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join("").toWellFormed());

const nastySegment = fc
  .array(
    fc.constantFrom(
      "a",
      "Z",
      "0",
      "-",
      ".",
      "_",
      "~",
      ",",
      "=",
      ";",
      ":",
      "@",
      "!",
      "$",
      "&",
      "'",
      "(",
      ")",
      "*",
      "+",
      "%20",
      "%C3%A9",
      "é",
      "中",
      "📞",
      "\uff5e",
      "statement-1",
      "statement-10",
      "char=1,2",
    ),
    { minLength: 1, maxLength: 5 },
  )
  .map((parts) => parts.join(""));

const namespaces = [
  BASE,
  `${BASE}id/person/`,
  `${BASE}article/x#`,
  `${BASE}text/x.txt#char=`,
  CQ,
  "http://other.example/",
  "urn:x-test:",
];

/** Valid IRIs near to and far from our namespaces, with characters that prefixed names must escape. */
export const nastyIri = fc
  .tuple(fc.constantFrom(...namespaces), nastySegment, fc.constantFrom("", "/", "#", "?"), nastySegment)
  .map(([namespace, a, mark, b]) => (mark === "" ? namespace + a : namespace + a.replaceAll("#", "") + mark + b));

const lexical: readonly (readonly [string, string])[] = [
  ["1", "integer"],
  ["01", "integer"],
  ["-0", "integer"],
  ["+5", "integer"],
  ["12345678901234567890", "integer"],
  ["x", "integer"],
  ["0.91", "decimal"],
  ["1.", "decimal"],
  [".5", "decimal"],
  ["1", "decimal"],
  ["true", "boolean"],
  ["1", "boolean"],
  ["false", "boolean"],
  ["1.0E3", "double"],
  ["2025-03-03", "date"],
  ["", "string"],
];

const object = fc.oneof(
  nastyIri.map((iri) => namedNode(iri)),
  nastyString.map((text) => literal(text)),
  fc.tuple(nastyString, fc.constantFrom("en", "en-gb", "zh-hant")).map(([text, tag]) => literal(text, tag)),
  fc.constantFrom(...lexical).map(([text, type]) => literal(text, namedNode(XSD + type))),
  fc.tuple(nastyString, nastyIri).map(([text, type]) => literal(text, namedNode(type))),
);

const predicate = fc.oneof(
  nastyIri,
  fc.constantFrom(
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#type",
    "http://www.w3.org/2000/01/rdf-schema#label",
    `${CQ}speaker`,
    `${CQ}begin`,
    `${CQ}confidence`,
    `${CQ}kind`,
    `${CQ}date`,
    `${CQ}exact`,
  ),
);

/** Arbitrary datasets without blank nodes; subjects recur, so that nodes refer to one another. */
export const dataset = fc
  .array(nastyIri, { minLength: 1, maxLength: 5 })
  .chain((subjects) => {
    const node = fc.constantFrom(...subjects);
    return fc.array(
      fc.tuple(
        node,
        predicate,
        fc.oneof(
          object,
          node.map((iri) => namedNode(iri)),
        ),
        fc.oneof(fc.constantFrom(`${BASE}graph/x`, `${BASE}graph/x/evidence`, ""), nastyIri),
      ),
      { maxLength: 20 },
    );
  })
  .map((rows) =>
    rows.map(([s, p, o, g]) =>
      quad(namedNode(s), namedNode(p), o, g === "" ? DataFactory.defaultGraph() : namedNode(g)),
    ),
  );
