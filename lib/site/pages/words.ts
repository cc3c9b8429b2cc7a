import type { MeetingStatus } from "../../extraction/types.ts";
import type { DocumentKind, MeetingSummary, OfficeFact, StatementItem } from "../../publication/types.ts";
import { boundsWords, dateWords, rangeWords } from "./dates.ts";

export const STATUS_WORDS: Readonly<Record<MeetingStatus, string>> = {
  held: "held",
  planned: "planned",
  possible: "possible",
  cancelled: "called off",
  postponed: "postponed",
  refused: "refused",
};

export const KIND_WORDS: Readonly<Record<DocumentKind, { readonly one: string; readonly many: string }>> = {
  person: { one: "Person", many: "People" },
  state: { one: "State", many: "States" },
  organization: { one: "Organisation", many: "Organisations" },
  group: { one: "Group", many: "Groups" },
  medium: { one: "Medium", many: "Media" },
  place: { one: "Place", many: "Places" },
  office: { one: "Office", many: "Offices" },
  meeting: { one: "Meeting", many: "Meetings" },
};

export const RECOGNITION_WORDS = {
  "UN member": "A member state of the United Nations.",
  "UN observer": "An observer state at the United Nations.",
  other: "A state outside the United Nations, recognised by some.",
} as const;

/** Whose wording a statement stands in. */
export function wordingOf({ kind, mode }: Pick<StatementItem, "kind" | "mode">): string {
  if (mode === "attitude") return "what is thought, in the article’s words";
  return { direct: "word for word", mixed: "quoted in part", indirect: "in the article’s words" }[kind];
}

/** "1 meeting", "1,200 meetings". */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${numberWords(count)} ${count === 1 ? one : many}`;
}

/** With commas, whatever the machine's locale. */
export function numberWords(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ",");
}

/** "President of Russia": an organisation's head needs no article, whatever its name. */
export function officeWords({ title, of, acting, disputed }: OfficeFact): string {
  const office = of === undefined ? title : `${title} of ${of.name}`;
  const doubts = [acting === true ? "acting" : "", disputed === true ? "disputed" : ""].filter((word) => word !== "");
  return doubts.length === 0 ? office : `${office} (${doubts.join(", ")})`;
}

/** "since 7 May 2012", "8 May 2008 to 7 May 2012". */
export function tenureWords({ since, until }: OfficeFact): string {
  return until === undefined ? `since ${dateWords(since)}` : `${dateWords(since)} to ${dateWords(until)}`;
}

/** "24 February 2025", "between 1 and 7 March 2025", "24 to 26 February 2025". */
export function daysWords({ earliest, latest, end }: Pick<MeetingSummary, "earliest" | "latest" | "end">): string {
  if (end === undefined || end === earliest) return boundsWords(earliest, latest) ?? "";
  return earliest === latest ? rangeWords(earliest, end) : `${boundsWords(earliest, latest) ?? ""}, until ${dateWords(end)}`;
}
