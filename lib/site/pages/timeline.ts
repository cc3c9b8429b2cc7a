import type { Item, MeetingItem, MeetingSummary, StatementItem } from "../../publication/types.ts";
import { boundsWords, dateWords, rangeWords, time } from "./dates.ts";
import { articlePath, entityPath, participants, source, thing, things, type Place } from "./links.ts";
import { html, joined, name, type Content, type Markup } from "./markup.ts";
import { MEETING_WORDS } from "../../serialization/meeting-words.ts";
import { counted, daysWords, STATUS_WORDS, wordingOf } from "./words.ts";

/**
 * Meetings and statements by day, the newest day first; within a day as they come. A meeting stands at its day where
 * that is known, all else at the day of its article.
 */
export function timeline(items: readonly Item[], place: Place): Content {
  return byDay(items, dayOf, (item, day) => itemMarkup(item, day, place));
}

/** The reports of one meeting by the day of their articles: how it came to be known. */
export function history(items: readonly Item[], place: Place): Content {
  return byDay(items, ({ article }) => article.published ?? "", (item, day) => itemMarkup(item, day, place));
}

/** Meetings, each once, by their first day. */
export function meetingTimeline(meetings: readonly MeetingSummary[], place: Place): Content {
  return byDay(meetings, ({ earliest }) => earliest, (meeting) => meetingEntry(meeting, place));
}

export function byDay<T>(all: readonly T[], dayOf: (one: T) => string, render: (one: T, day: string) => Content): Content {
  const days = new Map<string, T[]>();
  for (const one of all) {
    const day = dayOf(one);
    const list = days.get(day);
    if (list === undefined) days.set(day, [one]);
    else list.push(one);
  }
  if (days.size === 0) return undefined;
  const sorted = [...days].sort(([a], [b]) => (a < b ? 1 : a > b ? -1 : 0));
  return html`<ol class="timeline">${sorted.map(
    ([day, list]) => html`
<li><h3 class="day">${day === "" ? "Undated" : time(day)}</h3>
<div>${list.map((one) => render(one, day))}</div></li>`,
  )}
</ol>`;
}

function itemMarkup(item: Item, day: string, place: Place): Markup {
  return item.type === "meeting" ? meetingItem(item, day, place) : statementItem(item, place);
}

function dayOf(item: Item): string {
  const day = item.type === "meeting" ? (item.date?.earliest ?? item.date?.latest) : item.date;
  return day ?? item.article.published ?? "";
}

export function status(of: MeetingSummary["latestStatus"]): Markup {
  return html`<span class="status ${of}">${STATUS_WORDS[of]}</span>`;
}

/** One article's report of a meeting. */
function meetingItem(item: MeetingItem, day: string, place: Place): Markup {
  const href = item.meeting === undefined || `meeting/${item.meeting}` === place.self ? articlePath(item.article.id, item.fragment) : entityPath(`meeting/${item.meeting}`);
  const how = [
    item.place === undefined ? undefined : ["in ", thing(item.place, place)],
    item.host === undefined ? undefined : ["hosted by ", thing(item.host, place)],
    item.mediator === undefined ? undefined : ["mediated by ", thing(item.mediator, place)],
    item.count === undefined ? undefined : `${item.count.atLeast ? "at least " : ""}${counted(item.count.value, "time")}`,
    when(item, day),
  ];
  return html`
<article class="item met">
<h4><a href="${place.root}${href}">${MEETING_WORDS[item.kind]}</a> ${status(item.status)}</h4>
${item.participants.length === 0 ? undefined : html`<p class="who">${participants(item.participants, place)}</p>\n`}${line(how)}${foot(item, place)}
</article>`;
}

/** What the day that the item stands at does not say: bounds, a last day, the article's words, no date at all. */
function when(item: MeetingItem, day: string): Content {
  const { date } = item;
  if (date === undefined) return "on a day not told";
  const { earliest, latest, end, text } = date;
  const words = text === "" ? undefined : html`<q>${name(text)}</q>`;
  const several = end !== undefined && end !== earliest;
  if (earliest === latest && earliest === day && !several) return words;
  const bounds = earliest !== undefined && earliest === latest ? rangeWords(earliest, end ?? earliest) : boundsWords(earliest, latest);
  if (bounds === undefined) return words;
  const days = several && earliest !== latest ? `${bounds}, until ${dateWords(end)}` : bounds;
  return words === undefined ? days : [days, " (", words, ")"];
}

function statementItem(item: StatementItem, place: Place): Markup {
  const who = item.speakers.length === 0 ? "Unnamed source" : things(item.speakers, place);
  const how = [
    wordingOf(item),
    item.reportedBy === undefined ? undefined : ["reported by ", thing(item.reportedBy, place)],
    item.about.length === 0 ? undefined : ["about ", things(item.about, place)],
  ];
  return html`
<article class="item said">
<h4 class="who">${who}${item.addressee === undefined ? undefined : html` <span class="to">to ${thing(item.addressee, place)}</span>`}</h4>
${line(how)}${foot(item, place)}
</article>`;
}

/** The article's words, leading to where they are marked, and the article. */
function foot(item: Item, { root }: Place): Content {
  const href = `${root}${articlePath(item.article.id, item.fragment)}`;
  const quote = item.quote.length === 0 ? undefined : html`<blockquote dir="auto"><a href="${href}">${joined(item.quote, " … ")}</a></blockquote>\n`;
  return html`${quote}<p class="from">${source(item.article, root, item.fragment)} · confidence ${item.confidence.toFixed(2)}</p>`;
}

function line(parts: readonly Content[]): Content {
  const some = parts.filter((part) => part !== undefined);
  return some.length === 0 ? undefined : html`<p class="how">${joined(some, " · ")}</p>\n`;
}

/** One meeting as the newest of its reports has it. */
export function meetingEntry(meeting: MeetingSummary, place: Place): Markup {
  const { id, earliest, latest, end } = meeting;
  const how = [
    meeting.place === undefined ? undefined : ["in ", thing(meeting.place, place)],
    earliest === latest && (end === undefined || end === earliest) ? undefined : daysWords(meeting),
    meeting.movedFrom.length === 0 ? undefined : ["planned before for ", joined(meeting.movedFrom.map(time), ", ")],
    counted(meeting.reports, "report"),
  ];
  return html`
<article class="item met">
<h4><a href="${place.root}${entityPath(`meeting/${id}`)}">${MEETING_WORDS[meeting.kind]}</a> ${status(meeting.latestStatus)}</h4>
${meeting.participants.length === 0 ? undefined : html`<p class="who">${participants(meeting.participants, place)}</p>\n`}${line(how)}</article>`;
}
