import type { Gazetteer, NameSense, PersonEntry } from "../gazetteer/types.ts";
import { isPerson } from "./entities.ts";
import { covers } from "../gazetteer/tenures.ts";
import type { TitleRole } from "./titles.ts";
import type { EntityKey } from "./types.ts";

/** What the words around a name say of the person. */
export interface PersonClues {
  readonly role: TitleRole | undefined;
  /** States and organisations of the title. */
  readonly of: readonly EntityKey[];
  readonly former: boolean;
}

const LEADING: readonly TitleRole[] = ["head-of-state", "head-of-government", "supreme-leader", "head"];

function tenures(gazetteer: Gazetteer, person: PersonEntry): readonly { role: string; of: string; since: string; until: string | undefined }[] {
  return gazetteer.tenuresOf(person.id).flatMap((t) => {
    const office = gazetteer.office(t.office);
    return office === undefined ? [] : [{ role: office.role, of: office.of, since: t.since, until: t.until }];
  });
}

/** Whether the gazetteer's person can be the one the article titles so: the same state or organisation. */
export function fits(gazetteer: Gazetteer, person: PersonEntry, clues: PersonClues): boolean {
  if (clues.of.length === 0) return true;
  const belongs = new Set([person.state, ...tenures(gazetteer, person).map((t) => t.of)]);
  return clues.of.some((of) => belongs.has(of) || belongs.has(parentOf(gazetteer, of)) || [...belongs].some((b) => b !== undefined && parentOf(gazetteer, b) === of));
}

function parentOf(gazetteer: Gazetteer, id: string): string | undefined {
  const entry = gazetteer.entry(id);
  return entry?.kind === "organization" ? entry.partOf : undefined;
}

export function roleMatches(titled: TitleRole, held: string): boolean {
  if (titled === held) return true;
  if (titled === "leader") return (LEADING as readonly string[]).includes(held);
  // Presidents of organisations, and heads of state whom news call by their other post.
  if (titled === "head-of-state") return held === "head" || held === "head-of-government";
  if (titled === "head-of-government") return held === "head-of-state";
  return titled === "head" && (held === "head-of-state" || held === "other" || held === "spokesperson" || held === "envoy");
}

function holdsOn(gazetteer: Gazetteer, person: PersonEntry, role: TitleRole, on: string | undefined): boolean {
  return tenures(gazetteer, person).some(
    (t) => roleMatches(role, t.role) && (on === undefined || covers(t, on)),
  );
}

/** Whether the person had been in any office by that day: a later office holder is not yet meant by a short name. */
function knownBy(gazetteer: Gazetteer, person: PersonEntry, on: string | undefined): boolean {
  if (on === undefined) return true;
  const all = tenures(gazetteer, person);
  const year = String(Number(on.slice(0, 4)) - 1) + on.slice(4);
  return all.length === 0 || all.some((t) => t.since <= on || t.since.slice(0, 4) <= on.slice(0, 4) || year >= t.since);
}

/**
 * The one person meant by a full name, or nobody where it could be several or the article's title contradicts. A wrong
 * identifier is worse than none.
 */
export function personByName(gazetteer: Gazetteer, senses: readonly NameSense[], clues: PersonClues, on: string | undefined): PersonEntry | undefined {
  const all = senses.filter((s) => s.use === "name").map((s) => s.entry).filter(isPerson);
  const fitting = all.filter((p) => fits(gazetteer, p, clues));
  if (fitting.length <= 1) return fitting[0];
  const role = clues.role;
  if (role !== undefined) {
    const holding = fitting.filter((p) => holdsOn(gazetteer, p, role, clues.former ? undefined : on));
    if (holding.length === 1) return holding[0];
  }
  if (on === undefined) return undefined;
  const active = fitting.filter((p) => tenures(gazetteer, p).some((t) => covers(t, on)));
  return active.length === 1 ? active[0] : undefined;
}

/** The one person meant by a short name that the article has not introduced: by title and date, or where it is unmistakable. */
export function personByShortName(gazetteer: Gazetteer, senses: readonly NameSense[], clues: PersonClues, on: string | undefined): PersonEntry | undefined {
  const all = senses.map((s) => s.entry).filter(isPerson).filter((p) => fits(gazetteer, p, clues));
  const role = clues.role;
  if (role !== undefined) {
    const holding = all.filter((p) => holdsOn(gazetteer, p, role, clues.former || on === undefined ? undefined : on));
    if (holding.length === 1 && (clues.of.length > 0 || on !== undefined)) return holding[0];
    if (holding.length > 1) return undefined;
  }
  const distinctive = all.filter((p) => p.distinctive === true && knownBy(gazetteer, p, on));
  return distinctive.length === 1 ? distinctive[0] : undefined;
}
