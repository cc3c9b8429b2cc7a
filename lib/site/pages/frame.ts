import { safeHref } from "../../serialization/html-escape.ts";
import { html, jsonLdScript, type Content, type Markup } from "./markup.ts";

/** A link to the same data in another format. */
export interface Download {
  /** Relative to the page or absolute. */
  readonly href: string;
  readonly mediaType: string;
  readonly name: string;
}

export interface Frame {
  readonly title: string;
  readonly description?: string;
  /** The way from the page to the root of the site: "" on the start page, where links to its parts stay within; else "./", "../", "../../". */
  readonly root: string;
  /** The page's own address, absolute. */
  readonly canonical?: string;
  readonly downloads?: readonly Download[];
  /** JSON-LD to embed, as text. */
  readonly jsonld?: string;
  /** Names of style sheets beside the shared one. */
  readonly styles?: readonly string[];
  /** Where "Skip to" leads beside the main part. */
  readonly current?: Section;
  readonly main: Content;
  /** Of the main part, for layouts of its own. */
  readonly className?: string;
  /** Words at the page's foot. */
  readonly foot?: Content;
  /** Only the page that queries runs scripts: their names. */
  readonly scripts?: readonly string[];
}

export type Section = "start" | "meetings" | "people" | "query" | "data";

/**
 * What a page without scripts may do: show our own style sheets and pictures. The page says so itself, for servers that
 * send no policy; `http.ts` sends the same as a header, with frames forbidden too.
 */
export const READING_POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'";

/**
 * What the query page may do: run our own scripts, ask our own endpoint. The editor writes style attributes, which
 * cannot be hashed; without foreign scripts or addresses they can do no harm.
 */
export const QUERY_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'";

/** A whole page around its main part. The same input gives the same bytes. */
export function framed(frame: Frame): string {
  const { title, description, root, canonical, downloads = [], jsonld, styles = [], scripts = [] } = frame;
  const address = safeHref(canonical);
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${scripts.length > 0 ? QUERY_POLICY : READING_POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${title === "Communiqué" ? title : `${title} – Communiqué`}</title>
${description === undefined ? undefined : html`<meta name="description" content="${description}">\n`}${
    address === undefined ? undefined : html`<link rel="canonical" href="${address}">\n`
  }<link rel="icon" href="${root}assets/icon.svg" type="image/svg+xml">
${styles.map((style) => html`<link rel="stylesheet" href="${root}assets/${style}">\n`)}<link rel="stylesheet" href="${root}assets/site.css">
${downloads.map(({ href, mediaType, name }) => html`<link rel="alternate" href="${href}" type="${mediaType}" title="${name}">\n`)}<link rel="alternate" href="${root}feed.ttl" type="text/turtle" title="Changes (LDES)">
${jsonld === undefined ? undefined : jsonLdScript(jsonld)}${scripts.map((script) => html`<script src="${root}assets/${script}" defer></script>\n`)}</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<header class="masthead">
<a class="brand" href="${root === "" ? "./" : root}">Communiqué</a>
${navigation(frame)}
</header>
<main id="main" tabindex="-1"${frame.className === undefined ? undefined : html` class="${frame.className}"`}>
${frame.main}
</main>
<footer class="foot">
${frame.foot}<p>What stands here is what articles say, not what is known to be true. Every claim leads to the words it rests on.</p>
</footer>
</body>
</html>
`.text;
}

function navigation({ root, current }: Frame): Markup {
  const links: readonly (readonly [Section, string, string])[] = [
    ["meetings", `${root}#meetings`, "Meetings"],
    ["people", `${root}#people`, "Who"],
    ["query", `${root}query.html`, "Query"],
    ["data", `${root}#data`, "Data"],
  ];
  return html`<nav aria-label="Site"><ul>${links.map(
    ([section, href, label]) => html`
<li><a href="${href}"${section === current ? html` aria-current="page"` : undefined}>${label}</a></li>`,
  )}
</ul></nav>`;
}

/** The same data in other formats, as links. */
export function downloadList(downloads: readonly Download[]): Content {
  if (downloads.length === 0) return undefined;
  return html`<section class="formats" aria-labelledby="formats">
<h2 id="formats">This page as data</h2>
<ul>${downloads.map(({ href, mediaType, name }) => html`
<li><a href="${href}" type="${mediaType}">${name}</a></li>`)}
</ul>
</section>
`;
}
