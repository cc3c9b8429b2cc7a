import { hash } from "node:crypto";
import type { MeetingStatus } from "../extraction/types.ts";
import { dayNumber, kindsAgree, personsAgree, placesAgree, samePersons, sharedPersons } from "./compatible.ts";
import { parseSignature } from "./report.ts";
import type { Bucket, LinkedMeeting, Signature } from "./types.ts";

/** A date known no closer than this many days tells no meeting from the next. */
const EXACT_DAYS = 7;
/** How far ahead an announcement without a date, or a postponement, can reach. */
const REACH_DAYS = 60;

interface Member extends Signature {
  readonly key: string;
  /** Bounds as days since 1970. */
  readonly from: number;
  readonly to: number;
  /** First and last day on which a report with this signature speaks; "" where unknown. */
  readonly firstAsOf: string;
  readonly lastAsOf: string;
  readonly reports: number;
}

interface Cluster {
  members: Member[];
  /** The day its members may differ from by one. */
  from: number;
  to: number;
  sides: Signature["sides"];
  places: Set<string>;
  movedFrom: Set<string>;
}

/**
 * Which signatures of a bucket tell of one meeting. In order: what names a day and persons founds meetings and joins
 * those within one day with agreeing persons, kinds and places; what names fewer joins the best of them, so that
 * it never bridges two; announcements without a date join the next meeting of the same persons; a meeting that was
 * planned and not held joins the one it was moved to, where it was said to be postponed or the place is the same. What
 * one article tells as two meetings stays two. A pure function of the bucket: the order of its entries does not count.
 */
export function linkMeetings(bucket: Bucket): LinkedMeeting[] {
  const members = Object.entries(bucket.signatures).map(([key, days]) => memberOf(key, days));
  const apart = new Set(Object.keys(bucket.apart));
  const isApart = (a: Member, b: Member): boolean => apart.has(pairKey(a.key, b.key));
  const dated = members.filter((member) => member.to - member.from < EXACT_DAYS).sort(foundingOrder);
  const clusters = gather(dated, isApart);
  attachUndated(members.filter((member) => !dated.includes(member)).sort(byKey), clusters, isApart);
  return joinMoved(clusters, isApart).map(toMeeting).sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** The name of two signatures that stay apart. */
export function pairKey(a: string, b: string): string {
  return a < b ? `${a}\n${b}` : `${b}\n${a}`;
}

function memberOf(key: string, days: Readonly<Record<string, number>>): Member {
  const signature = parseSignature(key);
  const known = Object.keys(days).filter((day) => day !== "").sort();
  const { earliest, latest } = signature;
  return {
    ...signature,
    key,
    from: earliest === undefined ? -Infinity : dayNumber(earliest),
    to: latest === undefined ? Infinity : dayNumber(latest),
    firstAsOf: known[0] ?? "",
    lastAsOf: known.at(-1) ?? "",
    reports: Object.values(days).reduce((sum, count) => sum + count, 0),
  };
}

function byKey(a: Member, b: Member): number {
  return a.key < b.key ? -1 : a.key > b.key ? 1 : 0;
}

/** Who names persons on more sides first, then the closer date, then the earlier. */
function foundingOrder(a: Member, b: Member): number {
  const named = (member: Member): number => member.sides.filter(([, persons]) => persons.length > 0).length;
  return named(b) - named(a) || a.to - a.from - (b.to - b.from) || a.from - b.from || byKey(a, b);
}

function gather(dated: readonly Member[], isApart: (a: Member, b: Member) => boolean): Cluster[] {
  const clusters: Cluster[] = [];
  // A cluster stands under every day it may be told of, so that few are looked at for each signature.
  const byDay = new Map<number, Cluster[]>();
  for (const member of dated) {
    const candidates = new Set<Cluster>();
    for (let day = member.from - 1; day <= member.to + 1; day++) for (const cluster of byDay.get(day) ?? []) candidates.add(cluster);
    const best = [...candidates].filter((cluster) => fits(member, cluster, isApart)).sort((a, b) => preference(member, a, b))[0];
    if (best !== undefined) {
      join(best, member);
      continue;
    }
    const cluster: Cluster = { members: [], from: member.from, to: member.to, sides: member.sides, places: new Set(), movedFrom: new Set() };
    join(cluster, member);
    clusters.push(cluster);
    for (let day = member.from; day <= member.to; day++) byDay.set(day, [...(byDay.get(day) ?? []), cluster]);
  }
  return clusters;
}

function fits(member: Member, cluster: Cluster, isApart: (a: Member, b: Member) => boolean): boolean {
  return (
    personsAgree(member.sides, cluster.sides) &&
    [...cluster.places].every((place) => placesAgree(place, member.place)) &&
    cluster.members.every((other) => kindsAgree(member.kind, other.kind) && !isApart(member, other))
  );
}

function preference(member: Member, a: Cluster, b: Cluster): number {
  const distance = ({ from, to }: Cluster): number => Math.max(0, from - member.to, member.from - to);
  const sameKind = (cluster: Cluster): number => (cluster.members.some(({ kind }) => kind === member.kind) ? 0 : 1);
  return distance(a) - distance(b) || sharedPersons(member.sides, b.sides) - sharedPersons(member.sides, a.sides) || sameKind(a) - sameKind(b) || a.from - b.from || byFirst(a, b);
}

function byFirst(a: Cluster, b: Cluster): number {
  const [x, y] = [a.members[0], b.members[0]];
  return x === undefined || y === undefined ? 0 : byKey(x, y);
}

function join(cluster: Cluster, member: Member): void {
  cluster.members.push(member);
  cluster.sides = cluster.sides.map(([side, persons], i) => [side, [...new Set([...persons, ...(member.sides[i]?.[1] ?? [])])].sort()] as const);
  if (member.place !== undefined) cluster.places.add(member.place);
}

/** What is announced, put off or called off without a day: of the next meeting of the same persons. */
function attachUndated(undated: readonly Member[], clusters: readonly Cluster[], isApart: (a: Member, b: Member) => boolean): void {
  const additions: [Cluster, Member][] = [];
  for (const member of undated) {
    if (member.status === "held" || member.status === "refused" || member.firstAsOf === "") continue;
    const asOf = dayNumber(member.firstAsOf);
    const from = Math.max(member.from, asOf);
    const to = Math.min(member.to, asOf + REACH_DAYS);
    const next = clusters
      .filter((cluster) => cluster.from >= from && cluster.from <= to && samePersons(member.sides, cluster.sides) && fits(member, cluster, isApart))
      .sort((a, b) => a.from - b.from || byFirst(a, b))[0];
    if (next !== undefined) additions.push([next, member]);
  }
  for (const [cluster, member] of additions) join(cluster, member);
}

function joinMoved(clusters: readonly Cluster[], isApart: (a: Member, b: Member) => boolean): Cluster[] {
  const left = [...clusters].sort((a, b) => a.from - b.from || byFirst(a, b));
  for (let i = 0; i < left.length; i++) {
    const planned = left[i];
    if (planned === undefined) continue;
    const target = left.slice(i + 1).find((other) => other.from - planned.from <= REACH_DAYS && isMove(planned, other, isApart));
    if (target === undefined) continue;
    for (const member of planned.members) join(target, member);
    for (const day of [...planned.movedFrom, ...planned.members.flatMap(({ earliest }) => earliest ?? [])]) target.movedFrom.add(day);
    left.splice(i--, 1);
  }
  return left;
}

function isMove(planned: Cluster, later: Cluster, isApart: (a: Member, b: Member) => boolean): boolean {
  if (planned.members.some(({ status }) => status === "held" || status === "cancelled" || status === "refused")) return false;
  if (!samePersons(planned.sides, later.sides)) return false;
  const first = (cluster: Cluster): string => cluster.members.map(({ firstAsOf }) => firstAsOf).sort()[0] ?? "";
  if (first(planned) === "" || first(later) < first(planned)) return false;
  const postponed = planned.members.some(({ status }) => status === "postponed");
  // The article that tells of the move names both days.
  const open = postponed ? planned.members.filter(({ status }) => status !== "postponed") : planned.members;
  if (open.some((a) => later.members.some((b) => isApart(a, b)))) return false;
  if (!planned.members.every((a) => later.members.every((b) => kindsAgree(a.kind, b.kind)))) return false;
  const place = [...planned.places].some((each) => later.places.has(each));
  const contradicted = planned.places.size > 0 && later.places.size > 0 && !place;
  return postponed ? !contradicted : place;
}

const CERTAINTY: readonly MeetingStatus[] = ["held", "cancelled", "postponed", "planned", "refused", "possible"];

function toMeeting(cluster: Cluster): LinkedMeeting {
  const members = [...cluster.members].sort(byKey);
  const founder = members.toSorted((a, b) => compare(a.firstAsOf, b.firstAsOf) || compare(a.earliest ?? "", b.earliest ?? "") || byKey(a, b))[0];
  const newest = members.toSorted((a, b) => compare(b.lastAsOf, a.lastAsOf) || CERTAINTY.indexOf(a.status) - CERTAINTY.indexOf(b.status) || byKey(a, b))[0];
  const day = members
    .filter(({ earliest, latest, from }) => earliest !== undefined && latest !== undefined && isNear(cluster, from))
    .sort((a, b) => a.to - a.from - (b.to - b.from) || b.reports - a.reports || a.from - b.from || byKey(a, b))[0];
  const place = mostTold(members, ({ place }) => place);
  return {
    id: hash("sha256", founder?.key ?? "", "hex").slice(0, 16),
    members: members.map(({ key }) => key),
    kind: mostTold(members, ({ kind }) => (kind === "Meeting" ? undefined : kind)) ?? "Meeting",
    latestStatus: newest?.status ?? "possible",
    earliest: day?.earliest ?? "",
    latest: day?.latest ?? "",
    sides: cluster.sides,
    ...(place === undefined ? {} : { place }),
    reports: members.reduce((sum, { reports }) => sum + reports, 0),
    movedFrom: [...cluster.movedFrom].filter((each) => !isNear(cluster, dayNumber(each))).sort(),
  };
}

function isNear({ from, to }: Cluster, day: number): boolean {
  return day >= from - 1 && day <= to + 1;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function mostTold<Value extends string>(members: readonly Member[], of: (member: Member) => Value | undefined): Value | undefined {
  const counts = new Map<Value, number>();
  for (const member of members) {
    const value = of(member);
    if (value !== undefined) counts.set(value, (counts.get(value) ?? 0) + member.reports);
  }
  return [...counts].sort(([a, m], [b, n]) => n - m || compare(a, b))[0]?.[0];
}
