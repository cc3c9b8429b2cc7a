import { Parser } from "htmlparser2";
import { guardHtml } from "./html-guard.ts";
import type { Limits } from "./limits.ts";

const BLOCKS = new Set(
  ("address article aside blockquote body br dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 " +
    "header hr li main nav ol p pre section summary table tbody td tfoot th thead title tr ul").split(" "),
);
const SILENT = new Set("script style noscript template svg math iframe object video audio canvas select button textarea head".split(" "));

/**
 * The visible text of HTML, one block (paragraph, heading, list item, table cell) a line, white space collapsed as a
 * browser does. Within the limits, linear in the length of the input.
 */
export function htmlToText(html: string, limits: Limits): string {
  guardHtml(html, limits);
  const lines: string[] = [];
  let parts: string[] = [];
  let silent = 0;
  const endLine = (): void => {
    const line = parts.join("").replace(/[ \t\n\f\r]+/g, " ").trim();
    if (line !== "") lines.push(line);
    parts = [];
  };
  const parser = new Parser({
    onopentag(name) {
      if (SILENT.has(name)) silent++;
      if (BLOCKS.has(name)) endLine();
    },
    ontext(text) {
      if (silent === 0) parts.push(text);
    },
    onclosetag(name) {
      if (SILENT.has(name)) silent--;
      if (BLOCKS.has(name)) endLine();
    },
  });
  parser.end(html);
  endLine();
  return lines.join("\n");
}
