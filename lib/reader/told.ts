import type { Span } from "../text/types.ts";
import type { Candidate, MeetingFrame, MeetingStatus } from "./types.ts";

/** In the order of the model's rows. */
export const STATUSES: readonly MeetingStatus[] = ["held", "planned", "possible", "cancelled", "postponed", "refused"];

/** Meetings that rules read, by the word of their trigger in one window. */
export type RulesByWord<Rule extends MeetingFrame = MeetingFrame> = ReadonlyMap<number, Rule>;

/** Of each word the row for a trigger of the rules: none, this one by its status, another one by its. */
export function triggerTold(word: number, own: number, rules: RulesByWord): number {
  const rule = rules.get(word);
  return rule === undefined ? 0 : 1 + STATUSES.indexOf(rule.status) + (word === own ? 0 : STATUSES.length);
}

/** In how many meetings the rules let each span take part. */
export function takingPart(rules: RulesByWord): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { participants } of rules.values()) for (const span of new Set(participants.map(keyOf))) counts.set(span, (counts.get(span) ?? 0) + 1);
  return counts;
}

function keyOf({ start, end }: Span): string {
  return `${start} ${end}`;
}

/** What the rules take a candidate for, as a set of bits: participant, participant of another meeting, place, time. */
export function candidateTold(candidate: Candidate, own: MeetingFrame | undefined, counts: ReturnType<typeof takingPart>): number {
  if (candidate.kind === "time") return own?.date.some((d) => d.start < candidate.end && d.end > candidate.start) === true ? 8 : 0;
  const isAmong = (spans: readonly Span[] | undefined): boolean => spans?.some((s) => s.start === candidate.start && s.end === candidate.end) === true;
  const takesPart = Number(isAmong(own?.participants));
  return takesPart + 2 * Number((counts.get(keyOf(candidate)) ?? 0) > takesPart) + 4 * Number(isAmong(own?.place));
}
