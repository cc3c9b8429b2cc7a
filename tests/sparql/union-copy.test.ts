import fc from "fast-check";
import { DataFactory, Parser, type Quad } from "n3";
import { describe, expect, it } from "vitest";
import { toNQuads } from "../../lib/serialization/nquads.ts";
import { withUnion } from "../../lib/sparql/union-copy.ts";

const { namedNode, literal, quad, defaultGraph } = DataFactory;
const iri = fc.stringMatching(/^[a-z#=,.é-]{1,12}$/).map((path) => namedNode(`http://a.example/${path}`));
const word = fc.string({ unit: "binary", maxLength: 20 }).map((text) => text.toWellFormed());
const object = fc.oneof(iri, word.map((text) => literal(text)), word.map((text) => literal(text, "en-gb")), word.map((text) => literal(text, namedNode("http://a.example/type"))));
const quads = fc.array(fc.tuple(iri, iri, object, fc.oneof(iri, fc.constant(defaultGraph()))).map(([s, p, o, g]) => quad(s, p, o, g)), { maxLength: 20 });

const unite = (text: string): string => Buffer.concat([...withUnion(new TextEncoder().encode(text), { quads: 0, tangled: false })]).toString();
const read = (text: string): Quad[] => new Parser({ format: "application/n-quads" }).parse(text);

describe("the union copy", () => {
  it("adds to every quad its triple, and nothing else", () => {
    fc.assert(
      fc.property(quads, (data) => {
        const text = toNQuads(data);
        const copies = data.map(({ subject, predicate, object }) => quad(subject, predicate, object));
        expect(toNQuads(read(unite(text)))).toBe(toNQuads([...data, ...copies]));
      }),
    );
  });

  it("copes with what canonical lines never have: tight terms, tabs, comments, CRLF, no last line feed", () => {
    const text = '# "a comment" <x>\r\n\r\n<a:s><a:p>"x\\"> <a:z>"@en<a:g>.\r\n_:b\t<a:p>\t_:c\t_:g\t.\n<a:s> <a:p> "1"^^<a:t> <a:g> . # <a:h>\n<a:s> <a:p> <a:o> .';
    expect(unite(text).split("\n").slice(6, 9)).toEqual(['<a:s><a:p>"x\\"> <a:z>"@en.', "_:b\t<a:p>\t_:c.", '<a:s> <a:p> "1"^^<a:t>.']);
  });

  it("ends, and hands everything on, whatever the bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const [original] = [...withUnion(bytes, { quads: 0, tangled: false })];
        expect(Buffer.from(original ?? []).subarray(0, bytes.length).equals(Buffer.from(bytes))).toBe(true);
      }),
    );
  });
});
