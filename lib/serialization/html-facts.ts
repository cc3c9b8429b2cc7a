import type { Entity, EntityKey, Span } from "../extraction/types.ts";
import type { Fact, Row, Value } from "./facts.ts";
import { escapeHtml } from "./html-escape.ts";
import { entityId, spanId } from "./html-text.ts";

/** What every list of the page is written with. */
export interface PageContext {
  readonly entities: ReadonlyMap<EntityKey, Entity>;
  /** Where an entity's link leads. */
  readonly href: (key: EntityKey) => string;
  readonly words: (span: Span) => string;
}

/** The statements or the meetings, each under its id, its words linking back into the text. */
export function factList(heading: string, facts: readonly Fact[], page: PageContext): string {
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

function entityLink(key: EntityKey, { entities, href }: PageContext): string {
  return `<a href="${escapeHtml(href(key))}"><bdi>${escapeHtml(entities.get(key)?.name ?? key)}</bdi></a>`;
}

/** Everybody and everything named, each under its own id and linking to its IRI. */
export function entityList(entities: readonly Entity[], page: PageContext): string {
  if (entities.length === 0) return "";
  const items = entities.map((entity) => {
    const offices = (entity.offices ?? []).map(({ title, of }) => {
      const name = page.entities.get(of)?.name;
      return escapeHtml(name === undefined ? title : `${title} of ${name}`);
    });
    const state =
      entity.state === undefined || offices.length > 0 ? [] : [escapeHtml(page.entities.get(entity.state)?.name ?? "")];
    const details = [escapeHtml(entity.kind), ...offices, ...state].filter((part) => part !== "").join(", ");
    const id = entityId(entity.key);
    return `<li${id === undefined ? "" : ` id="${escapeHtml(id)}"`}>${entityLink(entity.key, page)} <span>${details}</span></li>\n`;
  });
  return `<h2>Who and where (${entities.length})</h2>\n<ul class="who">\n${items.join("")}</ul>`;
}
