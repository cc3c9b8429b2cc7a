import type { TextDocument } from "../text/types.ts";
import type { WorkingMention } from "./mention.ts";
import type { MentionGroups } from "./mention-groups.ts";

/** "US officials, Wang Yi": several people are no one's office. */
const PLURAL = /(?:officials|leaders|ministers|envoys|diplomats|representatives|authorities|delegates|negotiators|ambassadors)\b/i;

/** "the First Lady of the United States, Michelle Obama": actors without the offices whose holder is named beside them. */
export function withoutAppositions({ text }: TextDocument, groups: MentionGroups, actors: readonly WorkingMention[]): WorkingMention[] {
  const between = (a: WorkingMention, b: WorkingMention): string => text.slice(groups.end(a), groups.titleStart(b));
  const isOffice = (m: WorkingMention): boolean => m.proxy && !PLURAL.test(text.slice(m.start, m.end));
  return actors.filter((m) => !isOffice(m) || !actors.some((p) => p.kind === "person" && p !== m && (between(m, p) === ", " || between(p, m) === ", ")));
}
