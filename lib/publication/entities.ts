import { inParallel } from "./parallel.ts";
import { keys } from "./layout.ts";
import type { EntityState, SealedState } from "./states.ts";
import type { Counts, EntityFacts, Item, MeetingSummary } from "./types.ts";
import type { Workspace } from "./workspace.ts";

/**
 * At so many open items the older half is sealed into a page. An open item is written again with every batch that adds to
 * its entity: for meetings, of which there are many with few reports each, that is most of all that is written.
 */
const OPEN = { meeting: 20, other: 100 } as const;

interface Draft {
  readonly id: string;
  name: string;
  facts: EntityFacts;
  versions: readonly string[];
  counts: Counts;
  pages: number;
  open: Item[];
  meeting?: MeetingSummary;
  dirty: boolean;
}

/** What one batch changes in the states of entities and meetings. */
export class Entities {
  readonly #workspace: Workspace;
  readonly #drafts = new Map<string, Promise<Draft>>();
  readonly #sealed = new Map<string, { items: Item[]; name: string; dirty: boolean }>();
  /** Ids that had no state before. */
  readonly created = new Set<string>();

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
  }

  /** The draft of an entity; an empty one where there was none. */
  draft(id: string): Promise<Draft> {
    let draft = this.#drafts.get(id);
    if (draft === undefined) this.#drafts.set(id, (draft = this.#open(id)));
    return draft;
  }

  async describe(id: string, name: string, facts: EntityFacts): Promise<void> {
    const draft = await this.draft(id);
    if (draft.name === name && JSON.stringify(draft.facts) === JSON.stringify(facts)) return;
    draft.name = name;
    draft.facts = facts;
    draft.dirty = true;
  }

  /** Sees to it that an entity has a state, without changing what is known of it. */
  async ensure(id: string, name: string, facts: EntityFacts): Promise<void> {
    if ((await this.draft(id)).name === "") await this.describe(id, name, facts);
  }

  async add(id: string, items: readonly Item[]): Promise<void> {
    const draft = await this.draft(id);
    // Kept in the order of the log, which is what finds a page again.
    draft.open = [...draft.open, ...items].sort((a, b) => a.log - b.log);
    this.#count(draft, items, 1);
    const most = id.startsWith("meeting/") ? OPEN.meeting : OPEN.other;
    while (draft.open.length >= most) {
      draft.pages++;
      this.#sealed.set(pageKey(id, draft.pages), { items: draft.open.slice(0, most / 2), name: draft.name, dirty: true });
      draft.open = draft.open.slice(most / 2);
    }
  }

  /** Takes an article's items away, wherever they stand. */
  async remove(id: string, items: readonly Item[]): Promise<void> {
    const draft = await this.draft(id);
    await this.#change(draft, items, () => undefined);
    this.#count(draft, items, -1);
  }

  /** Replaces items by others in the same places; both lists belong together. */
  async replace(id: string, items: readonly Item[], by: readonly Item[]): Promise<void> {
    const replacements = new Map(by.map((item) => [item.fragment, item]));
    await this.#change(await this.draft(id), items, (item) => replacements.get(item.fragment));
  }

  /** All items, sealed ones first. */
  async all(id: string): Promise<Item[]> {
    const draft = await this.draft(id);
    const pages = await inParallel(Array.from({ length: draft.pages }, (_, i) => i + 1), (page) => this.#page(id, page));
    return [...pages.flatMap((page) => page.items), ...draft.open];
  }

  /** Id and name of every entity that this batch described or changed. */
  async described(): Promise<readonly { readonly id: string; readonly name: string }[]> {
    const drafts = await Promise.all(this.#drafts.values());
    return drafts.filter(({ dirty, name }) => dirty && name !== "").map(({ id, name }) => ({ id, name }));
  }

  /** Stages every state that changed and hands it on, to be rendered. */
  async flush(render: { readonly entity: (state: EntityState) => Promise<void>; readonly sealed: (state: SealedState) => Promise<void> }): Promise<void> {
    for (const [id, opening] of this.#drafts) {
      const draft = await opening;
      if (!draft.dirty || draft.name === "") continue;
      const { dirty: _, ...state } = draft;
      this.#workspace.save(keys.state.entity(id), state);
      await render.entity(state);
    }
    for (const [key, page] of this.#sealed) {
      if (!page.dirty) continue;
      const [id = "", number = ""] = key.split(" ");
      // A page can be sealed before its entity is described.
      const name = page.name === "" ? (await this.draft(id)).name : page.name;
      const state: SealedState = { id, name, number: Number(number), items: page.items };
      this.#workspace.save(keys.state.sealed(id, state.number), state);
      await render.sealed(state);
    }
  }

  /** Removes an entity with all its pages. */
  async delete(id: string): Promise<void> {
    const draft = await this.draft(id);
    draft.dirty = false;
    for (const extension of ["html", "ttl", "jsonld"] as const) this.#workspace.remove(keys.entity(id, extension));
    this.#workspace.remove(keys.state.entity(id));
    for (let page = 1; page <= draft.pages; page++) {
      this.#sealed.delete(pageKey(id, page));
      for (const extension of ["html", "ttl", "jsonld"] as const) this.#workspace.remove(keys.sealed(id, page, extension));
      this.#workspace.remove(keys.state.sealed(id, page));
    }
  }

  async #open(id: string): Promise<Draft> {
    const state = await this.#workspace.load<EntityState>(keys.state.entity(id));
    if (state !== undefined) return { ...state, open: [...state.open], dirty: false };
    this.created.add(id);
    return { id, name: "", facts: { offices: [] }, versions: [], counts: { articles: 0, meetings: 0, statements: 0 }, pages: 0, open: [], dirty: false };
  }

  async #page(id: string, number: number): Promise<{ items: Item[]; name: string; dirty: boolean }> {
    const key = pageKey(id, number);
    const known = this.#sealed.get(key);
    if (known !== undefined) return known;
    const state = await this.#workspace.load<SealedState>(keys.state.sealed(id, number));
    const page = { items: [...(state?.items ?? [])], name: state?.name ?? "", dirty: false };
    this.#sealed.set(key, page);
    return page;
  }

  async #change(draft: Draft, items: readonly Item[], change: (item: Item) => Item | undefined): Promise<void> {
    const wanted = new Set(items.map(identity));
    if (wanted.size === 0) return;
    draft.dirty = true;
    const pass = (list: readonly Item[]): Item[] =>
      list.flatMap((item) => {
        if (!wanted.delete(identity(item))) return [item];
        return change(item) ?? [];
      });
    draft.open = pass(draft.open);
    const log = items[0]?.log ?? 0;
    for (const number of await this.#likelyPages(draft, log)) await this.#changePage(draft.id, number, wanted, pass);
    // Items linked anew can stand out of order: then every page is looked at.
    for (let number = draft.pages; number > 0 && wanted.size > 0; number--) await this.#changePage(draft.id, number, wanted, pass);
  }

  async #changePage(id: string, number: number, wanted: ReadonlySet<string>, pass: (list: readonly Item[]) => Item[]): Promise<void> {
    if (wanted.size === 0) return;
    const page = await this.#page(id, number);
    const before = wanted.size;
    page.items = pass(page.items);
    if (wanted.size !== before) page.dirty = true;
  }

  /** By bisection: the page that holds a log number, and its neighbours. */
  async #likelyPages(draft: Draft, log: number): Promise<number[]> {
    let low = 1;
    let high = draft.pages;
    while (low < high) {
      const middle = (low + high) >> 1;
      const last = (await this.#page(draft.id, middle)).items.at(-1);
      if (last !== undefined && last.log < log) low = middle + 1;
      else high = middle;
    }
    return [low, low + 1, low - 1].filter((page) => page >= 1 && page <= draft.pages);
  }

  #count(draft: Draft, items: readonly Item[], by: 1 | -1): void {
    if (items.length === 0) return;
    draft.dirty = true;
    const of = (type: Item["type"]): number => by * items.filter((item) => item.type === type).length;
    const articles = by * new Set(items.map(({ article }) => article.id)).size;
    draft.counts = { articles: draft.counts.articles + articles, meetings: draft.counts.meetings + of("meeting"), statements: draft.counts.statements + of("statement") };
  }
}

function identity(item: Item): string {
  return `${item.article.id} ${item.log} ${item.fragment}`;
}

function pageKey(id: string, page: number): string {
  return `${id} ${page}`;
}
