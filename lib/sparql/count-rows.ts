import type { AnswerFormat } from "./types.ts";

/**
 * How many solutions a SELECT result holds, counted in its serialisation in one pass: a count that strings in the data cannot falsify,
 * since each format escapes in them what is counted here.
 */
export function countRows(result: string, format: AnswerFormat): number {
  switch (format) {
    case "xml":
      return occurrences(result, "<result>");
    case "tsv":
      return Math.max(0, occurrences(result, "\n") - 1);
    case "json":
      // Rows are the objects at the third level: {"results": {"bindings": [{…}]}}.
      return countObjects(result, 3);
    default:
      return 0;
  }
}

function occurrences(text: string, part: string): number {
  let count = 0;
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length)) count++;
  return count;
}

function countObjects(json: string, level: number): number {
  let count = 0;
  let depth = 0;
  for (let i = 0; i < json.length; i++) {
    const character = json[i];
    if (character === '"') i = endOfString(json, i);
    else if (character === "{" && ++depth === level) count++;
    else if (character === "}") depth--;
  }
  return count;
}

function endOfString(json: string, start: number): number {
  let at = start + 1;
  while (at < json.length && json[at] !== '"') at += json[at] === "\\" ? 2 : 1;
  return at;
}
