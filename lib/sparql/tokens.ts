import { SparqlProblem } from "./problem.ts";

export type TokenKind = "word" | "iri" | "string" | "name" | "variable" | "tag" | "number" | "open" | "close" | "mark";

export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  /** Where it begins in the query, in UTF-16 units. */
  readonly at: number;
}

/**
 * The terminals of SPARQL 1.1 (§19.8), as far as telling them apart needs. The order matters: an IRI before the
 * operator `<`, long strings before short ones, a prefixed name before the bare word it may begin with.
 */
const TERMINALS: readonly (readonly [TokenKind | "skip", RegExp])[] = [
  ["skip", /[\u0009\u000a\u000d\u0020]+|#[^\n\r]*/y],
  ["iri", /<[^<>"{}|^`\\\u0000-\u0020]*(?:\\[uU][0-9A-Fa-f]+[^<>"{}|^`\\\u0000-\u0020]*)*>/y],
  ["string", /"""(?:"{0,2}(?:[^"\\]|\\[^]))*"""|'''(?:'{0,2}(?:[^'\\]|\\[^]))*'''/y],
  ["string", /"(?:[^"\\\n\r]|\\[^])*"|'(?:[^'\\\n\r]|\\[^])*'/y],
  ["variable", /[?$][\p{L}\p{N}\p{M}_\u00b7]+/uy],
  ["tag", /@[A-Za-z]+(?:-[A-Za-z0-9]+)*/y],
  // `_:b`, `:a`, `foaf:name`, with escapes, percent signs and dots inside. Unbounded, a row of words and dots that no
  // colon follows would be read to its end from every word.
  ["name", /(?:_|[\p{L}][\p{L}\p{N}\p{M}_.\u00b7-]{0,255})?:(?:[\p{L}\p{N}\p{M}_:.%\u00b7-]|\\[-_~.!$&'()*+,;=/?#@%])*/uy],
  ["number", /[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y],
  ["word", /[A-Za-z_][A-Za-z0-9_]*/y],
  ["open", /[{([]/y],
  ["close", /[})\]]/y],
];

/**
 * Splits a query into its tokens, comments and white space left out, in linear time. It is more lenient than the grammar: what
 * fits no terminal is a `mark` of one character, and the engine has the last word. An open string or comment can
 * therefore hide a keyword here only where the engine refuses the query too.
 */
export function tokenize(query: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < query.length) {
    let matched = false;
    for (const [kind, pattern] of TERMINALS) {
      pattern.lastIndex = at;
      const text = pattern.exec(query)?.[0];
      if (text === undefined || text === "") continue;
      if (kind !== "skip") tokens.push({ kind, text, at });
      at += text.length;
      matched = true;
      break;
    }
    if (matched) continue;
    const character = query[at] as string;
    if (character === '"' || character === "'") throw new SparqlProblem("query-malformed", 400, "A string of the query is not closed.");
    tokens.push({ kind: "mark", text: character, at });
    at++;
  }
  return tokens;
}
