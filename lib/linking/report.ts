import { hash } from "node:crypto";
import { isIsoDate } from "../article/dates.ts";
import type { Entity, EntityKey, Extraction, Meeting } from "../extraction/types.ts";
import type { Report, Signature } from "./types.ts";

/**
 * The reports of an article that can be linked: those that tell of one meeting (no sums such as "met over 40 times")
 * of somebody. The day an article speaks on is its date of publication, else the date read off its text.
 */
export function reportsOf(extraction: Extraction): Report[] {
  const entities = new Map(extraction.entities.map((entity) => [entity.key, entity]));
  const asOf = isoDay(extraction.published ?? extraction.dated?.date);
  return extraction.meetings.flatMap((meeting, index): Report[] => {
    if (meeting.count !== undefined || meeting.participants.length === 0) return [];
    if (isoDay(meeting.date?.earliest) === undefined && asOf === undefined) return [];
    return [{ article: extraction.id, index, ...(asOf === undefined ? {} : { asOf }), signature: signatureOf(meeting, entities) }];
  });
}

function signatureOf(meeting: Meeting, entities: ReadonlyMap<EntityKey, Entity>): Signature {
  const sides = new Map<string, Set<string>>();
  for (const key of meeting.participants) {
    const entity = entities.get(key);
    const person = entity === undefined || entity.kind === "person";
    const own = token(key, entity);
    const sideKey = (Object.hasOwn(meeting.sides, key) ? meeting.sides[key] : undefined) ?? (person ? entity?.state : undefined);
    const side = sideKey === undefined ? own : token(sideKey, entities.get(sideKey));
    const persons = sides.get(side) ?? new Set<string>();
    sides.set(side, persons);
    if (person) persons.add(own);
  }
  const [earliest, latest] = [isoDay(meeting.date?.earliest), isoDay(meeting.date?.latest)];
  return {
    kind: meeting.kind,
    status: meeting.status,
    sides: [...sides].map(([side, persons]) => [side, [...persons].sort()] as const).sort(([a], [b]) => (a < b ? -1 : 1)),
    ...(meeting.place === null ? {} : { place: token(meeting.place, entities.get(meeting.place)) }),
    ...(earliest === undefined ? {} : { earliest }),
    ...(latest === undefined ? {} : { latest }),
  };
}

/** A day of the calendar, or nothing: whatever else stands there becomes no part of a name. */
function isoDay(value: string | undefined): string | undefined {
  return value !== undefined && isIsoDate(value) ? value : undefined;
}

/** What only one article knows is compared by its name: enough to keep two meetings apart, never to identify a person. */
function token(key: EntityKey, entity: Entity | undefined): string {
  return key.startsWith("#") ? `#${(entity?.name ?? key).toLowerCase().slice(0, 100)}` : key;
}

/** The text that stands for a signature in buckets. */
export function signatureKey({ kind, status, sides, place, earliest, latest }: Signature): string {
  return JSON.stringify([kind, status, sides, place ?? null, earliest ?? null, latest ?? null]);
}

/** @throws SyntaxError where `key` is none. */
export function parseSignature(key: string): Signature {
  const [kind, status, sides, place, earliest, latest] = JSON.parse(key) as [Signature["kind"], Signature["status"], Signature["sides"], string | null, string | null, string | null];
  return {
    kind, status, sides,
    ...(place === null ? {} : { place }),
    ...(earliest === null ? {} : { earliest }),
    ...(latest === null ? {} : { latest }),
  };
}

/**
 * The bucket of a report: its sides and the year it speaks of. Reports of other sides, or of another year, never tell of
 * the same meeting; a meeting planned for one year and held in the next stays two.
 */
export function bucketOf({ signature, asOf }: Report): string {
  const year = (signature.earliest ?? signature.latest ?? asOf ?? "").slice(0, 4);
  return `${hash("sha256", JSON.stringify(signature.sides.map(([side]) => side)), "hex").slice(0, 20)}-${year}`;
}
