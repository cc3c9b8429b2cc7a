import type { EntityDocument, OfficeFact } from "../../publication/types.ts";
import { time } from "./dates.ts";
import { downloadList, framed, type Download } from "./frame.ts";
import { entityPath, thing, type Place } from "./links.ts";
import { html, listed, name, type Content, type Markup } from "./markup.ts";
import { meetingHead } from "./meeting.ts";
import { history, timeline } from "./timeline.ts";
import { counted, KIND_WORDS, officeWords, RECOGNITION_WORDS, tenureWords } from "./words.ts";

/** The page of a state, person, organisation, group, medium, place, office or meeting, or an older page of one. */
export function entityPage(document: EntityDocument, jsonld?: string): string {
  const { base, id, kind, meeting, paging, items } = document;
  const sealed = paging.number;
  const root = sealed === undefined ? "../../" : "../../../";
  const place: Place = { root, self: id };
  const head = kind === "meeting" && meeting !== undefined ? meetingHead(meeting, place) : entityHead(document, place);
  const path = sealed === undefined ? `data/${id}` : `data/${id}/${sealed}`;
  const downloads: Download[] = [
    { href: `${root}${path}.ttl`, mediaType: "text/turtle", name: "Turtle" },
    { href: `${root}${path}.jsonld`, mediaType: "application/ld+json", name: "JSON-LD" },
  ];
  const facts = sealed === undefined ? factRows(document, place) : [];
  return framed({
    title: sealed === undefined ? head.title : `${head.title}, older page ${sealed}`,
    description: head.description,
    root,
    canonical: base + path,
    downloads,
    ...(jsonld === undefined ? {} : { jsonld }),
    className: "columns",
    current: kind === "meeting" ? "meetings" : "people",
    main: html`<div class="head">
<p class="kicker">${head.kicker}</p>
<h1 dir="auto">${head.title}</h1>
${sealed === undefined ? head.lead : html`<p class="lead">Older entries, page ${sealed}.</p>`}
</div>
<div class="body">
<h2>${kind === "meeting" ? "What articles tell of it" : "Meetings and statements"} <span class="count">${shown(document)}</span></h2>
${(kind === "meeting" ? history(items, place) : timeline(items, place)) ?? html`<p class="quiet">Nothing is told here yet.</p>`}
${pager(document, root)}
</div>
<aside aria-label="Facts and formats">
${facts.length === 0 ? undefined : html`<h2>What is known</h2>
<dl class="facts">${facts.map(([label, value]) => html`
<dt>${label}</dt><dd>${value}</dd>`)}
</dl>
`}${downloadList(downloads)}</aside>`,
  });
}

export interface Head {
  readonly kicker: Content;
  readonly title: string;
  readonly lead: Content;
  readonly description: string;
}

function entityHead(document: EntityDocument, place: Place): Head {
  const { name: title, kind, counts } = document;
  const told = `Named in ${counted(counts.articles, "article")}: ${counted(counts.meetings, "report")} of meetings, ${counted(counts.statements, "statement")}.`;
  return {
    kicker: KIND_WORDS[kind].one,
    title,
    lead: html`${sentence(document, place)}<p class="meta">${told}</p>`,
    description: `${KIND_WORDS[kind].one}. ${told}`,
  };
}

/** What the gazetteer says, in words. */
function sentence({ kind, facts }: EntityDocument, place: Place): Content {
  const current = facts.offices.filter(({ until }) => until === undefined);
  const belongs = facts.belongsTo === undefined ? undefined : thing(facts.belongsTo, place);
  if (current.length > 0) return html`<p class="lead">${listed(current.map((office) => held(office, place)))}.</p>\n`;
  if (facts.recognition !== undefined) return html`<p class="lead">${RECOGNITION_WORDS[facts.recognition]}</p>\n`;
  if (kind === "medium" && facts.stateRun === true) return html`<p class="lead">Run by the state${belongs === undefined ? undefined : [" of ", belongs]}.</p>\n`;
  if (belongs === undefined) return undefined;
  const belonging = { person: "Of ", place: "In ", office: "An office of " }[kind as string] ?? "Belongs to ";
  return html`<p class="lead">${belonging}${belongs}.</p>\n`;
}

function held(office: OfficeFact, place: Place): Content {
  const { of, acting, disputed } = office;
  if (of === undefined || acting === true || disputed === true) return `${officeWords(office)} ${tenureWords(office)}`;
  return [html`${name(office.title)} of `, thing(of, place), ` ${tenureWords(office)}`];
}

function factRows({ facts, kind, meeting }: EntityDocument, place: Place): (readonly [string, Content])[] {
  const past = facts.offices.filter(({ until }) => until !== undefined);
  const codes = [facts.iso2, facts.iso3].filter((code) => code !== undefined);
  const rows: (readonly [string, Content])[] = [
    ["Belongs to", facts.belongsTo === undefined ? undefined : thing(facts.belongsTo, place)],
    ["Role", facts.role?.replaceAll("-", " ")],
    ["Before", past.length === 0 ? undefined : past.map((office) => html`<span class="line">${pastOffice(office)}</span>`)],
    ["ISO 3166", codes.length === 0 ? undefined : codes.join(", ")],
    ["Run by the state", facts.stateRun === undefined ? undefined : facts.stateRun ? "yes" : "no"],
    ["Also in", wikidata(facts.wikidata)],
    ["Earlier ids", meeting === undefined || meeting.replaces.length === 0 ? undefined : meeting.replaces.join(", ")],
    ["Source", facts.source === undefined ? undefined : [facts.source, facts.asOf === undefined ? undefined : [", as of ", time(facts.asOf)]]],
  ];
  return rows.filter(([label, value]) => value !== undefined && !(kind !== "office" && label === "Role"));
}

function pastOffice(office: OfficeFact): string {
  return `${officeWords(office)}, ${tenureWords(office)}`;
}

function wikidata(item: string | undefined): Markup | undefined {
  if (item === undefined || !/^Q\d+$/.test(item)) return undefined;
  return html`<a href="https://www.wikidata.org/wiki/${item}" rel="external noopener">Wikidata (${item})</a>`;
}

/** How many of all are on this page. */
function shown({ kind, items, counts, paging }: EntityDocument): string {
  const all = kind === "meeting" ? counts.meetings : counts.meetings + counts.statements;
  return paging.older === undefined && paging.newer === undefined ? `${items.length}` : `${items.length} of ${all}`;
}

function pager({ id, paging }: EntityDocument, root: string): Content {
  const { older, newer } = paging;
  if (older === undefined && newer === undefined) return undefined;
  const front = entityPath(id);
  const page = (number: number) => `${front.slice(0, -".html".length)}/${number}.html`;
  return html`<nav class="pager" aria-label="Pages">
${newer === undefined ? html`<span></span>` : html`<a href="${root}${newer === "front" ? front : page(newer)}" rel="prev">← Newer</a>`}
${older === undefined ? undefined : html`<a href="${root}${page(older)}" rel="next">Older →</a>`}
</nav>`;
}
