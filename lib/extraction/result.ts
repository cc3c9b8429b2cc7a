import type { Article } from "../article/types.ts";
import { codePoints, spanToCodePoints, type ToCodePoints } from "../text/code-points.ts";
import type { Span, TextDocument } from "../text/types.ts";
import type { EntityTable } from "./entities.ts";
import type { WorkingMeeting } from "./meeting.ts";
import type { WorkingMention } from "./mention.ts";
import type { DatedText } from "./reference-date.ts";
import { contains, hull, sortSpans } from "./spans.ts";
import type { WorkingStatement } from "./statements.ts";
import type { EntityKey, Extraction, Meeting, MeetingDate, Mention, Statement } from "./types.ts";

interface Parts {
  readonly article: Article;
  readonly document: TextDocument;
  readonly entities: EntityTable;
  readonly mentions: readonly WorkingMention[];
  readonly statements: readonly WorkingStatement[];
  readonly meetings: readonly WorkingMeeting[];
  readonly dated: DatedText | undefined;
  readonly versions: Extraction["versions"];
}

/** The extraction of an article: what was found, in code points, with only the entities that matter. */
export function toExtraction(parts: Parts): Extraction {
  const { article, document, entities } = parts;
  const convert = codePoints(document.text);
  const statements = parts.statements.map((s) => statement(s, convert));
  const order = [...parts.meetings].sort((a, b) => (a.evidence[0]?.start ?? 0) - (b.evidence[0]?.start ?? 0));
  const meetings = order.map((m) => meeting(m, parts.statements, entities, convert));
  const needed = new Set<EntityKey>();
  for (const s of parts.statements) for (const key of [...s.support.keys(), ...s.about]) needed.add(key);
  for (const m of order) for (const key of [...m.support.keys(), ...m.participants]) needed.add(key);
  const kept = parts.mentions.filter((m) => needed.has(m.entity) || (!m.weak && m.type !== "demonym" && (m.kind !== "place" || m.locative)));
  const mentions = distinct(kept).map((m) => toMention(m, document, convert));
  for (const m of kept) {
    needed.add(m.entity);
    // Names that a fact turned into entities bear their forms too.
    if (m.weak) entities.addForm(m.entity, document.text.slice(m.start, m.end));
  }
  for (const m of order) for (const key of sides(m, entities).values()) needed.add(key);
  return {
    id: article.id,
    ...(article.published === undefined ? {} : { published: article.published }),
    ...(parts.dated === undefined ? {} : { dated: { date: parts.dated.date, basis: parts.dated.basis, evidence: spans(parts.dated.evidence, convert) } }),
    entities: entities.entities(needed),
    mentions,
    statements,
    meetings,
    versions: parts.versions,
  };
}

function spans(list: readonly Span[], convert: ToCodePoints): Span[] {
  return sortSpans(list).map((s) => spanToCodePoints(s, convert));
}

function distinct(mentions: readonly WorkingMention[]): WorkingMention[] {
  const sorted = [...mentions].sort((a, b) => a.start - b.start || b.end - a.end || (a.entity < b.entity ? -1 : a.entity > b.entity ? 1 : 0));
  return sorted.filter((m, i) => {
    const before = sorted[i - 1];
    return before === undefined || before.start !== m.start || before.end !== m.end || before.entity !== m.entity;
  });
}

function toMention(m: WorkingMention, document: TextDocument, convert: ToCodePoints): Mention {
  const first = m.title === undefined ? undefined : document.tokens[m.title.first];
  const last = m.title === undefined ? undefined : document.tokens[m.title.last - 1];
  return {
    span: spanToCodePoints(m, convert), entity: m.entity, type: m.type,
    ...(first === undefined || last === undefined ? {} : { title: document.text.slice(first.start, last.end) }),
  };
}

function supportOf(support: ReadonlyMap<EntityKey, Span | readonly Span[]>, convert: ToCodePoints): Record<EntityKey, Span[]> {
  const entries = [...support].map(([key, value]): [EntityKey, Span[]] => [key, spans("start" in value ? [value] : value, convert)]);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function statement(s: WorkingStatement, convert: ToCodePoints): Statement {
  return {
    content: spans(s.content, convert), cue: spans(s.cue, convert), source: spans(s.source, convert),
    speakers: s.speakers, reportedBy: s.reportedBy, addressee: s.addressee, kind: s.kind, mode: s.mode, about: s.about,
    ...(s.date === undefined ? {} : { date: s.date }), confidence: s.confidence, support: supportOf(s.support, convert),
  };
}

function sides(m: WorkingMeeting, entities: EntityTable): Map<EntityKey, EntityKey> {
  const all = new Map<EntityKey, EntityKey>();
  for (const p of m.participants) {
    const side = entities.kindOf(p) === "person" ? entities.sideOf(p) : undefined;
    if (side !== undefined) all.set(p, side);
  }
  return all;
}

function meeting(m: WorkingMeeting, statements: readonly WorkingStatement[], entities: EntityTable, convert: ToCodePoints): Meeting {
  const according = statements.flatMap((s, i) => {
    const content = hull(s.content);
    return content !== undefined && s.mode === "speech" && m.evidence.some((e) => contains(content, e)) ? [i] : [];
  });
  return {
    kind: m.kind, status: m.status, participants: m.participants,
    sides: Object.fromEntries([...sides(m, entities)].sort(([a], [b]) => (a < b ? -1 : 1))),
    ...(m.host === undefined ? {} : { host: m.host }), ...(m.mediator === undefined ? {} : { mediator: m.mediator }), place: m.place, ...(m.count === undefined ? {} : { count: m.count }),
    according, evidence: spans(m.evidence, convert), ...(m.date === undefined ? {} : { date: date(m, convert) }),
    confidence: m.confidence, support: supportOf(m.support, convert),
  };
}

function date(m: WorkingMeeting, convert: ToCodePoints): MeetingDate {
  const d = m.date;
  if (d === undefined) return { precision: "period", text: "" };
  return {
    ...(d.earliest === undefined ? {} : { earliest: d.earliest }), ...(d.latest === undefined ? {} : { latest: d.latest }),
    ...(d.lastDay === undefined ? {} : { end: d.lastDay }), precision: d.precision, text: d.text,
    ...(d.end > d.start ? { span: spanToCodePoints(d, convert) } : {}),
  };
}
