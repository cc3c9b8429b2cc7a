import type { EntityKey, Extraction, Meeting, MeetingDate, Span, Statement } from "../extraction/types.ts";
import { MEETING_WORDS } from "./meeting-words.ts";

/** What a row says: an entity, another fact by its id, or plain words. */
export type Value =
  { readonly entity: EntityKey; readonly side?: EntityKey } | { readonly fact: string } | { readonly text: string };

export interface Row {
  readonly label: string;
  readonly values: readonly Value[];
}

/** What a stretch of text is to a fact. */
export type Role = "content" | "cue" | "source" | "evidence" | "support" | "date";

/** A statement or meeting as people read it: the same for the HTML page and the terminal. */
export interface Fact {
  /** The fragment that names it in the graph too: `statement-1`, `meeting-1`. */
  readonly id: string;
  readonly type: "statement" | "meeting";
  readonly title: string;
  /** Whether a meeting was held, is planned and so on; how a statement is told. */
  readonly status: string;
  /** The words to quote: a statement's content, a meeting's evidence. */
  readonly quote: readonly Span[];
  readonly rows: readonly Row[];
  readonly marks: readonly { readonly role: Role; readonly span: Span }[];
}

/** The facts of an extraction in its order: statements first, then meetings. */
export function factsOf({ statements, meetings }: Extraction): Fact[] {
  return [...statements.map(statementFact), ...meetings.map(meetingFact)];
}

export function statementId(index: number): string {
  return `statement-${index + 1}`;
}

function statementFact(statement: Statement, index: number): Fact {
  return {
    id: statementId(index),
    type: "statement",
    title: statement.mode === "attitude" ? "Attitude" : "Statement",
    status: statement.kind,
    quote: statement.content,
    rows: rows(
      ["Speaker", statement.speakers.map((entity) => ({ entity }))],
      ["Reported by", entityValue(statement.reportedBy)],
      ["To", entityValue(statement.addressee)],
      ["About", statement.about.map((entity) => ({ entity }))],
      ["Date", textValue(statement.date)],
      ["Confidence", textValue(statement.confidence.toFixed(2))],
    ),
    marks: [
      ...marks("content", statement.content),
      ...marks("cue", statement.cue),
      ...marks("source", statement.source),
      ...Object.values(statement.support).flatMap((spans) => marks("support", spans)),
    ],
  };
}

function meetingFact(meeting: Meeting, index: number): Fact {
  const participant = (entity: EntityKey): Value => {
    const side = Object.hasOwn(meeting.sides, entity) ? meeting.sides[entity] : undefined;
    return side === undefined || side === entity ? { entity } : { entity, side };
  };
  return {
    id: `meeting-${index + 1}`,
    type: "meeting",
    title: MEETING_WORDS[meeting.kind],
    status: meeting.status,
    quote: meeting.evidence,
    rows: rows(
      ["Participants", meeting.participants.map(participant)],
      ["Host", entityValue(meeting.host)],
      ["Mediator", entityValue(meeting.mediator)],
      ["Place", entityValue(meeting.place)],
      ["Date", meeting.date === undefined ? [] : [{ text: dateText(meeting.date) }]],
      [
        "How often",
        meeting.count === undefined
          ? []
          : [{ text: `${meeting.count.atLeast ? "at least " : ""}${meeting.count.value} times` }],
      ],
      ["According to", meeting.according.map((statement) => ({ fact: statementId(statement) }))],
      ["Confidence", textValue(meeting.confidence.toFixed(2))],
    ),
    marks: [
      ...marks("evidence", meeting.evidence),
      ...Object.values(meeting.support).flatMap((spans) => marks("support", spans)),
      ...marks("date", meeting.date?.span === undefined ? [] : [meeting.date.span]),
    ],
  };
}

function rows(...all: readonly (readonly [string, readonly Value[]])[]): Row[] {
  return all.filter(([, values]) => values.length > 0).map(([label, values]) => ({ label, values }));
}

function entityValue(entity: EntityKey | null | undefined): Value[] {
  return entity === null || entity === undefined ? [] : [{ entity }];
}

function textValue(text: string | undefined): Value[] {
  return text === undefined ? [] : [{ text }];
}

function marks(role: Role, spans: readonly Span[]): { role: Role; span: Span }[] {
  return spans.map((span) => ({ role, span }));
}

/** "2025-03-12 (“on 12 March”)"; bounds where the first day is not known; the words alone where nothing is. */
function dateText({ earliest, latest, end, text }: MeetingDate): string {
  const words = text === "" ? "" : `“${text}”`;
  if (earliest === undefined && latest === undefined) return words;
  const first =
    earliest === latest
      ? (earliest ?? "")
      : earliest === undefined
        ? `by ${latest}`
        : latest === undefined
          ? `from ${earliest}`
          : `between ${earliest} and ${latest}`;
  const whole = end === undefined ? first : `${first}, until ${end}`;
  return words === "" ? whole : `${whole} (${words})`;
}
