import type { EventEntry, GazetteerEntry, GazetteerRecord, OfficeEntry, OfficeRole, TenureEntry } from "./types.ts";

const NONE: readonly TenureEntry[] = [];

/** All records by id; tenures by person and, once asked for, by office. */
export class RecordStore {
  readonly entries = new Map<string, GazetteerEntry>();
  readonly offices = new Map<string, OfficeEntry>();
  readonly events = new Map<string, EventEntry>();
  readonly #byPerson = new Map<string, TenureEntry[]>();
  readonly #byRole = new Map<string, readonly TenureEntry[]>();
  #byBody: Map<string, OfficeEntry[]> | undefined;
  #byOffice: Map<string, TenureEntry[]> | undefined;
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
    this.#forget();
  }

  /** Tenures that need not be read before the first question about any. */
  defer(tenures: () => readonly TenureEntry[]): void {
    this.#deferred.push(tenures);
  }

  dropTenures(person: string, office: string): void {
    const known = this.#tenures().get(person);
    if (known !== undefined) this.#byPerson.set(person, known.filter((tenure) => tenure.office !== office));
    this.#forget();
  }

  /** Oldest first. */
  tenuresOf(person: string): readonly TenureEntry[] {
    return this.#tenures().get(person) ?? NONE;
  }

  /** Of all offices of this role of a state, organisation or group, oldest first. */
  tenuresFor(of: string, role: OfficeRole): readonly TenureEntry[] {
    const key = `${of} ${role}`;
    let found = this.#byRole.get(key);
    if (found === undefined) {
      const offices = this.#officesOf(of).filter((office) => office.role === role);
      if (offices.length === 0) return NONE;
      found = offices.flatMap((office) => this.#tenuresIn(office.id)).sort(bySince);
      this.#byRole.set(key, found);
    }
    return found;
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

  #officesOf(of: string): readonly OfficeEntry[] {
    return (this.#byBody ??= Map.groupBy(this.offices.values(), (office) => office.of)).get(of) ?? [];
  }

  #tenuresIn(office: string): readonly TenureEntry[] {
    return (this.#byOffice ??= Map.groupBy([...this.#tenures().values()].flat(), (tenure) => tenure.office)).get(office) ?? NONE;
  }

  #forget(): void {
    this.#byBody = undefined;
    this.#byOffice = undefined;
    this.#byRole.clear();
  }
}

function bySince(a: TenureEntry, b: TenureEntry): number {
  return a.since < b.since ? -1 : a.since > b.since ? 1 : 0;
}
