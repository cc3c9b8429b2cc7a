import type { EventEntry, GazetteerEntry, GazetteerRecord, OfficeEntry, OfficeRole, TenureEntry } from "./types.ts";

const NONE: readonly TenureEntry[] = [];

/** All records by id; tenures by person and, once asked for, by office. */
export class RecordStore {
  readonly entries = new Map<string, GazetteerEntry>();
  readonly offices = new Map<string, OfficeEntry>();
  readonly events = new Map<string, EventEntry>();
  readonly #byPerson = new Map<string, TenureEntry[]>();
  #byRole: Map<string, TenureEntry[]> | undefined;
  #deferred: (() => readonly TenureEntry[])[] = [];

  /** Adds a record; one of the same id gives way. */
  add(record: GazetteerRecord): void {
    switch (record.kind) {
      case "office":
        this.offices.set(record.id, record);
        break;
      case "event":
        this.events.set(record.id, record);
        break;
      case "tenure":
        this.#tenures();
        this.#addTenure(record);
        break;
      default:
        this.entries.set(record.id, record);
    }
    this.#byRole = undefined;
  }

  /** Tenures that need not be read before the first question about any. */
  defer(tenures: () => readonly TenureEntry[]): void {
    this.#deferred.push(tenures);
  }

  dropTenures(person: string, office: string): void {
    const known = this.#tenures().get(person);
    if (known !== undefined) this.#byPerson.set(person, known.filter((tenure) => tenure.office !== office));
    this.#byRole = undefined;
  }

  /** Oldest first. */
  tenuresOf(person: string): readonly TenureEntry[] {
    return this.#tenures().get(person) ?? NONE;
  }

  /** Of all offices of this role of a state, organisation or group, oldest first. */
  tenuresFor(of: string, role: OfficeRole): readonly TenureEntry[] {
    return (this.#byRole ??= this.#groupByRole()).get(`${of} ${role}`) ?? NONE;
  }

  /** An id the record refers to that does not exist. */
  unresolved(record: GazetteerRecord): string | undefined {
    const ids: (string | undefined)[] = [];
    switch (record.kind) {
      case "tenure":
        if (!this.offices.has(record.office)) return record.office;
        ids.push(record.person);
        break;
      case "office":
        ids.push(record.of);
        break;
      case "state":
        ids.push(record.capital);
        break;
      case "organization":
        ids.push(record.partOf, ...(record.members ?? []));
        break;
      case "event":
        break;
      default:
        ids.push(record.state);
    }
    return ids.find((id) => id !== undefined && !this.entries.has(id));
  }

  #tenures(): Map<string, TenureEntry[]> {
    const deferred = this.#deferred;
    this.#deferred = [];
    for (const read of deferred) for (const tenure of read()) this.#addTenure(tenure);
    return this.#byPerson;
  }

  #addTenure(tenure: TenureEntry): void {
    const known = this.#byPerson.get(tenure.person);
    if (known === undefined) this.#byPerson.set(tenure.person, [tenure]);
    else if ((known.at(-1)?.since ?? "") <= tenure.since) known.push(tenure);
    else known.splice(known.findIndex((other) => other.since > tenure.since), 0, tenure);
  }

  #groupByRole(): Map<string, TenureEntry[]> {
    const groups = new Map<string, TenureEntry[]>();
    for (const tenures of this.#tenures().values()) {
      for (const tenure of tenures) {
        const office = this.offices.get(tenure.office);
        if (office === undefined) continue;
        const key = `${office.of} ${office.role}`;
        const group = groups.get(key);
        if (group === undefined) groups.set(key, [tenure]);
        else group.push(tenure);
      }
    }
    for (const group of groups.values()) group.sort(bySince);
    return groups;
  }
}

function bySince(a: TenureEntry, b: TenureEntry): number {
  return a.since < b.since ? -1 : a.since > b.since ? 1 : 0;
}
