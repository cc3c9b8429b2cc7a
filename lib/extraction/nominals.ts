import type { Gazetteer } from "../gazetteer/types.ts";
import type { Span, TextDocument, Token } from "../text/types.ts";
import type { EntityTable } from "./entities.ts";
import type { WorkingMention } from "./mention.ts";
import { roleMatches } from "./persons.ts";
import { isHead, isModifier, isProxy, roleOf, type TitleRole } from "./titles.ts";
import type { EntityKey, EntityKind } from "./types.ts";

interface Context {
  readonly document: TextDocument;
  readonly gazetteer: Gazetteer;
  readonly entities: EntityTable;
  readonly on: string | undefined;
}

/** A description in place of a name: "the Russian leader", "U.S. officials", "the state news agency". */
interface Nominal {
  readonly first: number;
  readonly last: number;
  readonly head: string;
  readonly words: string;
  readonly determiner: string | undefined;
  /** The names it holds: those of its state or organisation. */
  readonly of: readonly WorkingMention[];
}

const DETERMINERS = new Set(["the", "a", "an", "his", "her", "their", "its", "this", "that", "some", "any", "several", "two", "both", "senior", "top", "other"]);
const MEDIA_HEADS = new Set(["media", "agency", "television", "broadcaster", "newspaper", "tv", "outlet", "radio", "outlets"]);
const BODY_HEADS: Readonly<Record<string, readonly EntityKind[]>> = {
  bloc: ["organisation"], alliance: ["organisation"], body: ["organisation"], organisation: ["organisation"], organization: ["organisation"],
  group: ["group"], movement: ["group"], militants: ["group"], rebels: ["group"], agency: ["medium", "organisation"], newspaper: ["medium"], broadcaster: ["medium"],
};
const PLURAL_LEADERS = new Set(["leaders", "ministers", "counterparts", "premiers", "presidents", "ambassadors"]);
const WORD = /\p{L}/u;

/**
 * The descriptions of an article that stand for an entity, resolved against the names before them and the gazetteer. A
 * singular office resolves to a person where the article names its holder or the gazetteer knows the holder on the day,
 * else, like "officials", to the state whose office it is.
 */
export function findNominals(context: Context, names: readonly WorkingMention[]): WorkingMention[] {
  const { tokens } = context.document;
  const taken = new Map<number, WorkingMention>();
  const titles = new Set<number>();
  for (const name of names) {
    for (let i = name.first; i < name.last; i++) taken.set(i, name);
    if (name.title !== undefined) for (let i = name.title.first; i < name.title.last; i++) titles.add(i);
  }
  const found: WorkingMention[] = [];
  const seen: WorkingMention[] = [];
  let nameAt = 0;
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i];
    if (token === undefined) continue;
    while (nameAt < names.length && (names[nameAt]?.first ?? 0) <= i) {
      const name = names[nameAt++];
      if (name !== undefined) seen.push(name);
    }
    if (taken.has(i) || titles.has(i) || !couldHead(token)) continue;
    const next = tokens[i + 1];
    // The head is the last noun: "ministry spokesman", not "ministry".
    if (next !== undefined && next.sentence === token.sentence && couldHead(next) && !taken.has(i + 1) && isJoined(context.document, token, next)) continue;
    if (next !== undefined && /^[-‐]$/.test(next.text) && next.start === token.end && couldHead(tokens[i + 2] ?? next)) continue;
    const nominal = parse(context.document, i, taken, titles);
    if (nominal === undefined) continue;
    // "the leaders of France, Germany and Poland": the states named are the actors.
    if (nominal.of.length > 1 && (isProxy(nominal.head) || PLURAL_LEADERS.has(nominal.head)) && (nominal.of[1]?.first ?? 0) > i) continue;
    // "the newspaper Le Monde": the name that follows says it.
    const next2 = taken.get(nominal.last);
    if (next2 !== undefined && MEDIA_HEADS.has(nominal.head) && next2.kind !== "state" && isJoined(context.document, token, next2)) continue;
    const mention = resolve(context, nominal, seen);
    if (mention === undefined) continue;
    for (const name of nominal.of) name.inTitle = true;
    found.push(mention);
    seen.push(mention);
  }
  return found;
}

function couldHead(token: Token): boolean {
  return isHead(token.lower) || isProxy(token.lower) || MEDIA_HEADS.has(token.lower) || token.lower in BODY_HEADS;
}

function isJoined(document: TextDocument, a: Span, b: Span): boolean {
  return document.text.slice(a.end, b.start) === " ";
}

function parse(document: TextDocument, head: number, taken: ReadonlyMap<number, WorkingMention>, titles: ReadonlySet<number>): Nominal | undefined {
  const { tokens } = document;
  const headToken = tokens[head];
  if (headToken === undefined) return undefined;
  // Verbs that look like heads ("heads", "chairs") and titles of names that follow are none.
  if (headToken.tag === "VERB" || headToken.tag === "AUX") return undefined;
  const of: WorkingMention[] = [];
  let first = head;
  let determiner: string | undefined;
  for (let i = head - 1; i >= 0 && head - i < 12; i--) {
    const token = tokens[i];
    if (token === undefined || token.sentence !== headToken.sentence || titles.has(i)) break;
    const name = taken.get(i);
    if (name !== undefined) {
      // "the Trump administration" is its state's.
      const led = name.kind === "person" && head - i === 1 && /^(?:administration|government|regime|cabinet|team|presidency)$/.test(headToken.lower);
      if ((name.kind === "person" && !led) || name.kind === "medium" || name.inTitle) break;
      of.unshift(name);
      first = name.first;
      i = name.first;
      continue;
    }
    if (DETERMINERS.has(token.lower)) {
      determiner ??= token.lower;
      first = i;
      if (/^(?:the|a|an|his|her|their|its)$/.test(token.lower)) break;
      continue;
    }
    const inside = isModifier(token.lower) || isHead(token.lower) || token.lower === "news" || token.lower === "run" || token.lower === "owned" || token.lower === "state" || /^(?:['’]|s|-)$/.test(token.lower);
    if (!inside && token.tag !== "ADJ") break;
    if (WORD.test(token.text)) first = i;
  }
  let last = head + 1;
  if (tokens[last]?.lower === "of") {
    let at = last + 1;
    if (tokens[at]?.lower === "the") at++;
    let name = taken.get(at);
    while (name !== undefined && name.kind !== "person" && name.kind !== "medium") {
      of.push(name);
      last = name.last;
      at = last;
      while (tokens[at]?.text === "," || tokens[at]?.lower === "and") at++;
      name = at > last && taken.get(at)?.locative === false ? taken.get(at) : undefined;
    }
  }
  const words = tokens.slice(first, last).map((t) => t.lower).join(" ");
  return { first, last, head: headToken.lower, words, determiner, of };
}

function resolve(context: Context, nominal: Nominal, seen: readonly WorkingMention[]): WorkingMention | undefined {
  const { entities } = context;
  const { head, of, words } = nominal;
  const first = of[0];
  const owner = first?.kind === "person" ? entities.sideOf(first.entity) : first?.entity;
  if (MEDIA_HEADS.has(head)) return resolveMedium(context, nominal, seen);
  if (head in BODY_HEADS) {
    if (of.length > 0 || !/^(?:the|its|this)$/.test(nominal.determiner ?? "")) return undefined;
    const kinds = BODY_HEADS[head] ?? [];
    const last = findLast(seen, (m) => kinds.includes(m.kind) && !m.weak);
    return last === undefined ? undefined : make(context, nominal, last.entity, last.kind, false);
  }
  const singular = isHead(head) && !isProxy(head) && !PLURAL_LEADERS.has(head);
  if (singular) {
    const person = holder(context, nominal, owner, seen);
    if (person !== undefined) return make(context, nominal, person, "person", false);
    // An unnamed holder of an office that someone may hold beside others speaks for the state.
    if (owner !== undefined && nominal.determiner !== undefined) return make(context, nominal, owner, entities.kindOf(owner), true);
    return undefined;
  }
  if (owner !== undefined) return make(context, nominal, owner, entities.kindOf(owner), true);
  if (/\b(?:the|its) (?:\w+ )?(?:government|ministry|administration|military|army|embassy|authorities)$|^(?:authorities|officials)$/.test(words)) {
    const near = (context.document.tokens[nominal.first]?.sentence ?? 0) - 2;
    const states = (m: WorkingMention): boolean => m.kind === "state" && (context.document.tokens[m.first]?.sentence ?? 0) >= near;
    // The state whose office has been named rather than one that is only spoken of.
    const last = findLast(seen, (m) => states(m) && (m.inTitle || m.proxy)) ?? findLast(seen, states);
    return last === undefined ? undefined : make(context, nominal, last.entity, "state", true);
  }
  return undefined;
}

function resolveMedium(context: Context, nominal: Nominal, seen: readonly WorkingMention[]): WorkingMention | undefined {
  const { entities, gazetteer, document } = context;
  const { words, of } = nominal;
  const state = /\bstate\b/.test(words);
  const owner = of.find((m) => m.kind === "state")?.entity;
  if (/\bthe\b.*\b(?:agency|newspaper|broadcaster|outlet)$/.test(words) && owner === undefined) {
    const last = findLast(seen, (m) => m.kind === "medium" && !m.weak && (!state || isStateRun(gazetteer, m.entity)));
    return last === undefined ? undefined : make(context, nominal, last.entity, "medium", false);
  }
  if (!/\b(?:media|television|tv|agency|broadcaster|radio|newspaper|outlets?)$/.test(words) || (!state && owner === undefined)) return undefined;
  if (owner === undefined) {
    const last = findLast(seen, (m) => m.kind === "medium" && m.entity.startsWith("#") && /state/i.test(entities.nameOf(m.entity)));
    return make(context, nominal, last?.entity ?? entities.local("medium", "state media"), "medium", false);
  }
  const form = document.text.slice(document.tokens[nominal.first]?.start ?? 0, document.tokens[nominal.last - 1]?.end ?? 0).replace(/^(?:the|a|an|some|several)\s+/i, "").replace(/’/g, "'");
  const key = entities.local("medium", form, owner);
  entities.addForm(key, form);
  return make(context, nominal, key, "medium", false);
}

function isStateRun(gazetteer: Gazetteer, key: EntityKey): boolean {
  const entry = gazetteer.entry(key);
  return entry === undefined ? /state/.test(key) : entry.kind === "medium" && entry.stateRun === true;
}

/** Whom a singular office means: someone the article has named so, else the only holder on the day. */
function holder(context: Context, nominal: Nominal, owner: EntityKey | undefined, seen: readonly WorkingMention[]): EntityKey | undefined {
  const { gazetteer, entities, on } = context;
  const role = roleOf(nominal.words);
  const fitting = (m: WorkingMention): boolean => {
    if (m.kind !== "person" || m.weak) return false;
    if (owner !== undefined && !belongs(context, m.entity, owner)) return false;
    if (nominal.head === "counterpart") return owner !== undefined;
    return hasRole(context, m, role, nominal);
  };
  // "his Russian counterpart" before the name is given needs the gazetteer; "a leader" is nobody in particular.
  const definite = /^(?:the|his|her|their|its|this)$/.test(nominal.determiner ?? "") || of(nominal) || isHeadCapital(context, nominal);
  if (!definite) return undefined;
  const named = findLast(seen, fitting);
  if (named !== undefined) return named.entity;
  if (owner === undefined || role === undefined) return undefined;
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

function of(nominal: Nominal): boolean {
  return nominal.of.length > 0;
}

function isHeadCapital(context: Context, nominal: Nominal): boolean {
  return /^\p{Lu}/u.test(context.document.tokens[nominal.last - 1]?.text ?? "");
}

function belongs(context: Context, person: EntityKey, owner: EntityKey): boolean {
  const { entities, gazetteer } = context;
  if (entities.stateOf(person) === owner) return true;
  return gazetteer.tenuresOf(person).some((t) => gazetteer.office(t.office)?.of === owner);
}

function hasRole(context: Context, m: WorkingMention, role: TitleRole | undefined, nominal: Nominal): boolean {
  const { gazetteer, on, document } = context;
  const titled = m.title === undefined ? "" : document.tokens.slice(m.title.first, m.title.last).map((t) => t.lower).join(" ");
  if (titled !== "" && titled.endsWith(nominal.head)) return role === undefined || roleOf(titled) === role || roleOf(titled) === undefined;
  if (role === undefined) return false;
  if (m.title?.role !== undefined && (m.title.role === role || (role === "leader" && roleMatches("leader", m.title.role)))) return true;
  return gazetteer.tenuresOf(m.entity).some((t) => {
    const office = gazetteer.office(t.office);
    return office !== undefined && roleMatches(role, office.role) && (on === undefined || (t.since <= on && (t.until === undefined || on < t.until)));
  });
}

function make(context: Context, nominal: Nominal, entity: EntityKey, kind: EntityKind, proxy: boolean): WorkingMention {
  const { tokens } = context.document;
  return {
    first: nominal.first, last: nominal.last, start: tokens[nominal.first]?.start ?? 0, end: tokens[nominal.last - 1]?.end ?? 0,
    entity, kind, type: "nominal", inTitle: false,
    possessive: /^['’]$/.test(tokens[nominal.last]?.text ?? "") && tokens[nominal.last + 1]?.lower === "s",
    locative: false, proxy, weak: false,
  };
}

/** How far back an antecedent is looked for, in mentions: enough for any article, and bounded for hostile ones. */
const MEMORY = 400;

function findLast(seen: readonly WorkingMention[], test: (m: WorkingMention) => boolean): WorkingMention | undefined {
  for (let i = seen.length - 1; i >= Math.max(0, seen.length - MEMORY); i--) {
    const mention = seen[i];
    if (mention !== undefined && test(mention)) return mention;
  }
  return undefined;
}
