import type { Entity, EntityKey, Meeting, Statement } from "../extraction/types.ts";
import { bucketOf, reportsOf, signatureKey } from "../linking/index.ts";
import { slicer } from "../text/code-points.ts";
import type { Span } from "../text/types.ts";
import { isEntityId } from "./known.ts";
import type { GraphObject } from "./graph-object.ts";
import type { ArticleRef, Item, MeetingItem, Participant, Ref, StatementItem, StatementRole } from "./types.ts";

const QUOTE_LENGTH = 300;
const NAME_LENGTH = 200;

/** What an article adds to the documents of entities and meetings: id → its items, in the article's order. */
export type Contribution = ReadonlyMap<string, readonly Item[]>;

/**
 * The items of one article. `meetings` says which meeting each report is linked to; those stand in the documents of these
 * meetings too. `log` is the entry the article came with.
 */
export function itemsOf(object: GraphObject, log: number, meetings: Readonly<Record<number, string>>): Contribution {
  const writer = new ItemWriter(object, log);
  const items = new Map<string, Item[]>();
  const add = (id: string, item: Item): void => {
    const own = items.get(id);
    if (own === undefined) items.set(id, [item]);
    else own.push(item);
  };
  object.extraction.meetings.forEach((meeting, index) => {
    const item = writer.meeting(meeting, index, meetings[index]);
    if (item.meeting !== undefined) add(`meeting/${item.meeting}`, item);
    for (const key of partiesOf(meeting)) if (isEntityId(key)) add(key, item);
  });
  object.extraction.statements.forEach((statement, index) => {
    for (const [key, roles] of rolesOf(statement)) if (isEntityId(key)) add(key, writer.statement(statement, index, roles));
  });
  return items;
}

/** Everybody and everywhere a report names. */
function partiesOf(meeting: Meeting): ReadonlySet<EntityKey> {
  const keys = [...meeting.participants, ...Object.values(meeting.sides), meeting.host, meeting.mediator, meeting.place];
  return new Set(keys.filter((key) => key !== undefined && key !== null));
}

function rolesOf({ speakers, reportedBy, addressee, about }: Statement): ReadonlyMap<EntityKey, readonly StatementRole[]> {
  const roles = new Map<EntityKey, StatementRole[]>();
  const add = (key: EntityKey | null, role: StatementRole): void => {
    if (key === null) return;
    const own = roles.get(key) ?? [];
    roles.set(key, own);
    if (!own.includes(role)) own.push(role);
  };
  for (const key of speakers) add(key, "speaker");
  add(reportedBy, "reporter");
  add(addressee, "addressee");
  for (const key of about) add(key, "about");
  return roles;
}

/** The bucket and signature of each report that can be linked, by its index. */
export function signaturesOf(object: GraphObject): ReadonlyMap<number, { readonly bucket: string; readonly key: string }> {
  return new Map(reportsOf(object.extraction).map((report) => [report.index, { bucket: bucketOf(report), key: signatureKey(report.signature) }]));
}

export function articleRef({ article, extraction }: GraphObject): ArticleRef {
  const { id, headline, publisher } = article;
  const published = article.published ?? extraction.published ?? extraction.dated?.date;
  return { id, ...(headline === undefined ? {} : { headline }), ...(publisher === undefined ? {} : { publisher }), ...(published === undefined ? {} : { published }) };
}

class ItemWriter {
  readonly #object: GraphObject;
  readonly #log: number;
  readonly #article: ArticleRef;
  readonly #entities: ReadonlyMap<EntityKey, Entity>;
  readonly #words: (span: Span) => string;

  constructor(object: GraphObject, log: number) {
    this.#object = object;
    this.#log = log;
    this.#article = articleRef(object);
    this.#entities = new Map(object.extraction.entities.map((entity) => [entity.key, entity]));
    this.#words = slicer(object.article.text);
  }

  meeting(meeting: Meeting, index: number, id: string | undefined): MeetingItem {
    const { kind, status, date, count, host, mediator, place, confidence } = meeting;
    return {
      type: "meeting",
      article: this.#article,
      fragment: `meeting-${index + 1}`,
      ...(id === undefined ? {} : { meeting: id }),
      kind, status,
      ...(date === undefined ? {} : { date }),
      participants: meeting.participants.map((key) => this.#participant(key, Object.hasOwn(meeting.sides, key) ? meeting.sides[key] : undefined)),
      ...(host === undefined ? {} : { host: this.#ref(host) }),
      ...(mediator === undefined ? {} : { mediator: this.#ref(mediator) }),
      ...(place === null ? {} : { place: this.#ref(place) }),
      ...(count === undefined ? {} : { count }),
      quote: this.#quote(meeting.evidence),
      confidence,
      log: this.#log,
    };
  }

  statement(statement: Statement, index: number, roles: readonly StatementRole[]): StatementItem {
    const { kind, mode, date, speakers, reportedBy, addressee, about, confidence } = statement;
    return {
      type: "statement",
      article: this.#article,
      fragment: `statement-${index + 1}`,
      kind, mode,
      ...(date === undefined ? {} : { date }),
      speakers: speakers.map((key) => this.#ref(key)),
      ...(reportedBy === null ? {} : { reportedBy: this.#ref(reportedBy) }),
      ...(addressee === null ? {} : { addressee: this.#ref(addressee) }),
      about: about.map((key) => this.#ref(key)),
      roles,
      quote: this.#quote(statement.content),
      confidence,
      log: this.#log,
    };
  }

  #participant(key: EntityKey, side: EntityKey | undefined): Participant {
    return { ...this.#ref(key), ...(side === undefined ? {} : { side: this.#ref(side) }) };
  }

  #ref(key: EntityKey): Ref {
    const name = (this.#entities.get(key)?.name ?? key).slice(0, NAME_LENGTH).toWellFormed();
    if (isEntityId(key)) return { name, id: key };
    return key.startsWith("#") ? { name, local: { article: this.#object.article.id, fragment: key.slice(1) } } : { name };
  }

  #quote(spans: readonly Span[]): string[] {
    const quote: string[] = [];
    let left = QUOTE_LENGTH;
    for (const span of spans) {
      if (left <= 0) break;
      const words = Array.from(this.#words(span));
      quote.push(words.length > left ? `${words.slice(0, left).join("")}…` : words.join(""));
      left -= words.length;
    }
    return quote;
  }
}
