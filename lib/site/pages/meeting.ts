import type { MeetingSummary, Participant } from "../../publication/types.ts";
import type { Head } from "./entity.ts";
import { entityPath, thing, type Place } from "./links.ts";
import { dateWords, time } from "./dates.ts";
import { html, joined, type Content } from "./markup.ts";
import { status } from "./timeline.ts";
import { MEETING_WORDS } from "../../serialization/meeting-words.ts";
import { counted, daysWords, STATUS_WORDS } from "./words.ts";

/** "Phone call of Xi Jinping and Vladimir Putin". */
export function meetingTitle({ kind, participants: all }: Pick<MeetingSummary, "kind" | "participants">): string {
  const names = all.map(({ name }) => name);
  const shown = names.length > 3 ? [...names.slice(0, 2), `${names.length - 2} others`] : names;
  const list = shown.length < 2 ? (shown[0] ?? "") : `${shown.slice(0, -1).join(", ")} and ${shown.at(-1) ?? ""}`;
  return list === "" ? MEETING_WORDS[kind] : `${MEETING_WORDS[kind]} of ${list}`;
}

/** What stands above the reports of a meeting: who, when, where, as the newest report has it, and what it was before. */
export function meetingHead(meeting: MeetingSummary, place: Place): Head {
  const { latestStatus, reports, movedFrom, replacedBy } = meeting;
  const title = meetingTitle(meeting);
  const days = daysWords(meeting);
  const told = `As the newest of ${counted(reports, "report")} has it.`;
  return {
    title,
    kicker: html`<a href="${place.root}day/${meeting.earliest}.html">${time(meeting.earliest)}</a> ${status(latestStatus)}`,
    lead: html`${replacedBy === undefined ? undefined : html`<p class="lead">Found to be one with <a href="${place.root}${entityPath(`meeting/${replacedBy}`)}">another meeting</a>: all of it stands there.</p>\n`}<p class="lead">${days}${meeting.place === undefined ? undefined : [", in ", thing(meeting.place, place)]}.</p>
${who(meeting.participants, place)}<p class="meta">${told}${movedFrom.length === 0 ? undefined : [" Planned before for ", joined(movedFrom.map((day) => time(day)), ", "), "."]}</p>`,
    description: `${title}, ${days}: ${STATUS_WORDS[latestStatus]}. ${told}${movedFrom.length === 0 ? "" : ` Planned before for ${movedFrom.map(dateWords).join(", ")}.`}`,
  };
}

/** "Mara Ellin for Norlandia, Tomas Varga for Esteria": those who stand for themselves by name alone. */
function who(all: readonly Participant[], place: Place): Content {
  if (all.length === 0) return undefined;
  const each = all.map((one) => (one.side === undefined || one.side.id === one.id ? thing(one, place) : [thing(one, place), " for ", thing(one.side, place)]));
  return html`<p class="lead">${joined(each, ", ")}.</p>\n`;
}
