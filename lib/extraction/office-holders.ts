import type { Gazetteer } from "../gazetteer/types.ts";
import type { TextDocument } from "../text/types.ts";
import type { EntityTable } from "./entities.ts";
import type { WorkingMention } from "./mention.ts";
import type { Nominal } from "./nominal-phrases.ts";
import { roleMatches } from "./persons.ts";
import { covers } from "../gazetteer/tenures.ts";
import { roleOf, type TitleRole } from "./titles.ts";
import type { EntityKey } from "./types.ts";

export interface NominalContext {
  readonly document: TextDocument;
  readonly gazetteer: Gazetteer;
  readonly entities: EntityTable;
  readonly on: string | undefined;
}

const AGENCY = /\b(?:commissioner|rights|refugees?|aid|humanitarian|relief|food|health|nuclear|migration|development|environment|climate|trade|labou?r|police|border)\b/;

/** Whom a singular office means: someone the article has named so, else the only holder on the day. */
export function holder(context: NominalContext, nominal: Nominal, owner: EntityKey | undefined, seen: readonly WorkingMention[]): EntityKey | undefined {
  const { gazetteer, entities, on } = context;
  const role = isOpposed(context, nominal) ? undefined : roleOf(nominal.words);
  // "the UN human rights chief" heads an agency, not the Union or the Nations it belongs to.
  const agency = role === "head" && AGENCY.test(nominal.words);
  const fitting = (m: WorkingMention): boolean => {
    if (m.kind !== "person" || m.weak) return false;
    if (owner !== undefined && !belongs(context, m.entity, owner)) return false;
    if (nominal.head === "counterpart") return owner !== undefined;
    return hasRole(context, m, agency ? undefined : role, nominal);
  };
  // "his Russian counterpart" before the name is given needs the gazetteer; "a leader" is nobody in particular.
  const definite = /^(?:the|his|her|their|its|this)$/.test(nominal.determiner ?? "") || of(nominal) || isHeadCapital(context, nominal);
  if (!definite) return undefined;
  const named = findLast(seen, fitting);
  if (named !== undefined) return named.entity;
  if (owner === undefined || role === undefined || agency) return undefined;
  // Where a supreme leader is head of state, the president heads the government.
  const roles = role === "leader" ? (["supreme-leader", "head-of-government", "head-of-state", "head"] as const) : role === "head-of-state" ? (["head-of-state", "head-of-government"] as const) : [role];
  const holders = roles.map((r) => gazetteer.holders(owner, r, on)).find((h) => h.length > 0) ?? [];
  const persons = new Set(holders.filter((h) => h.disputed !== true).map((h) => h.person));
  if (on === undefined || persons.size !== 1 || (role === "leader" && holders.length > 1)) return undefined;
  const person = [...persons][0];
  if (role === "leader" && gazetteer.holders(owner, "head-of-state", on).some((h) => h.person !== person) && gazetteer.holders(owner, "head-of-government", on).length > 0) return undefined;
  // Deputies and envoys are many; only offices that one person holds at a time identify their holder.
  if (["deputy-foreign-minister", "envoy", "ambassador", "deputy-head", "other", "spokesperson"].includes(role)) return undefined;
  return person !== undefined && entities.entry(person) !== undefined ? person : undefined;
}

/** "the leader of the opposition" leads no state. */
function isOpposed({ document: { tokens } }: NominalContext, { last }: Nominal): boolean {
  return tokens[last]?.lower === "of" && tokens.slice(last + 1, last + 4).some((t) => /^(?:opposition|rebels?|party|movement|group|militia|coalition)$/.test(t.lower));
}

function of(nominal: Nominal): boolean {
  return nominal.of.length > 0;
}

function isHeadCapital(context: NominalContext, nominal: Nominal): boolean {
  return /^\p{Lu}/u.test(context.document.tokens[nominal.last - 1]?.text ?? "");
}

function belongs(context: NominalContext, person: EntityKey, owner: EntityKey): boolean {
  const { entities, gazetteer } = context;
  if (entities.stateOf(person) === owner) return true;
  return gazetteer.tenuresOf(person).some((t) => gazetteer.office(t.office)?.of === owner);
}

function hasRole(context: NominalContext, m: WorkingMention, role: TitleRole | undefined, nominal: Nominal): boolean {
  const { gazetteer, on, document } = context;
  const titled = m.title === undefined ? "" : document.tokens.slice(m.title.first, m.title.last).map((t) => t.lower).join(" ");
  if (titled !== "" && titled.endsWith(nominal.head)) return role === undefined || roleOf(titled) === role || roleOf(titled) === undefined;
  if (role === undefined) return false;
  if (m.title?.role !== undefined && (m.title.role === role || (role === "leader" && roleMatches("leader", m.title.role)))) return true;
  return gazetteer.tenuresOf(m.entity).some((t) => {
    const office = gazetteer.office(t.office);
    return office !== undefined && roleMatches(role, office.role) && (on === undefined || covers(t, on));
  });
}

/** How far back an antecedent is looked for, in mentions: enough for any article, and bounded for hostile ones. */
const MEMORY = 400;

/** The last mention that passes the test. */
export function findLast(seen: readonly WorkingMention[], test: (m: WorkingMention) => boolean): WorkingMention | undefined {
  for (let i = seen.length - 1; i >= Math.max(0, seen.length - MEMORY); i--) {
    const mention = seen[i];
    if (mention !== undefined && test(mention)) return mention;
  }
  return undefined;
}
