import type { Gazetteer } from "../gazetteer/types.ts";
import type { WorkingMention } from "./mention.ts";
import { BODY_HEADS, couldHead, isJoined, MEDIA_HEADS, parseNominal, PLURAL_LEADERS, type Nominal } from "./nominal-phrases.ts";
import { findLast, holder, type NominalContext } from "./office-holders.ts";
import { isHead, isProxy } from "./titles.ts";
import type { EntityKey, EntityKind } from "./types.ts";

/**
 * The descriptions of an article that stand for an entity, resolved against the names before them and the gazetteer. A
 * singular office resolves to a person where the article names its holder or the gazetteer knows the holder on the day,
 * else, like "officials", to the state whose office it is.
 */
export function findNominals(context: NominalContext, names: readonly WorkingMention[]): WorkingMention[] {
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
    const nominal = parseNominal(context.document, i, taken, titles);
    if (nominal === undefined) continue;
    // "the leaders of France, Germany and Poland": the states named are the actors.
    if (nominal.of.length > 1 && (isProxy(nominal.head) || PLURAL_LEADERS.has(nominal.head)) && (nominal.of[1]?.first ?? 0) > i) continue;
    // "the newspaper Le Monde": the name that follows says it.
    const next2 = taken.get(nominal.last);
    if (next2 !== undefined && MEDIA_HEADS.has(nominal.head) && next2.kind !== "state" && isJoined(context.document, token, next2)) continue;
    const mention = resolve(context, nominal, seen);
    if (mention === undefined) continue;
    for (const name of nominal.of) name.inTitle = true;
    const joined = joinedBefore(context, nominal, mention, taken);
    found.push(...joined, mention);
    seen.push(...joined, mention);
  }
  return found;
}

/** "Israeli and Palestinian officials": those that share the head speak for their states too. */
function joinedBefore(context: NominalContext, nominal: Nominal, mention: WorkingMention, taken: ReadonlyMap<number, WorkingMention>): WorkingMention[] {
  const { tokens } = context.document;
  const joined: WorkingMention[] = [];
  if (!mention.proxy || mention.kind !== "state" || nominal.of[0]?.first !== nominal.first) return joined;
  let at = nominal.first;
  while (/^(?:and|,)$/.test(tokens[at - 1]?.lower ?? "")) {
    const name = taken.get(at - 2);
    if (name?.last !== at - 1 || name.kind !== "state" || name.inTitle || name.entity === mention.entity || tokens[name.first]?.sentence !== tokens[at]?.sentence) break;
    name.inTitle = true;
    joined.unshift(make(context, name, name.entity, name.kind, true));
    at = name.first;
  }
  return joined;
}

function resolve(context: NominalContext, nominal: Nominal, seen: readonly WorkingMention[]): WorkingMention | undefined {
  const { entities } = context;
  const { head, of, words } = nominal;
  const first = of[0];
  const owner = first?.kind === "person" ? entities.sideOf(first.entity) : first?.entity;
  if (MEDIA_HEADS.has(head)) return resolveMedium(context, nominal, seen);
  if (head in BODY_HEADS) {
    if (of.length > 0 || !/^(?:the|its|this)$/.test(nominal.determiner ?? "")) return undefined;
    const kinds = BODY_HEADS[head] ?? [];
    const last = findLast(seen, (m) => kinds.includes(m.kind) && !m.weak && canBeCalled(context, head, m));
    return last === undefined ? undefined : make(context, nominal, last.entity, last.kind, false);
  }
  const singular = isHead(head) && !isProxy(head) && !PLURAL_LEADERS.has(head);
  if (singular) {
    const person = holder(context, nominal, owner, seen);
    if (person !== undefined) return make(context, nominal, person, "person", false);
    // An unnamed holder of an office that someone may hold beside others speaks for the state.
    if (owner !== undefined && (nominal.determiner !== undefined || first?.possessive === true)) return make(context, nominal, owner, entities.kindOf(owner), true);
    return undefined;
  }
  if (owner !== undefined) return make(context, nominal, owner, entities.kindOf(owner), true);
  if (/\b(?:the|its) (?:\w+ )?(?:government|ministry|administration|military|army|embassy|authorities)$|^(?:authorities|officials)$/.test(words)) {
    // "hospital officials" are no state's.
    const modified = /^(?:authorities|officials)$/.test(words) && /^(?:NOUN|ADJ|PROPN)$/.test(context.document.tokens[nominal.first - 1]?.tag ?? "");
    if (modified) return undefined;
    const near = (context.document.tokens[nominal.first]?.sentence ?? 0) - 2;
    const states = (m: WorkingMention): boolean => m.kind === "state" && (context.document.tokens[m.first]?.sentence ?? 0) >= near;
    // The state whose office has been named rather than one that is only spoken of.
    const last = subjectState(context, nominal, seen) ?? findLast(seen, (m) => states(m) && (m.inTitle || m.proxy)) ?? findLast(seen, states);
    return last === undefined ? undefined : make(context, nominal, last.entity, "state", true);
  }
  return undefined;
}

/** "Pakistan puts off a visit from the U.S. envoy, its ministry says", "with officials saying": the state that its sentence begins with. */
function subjectState({ document }: NominalContext, nominal: Nominal, seen: readonly WorkingMention[]): WorkingMention | undefined {
  if (nominal.determiner !== "its" && nominal.determiner !== undefined) return undefined;
  const sentence = document.tokens[nominal.first]?.sentence;
  const from = seen.findLastIndex((m) => document.tokens[m.first]?.sentence !== sentence) + 1;
  const subject = seen.slice(from).find((m) => !m.inTitle && m.type !== "demonym");
  return subject?.kind === "state" && !subject.possessive && !subject.locative ? subject : undefined;
}

const AGENCIES = /^(?:Reuters|Associated Press|Agence France-Presse|AFP|AP|dpa|Xinhua|TASS|Interfax)$/;

/** "the agency" is one by its name, "the bloc" has members. */
function canBeCalled(context: NominalContext, head: string, m: WorkingMention): boolean {
  const entry = context.entities.entry(m.entity);
  if (head === "agency") return AGENCIES.test(entry?.name ?? "") || [entry?.name ?? "", ...(entry?.names ?? [])].some((n) => /agency/i.test(n));
  if (head === "bloc" || head === "alliance") return entry?.kind === "organization" && entry.members !== undefined;
  return true;
}

function resolveMedium(context: NominalContext, nominal: Nominal, seen: readonly WorkingMention[]): WorkingMention | undefined {
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

function make(context: NominalContext, nominal: Pick<Nominal, "first" | "last">, entity: EntityKey, kind: EntityKind, proxy: boolean): WorkingMention {
  const { tokens } = context.document;
  return {
    first: nominal.first, last: nominal.last, start: tokens[nominal.first]?.start ?? 0, end: tokens[nominal.last - 1]?.end ?? 0,
    entity, kind, type: "nominal", inTitle: false,
    possessive: /^['’]$/.test(tokens[nominal.last]?.text ?? "") && tokens[nominal.last + 1]?.lower === "s",
    locative: false, proxy, weak: false,
  };
}
