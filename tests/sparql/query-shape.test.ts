import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SparqlProblem } from "../../lib/sparql/index.ts";
import { queryShape, withRowLimit } from "../../lib/sparql/query-shape.ts";
import { tokenize } from "../../lib/sparql/tokens.ts";

const limited = (query: string, most = 10): string => withRowLimit(query, queryShape(query), most).replace(/\s+/g, " ").trim();

describe("tokens", () => {
  it("lie in the text one after another, and leave out white space and comments alone", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom("SELECT", "?x", " ", "\n", "# c\n", "<a:b>", "<", "'s'", '"a\\"b"', "'''x'y'''", "a:b", "_:b", "1.5", "@en", "{", "}", "^^", "é", "\\"), { maxLength: 30 }), (pieces) => {
        const query = pieces.join("");
        let tokens;
        try {
          tokens = tokenize(query);
        } catch (error) {
          expect(error).toBeInstanceOf(SparqlProblem);
          return;
        }
        let at = 0;
        for (const token of tokens) {
          expect(query.slice(at, token.at)).toMatch(/^(?:\s|#[^\n]*(?:\n|$))*$/);
          expect(query.startsWith(token.text, token.at)).toBe(true);
          at = token.at + token.text.length;
        }
      }),
    );
  });
});

describe("the shape of a query", () => {
  it.each([
    ["SELECT * {}", "SELECT"],
    ["prefix : <http://a.example/> base <http://b.example/> ask {}", "ASK"],
    ["#ASK {}\n#\nconstruct where { ?s ?p ?o }", "CONSTRUCT"],
    ["PREFIX select: <http://a.example/#> DESCRIBE select:a", "DESCRIBE"],
  ])("of %s is %s", (query, form) => {
    expect(queryShape(query).form).toBe(form);
  });

  it("is found, or the query refused, whatever the text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        try {
          queryShape(text);
        } catch (error) {
          expect(error).toBeInstanceOf(SparqlProblem);
        }
      }),
    );
  });
});

describe("the limit on rows", () => {
  it.each([
    ["SELECT * {}", "SELECT * {} LIMIT 10"],
    ["SELECT * {} # LIMIT 5", "SELECT * {} # LIMIT 5 LIMIT 10"],
    ["SELECT * {} LIMIT 5", "SELECT * {} LIMIT 5"],
    ["SELECT * {} limit 50 OFFSET 3", "SELECT * {} limit 10 OFFSET 3"],
    ["SELECT * { { SELECT * {} LIMIT 50 } } ORDER BY ?limit", "SELECT * { { SELECT * {} LIMIT 50 } } ORDER BY ?limit LIMIT 10"],
    ["SELECT * { VALUES ?x { 1 } } VALUES ?y { 2 }", "SELECT * { VALUES ?x { 1 } } LIMIT 10 VALUES ?y { 2 }"],
    ["SELECT * {} LIMIT 99 VALUES ?y { 2 }", "SELECT * {} LIMIT 10 VALUES ?y { 2 }"],
    ["SELECT ('LIMIT 5' AS ?x) {}", "SELECT ('LIMIT 5' AS ?x) {} LIMIT 10"],
    ["CONSTRUCT WHERE { ?s ?p ?o }", "CONSTRUCT WHERE { ?s ?p ?o }"],
  ])("makes of %s: %s", (query, expected) => {
    expect(limited(query)).toBe(expected);
  });
});
