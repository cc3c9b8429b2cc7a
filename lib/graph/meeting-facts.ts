import type { NamedNode } from "n3";
import type { DatePrecision, Meeting, MeetingKind, MeetingStatus } from "../extraction/types.ts";
import type { ArticleContext } from "./article-context.ts";
import { PartList, writeInvolvements } from "./involvements.ts";
import { date, decimal, integer, text } from "./literals.ts";
import { cq, prov, schema } from "./vocabulary.ts";

/** The term of each kind of meeting. */
export const MEETING_KIND: Readonly<Record<MeetingKind, NamedNode>> = {
  PhoneCall: cq.PhoneCall,
  VideoCall: cq.VideoCall,
  Summit: cq.Summit,
  Visit: cq.Visit,
  Talks: cq.Talks,
  Session: cq.Session,
  // The class of meetings has the plain name.
  Meeting: cq.UnspecifiedMeeting,
};

// schema.org has no word for what has merely been thought of, and none for what was declined.
const EVENT_STATUS: Readonly<Record<MeetingStatus, NamedNode | undefined>> = {
  held: schema.EventScheduled,
  planned: schema.EventScheduled,
  cancelled: schema.EventCancelled,
  postponed: schema.EventPostponed,
  possible: undefined,
  refused: undefined,
};

export const PRECISION: Readonly<Record<DatePrecision, NamedNode>> = {
  day: cq.day,
  week: cq.week,
  month: cq.month,
  year: cq.year,
  period: cq.period,
};

/** What the article tells of meetings: reports, each the article's claim and none of ours. */
export function writeMeetings(context: ArticleContext): void {
  context.extraction.meetings.forEach((meeting, index) => writeMeeting(context, meeting, index));
}

function writeMeeting(context: ArticleContext, meeting: Meeting, index: number): void {
  const { article, extraction, iris, facts, evidence, spans } = context;
  const iri = iris.meeting(index);
  facts.type(iri, cq.MeetingReport);
  facts.add(iri, prov.wasDerivedFrom, iris.article);
  facts.add(iri, cq.kind, MEETING_KIND[meeting.kind]);
  facts.add(iri, cq.status, cq[meeting.status]);
  const eventStatus = EVENT_STATUS[meeting.status];
  if (eventStatus !== undefined) facts.add(iri, schema.eventStatus, eventStatus);
  const asOf = article.published ?? extraction.published ?? extraction.dated?.date;
  if (asOf !== undefined) facts.add(iri, cq.asOf, date(asOf));
  const participants = meeting.participants.map((key) => iris.entity(key));
  facts.addAll(iri, cq.participant, participants);
  if (meeting.status === "held") facts.addAll(iri, cq.attendedBy, participants);
  if (meeting.host !== undefined) facts.add(iri, cq.host, iris.entity(meeting.host));
  if (meeting.mediator !== undefined) facts.add(iri, cq.mediator, iris.entity(meeting.mediator));
  if (meeting.place !== null) facts.add(iri, cq.place, iris.entity(meeting.place));
  if (meeting.count !== undefined) {
    facts.add(iri, meeting.count.atLeast ? cq.minimumCount : cq.count, integer(meeting.count.value));
  }
  writeDate(context, iri, meeting);
  facts.addAll(iri, cq.accordingTo, meeting.according.map((statement) => iris.statement(statement)));
  facts.add(iri, cq.confidence, decimal(meeting.confidence));
  facts.addAll(iri, cq.evidence, spans.iris(meeting.evidence));

  const parts = new PartList();
  parts.add(cq.participation, facts, meeting.participants);
  parts.add(cq.hosting, facts, [meeting.host]);
  parts.add(cq.mediation, facts, [meeting.mediator]);
  parts.add(cq.venue, evidence, [meeting.place]);
  for (const [key, side] of Object.entries(meeting.sides)) parts.side(key, side);
  writeInvolvements(context, iri, parts.parts, meeting.support);
}

function writeDate({ facts, evidence, spans }: ArticleContext, iri: NamedNode, { date: when }: Meeting): void {
  if (when === undefined) return;
  if (when.earliest !== undefined) facts.add(iri, cq.earliest, date(when.earliest));
  if (when.latest !== undefined) facts.add(iri, cq.latest, date(when.latest));
  if (when.end !== undefined) facts.add(iri, cq.lastDay, date(when.end));
  facts.add(iri, cq.datePrecision, PRECISION[when.precision]);
  facts.add(iri, cq.dateText, text(when.text));
  if (when.span !== undefined) evidence.add(iri, cq.dateSpan, spans.iri(when.span));
}
