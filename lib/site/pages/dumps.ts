import { framed } from "./frame.ts";
import { html } from "./markup.ts";

/** The start page of a server that has dumps and no published tree. */
export function dumpsPage(files: readonly string[]): string {
  return framed({
    title: "Communiqué",
    root: "",
    current: "start",
    main: html`<p class="kicker">Dumps</p>
<h1>Data to ask</h1>
<p class="lead">This server answers queries about dumps: on the <a href="query.html">query page</a>, and at <a href="sparql">its endpoint</a>.</p>
<h2>What is loaded</h2>
<ul class="rows">${files.map((file) => html`
<li><code>${file.split(/[\\/]/).at(-1)}</code></li>`)}
</ul>`,
  });
}
