import fc from "fast-check";
import { DataFactory } from "n3";
import { describe, expect, it } from "vitest";
import { toNQuads } from "../../lib/serialization/index.ts";
import { dataset, literal, namedNode, quad } from "../support/quads.ts";

const s = namedNode("http://x.example/s");
const p = namedNode("http://x.example/p");

const line = (value: string) =>
  toNQuads([quad(s, p, literal(value))]).slice("<http://x.example/s> <http://x.example/p> ".length);

describe("toNQuads", () => {
  it("escapes what the canonical form escapes, and nothing else", () => {
    expect(line('\b\t\n\f\r"\\')).toBe('"\\b\\t\\n\\f\\r\\"\\\\" .\n');
    expect(line("\u0000\u000b\u001f\u007f\ufffe\uffff")).toBe('"\\u0000\\u000B\\u001F\\u007F\\uFFFE\\uFFFF" .\n');
    expect(line("'é\u0085\u2028\ufffd📞")).toBe('"\'é\u0085\u2028\ufffd📞" .\n');
  });

  it("writes the four kinds of line", () => {
    const g = namedNode("http://x.example/g");
    expect(toNQuads([quad(s, p, literal("a", "en"))])).toBe('<http://x.example/s> <http://x.example/p> "a"@en .\n');
    expect(toNQuads([quad(s, p, literal("a"))])).toBe('<http://x.example/s> <http://x.example/p> "a" .\n');
    expect(toNQuads([quad(s, p, literal("1", namedNode("http://x.example/d")))])).toBe(
      '<http://x.example/s> <http://x.example/p> "1"^^<http://x.example/d> .\n',
    );
    expect(toNQuads([quad(s, p, s, g)])).toBe(
      "<http://x.example/s> <http://x.example/p> <http://x.example/s> <http://x.example/g> .\n",
    );
  });

  it("sorts lines as their UTF-8 bytes sort, without duplicates", () => {
    fc.assert(
      fc.property(dataset, (quads) => {
        const lines = toNQuads([...quads, ...quads]).split("\n");
        expect(lines.pop()).toBe("");
        expect(new Set(lines).size).toBe(lines.length);
        expect(lines).toEqual(lines.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))));
      }),
    );
  });

  it("puts an astral character after the last of the basic plane, where UTF-16 would put it before", () => {
    const text = toNQuads([quad(s, p, literal("📞")), quad(s, p, literal("\uff5e"))]);
    expect(text.indexOf("\uff5e")).toBeLessThan(text.indexOf("📞"));
  });

  it("is empty for no quads", () => {
    expect(toNQuads([])).toBe("");
  });

  it.each([
    ["a blank node", () => quad(s, p, DataFactory.blankNode("b"))],
    ["an IRI with a space", () => quad(s, p, namedNode("http://x.example/a b"))],
    ["an IRI that could end its brackets", () => quad(s, namedNode("http://x.example/p> <http://evil.example/"), s)],
    ["a relative IRI", () => quad(namedNode("article/x"), p, s)],
    ["a lone surrogate", () => quad(s, p, literal("a\ud83d"))],
  ])("refuses %s", (_, make) => {
    expect(() => toNQuads([make()])).toThrow(TypeError);
  });
});
