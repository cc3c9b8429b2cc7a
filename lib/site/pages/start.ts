import type { DocumentKind, Pair, StartDocument } from "../../publication/types.ts";
import { dateWords, time } from "./dates.ts";
import { framed } from "./frame.ts";
import { source, thing } from "./links.ts";
import { html, type Content, type Markup } from "./markup.ts";
import { meetingTimeline } from "./timeline.ts";
import { counted, KIND_WORDS, numberWords } from "./words.ts";

const HERE = { root: "" };

/** The start page: what is here, the newest meetings, who met whom, and how to get at the data. */
export function startPage(document: StartDocument, jsonld?: string): string {
  const { base, counts, meetings, articles, modified } = document;
  return framed({
    title: "Communiqué",
    description: "Who met whom and who said what in diplomacy, read from the news, every fact with the words it rests on.",
    root: "",
    canonical: base,
    downloads: [
      { href: "dataset.ttl", mediaType: "text/turtle", name: "Description of the dataset" },
      { href: "dataset.jsonld", mediaType: "application/ld+json", name: "Description of the dataset" },
    ],
    ...(jsonld === undefined ? {} : { jsonld }),
    className: "columns",
    current: "start",
    foot: html`<p>As of ${time(modified.slice(0, 10))}.</p>\n`,
    main: html`<div class="head">
<h1>Who met whom, who said what</h1>
<p class="lead">Meetings and statements of states and their leaders, read from news articles. Every fact leads to the words it rests on.</p>
<dl class="figures">${figure(counts.articles, "article", "articles")}${figure(counts.meetings, "meeting", "meetings")}${figure(counts.statements, "statement", "statements")}${figure(counts.quads, "triple", "triples")}
</dl>
</div>
<div class="body">
<section id="meetings">
<h2>Newest meetings</h2>
${meetingTimeline(meetings, HERE) ?? html`<p class="quiet">No meetings yet.</p>`}
${months(document)}
</section>
<section id="query">
<h2>Ask in SPARQL</h2>
<p>The <a href="query.html">query page</a> has examples to begin with. Programs ask the endpoint itself:</p>
<pre tabindex="0"><code>curl -G ${base}sparql -H 'Accept: text/csv' \\
  --data-urlencode 'query=
    PREFIX cq: &lt;https://w3id.org/communique/ontology#&gt;
    SELECT ?who (COUNT(?report) AS ?reports)
    WHERE { ?report a cq:MeetingReport ; cq:participant ?who }
    GROUP BY ?who ORDER BY DESC(?reports) LIMIT 10'</code></pre>
</section>
<section id="data">
<h2>Take the data</h2>
<p>Every page is data too: ask for its address without <code>.html</code> with an <code>Accept</code> header, or take the formats it names.</p>
<pre tabindex="0"><code>curl -L -H 'Accept: text/turtle' ${base}id/state/china</code></pre>
<ul class="rows">
<li><span><a href="dataset.ttl">Description of the dataset</a> (VoID, DCAT)</span> <span class="n">with all dumps, as gzipped N-Quads</span></li>
<li><span><a href="feed.ttl">Feed of changes</a> (LDES)</span> <span class="n">what was published, replaced and withdrawn</span></li>
<li><span><a href="ontology.ttl">Ontology</a>, <a href="shapes.ttl">shapes</a>, <a href="context/v1.jsonld">context</a></span> <span class="n">OWL, SHACL, JSON-LD</span></li>
</ul>
</section>
</div>
<aside aria-label="Who is here">
<section id="people">
${pairs(document.pairs)}<h2>Who is here</h2>
<ul class="rows">${inOrder(document.kinds).map(({ kind, entries }) => html`
<li><a href="index/${kind}.html">${KIND_WORDS[kind].many}</a> <span class="n">${numberWords(entries)}</span></li>`)}
</ul>
</section>
${articles.length === 0 ? undefined : html`<h2>Newest articles</h2>
<ul class="rows">${articles.map((article) => html`
<li><span>${source(article, "")}</span></li>`)}
</ul>
`}</aside>`,
  });
}

/** What people look for first, first. */
const ORDER: readonly DocumentKind[] = ["person", "state", "organization", "group", "medium", "place", "office", "meeting"];

function inOrder(kinds: StartDocument["kinds"]): StartDocument["kinds"] {
  return kinds.toSorted((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind));
}

function figure(count: number, one: string, many: string): Markup {
  return html`
<div><dt>${count === 1 ? one : many}</dt><dd>${numberWords(count)}</dd></div>`;
}

function months({ months: all }: StartDocument): Content {
  if (all.length === 0) return undefined;
  return html`<h2>By month</h2>
<ul class="rows">${all.map(({ month, meetings }) => html`
<li><a href="month/${month}.html">${dateWords(month)}</a> <span class="n">${counted(meetings, "meeting")}</span></li>`)}
</ul>`;
}

function pairs(all: readonly Pair[]): Content {
  if (all.length === 0) return undefined;
  return html`<h2>Who met whom</h2>
<ol class="rows">${all.map(({ sides: [one, other], meetings, year }) => html`
<li><span>${thing(one, HERE)} and ${thing(other, HERE)}</span> <span class="n">${numberWords(meetings)} in ${year}</span></li>`)}
</ol>
`;
}
