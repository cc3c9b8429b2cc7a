/** Every entry says where its facts come from and on which day they were true. */
export interface Sourced {
  readonly source: string;
  /** ISO date. */
  readonly asOf: string;
}

interface Named extends Sourced {
  /** `<kind>/<slug>`; the slug is stored, unique and never recomputed. */
  readonly id: string;
  /** The usual English name. */
  readonly name: string;
  /** Other forms that name this thing and nothing else in the news, as written ("U.S." and "US" are one form). */
  readonly names?: readonly string[];
  /** Wikidata item, "Q" and digits; only where checked identical. */
  readonly wikidata?: string;
}

export interface StateEntry extends Named {
  readonly kind: "state";
  readonly recognition: "UN member" | "UN observer" | "other";
  readonly iso2?: string;
  readonly iso3?: string;
  /** Adjectives and names of the people: "Russian", "Russians". */
  readonly demonyms: readonly string[];
  /** `place/…` id of the capital; its name stands for the government too. */
  readonly capital?: string;
  /** Seats of government and the like that stand for it: "Kremlin", "White House", "Downing Street". */
  readonly metonyms?: readonly string[];
}

export interface PersonEntry extends Named {
  readonly kind: "person";
  /** The name used alone on second mention: "Xi", "Putin", "von der Leyen", "Lula". */
  readonly shortName: string;
  /** The short name alone means this person in world news, without a first mention in full. */
  readonly distinctive?: boolean;
  readonly gender?: "female" | "male";
  /** Id of the person's state. */
  readonly state?: string;
}

export interface OrganizationEntry extends Named {
  readonly kind: "organization";
  /** Ids of member states, where useful. */
  readonly members?: readonly string[];
  /** Id of the state or organisation it belongs to (a ministry, an agency, a UN body). */
  readonly partOf?: string;
  /** Places and buildings that stand for it ("Turtle Bay"). */
  readonly metonyms?: readonly string[];
}

export interface GroupEntry extends Named {
  readonly kind: "group";
  readonly state?: string;
  /** "Houthi rebels", "Hamas militants" need no entry of their own. */
}

export interface MediumEntry extends Named {
  readonly kind: "medium";
  readonly state?: string;
  /** Owned or directed by the state: what "China's state media" can mean. */
  readonly stateRun?: boolean;
}

export interface PlaceEntry extends Named {
  readonly kind: "place";
  /** Id of the state it lies in. */
  readonly state?: string;
}

export type GazetteerEntry = StateEntry | PersonEntry | OrganizationEntry | GroupEntry | MediumEntry | PlaceEntry;
export type GazetteerKind = GazetteerEntry["kind"];

export type OfficeRole =
  | "head-of-state"
  | "head-of-government"
  | "deputy-head" // vice president, deputy prime minister
  | "foreign-minister"
  | "deputy-foreign-minister"
  | "defence-minister"
  | "finance-minister"
  | "spokesperson" // of the head of state or government, or of the organisation
  | "foreign-ministry-spokesperson"
  | "national-security-adviser"
  | "legislature-speaker"
  | "supreme-leader"
  | "heir"
  | "ambassador"
  | "envoy"
  | "head" // of an organisation or group: secretary-general, president of the Commission
  | "deputy-head-of-organization"
  | "other";

/** `office/<slug>`: a post of a state, organisation or group. */
export interface OfficeEntry extends Sourced {
  readonly kind: "office";
  readonly id: string;
  /** As used before a name: "President", "Deputy Foreign Minister", "Secretary-General". */
  readonly title: string;
  /** Id of the state, organisation or group. */
  readonly of: string;
  readonly role: OfficeRole;
  readonly wikidata?: string;
}

/** A person in an office for a while: half-open, `since` included, `until` not. */
export interface TenureEntry extends Sourced {
  readonly kind: "tenure";
  readonly person: string;
  readonly office: string;
  /** ISO date, or a year or year and month where no more is known. */
  readonly since: string;
  readonly until?: string;
  /** Acting, or contested by another holder or by recognition. */
  readonly acting?: boolean;
  readonly disputed?: boolean;
}

/** A day in history that news dates itself by: "the third anniversary of Russia's invasion of Ukraine". */
export interface EventEntry extends Sourced {
  readonly kind: "event";
  readonly id: string;
  readonly name: string;
  readonly date: string;
  /** Sets of lower-case words; an expression that has all words of one set names the event. */
  readonly words: readonly (readonly string[])[];
}

export type GazetteerRecord = GazetteerEntry | OfficeEntry | TenureEntry | EventEntry;

/** How a form of words stands for an entry. */
export type NameUse =
  | "name" // "Russia", "Vladimir Putin", "United Nations"
  | "short" // "Putin": a person's short name
  | "demonym" // "Russian"
  | "capital" // "Moscow": the place and the government
  | "metonym"; // "Kremlin"

export interface NameSense {
  readonly entry: GazetteerEntry;
  readonly use: NameUse;
}

export interface NameMatch {
  /** How many of the words given it takes. */
  readonly length: number;
  readonly senses: readonly NameSense[];
}

export interface Gazetteer {
  /** Changes with the content: a short hash. */
  readonly version: string;
  entry(id: string): GazetteerEntry | undefined;
  office(id: string): OfficeEntry | undefined;
  /**
   * The longest name that starts at `words[from]`. Case counts; full stops within abbreviations, diacritics, the kind
   * of apostrophe and hyphen do not. A "capital" sense's entry is the state; the place has a "name" sense beside it.
   */
  match(words: readonly string[], from: number): NameMatch | undefined;
  /** All senses of a whole name. */
  lookup(name: string): readonly NameSense[];
  /** Tenures of a person, oldest first. */
  tenuresOf(person: string): readonly TenureEntry[];
  /** Who holds an office of this kind of this state or organisation on a day (ISO date); all ever, where none is given. */
  holders(of: string, role: OfficeRole, on?: string): readonly TenureEntry[];
  readonly events: readonly EventEntry[];
}
