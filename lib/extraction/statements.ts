import type { Span, TextDocument } from "../text/types.ts";
import { absentSource } from "./absent-sources.ts";
import { addresseeOf } from "./addressee.ts";
import { anchor, type Attribution } from "./attribution.ts";
import type { IsoDate } from "./calendar.ts";
import { cleanContent, sentenceAt } from "./content.ts";
import type { EntityTable } from "./entities.ts";
import { titledStart, type WorkingMention } from "./mention.ts";
import { withoutNextVerb } from "./coordinated.ts";
import { withoutAddressed } from "./directives.ts";
import { continueQuotation, statementKind } from "./quoting.ts";
import { resolveSource } from "./speakers.ts";
import { hull, isCovered, overlaps, sortSpans, union, within } from "./spans.ts";
import { modeOf } from "./speech-acts.ts";
import { timeExpressions } from "./time.ts";
import type { AttributionMode, EntityKey, StatementKind } from "./types.ts";

/** A statement with UTF-16 offsets. */
export interface WorkingStatement {
  content: readonly Span[];
  readonly cue: readonly Span[];
  readonly source: readonly Span[];
  readonly speakers: readonly EntityKey[];
  readonly reportedBy: EntityKey | null;
  readonly addressee: EntityKey | null;
  kind: StatementKind;
  readonly mode: AttributionMode;
  readonly about: readonly EntityKey[];
  readonly date: IsoDate | undefined;
  readonly confidence: number;
  readonly support: ReadonlyMap<EntityKey, Span>;
}

export interface StatementContext {
  readonly document: TextDocument;
  readonly entities: EntityTable;
  readonly mentions: readonly WorkingMention[];
  readonly reference: IsoDate | undefined;
}

/** Entities of a content beyond these are a list, not what a statement is about. */
const MOST_ABOUT = 12;

/** What is called together, and who is called back or in. */
const GATHERING = /^(?:an?|the|its|his|her|another)\s(?:[\p{L}-]+\s){0,4}?(?:meetings?|conferences?|summits?|sessions?|elections?|vote|referendum|strikes?|talks)\b/u;
const ENVOY = /^(?:\S+\s){0,6}?(?:ambassadors?|envoys?|diplomats?|chargé|attachés?|high commissioners?|consuls?)(?!\p{L})/iu;
/** "the " before a title. */
const ARTICLE = 4;

/** Two readings of the same words are near each other. */
const NEIGHBOURS = 12;

/** Statements in the order of the text, from cleaned and completed attributions; and the pronouns resolved on the way. */
export function buildStatements(context: StatementContext, attributions: readonly Attribution[], quotes: readonly Span[]): { statements: WorkingStatement[]; pronouns: WorkingMention[] } {
  const { document } = context;
  const speakers: { key: EntityKey; at: number }[] = [];
  const pronouns: WorkingMention[] = [];
  const statements: WorkingStatement[] = [];
  const stops = union(attributions.flatMap((a) => a.cue));
  for (const attribution of [...attributions].sort((a, b) => anchor(a) - anchor(b))) {
    const nearby = within(stops, hull([...attribution.content, ...attribution.cue]) ?? { start: 0, end: 0 });
    const own = withoutNextVerb(document, attribution, nearby, quotes);
    const content = cleanContent(document, withoutAddressed(document, attribution.cue, own), quotes, [...attribution.cue, ...attribution.source, ...nearby]);
    if (content.length === 0 || isNoComment(document.text, content) || isDeed(context, attribution, content)) continue;
    const speaker = attribution.source.length > 0 ? resolveSource(context, attribution.source, { speakers, quotes }) : absentSource(context, attribution, statements[statements.length - 1]);
    const reporter = attribution.reporter === undefined ? undefined : resolveSource(context, attribution.reporter, { speakers, quotes });
    const reportedBy = reporter?.keys[0] !== undefined && !speaker.keys.includes(reporter.keys[0]) ? reporter.keys[0] : null;
    const cueWords = attribution.cue.map((s) => document.text.slice(s.start, s.end)).join(" ");
    const kind = statementKind(document.text, content, quotes);
    const addressee = addresseeOf(context, attribution, content);
    pronouns.push(...speaker.pronouns, ...(reporter?.pronouns ?? []));
    const support = new Map(speaker.support);
    if (reportedBy !== null) support.set(reportedBy, reporter?.support.get(reportedBy) ?? hull(attribution.reporter ?? []) ?? { start: 0, end: 0 });
    if (addressee !== undefined && !support.has(addressee.entity)) support.set(addressee.entity, { start: addressee.start, end: addressee.end });
    const statement: WorkingStatement = {
      content, cue: attribution.cue, source: attribution.source.length > 0 ? attribution.source : sortSpans([...speaker.support.values()]), speakers: speaker.keys, reportedBy,
      addressee: addressee === undefined || speaker.keys.includes(addressee.entity) ? null : addressee.entity,
      kind, mode: modeOf(cueWords === ":" ? "said" : cueWords, kind !== "indirect", attribution.speech), about: aboutOf(context, content, speaker.keys),
      date: dateOf(context, attribution, content, quotes), confidence: Math.round(attribution.score * 100) / 100, support,
    };
    const same = statements.findLastIndex((s, i) => i >= statements.length - NEIGHBOURS && sameContent(s, statement));
    if (same >= 0) {
      if ((statements[same]?.confidence ?? 0) < statement.confidence) statements[same] = statement;
    } else {
      statements.push(statement);
    }
    for (const key of speaker.keys) speakers.push({ key, at: anchor(attribution) });
  }
  continueQuotation(document, statements, quotes);
  return { statements: statements.sort((a, b) => (a.content[0]?.start ?? 0) - (b.content[0]?.start ?? 0) || (a.cue[0]?.start ?? 0) - (b.cue[0]?.start ?? 0)), pronouns };
}

/** "declined to comment" says nothing. */
function isNoComment(text: string, content: readonly Span[]): boolean {
  const only = content.length === 1 ? content[0] : undefined;
  return only !== undefined && /^(?:to |not )?comment\b.{0,40}$/i.test(text.slice(only.start, only.end));
}

/** "called Burhan" on the telephone, "was welcomed by Xi", "calls a summit", "recalls its ambassador": deeds, no words. */
function isDeed({ document, mentions }: StatementContext, attribution: Attribution, content: readonly Span[]): boolean {
  const cue = hull(attribution.cue);
  const only = content.length === 1 ? content[0] : undefined;
  if (cue === undefined || only === undefined) return false;
  const verb = document.text.slice(cue.start, cue.end);
  const object = document.text.slice(only.start, only.end);
  if (/^calls?(?:ed|ing)?$/i.test(verb) && GATHERING.test(object)) return true;
  if (/^(?:recall|summon)(?:s|ed|ing|ned)?$/i.test(verb) && ENVOY.test(object)) return true;
  if (!/^(?:(?:was|were|been) )?(?:calls|called|phoned|telephoned|welcomed|received|hosted|greeted)(?: by)?$/i.test(verb)) return false;
  const called = within(mentions, only).find((m) => m.kind === "person" && titledStart(document, m) - only.start <= ARTICLE);
  return called !== undefined && /^(?: to \p{Ll}+\b.*)?$/su.test(document.text.slice(called.end, only.end));
}

/** Two readings of the same words: by the same speaker, and mostly the same content. */
function sameContent(a: WorkingStatement, b: WorkingStatement): boolean {
  if (a.speakers.join(" ") !== b.speakers.join(" ")) return false;
  const x = hull(a.content);
  const y = hull(b.content);
  if (x === undefined || y === undefined) return false;
  const shared = Math.min(x.end, y.end) - Math.max(x.start, y.start);
  return shared > 0.8 * (Math.max(x.end, y.end) - Math.min(x.start, y.start)) && (a.cue.length === 0 || b.cue.length === 0 || a.cue.some((c) => b.cue.some((d) => overlaps(c, d))));
}

function aboutOf(context: StatementContext, content: readonly Span[], speakers: readonly EntityKey[]): EntityKey[] {
  const keys = new Set<EntityKey>();
  for (const span of content) {
    for (const mention of within(context.mentions, span)) {
      if (mention.weak || (mention.inTitle && mention.type === "demonym") || speakers.includes(mention.entity)) continue;
      keys.add(mention.entity);
      if (keys.size >= MOST_ABOUT) return [...keys];
    }
  }
  return [...keys];
}

/** The day in or beside the cue: "said Saturday", "on Monday hailed". */
function dateOf(context: StatementContext, attribution: Attribution, content: readonly Span[], quotes: readonly Span[]): IsoDate | undefined {
  const { document, reference } = context;
  const cue = hull(attribution.cue);
  if (cue === undefined || document.text.slice(cue.start, cue.end) === ":") return undefined;
  const sentence = sentenceAt(document, cue.start);
  if (sentence === undefined) return undefined;
  const from = Math.max(sentence.start, cue.start - 40);
  const to = Math.min(sentence.end, cue.end + 40);
  const near = timeExpressions(document.text.slice(from, to), from, reference, false).filter(
    (t) => t.precision === "day" && !content.some((c) => overlaps(c, t)) && !isCovered(quotes, t.start) && distance(t, cue) <= 14 && !/[,;:]/.test(between(document.text, t, cue)),
  );
  return near.sort((a, b) => distance(a, cue) - distance(b, cue))[0]?.earliest;
}

function distance(a: Span, b: Span): number {
  return Math.max(0, Math.max(a.start, b.start) - Math.min(a.end, b.end));
}

function between(text: string, a: Span, b: Span): string {
  return text.slice(Math.min(a.end, b.end), Math.max(a.start, b.start));
}
