import type { Article } from "../../article/types.ts";
import type { Entity, EntityKey, Extraction } from "../../extraction/types.ts";
import { encodeSegment } from "../../graph/iris.ts";
import type { ArticleDocument } from "../../publication/types.ts";
import { factsOf, type Fact } from "../../serialization/facts.ts";
import { safeHref } from "../../serialization/html-escape.ts";
import { entityList, factList, type PageContext } from "../../serialization/html-facts.ts";
import { MARKS_KEY } from "../../serialization/html-key.ts";
import { entityId, textHtml } from "../../serialization/html-text.ts";
import { slicer } from "../../text/code-points.ts";
import { time } from "./dates.ts";
import { downloadList, framed, type Download } from "./frame.ts";
import { html, joined, Markup, name, type Content } from "./markup.ts";

/** For so many facts of each kind `article.css` can light up the words in the text. */
export const LIT_FACTS = 120;

/**
 * The page of one article: its text with the words of every fact marked, beside the list of facts, each linked to the
 * other. Statements, meetings and spans bear the ids that name them in the graph. Linear in text and spans.
 */
export function articlePage(document: ArticleDocument, jsonld?: string): string {
  const { base, article, extraction, text, meetings } = document;
  const wholeText = text === "full";
  const title = article.headline ?? article.id;
  const path = `article/${encodeSegment(article.id)}`;
  const downloads: Download[] = ARTICLE_FORMATS.map(([extension, mediaType, format]) => ({ href: `../${path}.${extension}`, mediaType, name: format }));
  const facts = factsOf(extraction).map((fact) => withHistory(fact, meetings));
  const context: PageContext = { entities: withMeetings(extraction, meetings), href: entityHref, words: slicer(article.text) };
  const list = (heading: string, type: Fact["type"]) => factList(heading, facts.filter((fact) => fact.type === type), context);
  const lists = [list("Meetings", "meeting"), list("Statements", "statement")].join("\n");
  const read = html`<section class="read" id="facts" tabindex="-1" aria-label="What was read">
${new Markup(wholeText ? lists : withSpanIds(lists))}
${new Markup(entityList(extraction.entities, context))}
</section>`;
  return framed({
    title,
    root: "../",
    canonical: base + path,
    downloads,
    ...(jsonld === undefined ? {} : { jsonld }),
    styles: wholeText ? ["article.css"] : [],
    description: `What this article tells of meetings and statements: ${extraction.meetings.length} and ${extraction.statements.length}, each with its words.`,
    foot: made(extraction),
    main: html`<p class="kicker">Article</p>
<h1 dir="auto">${title}</h1>
${origin(article)}
${
  wholeText
    ? html`${KEY}
<div class="reading">
<article class="text" aria-label="Text" lang="${article.language}">
<h2>The text</h2>
${new Markup(textHtml(article, extraction, facts))}</article>
${read}
</div>`
    : html`<p class="meta">The publisher of this dataset shows only the words that facts rest on.</p>
${read}`
}
${downloadList(downloads)}`,
  });
}

const ARTICLE_FORMATS = [
  ["ttl", "text/turtle", "Turtle"],
  ["jsonld", "application/ld+json", "JSON-LD"],
  ["nq", "application/n-quads", "N-Quads"],
] as const;

const KEY = new Markup(MARKS_KEY);

/**
 * Where the text is not on the page, the quoted words bear the ids of spans. Text is escaped: no quotation mark of an
 * article can look like an attribute's.
 */
function withSpanIds(lists: string): string {
  const seen = new Set<string>();
  return lists.replace(/<a href="#(char=\d+,\d+)"/g, (link, id: string) => {
    if (seen.has(id)) return link;
    seen.add(id);
    return `<a id="${id}" href="#${id}"`;
  });
}

/** A report of a meeting leads to what all articles tell of it. */
function withHistory(fact: Fact, meetings: ArticleDocument["meetings"]): Fact {
  const meeting = fact.type === "meeting" ? meetings[Number(fact.id.slice("meeting-".length)) - 1] : undefined;
  if (meeting === undefined) return fact;
  return { ...fact, rows: [...fact.rows, { label: "See also", values: [{ entity: `meeting/${meeting}` }] }] };
}

/** What the page links to, meetings among it. */
function withMeetings({ entities }: Extraction, meetings: ArticleDocument["meetings"]): Map<EntityKey, Entity> {
  const linked = Object.values(meetings).map((id): Entity => ({ key: `meeting/${id}`, kind: "place", name: "what articles tell of it", names: [] }));
  return new Map([...entities, ...linked].map((entity) => [entity.key, entity]));
}

/** Entities of the gazetteer have pages of their own; those only this article knows are in its list. */
function entityHref(key: EntityKey): string {
  if (key.startsWith("#")) return `#${encodeURIComponent(entityId(key) ?? "facts")}`;
  return `../data/${key.split("/").map(encodeSegment).join("/")}.html`;
}

function origin({ publisher, published, url }: Article): Content {
  const href = safeHref(url);
  const parts = [
    publisher === undefined ? undefined : name(publisher),
    published === undefined ? undefined : time(published),
    href === undefined ? undefined : html`<a href="${href}" rel="noopener external">Original</a>`,
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : html`<p class="meta">${joined(parts, " · ")}</p>`;
}

function made({ versions }: Extraction): Markup {
  return html`<p>Read with the software ${versions.software}, the model ${versions.model} and the gazetteer ${versions.gazetteer}.</p>
`;
}
