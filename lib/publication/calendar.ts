import { keys } from "./layout.ts";
import type { BucketChange } from "./links.ts";
import type { DayState, LinkState, MonthState, StartState } from "./states.ts";
import type { MeetingSummary } from "./types.ts";
import type { Workspace } from "./workspace.ts";

const TOP = 8;
const NEWEST = 30;
const PAIRS = 20;

/** What the calendar says after a batch. */
export interface CalendarChange {
  readonly days: readonly DayState[];
  readonly months: readonly MonthState[];
  readonly start: Pick<StartState, "meetings" | "pairs" | "months">;
  /** By how many meetings there are more. */
  readonly meetings: number;
}

/** Carries changed meetings over to their days and months, and to the start page. */
export async function changeCalendar(workspace: Workspace, changes: Iterable<BucketChange>, start: StartState): Promise<CalendarChange> {
  const days = new Map<string, Record<string, MeetingSummary>>();
  const dayOf = async (date: string): Promise<Record<string, MeetingSummary>> => {
    const known = days.get(date);
    if (known !== undefined) return known;
    const loaded = { ...(await workspace.load<DayState>(keys.state.day(date)))?.meetings };
    days.set(date, loaded);
    return loaded;
  };
  let newest = [...start.meetings];
  const pairs = new Map(Object.entries(start.pairs));
  let difference = 0;
  for (const { id, before, after } of changes) {
    for (const old of Object.values(before.meetings)) {
      const current = after.meetings[old.id];
      if (JSON.stringify(current) === JSON.stringify(old)) continue;
      Reflect.deleteProperty(await dayOf(old.earliest), old.id);
      newest = newest.filter((meeting) => meeting.id !== old.id);
    }
    for (const meeting of Object.values(after.meetings)) {
      if (JSON.stringify(before.meetings[meeting.id]) === JSON.stringify(meeting)) continue;
      (await dayOf(meeting.earliest))[meeting.id] = meeting;
      newest.push(meeting);
    }
    difference += Object.keys(after.meetings).length - Object.keys(before.meetings).length;
    countPair(pairs, id, after);
  }
  const states = [...days].map(([date, meetings]) => ({ date, meetings: Object.fromEntries(Object.entries(meetings).sort(([a], [b]) => (a < b ? -1 : 1))) })).sort((a, b) => (a.date < b.date ? -1 : 1));
  const months = await changeMonths(workspace, states);
  const counts = { ...start.months };
  for (const { month, days: own } of months) {
    const count = Object.values(own).reduce((sum, { meetings }) => sum + meetings, 0);
    if (count === 0) Reflect.deleteProperty(counts, month);
    else counts[month] = count;
  }
  return {
    days: states,
    months,
    meetings: difference,
    start: {
      meetings: newest.sort((a, b) => compare(b.earliest, a.earliest) || compare(a.id, b.id)).slice(0, NEWEST),
      pairs: Object.fromEntries([...pairs].sort(([a, x], [b, y]) => y.meetings - x.meetings || compare(a, b)).slice(0, PAIRS)),
      months: counts,
    },
  };
}

async function changeMonths(workspace: Workspace, days: readonly DayState[]): Promise<MonthState[]> {
  const months: MonthState[] = [];
  for (const [month, own] of Map.groupBy(days, ({ date }) => date.slice(0, 7))) {
    const state = { ...(await workspace.load<MonthState>(keys.state.month(month)))?.days };
    for (const { date, meetings } of own) {
      const list = Object.values(meetings).sort((a, b) => b.reports - a.reports || compare(a.id, b.id));
      if (list.length === 0) Reflect.deleteProperty(state, date);
      else state[date] = { meetings: list.length, top: list.slice(0, TOP) };
    }
    months.push({ month, days: Object.fromEntries(Object.entries(state).sort(([a], [b]) => compare(a, b))) });
  }
  return months;
}

function countPair(pairs: Map<string, StartState["pairs"][string]>, bucket: string, { meetings }: LinkState): void {
  const held = Object.values(meetings).filter(({ latestStatus }) => latestStatus === "held");
  const sides = held[0]?.participants.map(({ side, ...self }) => side ?? self) ?? [];
  const [first, second, ...more] = [...new Map(sides.map((side) => [side.id ?? side.name, { name: side.name, ...(side.id === undefined ? {} : { id: side.id }) }])).values()];
  if (first === undefined || second === undefined || more.length > 0) pairs.delete(bucket);
  else pairs.set(bucket, { sides: [first, second], meetings: held.length, year: bucket.slice(-4) });
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
