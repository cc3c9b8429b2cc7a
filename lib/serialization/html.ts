import { createHash } from "node:crypto";
import type { Article } from "../article/types.ts";
import type { Entity, EntityKey, Extraction } from "../extraction/types.ts";
import { ArticleIris, DEFAULT_BASE } from "../graph/iris.ts";
import { slicer } from "../text/code-points.ts";
import { factsOf, type Fact, type Row, type Value } from "./facts.ts";
import { escapeHtml, escapeJson, safeHref } from "./html-escape.ts";
import { STYLE } from "./html-style.ts";
import { entityId, factClass, spanId, textHtml } from "./html-text.ts";

export interface HtmlInput {
  readonly article: Article;
  readonly extraction: Extraction;
  /** The base IRI of the dataset, which entities link to. */
  readonly base?: string;
  /** JSON-LD to embed, as text. */
  readonly jsonld?: string;
  /** The same data in other formats: address → media type. */
  readonly alternates?: Readonly<Record<string, string>>;
}

/** Rules that light up a fact's words are written for this many facts; browsers weigh each against the whole page. */
const MAX_LIT_FACTS = 300;

/**
 * One self-contained HTML page: the article's text with the words of every fact and mention marked and linked to the
 * list of facts beside it, where every fact links back to its words. Statements, meetings and the article's own entities bear
 * the ids that name them in the graph (`#statement-1`); spans bear RFC 5147's (`#char=120,240`, in code points). No script runs
 * and nothing is fetched: the page's policy forbids both. Every text is escaped, whatever it holds. Takes linear
 * time in text and spans. Throws `option-invalid` on a bad base.
 */
export function toHtml(input: HtmlInput): string {
  const { article, extraction, base = DEFAULT_BASE, jsonld, alternates = {} } = input;
  const facts = factsOf(extraction);
  const title = article.headline ?? article.id;
  const style = STYLE + litRules(facts);
  const entities = new Map(extraction.entities.map((entity) => [entity.key, entity]));
  const page: PageContext = { entities, iris: new ArticleIris(base, article.id), words: slicer(article.text) };
  const links = Object.entries(alternates).map(
    ([href, type]) => `<link rel="alternate" href="${escapeHtml(href)}" type="${escapeHtml(type)}">\n`,
  );
  return `<!doctype html>
<html lang="${escapeHtml(article.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy(style)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${escapeHtml(title)}</title>
${links.join("")}<style>${style}</style>
${jsonld === undefined ? "" : `<script type="application/ld+json">\n${escapeJson(jsonld)}</script>\n`}</head>
<body>
<a class="skip" href="#facts">Skip to what was read</a>
<header>
<h1 dir="auto">${escapeHtml(title)}</h1>
${origin(article)}
<ul class="key" aria-label="Key">
<li><span class="content">what is said or thought</span></li>
<li><span class="source">who says it</span></li>
<li><span class="cue">the word for saying</span></li>
<li><span class="evidence">a meeting</span></li>
<li><span class="date">its date</span></li>
<li><span class="mention">a name or what stands for one</span></li>
</ul>
</header>
<main>
<article class="text" aria-label="Text" lang="${escapeHtml(article.language)}">
<h2>The text</h2>
${textHtml(article, extraction, facts)}</article>
<section class="facts" id="facts" tabindex="-1" aria-label="What was read">
${factList("Statements", facts.filter(({ type }) => type === "statement"), page)}
${factList("Meetings", facts.filter(({ type }) => type === "meeting"), page)}
${entityList(extraction.entities, page)}
</section>
</main>
${footer(extraction, alternates)}
</body>
</html>
`;
}

interface PageContext {
  readonly entities: ReadonlyMap<EntityKey, Entity>;
  readonly iris: ArticleIris;
  readonly words: (span: { start: number; end: number }) => string;
}

/** Only this very style sheet applies; nothing else loads, runs or is sent. */
function policy(style: string): string {
  const hash = createHash("sha256").update(style.replaceAll("\r\n", "\n")).digest("base64");
  return `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
}

function litRules(facts: readonly Fact[]): string {
  return facts
    .slice(0, MAX_LIT_FACTS)
    .map((fact) => `body:has(#${fact.id}:is(:target, :hover, :focus-within)) .${factClass(fact)} { background: var(--glow); }\n`)
    .join("");
}

function origin({ publisher, published, url }: Article): string {
  const href = safeHref(url);
  const parts = [
    publisher === undefined ? "" : `<bdi>${escapeHtml(publisher)}</bdi>`,
    published === undefined ? "" : `<time datetime="${escapeHtml(published)}">${escapeHtml(published)}</time>`,
    href === undefined ? "" : `<a href="${escapeHtml(href)}" rel="noopener external">Original</a>`,
  ].filter((part) => part !== "");
  return parts.length === 0 ? "" : `<p class="meta">${parts.join(" · ")}</p>`;
}

function factList(heading: string, facts: readonly Fact[], page: PageContext): string {
  if (facts.length === 0) return `<h2>${heading}</h2>\n<p class="meta">None.</p>`;
  return `<h2>${heading} (${facts.length})</h2>\n<ol>\n${facts.map((fact) => factHtml(fact, page)).join("")}</ol>`;
}

function factHtml(fact: Fact, page: PageContext): string {
  const number = fact.id.slice(fact.id.indexOf("-") + 1);
  const quote = fact.quote.map((span) => `<a href="#${spanId(span)}">${escapeHtml(page.words(span))}</a>`).join(" … ");
  const told = fact.marks
    .filter(({ role }) => role === "source" || role === "cue")
    .sort((a, b) => a.span.start - b.span.start)
    .map(({ span }) => `<a href="#${spanId(span)}">${escapeHtml(page.words(span))}</a>`);
  const words = told.length === 0 ? "" : `<dt>Told by</dt><dd dir="auto">${told.join(" · ")}</dd>\n`;
  const rows = fact.rows.map((row) => rowHtml(row, page)).join("");
  return `<li class="fact ${fact.type}" id="${fact.id}">
<h3><span class="no">${number}</span> ${fact.title} <span class="status">${fact.status}</span></h3>
<blockquote dir="auto">${quote}</blockquote>
<dl>
${words}${rows}</dl>
</li>
`;
}

function rowHtml({ label, values }: Row, page: PageContext): string {
  return `<dt>${label}</dt><dd>${values.map((value) => valueHtml(value, page)).join(", ")}</dd>\n`;
}

function valueHtml(value: Value, page: PageContext): string {
  if ("text" in value) return `<bdi>${escapeHtml(value.text)}</bdi>`;
  if ("fact" in value) return `<a href="#${value.fact}">${value.fact.replace("-", " ")}</a>`;
  const side = value.side === undefined ? "" : ` (${entityLink(value.side, page)})`;
  return entityLink(value.entity, page) + side;
}

function entityLink(key: EntityKey, { entities, iris }: PageContext): string {
  return `<a href="${escapeHtml(iris.entity(key).value)}"><bdi>${escapeHtml(entities.get(key)?.name ?? key)}</bdi></a>`;
}

function entityList(entities: readonly Entity[], page: PageContext): string {
  if (entities.length === 0) return "";
  const items = entities.map((entity) => {
    const offices = (entity.offices ?? []).map(({ title, of }) => {
      const name = page.entities.get(of)?.name;
      return escapeHtml(name === undefined ? title : `${title} of ${name}`);
    });
    const state = entity.state === undefined || offices.length > 0 ? [] : [escapeHtml(page.entities.get(entity.state)?.name ?? "")];
    const details = [escapeHtml(entity.kind), ...offices, ...state].filter((part) => part !== "").join(", ");
    const id = entityId(entity.key);
    return `<li${id === undefined ? "" : ` id="${escapeHtml(id)}"`}>${entityLink(entity.key, page)} <span>${details}</span></li>\n`;
  });
  return `<h2>Who and where (${entities.length})</h2>\n<ul class="who">\n${items.join("")}</ul>`;
}

function footer({ versions }: Extraction, alternates: Readonly<Record<string, string>>): string {
  const made = `Read by Communiqué ${versions.software} with the model ${versions.model} and the gazetteer ${versions.gazetteer}.`;
  const links = Object.entries(alternates).map(
    ([href, type]) => `<a href="${escapeHtml(href)}" type="${escapeHtml(type)}">${escapeHtml(type)}</a>`,
  );
  const also = links.length === 0 ? "" : ` The same as data: ${links.join(", ")}.`;
  return `<footer><p>${escapeHtml(made)} What stands here is what the article says, not what is known to be true.${also}</p></footer>`;
}
