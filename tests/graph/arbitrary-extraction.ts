import fc from "fast-check";
import type { Article } from "../../lib/article/types.ts";
import type { Entity, EntityKey, Extraction, Meeting, MeetingDate, Mention, Span, Statement } from "../../lib/extraction/types.ts";

const anyText = fc
  .string({ unit: "binary", minLength: 1, maxLength: 60 })
  .map((text) => text.toWellFormed().normalize());
const slug = fc.stringMatching(/^[a-z]{1,6}(-[a-z0-9]{1,4})?$/);
const day = fc.date({ min: new Date("1900-01-01"), max: new Date("2099-12-31"), noInvalidDate: true }).map((d) => d.toISOString().slice(0, 10));
const score = fc.integer({ min: 0, max: 100 }).map((n) => n / 100);

function spanOf(text: string): fc.Arbitrary<Span> {
  const length = Array.from(text).length;
  return fc
    .tuple(fc.nat({ max: length - 1 }), fc.nat({ max: length - 1 }))
    .map(([a, b]) => ({ start: Math.min(a, b), end: Math.max(a, b) + 1 }));
}

const PREFIX: Readonly<Record<Entity["kind"], string>> = {
  person: "person",
  state: "state",
  organisation: "organization",
  group: "group",
  medium: "medium",
  place: "place",
};

const entity: fc.Arbitrary<Entity> = fc
  .record({
    kind: fc.constantFrom(...(Object.keys(PREFIX) as Entity["kind"][])),
    slug,
    local: fc.option(fc.string({ unit: "binary", maxLength: 5 }), { nil: undefined }),
    name: anyText,
    since: day,
    held: fc.boolean(),
  })
  .map(({ kind, slug, local, name, since, held }) => ({
    key: local === undefined ? `${PREFIX[kind]}/${slug}` : `#${PREFIX[kind]}-${local}`,
    kind,
    name,
    names: [name],
    ...(held ? { offices: [{ office: `office/${slug}`, title: "Chair", of: "state/x", since }] } : {}),
  }));

function statementOf(keys: readonly EntityKey[], span: fc.Arbitrary<Span>): fc.Arbitrary<Statement> {
  const key = fc.constantFrom(...keys);
  const spans = fc.array(span, { maxLength: 2 });
  return fc
    .record({
      content: fc.array(span, { minLength: 1, maxLength: 3 }),
      cue: spans,
      source: spans,
      speakers: fc.uniqueArray(key, { maxLength: 2 }),
      reportedBy: fc.option(key),
      addressee: fc.option(key),
      kind: fc.constantFrom("direct", "mixed", "indirect"),
      mode: fc.constantFrom("speech", "attitude"),
      about: fc.array(key, { maxLength: 3 }),
      date: day,
      confidence: score,
      shown: span,
    })
    .map(({ shown, ...statement }) => ({ ...statement, support: supportFor(keys, shown) }));
}

function meetingOf(keys: readonly EntityKey[], span: fc.Arbitrary<Span>, statements: number): fc.Arbitrary<Meeting> {
  const key = fc.constantFrom(...keys);
  return fc
    .record({
      kind: fc.constantFrom("PhoneCall", "VideoCall", "Summit", "Visit", "Talks", "Session", "Meeting"),
      status: fc.constantFrom("held", "planned", "possible", "cancelled", "postponed", "refused"),
      participants: fc.uniqueArray(key, { maxLength: 3 }),
      host: key,
      mediator: key,
      place: fc.option(key),
      side: key,
      count: fc.record({ value: fc.integer({ min: 1, max: 100 }), atLeast: fc.boolean() }),
      according: statements === 0 ? fc.constant([]) : fc.uniqueArray(fc.nat({ max: statements - 1 }), { maxLength: 2 }),
      evidence: fc.array(span, { minLength: 1, maxLength: 3 }),
      when: fc.tuple(day, day, fc.constantFrom("day", "week", "month", "year", "period"), anyText, span),
      confidence: score,
      shown: span,
    })
    .map(({ shown, side, when: [a, b, precision, text, where], ...meeting }) => {
      const [earliest, latest] = a < b ? [a, b] : [b, a];
      const date: MeetingDate = { earliest, latest, precision, text, span: where };
      return {
        ...meeting,
        date,
        sides: Object.fromEntries(meeting.participants.map((participant) => [participant, side])),
        support: supportFor(keys, shown),
      };
    });
}

function supportFor(keys: readonly EntityKey[], span: Span): Record<EntityKey, Span[]> {
  return Object.fromEntries(keys.map((key) => [key, [span]]));
}

/**
 * Articles with extractions as the contract allows them, and as odd as it allows: astral and control characters in text
 * and names, one entity in every part of a claim, spans that overlap and repeat.
 */
export const arbitraryExtraction: fc.Arbitrary<{ article: Article; extraction: Extraction }> = fc
  .record({
    text: anyText,
    id: fc.stringMatching(/^[A-Za-z0-9_~-][A-Za-z0-9._~-]{0,12}$/),
    entities: fc.uniqueArray(entity, { minLength: 1, maxLength: 4, selector: ({ key }) => key.toWellFormed() }),
    published: fc.option(day, { nil: undefined }),
    url: fc.option(fc.webUrl({ withFragments: true, withQueryParameters: true }), { nil: undefined }),
    headline: anyText,
  })
  .chain(({ text, id, entities, published, url, headline }) => {
    const span = spanOf(text);
    const keys = entities.map(({ key }) => key);
    const mention: fc.Arbitrary<Mention> = fc.record({
      span,
      entity: fc.constantFrom(...keys),
      type: fc.constantFrom("name", "nominal", "pronoun", "metonym", "demonym"),
      title: anyText,
    });
    return fc.array(statementOf(keys, span), { maxLength: 3 }).chain((statements) =>
      fc
        .record({
          mentions: fc.array(mention, { maxLength: 4 }),
          meetings: fc.array(meetingOf(keys, span, statements.length), { maxLength: 3 }),
          dated: fc.record({ date: day, basis: fc.constantFrom("anniversary", "event"), evidence: fc.array(span, { minLength: 1, maxLength: 2 }) }),
        })
        .map(({ mentions, meetings, dated }) => ({
          article: {
            id,
            text,
            headline,
            language: "en",
            ...(url === undefined ? {} : { url }),
            ...(published === undefined ? {} : { published }),
          },
          extraction: {
            id,
            ...(published === undefined ? { dated } : { published }),
            entities,
            mentions,
            statements,
            meetings,
            versions: { software: "communique 0.1.0", model: "attribution 1 (int8)", gazetteer: "abc123" },
          },
        })),
    );
  });
