import type { Span, TextDocument } from "../text/types.ts";
import type { EntityKey, EntityKind, Mention } from "./types.ts";
import type { Title } from "./titles.ts";

/** A mention while the article is being read; offsets in UTF-16 units, token indexes end exclusive. */
export interface WorkingMention {
  readonly first: number;
  readonly last: number;
  readonly start: number;
  readonly end: number;
  entity: EntityKey;
  readonly kind: EntityKind;
  readonly type: Mention["type"];
  title?: Title;
  /** Part of another mention's title or description: "Russian" in "Russian President Vladimir Putin". */
  inTitle: boolean;
  /** Followed by 's: modifies what comes next. */
  readonly possessive: boolean;
  /** Stands where a place is meant: "in Geneva". */
  readonly locative: boolean;
  /** A place of this name, where the name also means the state ("Moscow"). */
  readonly place?: EntityKey;
  /** Unnamed people who speak for the entity: "U.S. officials". */
  readonly proxy: boolean;
  /** A capitalised name nobody knows and no title introduces: an entity only if a fact needs it. */
  readonly weak: boolean;
}

/** Where a mention starts, the title before it included. */
export function titledStart(document: TextDocument, { title, first, start }: WorkingMention): number {
  return title !== undefined && title.first < first ? (document.tokens[title.first]?.start ?? start) : start;
}

/** "Jeddah, Saudi Arabia": nothing but a comma stands between. */
export function isBehindComma({ text }: TextDocument, before: Span, after: Span): boolean {
  return text.slice(before.end, after.start) === ", ";
}

/** A single word that nobody knows and no title introduces: sooner a place, or what says which ones, than somebody. */
export function isUnknownWord({ weak, first, last, title }: WorkingMention): boolean {
  return weak && last - first === 1 && title === undefined;
}

/** Whether a mention can act: not a people's name, a place, an owner, nor an unknown thing or word, which may be anything. */
export function isActor(m: WorkingMention): boolean {
  return m.type !== "demonym" && m.kind !== "place" && m.kind !== "medium" && !m.possessive && !(m.weak && m.kind !== "person") && !isUnknownWord(m);
}
