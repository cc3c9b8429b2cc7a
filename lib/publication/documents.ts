import type { Quad } from "n3";
import { articleGraphs } from "./article-graphs.ts";
import { entityQuads } from "./document-quads.ts";
import type { GraphObject } from "./graph-object.ts";
import { kindOf } from "./known.ts";
import { keys } from "./layout.ts";
import { documentPrefixes } from "../serialization/prefixes.ts";
import { toJsonLd } from "../serialization/jsonld.ts";
import { toNQuads } from "../serialization/nquads.ts";
import { serialize } from "../serialization/index.ts";
import { toTurtle } from "../serialization/turtle.ts";
import { CATALOGUE_PREFIXES } from "./terms.ts";
import type { DayState, EntityState, IndexState, MonthState, SealedState, StartState } from "./states.ts";
import type { DocumentKind, EntityDocument, Item, Manifest, MeetingSummary, Pages, RenderedDocument, TextPolicy } from "./types.ts";

/** Objects that a document consists of: key → content. */
export type Rendered = readonly (readonly [key: string, body: string])[];

/** Renders documents from states, and from nothing else: so `check` can render them again. */
export class Documents {
  readonly base: string;
  readonly #pages: Pages | undefined;

  constructor(base: string, pages: Pages | undefined) {
    this.base = base;
    this.#pages = pages;
  }

  async article(object: GraphObject, policy: TextPolicy, meetings: Readonly<Record<number, string>>): Promise<Rendered> {
    const { article, extraction } = object;
    const { base } = this;
    const { id } = article;
    const { facts, evidence, links } = articleGraphs(object, base, meetings);
    const quads = [...facts, ...evidence, ...links];
    const jsonld = await toJsonLd(quads);
    const rendered: (readonly [string, string])[] = [
      [keys.article(id, "nq"), toNQuads(quads)],
      [keys.article(id, "ttl"), await serialize([...facts, ...evidence], "ttl", { base, article: id })],
      [keys.article(id, "jsonld"), jsonld],
      ...(this.#pages === undefined ? [] : this.#page(keys.article(id, "html"), { type: "article", base, article, extraction, text: policy, meetings }, await toJsonLd(facts))),
    ];
    const text = publishedText(object, policy);
    if (text !== undefined) rendered.push([keys.text(id), text]);
    return rendered;
  }

  async entity(state: EntityState): Promise<Rendered> {
    const { id, name, facts, counts, pages, meeting } = state;
    const paging = pages === 0 ? {} : { older: pages };
    return this.#entity(
      { type: "entity", base: this.base, id, kind: kindOf(id), name, facts, counts, items: newestFirst(state.open), paging, ...(meeting === undefined ? {} : { meeting }) },
      (extension) => keys.entity(id, extension),
    );
  }

  async sealed({ id, name, number, items }: SealedState): Promise<Rendered> {
    const count = (type: Item["type"]): number => items.filter((item) => item.type === type).length;
    const counts = { articles: new Set(items.map(({ article }) => article.id)).size, meetings: count("meeting"), statements: count("statement") };
    const paging = { number, ...(number > 1 ? { older: number - 1 } : {}), newer: "front" as const };
    return this.#entity(
      { type: "entity", base: this.base, id, kind: kindOf(id), name, facts: { offices: [] }, counts, items: newestFirst(items), paging },
      (extension) => keys.sealed(id, number, extension),
    );
  }

  day({ date, meetings }: DayState): Rendered {
    return this.#page(keys.day(date), { type: "day", base: this.base, date, meetings: byDay(Object.values(meetings)) });
  }

  month({ month, days }: MonthState): Rendered {
    const list = Object.entries(days).map(([date, day]) => ({ date, ...day }));
    return this.#page(keys.month(month), { type: "month", base: this.base, month, days: list });
  }

  index({ kind, entries }: IndexState): Rendered {
    const list = Object.entries(entries).map(([id, name]) => ({ id, name })).sort((a, b) => (a.name === b.name ? compare(a.id, b.id) : compare(a.name, b.name)));
    return this.#page(keys.index(kind), { type: "index", base: this.base, kind: kind as DocumentKind, entries: list });
  }

  start(state: StartState, { counts, modified }: Manifest): Rendered {
    return this.#page(keys.start, {
      type: "start",
      base: this.base,
      counts: { articles: counts.articles, meetings: counts.meetings, statements: counts.statements, quads: counts.facts + counts.evidence },
      modified,
      meetings: state.meetings,
      articles: state.articles,
      pairs: Object.values(state.pairs).filter(({ meetings }) => meetings > 0),
      months: Object.entries(state.months).map(([month, meetings]) => ({ month, meetings })).sort((a, b) => compare(b.month, a.month)),
      kinds: Object.entries(state.kinds).map(([kind, entries]) => ({ kind: kind as DocumentKind, entries })).sort((a, b) => compare(a.kind, b.kind)),
    });
  }

  /** A document of triples in both formats. */
  async graph(quads: readonly Quad[], key: (extension: "ttl" | "jsonld") => string): Promise<Rendered> {
    return [
      [key("ttl"), toTurtle(quads, { ...documentPrefixes(this.base), ...CATALOGUE_PREFIXES })],
      [key("jsonld"), await toJsonLd(quads)],
    ];
  }

  async #entity(document: EntityDocument, key: (extension: "html" | "ttl" | "jsonld") => string): Promise<Rendered> {
    const rendered = await this.graph(entityQuads(document), key);
    return [...rendered, ...this.#page(key("html"), document, rendered[1]?.[1])];
  }

  #page(key: string, document: RenderedDocument, jsonld?: string): Rendered {
    return this.#pages === undefined ? [] : [[key, this.#pages.render(document, jsonld)]];
  }
}

/** The text document: whole; or only the words that facts rest on, the rest blanked out so that offsets hold; or none. */
export function publishedText({ article, extraction }: GraphObject, policy: TextPolicy): string | undefined {
  if (policy === "none") return undefined;
  if (policy === "full") return article.text;
  const points = Array.from(article.text);
  const shown = new Uint8Array(points.length);
  const spans = [
    ...extraction.statements.flatMap(({ content, cue, source, support }) => [...content, ...cue, ...source, ...Object.values(support).flat()]),
    ...extraction.meetings.flatMap(({ evidence, support, date }) => [...evidence, ...Object.values(support).flat(), ...(date?.span === undefined ? [] : [date.span])]),
    ...extraction.mentions.map(({ span }) => span),
  ];
  for (const { start, end } of spans) shown.fill(1, start, end);
  return points.map((point, i) => (shown[i] === 1 || /\s/.test(point) ? point : "·")).join("");
}

function newestFirst(items: readonly Item[]): Item[] {
  const day = (item: Item): string => (item.type === "meeting" ? item.date?.earliest : item.date) ?? item.article.published ?? "";
  return items
    .map((item) => ({ item, day: day(item) }))
    .sort((a, b) => compare(b.day, a.day) || compare(b.item.article.published ?? "", a.item.article.published ?? "") || compare(a.item.article.id, b.item.article.id) || a.item.fragment.localeCompare(b.item.fragment, "en", { numeric: true }))
    .map(({ item }) => item);
}

function byDay(meetings: readonly MeetingSummary[]): MeetingSummary[] {
  return meetings.toSorted((a, b) => b.reports - a.reports || compare(a.id, b.id));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
