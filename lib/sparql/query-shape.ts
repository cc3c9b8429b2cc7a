import { SparqlProblem } from "./problem.ts";
import { tokenize, type Token } from "./tokens.ts";
import type { QueryForm } from "./types.ts";

/** Deeper than anybody writes by hand; the engine's own parser runs out of stack at a few hundred. */
const MAX_DEPTH = 64;

const FORMS: ReadonlySet<string> = new Set(["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"]);
const UPDATES: ReadonlySet<string> = new Set(["INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "ADD", "MOVE", "COPY", "CREATE", "WITH"]);

export interface QueryShape {
  readonly form: QueryForm;
  /** The outermost LIMIT: its value and where its number stands. */
  readonly limit?: { readonly value: number; readonly start: number; readonly end: number };
  /** Where an outermost LIMIT can be put if there is none. */
  readonly limitAt: number;
}

/**
 * What kind of query a text is, judged by its tokens, so that words in strings, IRIs, comments and names count for
 * nothing. @throws SparqlProblem for an update ("update-refused"), a SERVICE clause ("service-refused"), nesting beyond
 * 64 ("query-too-complex") and what begins like no query ("query-malformed"). What passes may still be malformed.
 */
export function queryShape(query: string): QueryShape {
  const tokens = tokenize(query);
  const start = formIndex(tokens);
  const form = wordOf(tokens[start]);
  if (UPDATES.has(form)) throw new SparqlProblem("update-refused", 403, "This endpoint is read only: it takes queries, no updates.");
  if (!FORMS.has(form)) {
    throw new SparqlProblem("query-malformed", 400, "The query does not begin with SELECT, ASK, CONSTRUCT or DESCRIBE (after its PREFIX and BASE lines).");
  }
  let depth = 0;
  let limit: QueryShape["limit"];
  let limitAt = query.length;
  for (let i = start; i < tokens.length; i++) {
    const token = tokens[i] as Token;
    if (token.kind === "open" && ++depth > MAX_DEPTH) {
      throw new SparqlProblem("query-too-complex", 400, `The query nests brackets deeper than ${MAX_DEPTH}.`);
    }
    if (token.kind === "close") depth--;
    if (token.kind !== "word") continue;
    const word = wordOf(token);
    // Some parsers want no space between keywords, and no other keyword has this one in it.
    if (word.includes("SERVICE")) throw new SparqlProblem("service-refused", 403, "This endpoint answers from its own data: SERVICE is refused.");
    if (depth > 0) continue;
    const number = tokens[i + 1];
    if (word === "LIMIT" && number?.kind === "number") {
      limit = { value: Number(number.text), start: number.at, end: number.at + number.text.length };
    }
    // After the pattern only a values clause can follow the solution modifiers.
    if (word === "VALUES") limitAt = token.at;
  }
  return { form: form as QueryForm, limitAt, ...(limit === undefined ? {} : { limit }) };
}

/** The index of the first token after the prologue. */
function formIndex(tokens: readonly Token[]): number {
  let i = 0;
  for (;;) {
    const word = wordOf(tokens[i]);
    if (word === "PREFIX") i += 3;
    else if (word === "BASE") i += 2;
    else return i;
  }
}

function wordOf(token: Token | undefined): string {
  return token?.kind === "word" ? token.text.toUpperCase() : "";
}

/** A SELECT query that gives at most `most` rows; others as they are. */
export function withRowLimit(query: string, { form, limit, limitAt }: QueryShape, most: number): string {
  if (form !== "SELECT") return query;
  if (limit !== undefined) return limit.value <= most ? query : query.slice(0, limit.start) + String(most) + query.slice(limit.end);
  // On a line of its own: the text may end in a comment.
  return `${query.slice(0, limitAt)}\nLIMIT ${most}\n${query.slice(limitAt)}`;
}
