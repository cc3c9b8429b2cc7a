import type { Span, TextDocument, Token } from "../text/types.ts";
import type { WorkingMention } from "./mention.ts";
import { isHead, isModifier, isProxy } from "./titles.ts";
import type { EntityKind } from "./types.ts";

/** A description in place of a name: "the Russian leader", "U.S. officials", "the state news agency". */
export interface Nominal {
  readonly first: number;
  readonly last: number;
  readonly head: string;
  readonly words: string;
  readonly determiner: string | undefined;
  /** The names it holds: those of its state or organisation. */
  readonly of: readonly WorkingMention[];
}

const DETERMINERS = new Set(["the", "a", "an", "his", "her", "their", "its", "this", "that", "some", "any", "several", "two", "both", "senior", "top", "other"]);
export const MEDIA_HEADS = new Set(["media", "agency", "television", "broadcaster", "newspaper", "tv", "outlet", "radio", "outlets"]);
/** What a body may be called after its name: the kinds of entity each word can mean. */
export const BODY_HEADS: Readonly<Record<string, readonly EntityKind[]>> = {
  bloc: ["organisation"], alliance: ["organisation"], body: ["organisation"], organisation: ["organisation"], organization: ["organisation"],
  group: ["group"], movement: ["group"], militants: ["group"], rebels: ["group"], agency: ["medium", "organisation"], newspaper: ["medium"], broadcaster: ["medium"],
};
export const PLURAL_LEADERS = new Set(["leaders", "ministers", "counterparts", "premiers", "presidents", "ambassadors"]);
const WORD = /\p{L}/u;

export function couldHead(token: Token): boolean {
  return isHead(token.lower) || isProxy(token.lower) || MEDIA_HEADS.has(token.lower) || token.lower in BODY_HEADS;
}

export function isJoined(document: TextDocument, a: Span, b: Span): boolean {
  return document.text.slice(a.end, b.start) === " ";
}

/** The phrase whose head stands at a token: to the left its determiner, modifiers and state, to the right "of" whom. */
export function parseNominal(document: TextDocument, head: number, taken: ReadonlyMap<number, WorkingMention>, titles: ReadonlySet<number>): Nominal | undefined {
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
