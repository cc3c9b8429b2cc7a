import { encodeSegment, ArticleIris } from "../graph/iris.ts";
import { gazetteerQuads } from "../graph/gazetteer-facts.ts";
import { cq } from "../graph/vocabulary.ts";
import { toNQuads } from "../serialization/nquads.ts";
import { DataFactory, type Quad } from "n3";
import { articleGraphs, linkQuads, linksGraph } from "./article-graphs.ts";
import { changeCalendar } from "./calendar.ts";
import { datasetQuads } from "./dataset.ts";
import type { Documents, Rendered } from "./documents.ts";
import { Dumps, linesOf } from "./dumps.ts";
import { Entities } from "./entities.ts";
import { appendToFeed, feedPageQuads, feedQuads, FEED_PAGE } from "./feed.ts";
import { unpack, type GraphObject } from "./graph-object.ts";
import { articleRef, itemsOf, type Contribution } from "./items.ts";
import { describeEntity, describeKnown, isEntityId, kindOf, knownGazetteer } from "./known.ts";
import { keys } from "./layout.ts";
import { Links } from "./links.ts";
import { isSame } from "./lost.ts";
import { inParallel } from "./parallel.ts";
import { isNewer, isSameEvent, laterOf } from "./sequencer.ts";
import { staticDigest, staticObjects } from "./statics.ts";
import type { ArticleState, Cursor, DayState, FeedMember, FeedState, IndexState, LogEntry, LogItem, StartState } from "./states.ts";
import { term } from "./terms.ts";
import { tombstones } from "./tombstones.ts";
import type { ArticleRef, Manifest, Pages } from "./types.ts";
import type { Workspace } from "./workspace.ts";

const DAY = 86_400_000;
const ARTICLES = 20;

/** One article as a batch changes it. */
interface Change {
  readonly id: string;
  readonly state: ArticleState | undefined;
  readonly item: LogItem;
  readonly before: GraphObject | undefined;
  readonly after: GraphObject | undefined;
}

/**
 * Stages everything that one log entry changes, given a tree that is up to date with the entry before: a function of the
 * tree and the entry, which reads and writes nothing else. Answers with the cursor to set when all is written.
 */
export async function planEntry(workspace: Workspace, entry: LogEntry, cursor: Cursor | undefined, documents: Documents, pages: Pages | undefined): Promise<Cursor> {
  return new Planner(workspace, entry, documents, pages).run(cursor);
}

class Planner {
  readonly #workspace: Workspace;
  readonly #entry: LogEntry;
  readonly #documents: Documents;
  readonly #pages: Pages | undefined;
  readonly #entities: Entities;
  readonly #links: Links;
  readonly #members: FeedMember[] = [];

  constructor(workspace: Workspace, entry: LogEntry, documents: Documents, pages: Pages | undefined) {
    this.#workspace = workspace;
    this.#entry = entry;
    this.#documents = documents;
    this.#pages = pages;
    this.#entities = new Entities(workspace);
    this.#links = new Links(workspace);
  }

  async run(cursor: Cursor | undefined): Promise<Cursor> {
    const manifest = (await this.#workspace.load<Manifest>(keys.manifest)) ?? this.#firstManifest();
    const changes = await this.#decide();
    const dumps = new Dumps(this.#workspace, manifest.parts);

    const affected = await this.#links.change(changes, this.#entities);
    const states = [];
    for (const change of changes) states.push(await this.#changeArticle(change, dumps));
    for (const id of [...affected].sort()) await this.#linkAnew(id, dumps);
    await this.#links.flush(this.#entities);
    this.#appendNew(changes, dumps);
    await this.#describeEntities(changes, dumps);

    const start = await this.#calendar(changes, dumps);
    await this.#entities.flush({
      entity: async (state) => this.#stage(await this.#documents.entity(state)),
      sealed: async (state) => this.#stage(await this.#documents.sealed(state)),
    });
    const kinds = await this.#indexes(start.state);
    await dumps.merge();
    const { parts, gone } = dumps.finish();
    await this.#feed();
    await this.#statics();

    const next = this.#nextManifest(manifest, changes, states, parts, start.meetings, kinds);
    this.#workspace.save(keys.manifest, next);
    const state = { ...start.state, kinds };
    this.#workspace.save(keys.state.start, state);
    this.#stage(this.#documents.start(state, next));
    this.#stage(await this.#documents.graph(datasetQuads(next, this.#entry.about), keys.dataset));
    return this.#collectGarbage(cursor, gone, new Set(parts.map(({ key }) => key)), changes.some(({ item }) => item.op === "withdraw"));
  }

  /** The articles that this entry changes, each once: what is late, told twice or the same as before changes nothing. */
  async #decide(): Promise<Change[]> {
    const changes = new Map<string, Change>();
    const states = new Map<string, ArticleState | undefined>();
    const ids = [...new Set(this.#entry.items.map(({ article }) => article))];
    for (const [id, state] of await inParallel(ids, async (id) => [id, await this.#workspace.load<ArticleState>(keys.state.article(id))] as const)) states.set(id, state);
    const last = new Map<string, LogItem>();
    const sequencers = new Map<string, string | undefined>();
    for (const item of this.#entry.items) {
      const id = item.article;
      const sequencer = sequencers.has(id) ? sequencers.get(id) : states.get(id)?.sequencer;
      if (!isNewer(item.sequencer, sequencer) && !(isSameEvent(sequencer, states.get(id)?.sequencer) && (await this.#isFound(item, states.get(id))))) continue;
      sequencers.set(id, laterOf(sequencer, item.sequencer));
      last.set(id, item);
    }
    await inParallel([...last.values()], async (item) => {
      const id = item.article;
      const state = states.get(id);
      const sequencer = sequencers.get(id);
      const found = item.op === "publish" && state?.missing === true ? await this.#graph(id, item.sha) : undefined;
      const unchanged = item.op === "publish" ? isSame(state, item) && found === undefined : state === undefined || (state.withdrawn === true && state.missing !== true);
      if (unchanged) {
        const kept = state ?? (sequencer === undefined ? undefined : { id, withdrawn: true as const, log: 0 });
        if (kept !== undefined) this.#workspace.save(keys.state.article(id), { ...kept, ...(sequencer === undefined ? {} : { sequencer }) });
        return;
      }
      const before = state?.sha === undefined || state.withdrawn === true ? undefined : await this.#graph(id, state.sha);
      const after = item.op === "withdraw" ? undefined : await this.#graph(id, item.sha);
      changes.set(id, { id, state: state === undefined && sequencer === undefined ? undefined : { ...(state ?? { id, log: 0, withdrawn: true }), ...(sequencer === undefined ? {} : { sequencer }) }, item, before, after });
    });
    await this.#sweep(changes, states, last);
    return [...changes.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  /** Whether this is the event whose object was missing, told again, and the object is there now. */
  async #isFound(item: LogItem, state: ArticleState | undefined): Promise<boolean> {
    if (item.op !== "publish" || state?.missing !== true || !isSameEvent(item.sequencer, state.sequencer)) return false;
    return (await this.#graph(item.article, item.sha)) !== undefined;
  }

  /**
   * Of a withdrawn article no object may stay: neither of what came too late for it, nor of what was stored and never committed. Whoever
   * stores one has this article told of here once more.
   */
  async #sweep(changes: ReadonlyMap<string, Change>, states: ReadonlyMap<string, ArticleState | undefined>, last: ReadonlyMap<string, LogItem>): Promise<void> {
    await inParallel([...states], async ([id, state]) => {
      const withdrawn = state === undefined ? last.get(id)?.op === "withdraw" : state.withdrawn === true && state.missing !== true;
      if (withdrawn && !changes.has(id)) await this.#removeGraphs(id);
    });
  }

  async #removeGraphs(id: string): Promise<void> {
    for await (const { key } of this.#workspace.store.list(keys.graphs(id))) this.#workspace.remove(key);
  }

  async #graph(id: string, sha: string): Promise<GraphObject | undefined> {
    const body = await this.#workspace.body(keys.graph(id, sha));
    return body === undefined || typeof body === "string" ? undefined : unpack(body);
  }

  /** Moves an article's items, documents and quads from what it was to what it is. */
  async #changeArticle({ id, state, item, before, after }: Change, dumps: Dumps): Promise<{ readonly facts: number; readonly evidence: number; readonly statements: number; readonly articles: number }> {
    const old = before === undefined || state?.meetings === undefined ? undefined : itemsOf(before, state.log, state.meetings);
    const meetings = after === undefined ? {} : this.#links.meetingsOf(after, {});
    const added: Contribution = after === undefined ? new Map() : itemsOf(after, this.#entry.number, meetings);
    for (const [key, items] of old ?? []) await this.#entities.remove(key, items);
    for (const [key, items] of added) await this.#entities.add(key, items);
    if (before !== undefined && state !== undefined) await this.#dropQuads(id, state, dumps);
    this.#record(id, state, item);

    const sequencer = state?.sequencer === undefined ? {} : { sequencer: state.sequencer };
    const counts = { facts: 0, evidence: 0, statements: 0 };
    if (after !== undefined && item.op === "publish") {
      const graphs = articleGraphs(after, this.#documents.base, meetings);
      Object.assign(counts, { facts: graphs.facts.length, evidence: graphs.evidence.length, statements: after.extraction.statements.length });
      const { sha, input, versions, text } = item;
      this.#workspace.save(keys.state.article(id), { id, ...sequencer, log: this.#entry.number, sha, input, versions, text, month: monthOf(after), meetings, ...counts } satisfies ArticleState);
      this.#stage(await this.#documents.article(after, text, meetings));
      if (text === "none") this.#workspace.remove(keys.text(id));
      // Pages that are not written would leave that of the tombstone.
      if (state?.withdrawn === true && this.#pages === undefined) this.#workspace.remove(keys.article(id, "html"));
    } else if (item.op === "publish") {
      const { sha, input, versions, text } = item;
      this.#workspace.save(keys.state.article(id), { id, ...sequencer, log: this.#entry.number, withdrawn: true, missing: true, sha, input, versions, text } satisfies ArticleState);
    } else {
      this.#workspace.save(keys.state.article(id), { id, ...sequencer, log: this.#entry.number, withdrawn: true } satisfies ArticleState);
      for (const [key, body] of tombstones(id, this.#documents.base, this.#pages)) this.#workspace.bury(key, body);
      await this.#removeGraphs(id);
    }
    const was = before === undefined ? { facts: 0, evidence: 0, statements: 0 } : { facts: state?.facts ?? 0, evidence: state?.evidence ?? 0, statements: state?.statements ?? 0 };
    return {
      facts: counts.facts - was.facts,
      evidence: counts.evidence - was.evidence,
      statements: counts.statements - was.statements,
      articles: (after === undefined ? 0 : 1) - (before === undefined ? 0 : 1),
    };
  }

  /** A change of this article for followers of the feed. */
  #record(id: string, state: ArticleState | undefined, item: LogItem): void {
    const { at, number } = this.#entry;
    if (item.op === "withdraw") this.#members.push({ article: id, log: number, at, type: "delete" });
    else {
      const live = state !== undefined && (state.withdrawn !== true || state.missing === true);
      this.#members.push({ article: id, log: number, at, type: live ? "update" : "create", digest: item.sha });
    }
  }

  async #dropQuads(id: string, state: ArticleState, dumps: Dumps): Promise<void> {
    const { facts, evidence } = new ArticleIris(this.#documents.base, id);
    const month = state.month ?? "undated";
    const isLink = this.#linkOf(id);
    await dumps.rewrite(month, "facts", state.log, -1, (lines) => lines.filter((line) => !line.endsWith(` <${facts.value}> .\n`) && !isLink(line)));
    await dumps.rewrite(month, "evidence", state.log, -1, (lines) => lines.filter((line) => !line.endsWith(` <${evidence.value}> .\n`)));
  }

  #linkOf(id: string): (line: string) => boolean {
    const start = `<${this.#documents.base}article/${encodeSegment(id)}#`;
    const end = ` <${linksGraph(this.#documents.base)}> .\n`;
    return (line) => line.endsWith(end) && line.startsWith(start);
  }

  /** An article that stays as it is, but whose reports are found to tell of other meetings than before. */
  async #linkAnew(id: string, dumps: Dumps): Promise<void> {
    const state = await this.#workspace.load<ArticleState>(keys.state.article(id));
    const object = state?.sha === undefined ? undefined : await this.#graph(id, state.sha);
    if (state?.meetings === undefined || object === undefined) return;
    const meetings = this.#links.meetingsOf(object, state.meetings);
    if (JSON.stringify(meetings) === JSON.stringify(state.meetings)) return;
    const old = itemsOf(object, state.log, state.meetings);
    const current = itemsOf(object, state.log, meetings);
    for (const [key, items] of old) {
      if (key.startsWith("meeting/")) await this.#entities.remove(key, items);
      else await this.#entities.replace(key, items, current.get(key) ?? []);
    }
    for (const [key, items] of current) if (key.startsWith("meeting/")) await this.#entities.add(key, items);
    this.#workspace.save(keys.state.article(id), { ...state, meetings });
    this.#stage(await this.#documents.article(object, state.text ?? "none", meetings));
    const isLink = this.#linkOf(id);
    const links = linesOf(toNQuads(linkQuads(new ArticleIris(this.#documents.base, id), meetings)));
    await dumps.rewrite(state.month ?? "undated", "facts", state.log, 0, (lines) => [...lines.filter((line) => !isLink(line)), ...links]);
  }

  /** New quads, a part for each month. */
  #appendNew(changes: readonly Change[], dumps: Dumps): void {
    const published = changes.flatMap(({ after }) => after ?? []);
    for (const [month, objects] of [...Map.groupBy(published, monthOf)].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const graphs = objects.map((object) => articleGraphs(object, this.#documents.base, this.#links.meetingsOf(object, {})));
      const lines = (quads: readonly Quad[]): string[] => linesOf(toNQuads(quads));
      dumps.append(month, "facts", this.#entry.number, objects.length, lines(graphs.flatMap(({ facts, links }) => [...facts, ...links])));
      dumps.append(month, "evidence", this.#entry.number, objects.length, lines(graphs.flatMap(({ evidence }) => evidence)));
    }
  }

  /** What the gazetteer knows of the entities named: their documents' facts, and quads where the dumps have none yet. */
  async #describeEntities(changes: readonly Change[], dumps: Dumps): Promise<void> {
    const quads: Quad[] = [];
    const ids = new Set(changes.flatMap(({ after }) => (after === undefined ? [] : [...after.known.map((record) => (record.kind === "tenure" ? record.office : record.id)), ...after.extraction.entities.map(({ key }) => key)].filter(isEntityId))));
    await inParallel([...ids], (id) => this.#entities.draft(id));
    for (const { after } of changes) {
      if (after === undefined) continue;
      const version = after.extraction.versions.gazetteer;
      const described = describeKnown(after.known);
      const fresh: string[] = [];
      for (const { id, name, facts } of described) {
        await this.#entities.describe(id, name, facts);
        const draft = await this.#entities.draft(id);
        if (draft.versions.includes(version)) continue;
        draft.versions = [...draft.versions, version].sort();
        draft.dirty = true;
        if (kindOf(id) !== "office") fresh.push(id);
      }
      if (fresh.length > 0) quads.push(...gazetteerQuads(knownGazetteer(after.known, version), fresh, this.#documents.base));
      const names = new Map(after.extraction.entities.map((entity) => [entity.key, entity.name]));
      for (const entity of after.extraction.entities) {
        if (!isEntityId(entity.key)) continue;
        const { id, name, facts } = describeEntity(entity, (key) => names.get(key));
        await this.#entities.ensure(id, name, facts);
        // Offices held that no record of the gazetteer came with still need a name to be called by.
        for (const { office, title, of } of entity.offices ?? []) {
          if (!isEntityId(office)) continue;
          const owner = names.get(of);
          await this.#entities.ensure(office, title, { offices: [], ...(owner === undefined || !isEntityId(of) ? {} : { belongsTo: { name: owner, id: of } }) });
        }
      }
    }
    if (quads.length > 0) dumps.append("gazetteer", "facts", this.#entry.number, 0, linesOf(toNQuads(quads)));
  }

  async #calendar(changes: readonly Change[], dumps: Dumps): Promise<{ readonly state: StartState; readonly meetings: number }> {
    const empty: StartState = { meetings: [], articles: [], pairs: {}, months: {}, kinds: {} };
    const before = (await this.#workspace.load<StartState>(keys.state.start)) ?? empty;
    const calendar = await changeCalendar(this.#workspace, this.#links.changes, before);
    for (const day of calendar.days) {
      dumps.replaceNamed("meetings", day.date, this.#entry.number, this.#meetingLines(day));
      if (Object.keys(day.meetings).length === 0) {
        this.#workspace.remove(keys.state.day(day.date));
        this.#workspace.remove(keys.day(day.date));
      } else {
        this.#workspace.save(keys.state.day(day.date), day);
        this.#stage(this.#documents.day(day));
      }
    }
    for (const month of calendar.months) {
      if (Object.keys(month.days).length === 0) {
        this.#workspace.remove(keys.state.month(month.month));
        this.#workspace.remove(keys.month(month.month));
      } else {
        this.#workspace.save(keys.state.month(month.month), month);
        this.#stage(this.#documents.month(month));
      }
    }
    const changed = new Set(changes.map(({ id }) => id));
    const newest: ArticleRef[] = changes.flatMap(({ after }) => (after === undefined ? [] : [articleRef(after)]));
    const articles = [...newest.sort((a, b) => ((a.published ?? "") < (b.published ?? "") ? 1 : (a.published ?? "") > (b.published ?? "") ? -1 : a.id < b.id ? -1 : 1)), ...before.articles.filter(({ id }) => !changed.has(id))].slice(0, ARTICLES);
    return { state: { ...before, ...calendar.start, articles }, meetings: calendar.meetings };
  }

  #meetingLines(day: DayState): string[] {
    const graph = DataFactory.namedNode(linksGraph(this.#documents.base));
    const iri = (id: string) => DataFactory.namedNode(`${this.#documents.base}id/meeting/${id}`);
    const quads = Object.values(day.meetings).flatMap(({ id, latestStatus, replaces }) => [
      DataFactory.quad(iri(id), term("rdf:type"), cq.Meeting, graph),
      DataFactory.quad(iri(id), cq.latestStatus, cq[latestStatus], graph),
      ...replaces.map((old) => DataFactory.quad(iri(old), term("dcterms:isReplacedBy"), iri(id), graph)),
    ]);
    return linesOf(toNQuads(quads));
  }

  /** Lists of entities by kind, which change only where there are new ones or names change. */
  async #indexes(start: StartState): Promise<Record<string, number>> {
    const kinds: Record<string, number> = { ...start.kinds };
    const named = await this.#entities.described();
    for (const [kind, own] of Map.groupBy(named.filter(({ id }) => kindOf(id) !== "meeting"), ({ id }) => kindOf(id))) {
      const before = (await this.#workspace.load<IndexState>(keys.state.index(kind)))?.entries ?? {};
      const news = own.filter(({ id, name }) => before[id] !== name);
      if (news.length === 0) continue;
      const entries = Object.fromEntries([...Object.entries(before), ...news.map(({ id, name }) => [id, name] as const)].sort(([a], [b]) => (a < b ? -1 : 1)));
      const state: IndexState = { kind, entries };
      this.#workspace.save(keys.state.index(kind), state);
      this.#stage(this.#documents.index(state));
      kinds[kind] = Object.keys(entries).length;
    }
    return Object.fromEntries(Object.entries(kinds).sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  async #feed(): Promise<void> {
    const before = await this.#workspace.load<FeedState>(keys.state.feed);
    if (this.#members.length === 0 && before !== undefined) return;
    const pages = appendToFeed(before, this.#members);
    const { base } = this.#documents;
    for (const [i, page] of pages.entries()) {
      const next = page.members.length === FEED_PAGE ? pages[i + 1]?.members[0]?.at : undefined;
      this.#stage(await this.#documents.graph(feedPageQuads(base, page, next), (extension) => keys.feedPage(page.page, extension)));
    }
    this.#workspace.save(keys.state.feed, pages.at(-1));
    this.#stage(await this.#documents.graph(feedQuads(base), keys.feed));
  }

  /** Copies of the ontology and of what pages need, where the tree has other ones. */
  async #statics(): Promise<void> {
    const objects = staticObjects(this.#pages);
    const digest = staticDigest(objects);
    if ((await this.#workspace.load<{ digest: string }>(keys.state.statics))?.digest === digest) return;
    for (const [key, body] of objects) this.#workspace.stage(key, body);
    this.#workspace.save(keys.state.statics, { digest });
  }

  #firstManifest(): Manifest {
    const { base, at, software, number } = this.#entry;
    const counts = { articles: 0, meetings: 0, statements: 0, facts: 0, evidence: 0, entities: 0 };
    return { format: 1, base, software, log: number - 1, created: at, modified: at, counts, parts: [] };
  }

  #nextManifest(
    before: Manifest, _changes: readonly Change[], deltas: readonly { readonly statements: number; readonly articles: number }[], parts: Manifest["parts"], meetings: number, kinds: Readonly<Record<string, number>>,
  ): Manifest {
    const sum = (of: (delta: { readonly statements: number; readonly articles: number }) => number): number => deltas.reduce((total, delta) => total + of(delta), 0);
    const quads = (type: "facts" | "evidence"): number => parts.reduce((total, part) => total + (part.type === type ? part.quads : 0), 0);
    return {
      ...before,
      software: this.#entry.software,
      log: this.#entry.number,
      modified: this.#entry.at,
      counts: {
        articles: before.counts.articles + sum(({ articles }) => articles),
        meetings: before.counts.meetings + meetings,
        statements: before.counts.statements + sum(({ statements }) => statements),
        facts: quads("facts"),
        evidence: quads("evidence"),
        entities: Object.values(kinds).reduce((total, count) => total + count, 0),
      },
      parts,
    };
  }

  /** Old parts stay a day for those who read an older manifest; where something is withdrawn, they go at once. */
  #collectGarbage(cursor: Cursor | undefined, gone: readonly string[], live: ReadonlySet<string>, atOnce: boolean): Cursor {
    const { at, number } = this.#entry;
    const all = [...(cursor?.garbage ?? []), ...gone.map((key) => ({ key, at }))].filter(({ key }) => !live.has(key));
    const due = all.filter((part) => atOnce || Date.parse(part.at) + DAY <= Date.parse(at));
    for (const { key } of due) this.#workspace.remove(key);
    return { log: number, at, garbage: all.filter((part) => !due.includes(part)) };
  }

  #stage(rendered: Rendered): void {
    for (const [key, body] of rendered) this.#workspace.stage(key, body);
  }
}

/** The month an article's quads are filed under. */
export function monthOf(object: GraphObject): string {
  const month = articleRef(object).published?.slice(0, 7);
  return month !== undefined && /^\d{4}-\d{2}$/.test(month) ? month : "undated";
}
