import type { MeetingKind } from "../extraction/types.ts";
import type { Signature } from "./types.ts";

const DAY = 86_400_000;

/** Days since 1970 of an ISO date. */
export function dayNumber(iso: string): number {
  return Math.round(Date.parse(`${iso}T00:00:00Z`) / DAY);
}

/** Whether two kinds can be two words for one meeting. A call is no visit; "talks" can be anything but a session. */
export function kindsAgree(a: MeetingKind, b: MeetingKind): boolean {
  if (a === b || a === "Meeting" || b === "Meeting") return true;
  const remote = (kind: MeetingKind): boolean => kind === "PhoneCall" || kind === "VideoCall";
  if (remote(a) && remote(b)) return false;
  if (a === "Talks" || b === "Talks") return a !== "Session" && b !== "Session";
  return !remote(a) && !remote(b);
}

/**
 * Whether the persons named can be those of one meeting: on each side somebody is named in both, or nobody in one of
 * them. A meeting of ministers and one of their presidents on the same day stay two.
 */
export function personsAgree(a: Signature["sides"], b: Signature["sides"]): boolean {
  return a.every(([, persons], i) => {
    const others = b[i]?.[1] ?? [];
    return persons.length === 0 || others.length === 0 || persons.some((person) => others.includes(person));
  });
}

/** Stricter, across dates: on each side somebody in common, or nobody named on either. */
export function samePersons(a: Signature["sides"], b: Signature["sides"]): boolean {
  return a.every(([, persons], i) => {
    const others = b[i]?.[1] ?? [];
    return persons.length === 0 ? others.length === 0 : persons.some((person) => others.includes(person));
  });
}

/** How many persons two have in common. */
export function sharedPersons(a: Signature["sides"], b: Signature["sides"]): number {
  return a.reduce((sum, [, persons], i) => sum + persons.filter((person) => b[i]?.[1].includes(person) === true).length, 0);
}

/** Two cities are two places; a city and a state can be one. */
export function placesAgree(a: string | undefined, b: string | undefined): boolean {
  return a === undefined || b === undefined || a === b || !a.startsWith("place/") || !b.startsWith("place/");
}
