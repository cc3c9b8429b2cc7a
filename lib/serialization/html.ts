import { createHash } from "node:crypto";
import type { Article } from "../article/types.ts";
import type { Extraction } from "../extraction/types.ts";
import { ArticleIris, DEFAULT_BASE } from "../graph/iris.ts";
import { slicer } from "../text/code-points.ts";
import { factsOf, type Fact } from "./facts.ts";
import { escapeHtml, escapeJson, isSafeReference, safeHref } from "./html-escape.ts";
import { entityList, factList, type PageContext } from "./html-facts.ts";
import { STYLE } from "./html-style.ts";
import { factClass, textHtml } from "./html-text.ts";
import { MARKS_KEY } from "./html-key.ts";

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
 * list of facts beside it, where every fact links back to its words. Statements, meetings and the article's own
 * entities bear the ids that name them in the graph (`#statement-1`); spans bear RFC 5147's (`#char=120,240`, in code
 * points). No script runs and nothing is fetched: the page's policy forbids both. Every text is escaped, whatever it
 * holds. Takes linear time in text and spans. Throws `option-invalid` on a bad base.
 */
export function toHtml(input: HtmlInput): string {
  const { article, extraction, base = DEFAULT_BASE, jsonld } = input;
  const alternates = Object.entries(input.alternates ?? {}).filter(([href]) => isSafeReference(href));
  const facts = factsOf(extraction);
  const title = article.headline ?? article.id;
  const style = STYLE + litRules(facts);
  const entities = new Map(extraction.entities.map((entity) => [entity.key, entity]));
  const iris = new ArticleIris(base, article.id);
  const page: PageContext = { entities, href: (key) => iris.entity(key).value, words: slicer(article.text) };
  const links = alternates.map(
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
${MARKS_KEY}
</header>
<main>
<article class="text" aria-label="Text" lang="${escapeHtml(article.language)}">
<h2>The text</h2>
${textHtml(article, extraction, facts)}</article>
<section class="facts" id="facts" tabindex="-1" aria-label="What was read">
${factList(
  "Statements",
  facts.filter(({ type }) => type === "statement"),
  page,
)}
${factList(
  "Meetings",
  facts.filter(({ type }) => type === "meeting"),
  page,
)}
${entityList(extraction.entities, page)}
</section>
</main>
${footer(extraction, alternates)}
</body>
</html>
`;
}

/** Only this very style sheet applies; nothing else loads, runs or is sent. */
function policy(style: string): string {
  const hash = createHash("sha256").update(style.replaceAll("\r\n", "\n")).digest("base64");
  return `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
}

function litRules(facts: readonly Fact[]): string {
  return facts
    .slice(0, MAX_LIT_FACTS)
    .map(
      (fact) =>
        `body:has(#${fact.id}:is(:target, :hover, :focus-within)) .${factClass(fact)} { background: var(--glow); }\n`,
    )
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

function footer({ versions }: Extraction, alternates: readonly (readonly [string, string])[]): string {
  const made = `Read by Communiqué ${versions.software} with the model ${versions.model} and the gazetteer ${versions.gazetteer}.`;
  const links = alternates.map(
    ([href, type]) => `<a href="${escapeHtml(href)}" type="${escapeHtml(type)}">${escapeHtml(type)}</a>`,
  );
  const also = links.length === 0 ? "" : ` The same as data: ${links.join(", ")}.`;
  return `<footer><p>${escapeHtml(made)} What stands here is what the article says, not what is known to be true.${also}</p></footer>`;
}
