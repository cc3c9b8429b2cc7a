import type { Span } from "../text/types.ts";
import type { Attribution } from "./attribution.ts";
import { titledStart, type WorkingMention } from "./mention.ts";
import { contains, hull, overlaps, within } from "./spans.ts";
import type { StatementContext } from "./statements.ts";

/** Verbs whose object is who is spoken to. */
const TO_OBJECT = /\b(?:tell|tells|told|telling|urg\w+|warn\w*|assur\w+|ask\w*|inform\w*|brief\w*|remind\w*|thank\w*|advis\w+|notif\w+|congratulat\w+|invit\w+|order\w*|instruct\w*|request\w*|persuad\w+|lobb\w+|promis\w+|call\w* (?:up)?on|appeal\w* to)\b/i;
const TO_PREPOSITION = /^(?:,)?\s*(?:to|in a (?:letter|message|phone call|call) to|in an interview with|in (?:an )?interview to)\s+(?:the\s+)?$/i;
/** The addressee stands within this many characters after the verb. */
const REACH = 70;

/** Whom the words are addressed to: "he told a meeting of the Human Rights Council", "urged Iran to …". */
export function addresseeOf(context: StatementContext, attribution: Attribution, content: readonly Span[]): WorkingMention | undefined {
  const { document, mentions } = context;
  const cue = hull(attribution.cue);
  if (cue === undefined) return undefined;
  const words = document.text.slice(cue.start, cue.end);
  const area: Span = { start: cue.start, end: Math.min(document.text.length, cue.end + REACH) };
  const area2 = hull(content);
  for (const mention of within(mentions, area)) {
    if (mention.inTitle || mention.kind === "place" || mention.possessive || mention.locative || mention.kind === "medium" && mention.type === "nominal") continue;
    if (content.some((c) => overlaps(c, mention)) || attribution.source.some((s) => contains(s, mention))) continue;
    if (area2 !== undefined && mention.start > area2.end && cue.start < area2.start) return undefined;
    const titleStart = titledStart(document, mention);
    const gap = document.text.slice(cue.end, Math.max(cue.end, titleStart));
    if (TO_OBJECT.test(words) && (titleStart <= cue.end || /^[^,.;:“”"]*$/.test(gap)) && !/\b(?:in|on|at|that|by|after|before|during|about|over|for)\s/.test(`${gap} `)) return mention;
    if (TO_PREPOSITION.test(gap)) return mention;
    return undefined;
  }
  return undefined;
}
