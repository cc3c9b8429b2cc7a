import type { OfficeRole } from "../gazetteer/types.ts";
import type { TextDocument, Token } from "../text/types.ts";
import lexicon from "./lexicon/titles.json" with { type: "json" };
import type { NameCandidate } from "./names.ts";

/** What a title says of its bearer: never more than the article's words. */
export type TitleRole = OfficeRole | "leader";

export interface Title {
  /** Token indexes, end exclusive. */
  readonly first: number;
  readonly last: number;
  readonly role: TitleRole | undefined;
  /** Names within it, by index into the name list: the state or organisation it belongs to comes first. */
  readonly names: readonly number[];
  readonly former: boolean;
}

const HEADS = new Set(lexicon.heads);
const MODIFIERS = new Set(lexicon.modifiers);
const PROXIES = new Set(lexicon.proxies);
const ROLES = lexicon.roles.map(([head, pattern, role]) => ({
  head: new RegExp(head ?? ""), pattern: new RegExp(pattern ?? ""), role: role as TitleRole,
}));
const LINKS = new Set(["of", "for", "to", "the", "and", "'", "’", "s", "-", "‑", "–"]);
const FORMER = new Set(["former", "ex", "then", "outgoing", "late"]);
const LONGEST_TITLE = 14;

export function isTitleWord(lower: string): boolean {
  return HEADS.has(lower) || MODIFIERS.has(lower);
}

export function isHead(lower: string): boolean {
  return HEADS.has(lower);
}

export function isProxy(lower: string): boolean {
  return PROXIES.has(lower);
}

export function isModifier(lower: string): boolean {
  return MODIFIERS.has(lower);
}

/** The office that the words of a title mean, by the lexicon's list in order. */
export function roleOf(words: string): TitleRole | undefined {
  const lower = words.toLowerCase().replace(/[’']s\b/g, "").replace(/\s+/g, " ");
  for (const { head, pattern, role } of ROLES) {
    if (head.test(lower) && pattern.test(lower)) return role;
  }
  return undefined;
}

/** The title right before token `at`, if there is one: "former U.S. President", "Russia’s President". */
export function titleBefore(document: TextDocument, at: number, names: readonly NameCandidate[], nameEndingAt: ReadonlyMap<number, number>): Title | undefined {
  const { tokens } = document;
  const sentence = tokens[at]?.sentence;
  const within: number[] = [];
  let first = at;
  let head = false;
  let i = at;
  // "EU Commission chief, Ursula von der Leyen" and "the French president, Emmanuel Macron".
  if (tokens[i - 1]?.text === "," && isHead(tokens[i - 2]?.lower ?? "")) i--;
  while (i > 0 && at - i < LONGEST_TITLE) {
    const token = tokens[i - 1];
    if (token === undefined || token.sentence !== sentence) break;
    const name = nameEndingAt.get(i);
    const candidate = name === undefined ? undefined : names[name];
    if (name !== undefined && candidate !== undefined && canBelongToTitle(candidate)) {
      // "the President of the United States Barack Obama"
      if (!head && !/^(?:of|the|for|to|in)$/.test(tokens[candidate.first - 1]?.lower ?? "")) break;
      within.unshift(name);
      i = candidate.first;
      if (head) first = i;
      continue;
    }
    if (HEADS.has(token.lower)) {
      head = true;
      i--;
      first = i;
    } else if (MODIFIERS.has(token.lower)) {
      // "High Commissioner for Human Rights": the head may stand further left.
      i--;
      if (head) first = i;
    } else if (LINKS.has(token.lower) && !joinsAnother(tokens, i - 1)) {
      i--;
    } else {
      break;
    }
  }
  return head ? make(document, first, at, within, names) : undefined;
}

/** "the opposition and President Roe": "foreign and defence minister" shares its head, this does not. */
function joinsAnother(tokens: readonly Token[], at: number): boolean {
  return tokens[at]?.lower === "and" && HEADS.has(tokens[at + 1]?.lower ?? "") && !HEADS.has(tokens[at - 1]?.lower ?? "") && !MODIFIERS.has(tokens[at + 1]?.lower ?? "");
}

/** The description right after a name, between commas: ", the Russian foreign minister,". */
export function titleAfter(document: TextDocument, at: number, names: readonly NameCandidate[], nameStartingAt: ReadonlyMap<number, number>): Title | undefined {
  const { tokens } = document;
  if (tokens[at]?.text !== ",") return undefined;
  const sentence = tokens[at]?.sentence;
  let i = at + 1;
  if (tokens[i]?.lower === "who" && /^(?:is|was)$/.test(tokens[i + 1]?.lower ?? "")) i += 2;
  if (/^(?:the|a|an)$/.test(tokens[i]?.lower ?? "")) i++;
  const first = i;
  const within: number[] = [];
  let head = false;
  let last = i;
  while (i < tokens.length && i - first < LONGEST_TITLE) {
    const token = tokens[i];
    if (token === undefined || token.sentence !== sentence) break;
    const name = nameStartingAt.get(i);
    const candidate = name === undefined ? undefined : names[name];
    if (name !== undefined && candidate !== undefined && canBelongToTitle(candidate)) {
      within.push(name);
      i = candidate.last;
      last = i;
    } else if (HEADS.has(token.lower)) {
      head = true;
      i++;
      last = i;
    } else if (MODIFIERS.has(token.lower)) {
      i++;
      last = i;
    } else if (LINKS.has(token.lower)) {
      i++;
    } else {
      break;
    }
  }
  return head && last > first ? make(document, first, last, within, names) : undefined;
}

function make(document: TextDocument, first: number, last: number, within: readonly number[], names: readonly NameCandidate[]): Title {
  const tokens = document.tokens.slice(first, last);
  let words = "";
  for (let i = first; i < last; i++) {
    const inName = within.find((n) => { const c = names[n]; return c !== undefined && c.first <= i && i < c.last; });
    const metonym = inName === undefined ? undefined : names[inName]?.senses.find((s) => s.use === "metonym");
    if (inName === undefined || metonym !== undefined || names[inName]?.senses[0]?.entry.kind === "organization") words += ` ${document.tokens[i]?.text ?? ""}`;
  }
  return { first, last, names: within, role: roleOf(words), former: tokens.some((t) => FORMER.has(t.lower)) };
}

function canBelongToTitle(name: NameCandidate): boolean {
  if (name.senses.length === 0) return false;
  return name.senses.some((s) => s.entry.kind !== "person" && s.entry.kind !== "medium");
}
