import { encodeSegment } from "../../graph/iris.ts";
import { framed } from "./frame.ts";
import { html } from "./markup.ts";

export interface ExampleQuery {
  readonly title: string;
  readonly description: string;
  readonly query: string;
}

/** Names of the scripts and style sheets of the query page, in `assets/`. */
export const EDITOR = { script: "yasgui.js", start: "query.js", style: "yasgui.css" } as const;

/** The page that asks the endpoint: an editor, its results, and examples that also work as plain links. */
export function queryPage(examples: readonly ExampleQuery[], base: string): string {
  return framed({
    title: "Query",
    description: "Ask the dataset in SPARQL, with examples.",
    root: "./",
    canonical: `${base}query`,
    className: "query",
    current: "query",
    styles: [EDITOR.style],
    scripts: [EDITOR.script, EDITOR.start],
    main: html`<div class="head">
<p class="kicker">SPARQL 1.1</p>
<h1>Ask the data</h1>
<p class="lead">Choose an example, change it, run it with the arrow or Ctrl + Enter. The default graph is the union of all articles.</p>
</div>
<noscript><p class="meta">The editor needs scripts. Without them, the examples below lead to their results, and <a href="sparql">the endpoint</a> answers any client.</p></noscript>
<div id="editor" data-endpoint="sparql"></div>
<section aria-labelledby="examples">
<h2 id="examples">Examples</h2>
<ul class="examples">${examples.map(
      ({ title, description, query }) => html`
<li><a href="sparql?query=${encodeSegment(query)}" data-query="${query}"><strong>${title}</strong> ${description}</a></li>`,
    )}
</ul>
</section>`,
  });
}
