import type { Candidate, MeetingReading } from "../reader/types.ts";
import type { EntityTable } from "./entities.ts";
import type { WorkingMention } from "./mention.ts";
import type { EntityKey } from "./types.ts";

export type MentionOf = ReadonlyMap<Candidate, WorkingMention>;

/** The name with the greatest share; of equal ones the first. */
export function likeliest<Name extends string>(shares: Readonly<Record<Name, number>>): Name {
  const entries = Object.entries(shares) as [Name, number][];
  return entries.reduce((a, b) => (b[1] > a[1] ? b : a))[0];
}

/** The candidate with the greatest share, if any has one. */
export function surest(shares: ReadonlyMap<Candidate, number>): readonly [candidate: Candidate | undefined, share: number] {
  let found: Candidate | undefined;
  let most = 0;
  for (const [candidate, share] of shares) {
    if (share <= most) continue;
    found = candidate;
    most = share;
  }
  return [found, most];
}

/** What the shares leave for none of the candidates. */
export function rest(shares: ReadonlyMap<Candidate, number>): number {
  return 1 - [...shares.values()].reduce((total, share) => total + share, 0);
}

/** How likely each entity takes part: as likely as the surest of its mentions. A place meets nobody. */
export function participation({ participants }: MeetingReading, mentionOf: MentionOf): ReadonlyMap<EntityKey, number> {
  const likelihood = new Map<EntityKey, number>();
  for (const [candidate, share] of participants) {
    const mention = mentionOf.get(candidate);
    if (mention === undefined || mention.kind === "place") continue;
    likelihood.set(mention.entity, Math.max(share, likelihood.get(mention.entity) ?? 0));
  }
  return likelihood;
}

/** Whether one stands for the other: a person is no side beside the own state, save on a visit to another one's. */
export function isOwnSide(key: EntityKey, others: readonly EntityKey[], entities: EntityTable): boolean {
  const stands = (a: EntityKey, b: EntityKey): boolean => entities.kindOf(a) === "person" && entities.sideOf(a) === b;
  return others.some((other) => stands(key, other) || stands(other, key));
}
