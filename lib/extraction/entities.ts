import type { Gazetteer, GazetteerEntry, PersonEntry, TenureEntry } from "../gazetteer/types.ts";
import { covers } from "../gazetteer/tenures.ts";
import type { Entity, EntityKey, EntityKind, HeldOffice } from "./types.ts";

interface Local {
  readonly kind: EntityKind;
  readonly name: string;
  state: EntityKey | undefined;
}

const KINDS: Readonly<Record<GazetteerEntry["kind"], EntityKind>> = {
  state: "state", person: "person", organization: "organisation", group: "group", medium: "medium", place: "place",
};

/** Every entity that an article may name: the gazetteer's, and those only this article knows. */
export class EntityTable {
  readonly #gazetteer: Gazetteer;
  readonly #on: string | undefined;
  readonly #locals = new Map<EntityKey, Local>();
  readonly #forms = new Map<EntityKey, Set<string>>();

  /** `on`: the day whose offices count, where known. */
  constructor(gazetteer: Gazetteer, on: string | undefined) {
    this.#gazetteer = gazetteer;
    this.#on = on;
  }

  /** The key of a local entity: the same kind and name give the same one. */
  local(kind: EntityKind, name: string, state?: EntityKey): EntityKey {
    const key = `#${kind}-${slug(name)}`;
    const old = this.#locals.get(key);
    if (old === undefined) this.#locals.set(key, { kind, name, state });
    else old.state ??= state;
    return key;
  }

  entry(key: EntityKey): GazetteerEntry | undefined {
    return key.startsWith("#") ? undefined : this.#gazetteer.entry(key);
  }

  kindOf(key: EntityKey): EntityKind {
    const entry = this.entry(key);
    return entry === undefined ? (this.#locals.get(key)?.kind ?? "place") : KINDS[entry.kind];
  }

  nameOf(key: EntityKey): string {
    return this.entry(key)?.name ?? this.#locals.get(key)?.name ?? key;
  }

  /** The state it belongs to, a person's side. */
  stateOf(key: EntityKey): EntityKey | undefined {
    const entry = this.entry(key);
    if (entry === undefined) return this.#locals.get(key)?.state;
    return "state" in entry ? entry.state : undefined;
  }

  /** The state or organisation a person stands for: that of an office held on the day, else the person's state. */
  sideOf(key: EntityKey): EntityKey | undefined {
    const offices = this.#tenures(key);
    const own = this.stateOf(key);
    const of = offices.map((t) => this.#gazetteer.office(t.office)?.of).filter((o) => o !== undefined);
    if (of.length === 0) return own;
    return own !== undefined && of.includes(own) ? own : of[of.length - 1];
  }

  addForm(key: EntityKey, form: string): void {
    const forms = this.#forms.get(key);
    if (forms === undefined) this.#forms.set(key, new Set([form]));
    else forms.add(form);
  }

  #tenures(key: EntityKey): readonly TenureEntry[] {
    const on = this.#on;
    if (on === undefined || key.startsWith("#")) return [];
    return this.#gazetteer.tenuresOf(key).filter((t) => covers(t, on));
  }

  /** The entities named, and the states and organisations that they belong to, sorted by key. */
  entities(keys: Iterable<EntityKey>): Entity[] {
    const all = new Set<EntityKey>();
    for (const key of keys) {
      all.add(key);
      const state = this.#belongsTo(key);
      if (state !== undefined) all.add(state);
      for (const tenure of this.#tenures(key)) {
        const of = this.#gazetteer.office(tenure.office)?.of;
        if (of !== undefined) all.add(of);
      }
    }
    return [...all].sort().map((key) => this.#entity(key));
  }

  #belongsTo(key: EntityKey): EntityKey | undefined {
    const kind = this.kindOf(key);
    return kind === "state" ? undefined : this.stateOf(key);
  }

  #entity(key: EntityKey): Entity {
    const entry = this.entry(key);
    const state = this.#belongsTo(key);
    const offices = this.#tenures(key).flatMap((tenure): HeldOffice[] => {
      const office = this.#gazetteer.office(tenure.office);
      if (office === undefined) return [];
      return [{ office: office.id, title: office.title, of: office.of, since: tenure.since, ...(tenure.until === undefined ? {} : { until: tenure.until }) }];
    });
    return {
      key,
      kind: this.kindOf(key),
      name: this.nameOf(key),
      names: [...(this.#forms.get(key) ?? [])].sort(),
      ...(entry?.wikidata === undefined ? {} : { wikidata: entry.wikidata }),
      ...(offices.length === 0 ? {} : { offices }),
      ...(state === undefined ? {} : { state }),
    };
  }
}

/** ASCII, lower case, hyphens; never empty. */
export function slug(name: string): string {
  const ascii = name.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/[’']s\b/gu, "s").replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "").slice(0, 60);
  if (ascii !== "") return ascii;
  // A name in another script: its code points, so that two names stay two.
  return [...name].slice(0, 12).map((c) => (c.codePointAt(0) ?? 0).toString(16)).join("-") || "unnamed";
}

export function isPerson(entry: GazetteerEntry): entry is PersonEntry {
  return entry.kind === "person";
}
