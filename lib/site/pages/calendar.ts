import type { DayDocument, IndexDocument, MonthDocument } from "../../publication/types.ts";
import { dateWords, time } from "./dates.ts";
import { framed } from "./frame.ts";
import { entityPath } from "./links.ts";
import { html, name, type Content } from "./markup.ts";
import { meetingEntry, meetingTimeline } from "./timeline.ts";
import { counted, KIND_WORDS } from "./words.ts";

/** The page of a month: its days, the newest first, with some meetings of each. */
export function monthPage({ base, month, days }: MonthDocument, jsonld?: string): string {
  const root = "../";
  const sorted = days.toSorted((a, b) => (a.date < b.date ? 1 : a.date > b.date ? -1 : 0));
  const meetings = days.reduce((sum, day) => sum + day.meetings, 0);
  const title = `Meetings in ${dateWords(month)}`;
  return framed({
    title,
    description: `${counted(meetings, "meeting")} on ${counted(days.length, "day")}.`,
    root,
    canonical: `${base}month/${month}`,
    ...(jsonld === undefined ? {} : { jsonld }),
    current: "meetings",
    main: html`<p class="kicker">Month</p>
<h1>${title}</h1>
<p class="meta">${counted(meetings, "meeting")}. Each is told of by at least one article.</p>
<h2>By day</h2>
<ol class="timeline">${sorted.map(
      ({ date, meetings: count, top }) => html`
<li><h3 class="day"><a href="${root}day/${date}.html">${time(date)}</a></h3>
<div>${top.map((meeting) => meetingEntry(meeting, { root }))}${
        count > top.length ? html`\n<p class="more"><a href="${root}day/${date}.html">All ${counted(count, "meeting")} of this day</a></p>` : undefined
      }</div></li>`,
    )}
</ol>`,
  });
}

/** The page of a day: all its meetings. */
export function dayPage({ base, date, meetings }: DayDocument, jsonld?: string): string {
  const root = "../";
  const month = date.slice(0, 7);
  const title = `Meetings on ${dateWords(date)}`;
  return framed({
    title,
    description: `${counted(meetings.length, "meeting")}.`,
    root,
    canonical: `${base}day/${date}`,
    ...(jsonld === undefined ? {} : { jsonld }),
    current: "meetings",
    main: html`<p class="kicker"><a href="${root}month/${month}.html">${dateWords(month)}</a></p>
<h1>${title}</h1>
<p class="meta">${counted(meetings.length, "meeting")}.</p>
<h2>Meetings</h2>
${meetingTimeline(meetings, { root })}`,
  });
}

/** Everything of one kind, by name, under first letters. */
export function indexPage({ base, kind, entries }: IndexDocument, jsonld?: string): string {
  const root = "../";
  const { many } = KIND_WORDS[kind];
  return framed({
    title: many,
    description: `${counted(entries.length, "entry", "entries")}, by name.`,
    root,
    canonical: `${base}index/${kind}`,
    ...(jsonld === undefined ? {} : { jsonld }),
    current: "people",
    main: html`<p class="kicker">Index</p>
<h1>${many}</h1>
<p class="meta">${counted(entries.length, "entry", "entries")}, by name.</p>
${letters(entries)}`,
  });

  function letters(all: IndexDocument["entries"]): Content {
    const groups = new Map<string, IndexDocument["entries"][number][]>();
    for (const entry of all) {
      const letter = initial(entry.name);
      groups.set(letter, [...(groups.get(letter) ?? []), entry]);
    }
    return [...groups].map(
      ([letter, list]) => html`<h2>${letter}</h2>
<ul class="index">${list.map(({ id, name: words }) => html`
<li><a href="${root}${entityPath(id)}">${name(words)}</a></li>`)}
</ul>
`,
    );
  }
}

/** "É" counts as "E"; what begins with no letter stands under "#". */
function initial(words: string): string {
  const first = words.normalize("NFD").match(/\p{L}/u)?.[0];
  return words === "" || first === undefined ? "#" : first.toUpperCase();
}
