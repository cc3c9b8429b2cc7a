import { ArticleIris } from "../graph/iris.ts";
import { validateDataset } from "../graph/validate.ts";
import type { ObjectStore, ObjectSummary } from "../store/types.ts";
import { readCursor } from "./apply.ts";
import { articleGraphs } from "./article-graphs.ts";
import { fromJson, gunzip, sha256 } from "./codec.ts";
import { datasetQuads } from "./dataset.ts";
import { Documents, type Rendered } from "./documents.ts";
import { linesOf } from "./dumps.ts";
import { feedPageQuads, feedQuads } from "./feed.ts";
import { pack, unpack, type GraphObject } from "./graph-object.ts";
import { headersOf, isOurs, isWithdrawn, keys } from "./layout.ts";
import { hrefsOf } from "./hrefs.ts";
import { readEntry } from "./log.ts";
import { inParallel } from "./parallel.ts";
import { staticObjects } from "./statics.ts";
import type { ArticleState, DayState, EntityState, FeedState, IndexState, LinkState, LogEntry, MonthState, SealedState, StartState } from "./states.ts";
import { tombstones } from "./tombstones.ts";
import type { Item, Manifest, Pages, Ref } from "./types.ts";

export interface CheckOptions {
  /** Write what differs anew and delete what does not belong, where state and log tell what is right. */
  readonly repair?: boolean;
  /** Validate every article's graphs against the shapes (the slowest part); on unless false. */
  readonly shapes?: boolean;
}

export interface Problem {
  readonly key: string;
  readonly message: string;
}

export interface CheckReport {
  /** Empty where all is well. */
  readonly problems: readonly Problem[];
  /** How many objects `repair` wrote or deleted. */
  readonly repaired: number;
  readonly objects: number;
  readonly articles: number;
}

/**
 * Compares a tree with what its log and states say it must be: every document rendered again, every part's checksum and
 * counts, every link, every article's graphs against the shapes, and that nothing else is there, least of all of
 * withdrawn articles.
 */
export async function checkTree(store: ObjectStore, pages: Pages | undefined, { repair = false, shapes = true }: CheckOptions = {}): Promise<CheckReport> {
  const first = await new Checker(store, pages, shapes).run();
  if (!repair || first.problems.length === 0) return { ...first, repaired: 0 };
  const repaired = await mend(store, first.mends);
  return { ...(await new Checker(store, pages, shapes).run()), repaired };
}

/** What to put in place of what is there; null where nothing belongs there. */
type Mend = { readonly body: string | Uint8Array; readonly withdrawn: boolean } | null;
type Mends = ReadonlyMap<string, Mend>;

async function mend(store: ObjectStore, mends: Mends): Promise<number> {
  const order = [...mends].sort(([, a], [, b]) => Number(a === null) - Number(b === null));
  for (const [key, mend] of order) {
    if (mend === null) await store.delete(key);
    else await store.put(key, mend.body, headersOf(key, mend));
  }
  return mends.size;
}

class Checker {
  readonly #store: ObjectStore;
  readonly #pages: Pages | undefined;
  readonly #shapes: boolean;
  readonly #problems: Problem[] = [];
  readonly #mends = new Map<string, Mend>();
  readonly #objects = new Map<string, ObjectSummary>();
  readonly #expected = new Set<string>();
  readonly #articles = new Map<string, ArticleState>();
  readonly #entities = new Map<string, EntityState>();
  readonly #claims = new Map<string, number>();

  constructor(store: ObjectStore, pages: Pages | undefined, shapes: boolean) {
    this.#store = store;
    this.#pages = pages;
    this.#shapes = shapes;
  }

  async run(): Promise<{ readonly problems: readonly Problem[]; readonly mends: Mends; readonly objects: number; readonly articles: number }> {
    for await (const object of this.#store.list("")) this.#objects.set(object.key, object);
    const manifest = await this.#load<Manifest>(keys.manifest);
    if (manifest === undefined) {
      if ([...this.#objects.keys()].some((key) => isOurs(key) && !/^(?:log|g|state)\//.test(key))) this.#report(keys.manifest, "is missing");
      else if (this.#objects.has(keys.log(1))) this.#report(keys.log(1), "is committed and not applied: run publish or check --repair");
    } else {
      await this.#checkAll(manifest);
    }
    const articles = [...this.#articles.values()].filter(({ withdrawn }) => withdrawn !== true).length;
    return { problems: this.#problems, mends: this.#mends, objects: this.#objects.size, articles };
  }

  async #checkAll(manifest: Manifest): Promise<void> {
    const documents = new Documents(manifest.base, this.#pages);
    for (const [key, state] of await this.#states<ArticleState>("state/article/")) {
      this.#articles.set(state.id, state);
      this.#expected.add(key);
    }
    for (const [key, state] of await this.#states<EntityState | SealedState>("state/entity/")) {
      this.#expected.add(key);
      if ("open" in state) this.#entities.set(state.id, state);
    }
    const last = await this.#checkLog(manifest);
    await this.#checkArticles(documents);
    await this.#checkEntities(documents);
    await this.#checkCalendar(documents, manifest, last);
    await this.#checkFeed(documents);
    await this.#checkLinks();
    await this.#checkParts(manifest);
    for (const [key, body] of staticObjects(this.#pages)) await this.#compare([[key, body]]);
    await this.#checkHrefs();
    this.#checkOrphans();
  }

  async #checkLog(manifest: Manifest): Promise<LogEntry | undefined> {
    const { cursor } = await readCursor(this.#store);
    for (const key of [keys.manifest, keys.state.cursor, keys.state.lease, keys.state.statics]) this.#expected.add(key);
    if (cursor?.log !== manifest.log) this.#report(keys.state.cursor, `is at entry ${cursor?.log ?? 0}, the manifest at ${manifest.log}`);
    for (const { key } of cursor?.garbage ?? []) this.#expected.add(key);
    let last: LogEntry | undefined;
    let at = "";
    for (let number = 1; number <= manifest.log; number++) {
      const entry = await readEntry(this.#store, number);
      if (entry === undefined) this.#report(keys.log(number), "is missing");
      else if (entry.at < at) this.#report(keys.log(number), "is older than the entry before");
      at = entry?.at ?? at;
      last = entry ?? last;
      this.#expected.add(keys.log(number));
    }
    if (this.#objects.has(keys.log(manifest.log + 1))) this.#report(keys.log(manifest.log + 1), "is committed and not applied: run publish or check --repair");
    for (const key of this.#objects.keys()) if (key.startsWith("log/")) this.#expected.add(key);
    return last;
  }

  async #checkArticles(documents: Documents): Promise<void> {
    await inParallel([...this.#articles.values()], async (state) => {
      const { id } = state;
      if (state.withdrawn === true) {
        if (state.log > 0) await this.#checkTombstones(id, documents.base, state.missing === true);
        return;
      }
      const key = keys.graph(id, state.sha ?? "");
      const found = await this.#store.get(key);
      const object = found === undefined ? undefined : unpack(found.body);
      if (object === undefined || pack(object).sha !== state.sha) {
        this.#report(key, object === undefined ? "is missing" : "is not what its name says");
        return;
      }
      this.#claims.set(`${id} statement`, object.extraction.statements.length);
      this.#claims.set(`${id} meeting`, object.extraction.meetings.length);
      await this.#compare(await documents.article(object, state.text ?? "none", state.meetings ?? {}));
      await this.#checkShapes(object, documents.base, state);
    }, 4);
    for (const key of this.#objects.keys()) {
      if (!key.startsWith("g/")) continue;
      const id = key.split("/")[1] ?? "";
      // A conversion that was never committed does no harm; of a withdrawn article it must not be there.
      if (this.#articles.get(id)?.withdrawn !== true || this.#articles.get(id)?.missing === true) this.#expected.add(key);
    }
  }

  /** All of them, or none where an article is only not there yet. */
  async #checkTombstones(id: string, base: string, missing: boolean): Promise<void> {
    for (const [key, body] of tombstones(id, base, this.#pages)) {
      this.#expected.add(key);
      if (missing && !this.#objects.has(key)) continue;
      if (key.endsWith(".html") && this.#pages === undefined && this.#objects.has(key)) continue;
      await this.#compare([[key, body]], { withdrawn: true });
    }
  }

  async #checkShapes(object: GraphObject, base: string, state: ArticleState): Promise<void> {
    const { facts, evidence } = articleGraphs(object, base, {});
    const key = keys.article(object.article.id, "nq");
    if (facts.length !== state.facts || evidence.length !== state.evidence) this.#report(key, "has another number of quads than its state says");
    if (!this.#shapes) return;
    const violations = (await validateDataset([...facts, ...evidence], { text: object.article.text })).filter(({ severity }) => severity === "violation");
    for (const { focus, message } of violations) this.#report(key, `<${focus}>: ${message}`);
  }

  async #checkEntities(documents: Documents): Promise<void> {
    for (const state of this.#entities.values()) {
      await this.#compare(await documents.entity(state));
      this.#checkItems(state.id, state.open);
      const items = [...state.open];
      for (let number = 1; number <= state.pages; number++) {
        const key = keys.state.sealed(state.id, number);
        const sealed = await this.#load<SealedState>(key);
        if (sealed === undefined) {
          this.#report(key, "is missing");
          continue;
        }
        await this.#compare(await documents.sealed(sealed));
        this.#checkItems(state.id, sealed.items);
        items.push(...sealed.items);
      }
      const count = (type: Item["type"]): number => items.filter((item) => item.type === type).length;
      const articles = new Set(items.map(({ article }) => article.id)).size;
      const { counts } = state;
      if (counts.articles !== articles || counts.meetings !== count("meeting") || counts.statements !== count("statement")) {
        this.#report(keys.state.entity(state.id), "counts other than its items");
      }
      const { belongsTo, offices } = state.facts;
      this.#checkRefs(state.id, [belongsTo, ...offices.flatMap(({ id, title, of }) => [{ id, name: title }, of])]);
    }
  }

  #checkItems(id: string, items: readonly Item[]): void {
    const key = keys.state.entity(id);
    for (const item of items) {
      const [, type = "", number = "0"] = /^(statement|meeting)-(\d+)$/.exec(item.fragment) ?? [];
      if (!(Number(number) <= (this.#claims.get(`${item.article.id} ${type}`) ?? 0))) this.#report(key, `leads to ${item.article.id}#${item.fragment}, which is not there`);
      if (item.type === "meeting") {
        const meeting = item.meeting === undefined ? undefined : this.#entities.get(`meeting/${item.meeting}`)?.meeting;
        if (item.meeting !== undefined && (meeting === undefined || meeting.replacedBy !== undefined)) this.#report(key, `leads to the meeting ${item.meeting}, which is not there`);
        this.#checkRefs(id, [...item.participants, ...item.participants.map(({ side }) => side), item.host, item.mediator, item.place]);
      } else {
        this.#checkRefs(id, [...item.speakers, item.reportedBy, item.addressee, ...item.about]);
      }
    }
  }

  #checkRefs(id: string, refs: readonly (Ref | undefined)[]): void {
    for (const ref of refs) {
      if (ref?.id !== undefined && !this.#entities.has(ref.id)) this.#report(keys.state.entity(id), `names ${ref.id}, which has no document`);
    }
  }

  async #checkCalendar(documents: Documents, manifest: Manifest, last: LogEntry | undefined): Promise<void> {
    for (const [key, state] of await this.#states<DayState>("state/day/")) {
      this.#expected.add(key);
      await this.#compare(documents.day(state));
    }
    for (const [key, state] of await this.#states<MonthState>("state/month/")) {
      this.#expected.add(key);
      await this.#compare(documents.month(state));
    }
    for (const [key, state] of await this.#states<IndexState>("state/index/")) {
      this.#expected.add(key);
      await this.#compare(documents.index(state));
      for (const id of Object.keys(state.entries)) if (!this.#entities.has(id)) this.#report(key, `lists ${id}, which has no document`);
    }
    const start = await this.#load<StartState>(keys.state.start);
    this.#expected.add(keys.state.start);
    if (start === undefined) this.#report(keys.state.start, "is missing");
    else await this.#compare(documents.start(start, manifest));
    for (const { id } of start?.articles ?? []) if (this.#articles.get(id)?.sha === undefined) this.#report(keys.state.start, `names ${id}, which is not published`);
    if (last !== undefined) await this.#compare(await documents.graph(datasetQuads(manifest, last.about), keys.dataset));
  }

  async #checkFeed(documents: Documents): Promise<void> {
    const state = await this.#load<FeedState>(keys.state.feed);
    this.#expected.add(keys.state.feed);
    if (state === undefined) {
      this.#report(keys.state.feed, "is missing");
      return;
    }
    await this.#compare(await documents.graph(feedQuads(documents.base), keys.feed));
    await this.#compare(await documents.graph(feedPageQuads(documents.base, state, undefined), (extension) => keys.feedPage(state.page, extension)));
    for (let page = 1; page < state.page; page++) {
      for (const extension of ["ttl", "jsonld"] as const) {
        const key = keys.feedPage(page, extension);
        this.#expected.add(key);
        if (!this.#objects.has(key)) this.#report(key, "is missing");
      }
    }
  }

  async #checkLinks(): Promise<void> {
    for (const [key, state] of await this.#states<LinkState>("state/links/")) {
      this.#expected.add(key);
      for (const id of [...Object.keys(state.meetings), ...Object.keys(state.retired), ...Object.values(state.retired)]) {
        if (!this.#entities.has(`meeting/${id}`)) this.#report(key, `speaks of the meeting ${id}, which has no document`);
      }
      for (const { id, reports } of Object.values(state.meetings)) {
        if (this.#entities.get(`meeting/${id}`)?.counts.meetings !== reports) this.#report(key, `the meeting ${id} has another number of reports in its document`);
      }
    }
  }

  async #checkParts(manifest: Manifest): Promise<void> {
    const { base, counts, parts } = manifest;
    const graphs = new Map<string, number>();
    for (const part of parts) {
      this.#expected.add(part.key);
      const found = await this.#store.get(part.key);
      if (found === undefined) {
        this.#report(part.key, "is missing");
        continue;
      }
      if (sha256(found.body) !== part.sha256 || found.body.length !== part.bytes) {
        this.#report(part.key, "has another checksum than the manifest says");
        continue;
      }
      const lines = linesOf(gunzip(found.body));
      if (lines.length !== part.quads) this.#report(part.key, "has another number of quads than the manifest says");
      for (const line of lines) {
        const graph = line.slice(line.lastIndexOf(" <") + 2, -4);
        graphs.set(graph, (graphs.get(graph) ?? 0) + 1);
      }
    }
    let articles = 0;
    let statements = 0;
    for (const state of this.#articles.values()) {
      const iris = new ArticleIris(base, state.id);
      const live = state.withdrawn !== true;
      articles += live ? 1 : 0;
      statements += live ? (state.statements ?? 0) : 0;
      if ((graphs.get(iris.facts.value) ?? 0) !== (live ? (state.facts ?? 0) : 0)) this.#report(keys.manifest, `the facts of ${state.id} are not in the dumps as they should be`);
      if ((graphs.get(iris.evidence.value) ?? 0) !== (live ? (state.evidence ?? 0) : 0)) this.#report(keys.manifest, `the evidence of ${state.id} is not in the dumps as it should be`);
    }
    const total = (type: "facts" | "evidence"): number => parts.reduce((sum, part) => sum + (part.type === type ? part.quads : 0), 0);
    const meetings = [...this.#entities.values()].filter(({ meeting }) => meeting !== undefined && meeting.replacedBy === undefined).length;
    const entities = [...this.#entities.values()].filter(({ meeting }) => meeting === undefined).length;
    const real = { articles, meetings, statements, facts: total("facts"), evidence: total("evidence"), entities };
    for (const [name, value] of Object.entries(real)) {
      const said = counts[name as keyof typeof real];
      if (said !== value) this.#report(keys.manifest, `counts ${said} ${name}; there are ${value}`);
    }
  }

  /** Every relative link of every page leads to an object, or to what the server answers itself. */
  async #checkHrefs(): Promise<void> {
    const pages = [...this.#expected].filter((key) => key.endsWith(".html"));
    await inParallel(pages, async (key) => {
      const body = (await this.#store.get(key))?.body;
      if (body === undefined) return;
      for (const target of hrefsOf(key, new TextDecoder().decode(body))) {
        const found = ["", ".html", ".ttl"].some((extension) => this.#expected.has(target + extension) || this.#objects.has(target + extension));
        if (!found && !SERVED.test(target)) this.#report(key, `links to ${target}, which is not there`);
      }
    });
  }

  #checkOrphans(): void {
    for (const key of this.#objects.keys()) {
      if (this.#expected.has(key) || !isOurs(key) || (key.endsWith(".html") && this.#pages === undefined)) continue;
      if (key.startsWith("assets/")) continue;
      this.#report(key, "belongs to nothing that is published", null);
    }
  }

  async #compare(rendered: Rendered | readonly (readonly [string, string | Uint8Array])[], { withdrawn = false }: { readonly withdrawn?: boolean } = {}): Promise<void> {
    for (const [key, body] of rendered) {
      this.#expected.add(key);
      const found = await this.#store.get(key);
      const bytes = typeof body === "string" ? Buffer.from(body) : body;
      if (found === undefined) this.#report(key, "is missing", { body, withdrawn });
      else if (Buffer.compare(found.body, bytes) !== 0) this.#report(key, "is not what it should be", { body, withdrawn });
      else if (isWithdrawn(found) !== withdrawn) this.#report(key, withdrawn ? "does not say that it is a tombstone" : "says that it is a tombstone", { body, withdrawn });
    }
  }

  async #states<State>(prefix: string): Promise<(readonly [string, State])[]> {
    const wanted = [...this.#objects.keys()].filter((key) => key.startsWith(prefix));
    const states = await inParallel(wanted, async (key) => [key, await this.#load<State>(key)] as const);
    return states.flatMap(([key, state]) => (state === undefined ? [] : [[key, state] as const]));
  }

  async #load<Value>(key: string): Promise<Value | undefined> {
    const found = await this.#store.get(key);
    if (found === undefined) return undefined;
    try {
      return fromJson<Value>(found.body);
    } catch {
      this.#report(key, "is no JSON");
      return undefined;
    }
  }

  #report(key: string, message: string, mend?: Mend): void {
    this.#problems.push({ key, message });
    if (mend !== undefined) this.#mends.set(key, mend);
  }
}

/** What the server answers without an object of that name. */
const SERVED = /^$|^(?:sparql|query|feed|dataset)$|^assets\//;
