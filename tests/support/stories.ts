import type { Article } from "../../lib/article/types.ts";
import type { Entity, EntityKind, Extraction, Meeting, MeetingKind, MeetingStatus, Span, Statement } from "../../lib/extraction/types.ts";

/** Persons and states of invented and real names, without a gazetteer. */
const PEOPLE: Readonly<Record<string, readonly [name: string, state: string] | undefined>> = {
  __proto__: null as never,
  "person/mara-ellin": ["Mara Ellin", "state/norlandia"],
  "person/jon-arvik": ["Jon Arvik", "state/norlandia"],
  "person/tomas-varga": ["Tomas Varga", "state/esteria"],
  "person/lena-orsk": ["Lena Orsk", "state/esteria"],
  "person/ines-calder": ["Ines Calder", "state/sudmark"],
};
const NAMES: Readonly<Record<string, string>> = {
  __proto__: null as never,
  "state/norlandia": "Norlandia",
  "state/esteria": "Esteria",
  "state/sudmark": "Sudmark",
  "place/port-selen": "Port Selen",
  "place/norhaven": "Norhaven",
  "medium/ester-press": "Ester Press",
};

export interface Told {
  readonly kind?: MeetingKind;
  readonly status?: MeetingStatus;
  /** Keys of persons or states. */
  readonly who: readonly string[];
  /** The day, or first and last possible day. */
  readonly on?: string | readonly [string, string];
  readonly place?: string;
}

export interface Said {
  readonly by: string;
  readonly words: string;
  readonly about?: readonly string[];
}

export interface Story {
  readonly id: string;
  readonly published?: string;
  readonly headline?: string;
  readonly url?: string;
  readonly meetings?: readonly Told[];
  readonly statements?: readonly Said[];
}

/** A small written article and what a careful reader reads off it: every span is where it says. */
export function story({ id, published, headline, url, meetings = [], statements = [] }: Story): { article: Article; extraction: Extraction } {
  let text = "";
  const write = (words: string): Span => {
    const start = Array.from(text).length;
    text += words;
    return { start, end: start + Array.from(words).length };
  };
  const keys = new Set<string>();
  const add = (key: string): string => {
    keys.add(key);
    const state = PEOPLE[key]?.[1];
    if (state !== undefined) keys.add(state);
    return nameOf(key);
  };
  const told = meetings.map((each): Meeting => {
    const support: Record<string, Span[]> = {};
    const from = Array.from(text).length;
    each.who.forEach((key, i) => {
      if (i > 0) write(" and ");
      support[key] = [write(add(key))];
    });
    write(` (${each.status ?? "held"}, ${each.kind ?? "Meeting"})`);
    if (each.place !== undefined) {
      write(" in ");
      support[each.place] = [write(add(each.place))];
    }
    const evidence = [{ start: from, end: Array.from(text).length }];
    const [earliest, latest] = typeof each.on === "string" ? [each.on, each.on] : (each.on ?? []);
    const words = `on ${earliest ?? "some day"}`;
    write(" ");
    const date = write(words);
    write(".\n");
    return {
      kind: each.kind ?? "Meeting",
      status: each.status ?? "held",
      participants: each.who,
      sides: Object.fromEntries(each.who.flatMap((key) => (PEOPLE[key] === undefined ? [] : [[key, PEOPLE[key][1]]]))),
      place: each.place ?? null,
      according: [],
      evidence,
      ...(earliest === undefined || latest === undefined ? {} : { date: { earliest, latest, precision: earliest === latest ? "day" as const : "week" as const, text: words, span: date } }),
      confidence: 0.9,
      support,
    };
  });
  const said = statements.map((each): Statement => {
    const source = write(add(each.by));
    write(" ");
    const cue = write("said");
    write(": “");
    const content = write(each.words);
    write("”");
    for (const key of each.about ?? []) {
      write(" of ");
      write(add(key));
    }
    write(".\n");
    return {
      content: [content], cue: [cue], source: [source], speakers: [each.by], reportedBy: null, addressee: null, kind: "direct", mode: "speech",
      about: each.about ?? [], ...(published === undefined ? {} : { date: published }), confidence: 0.8, support: { [each.by]: [source] },
    };
  });
  if (text === "") text = "Nothing happened.\n";
  return {
    article: { id, text, language: "en", ...(published === undefined ? {} : { published }), ...(headline === undefined ? {} : { headline }), ...(url === undefined ? {} : { url }) },
    extraction: {
      id,
      ...(published === undefined ? {} : { published }),
      entities: [...keys].sort().map(entityOf),
      mentions: [],
      statements: said,
      meetings: told,
      versions: { software: "0.1.0", model: "attribution-1", gazetteer: "tiny-1" },
    },
  };
}

function nameOf(key: string): string {
  return PEOPLE[key]?.[0] ?? NAMES[key] ?? key.replace(/^.*\//, "").replace(/^#/, "");
}

function entityOf(key: string): Entity {
  const prefix = /^#?([a-z]+)/.exec(key)?.[1] ?? "";
  const kind: EntityKind = prefix === "organization" ? "organisation" : prefix === "state" || prefix === "place" || prefix === "medium" || prefix === "group" ? prefix : "person";
  const state = PEOPLE[key]?.[1];
  return { key, kind, name: nameOf(key), names: [nameOf(key)], ...(state === undefined ? {} : { state }) };
}
