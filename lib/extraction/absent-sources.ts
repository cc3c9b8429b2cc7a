import type { Span, TextDocument } from "../text/types.ts";
import type { Attribution } from "./attribution.ts";
import { sentenceAt } from "./content.ts";
import type { EntityTable } from "./entities.ts";
import { isActor, titledStart, type WorkingMention } from "./mention.ts";
import { NOBODY, use, type Resolved } from "./speakers.ts";
import { within } from "./spans.ts";
import type { EntityKey } from "./types.ts";

interface Context {
  readonly document: TextDocument;
  readonly entities: EntityTable;
  readonly mentions: readonly WorkingMention[];
}

interface Said {
  readonly cue: readonly Span[];
  readonly speakers: readonly EntityKey[];
  readonly support: ReadonlyMap<EntityKey, Span>;
}

/** What may stand between a verb and that before it whose subject it shares. */
const JOINED = /\b(?:and|but)(?: \w+ly| also| then| later| further)?\s$/;
/** A title and the like between a verb and the subject behind it. */
const LONGEST_TITLE = 60;
/** Characters from the subject to a participle at its clause's end. */
const FARTHEST = 300;
/** As much of the words before a verb as tells what it goes on from. */
const BEFORE = 40;

/** Who speaks where the reader found no words for a source: the subject behind the verb, or that of the verb before it in the sentence. */
export function absentSource(context: Context, attribution: Attribution, last: Said | undefined): Resolved {
  const { document } = context;
  const cue = attribution.cue[0];
  const sentence = cue === undefined ? undefined : sentenceAt(document, cue.start);
  if (cue === undefined || sentence === undefined) return NOBODY;
  return inverted(context, cue, sentence) ?? shared(document, cue, sentence, last) ?? subject(context, cue, sentence) ?? NOBODY;
}

/** "…,” wrote Roe": behind the quotation, verb before subject. */
function inverted(context: Context, cue: Span, sentence: Span): Resolved | undefined {
  const { document } = context;
  if (!/[,?!][”"’»]\s$/.test(document.text.slice(Math.max(sentence.start, cue.start - BEFORE), cue.start))) return undefined;
  const subject = within(context.mentions, { start: cue.end, end: Math.min(sentence.end, cue.end + LONGEST_TITLE) }).find((m) => !m.inTitle && !m.possessive);
  if (subject === undefined || subject.type === "demonym" || document.text.slice(cue.end, titledStart(document, subject)).trim() !== "") return undefined;
  return named(context, subject);
}

/** "Roe cancels the visit, saying …": a participle has the subject of its sentence. */
function subject(context: Context, cue: Span, sentence: Span): Resolved | undefined {
  const { document } = context;
  if (!/^\w+ing$/.test(document.text.slice(cue.start, cue.end))) return undefined;
  const first = within(context.mentions, { start: sentence.start, end: cue.start }).find((m) => !m.inTitle);
  if (first === undefined || !isActor(first) || first.locative || cue.start - titledStart(document, first) > FARTHEST) return undefined;
  if (!/^(?:the )?$/i.test(document.text.slice(sentence.start, titledStart(document, first)))) return undefined;
  return named(context, first);
}

function named(context: Context, mention: WorkingMention): Resolved {
  use(context, mention);
  return { keys: [mention.entity], support: new Map([[mention.entity, { start: mention.start, end: mention.end }]]), pronouns: [] };
}

/** "rejected the plan and says it is dead". */
function shared(document: TextDocument, cue: Span, sentence: Span, last: Said | undefined): Resolved | undefined {
  const from = last?.cue[0];
  if (last === undefined || from === undefined || from.start < sentence.start || from.start >= cue.start) return undefined;
  if (!JOINED.test(document.text.slice(Math.max(sentence.start, cue.start - BEFORE), cue.start))) return undefined;
  return { keys: last.speakers, support: new Map([...last.support].filter(([key]) => last.speakers.includes(key))), pronouns: [] };
}
