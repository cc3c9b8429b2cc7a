import { CommuniqueError } from "../errors/communique-error.ts";
import type { GazetteerRecord } from "./types.ts";

type Check = (value: unknown) => boolean;

const SLUG = "[a-z0-9]+(?:-[a-z0-9]+)*";
const id = (kinds: string): Check => (value) => typeof value === "string" && new RegExp(`^(?:${kinds})/${SLUG}$`).test(value);
const text: Check = (value) => typeof value === "string" && value.trim() === value && value !== "";
const texts: Check = (value) => Array.isArray(value) && value.every(text);
const flag: Check = (value) => typeof value === "boolean";
const oneOf = (...values: readonly string[]): Check => (value) => typeof value === "string" && values.includes(value);
const pattern = (expression: RegExp): Check => (value) => typeof value === "string" && expression.test(value);
const wordSet: Check = (value) =>
  Array.isArray(value) && value.length > 0 && value.every((word) => text(word) && String(word) === String(word).toLowerCase());
const wordSets: Check = (value) =>
  Array.isArray(value) && value.length > 0 && value.every(wordSet);

/** An ISO date that exists, or a year or a year and month. */
export function isDate(value: unknown): boolean {
  if (typeof value !== "string" || !/^\d{4}(-\d\d(-\d\d)?)?$/.test(value)) return false;
  const day = new Date(`${value}${"-01-01".slice(value.length - 4)}`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(value);
}

const WIKIDATA = pattern(/^Q[1-9]\d*$/);
const BODY = "state|organization|group|medium";
const ROLES = oneOf(
  "head-of-state", "head-of-government", "deputy-head", "foreign-minister", "deputy-foreign-minister", "defence-minister",
  "finance-minister", "spokesperson", "foreign-ministry-spokesperson", "national-security-adviser", "legislature-speaker",
  "supreme-leader", "heir", "ambassador", "envoy", "head", "deputy-head-of-organization", "other",
);
const SOURCED = { source: text, asOf: isDate };
const NAMED = { ...SOURCED, name: text, "names?": texts, "wikidata?": WIKIDATA };

/** The fields of each kind of record; a question mark makes one optional. What is not listed is an error, so that no typing slip passes. */
const FIELDS: Readonly<Record<string, Readonly<Record<string, Check>>>> = {
  state: {
    ...NAMED, id: id("state"), recognition: oneOf("UN member", "UN observer", "other"), demonyms: texts, "iso2?": pattern(/^[A-Z]{2}$/),
    "iso3?": pattern(/^[A-Z]{3}$/), "capital?": id("place"), "metonyms?": texts,
  },
  person: { ...NAMED, id: id("person"), shortName: text, "distinctive?": flag, "gender?": oneOf("female", "male"), "state?": id("state") },
  organization: { ...NAMED, id: id("organization"), "members?": (v) => Array.isArray(v) && v.every(id("state")), "partOf?": id("state|organization"), "metonyms?": texts },
  group: { ...NAMED, id: id("group"), "state?": id("state") },
  medium: { ...NAMED, id: id("medium"), "state?": id("state"), "stateRun?": flag },
  place: { ...NAMED, id: id("place"), "state?": id("state") },
  office: { ...SOURCED, id: id("office"), title: text, of: id(BODY), role: ROLES, "wikidata?": WIKIDATA },
  tenure: { ...SOURCED, person: id("person"), office: id("office"), since: isDate, "until?": isDate, "acting?": flag, "disputed?": flag },
  event: { ...SOURCED, id: id("event"), name: text, date: pattern(/^\d{4}-\d\d-\d\d$/), words: wordSets },
};

/**
 * The value as a gazetteer record. Throws `gazetteer-invalid`, naming the field and `location`, where it is none. That
 * the ids it refers to exist is not checked here.
 */
export function validateRecord(value: unknown, location: string): GazetteerRecord {
  const fail = (message: string): never => {
    throw new CommuniqueError("gazetteer-invalid", `${location}: ${message}`, { location });
  };
  if (typeof value !== "object" || value === null || Array.isArray(value)) return fail("not a JSON object");
  const record = value as Record<string, unknown>;
  const kind = record["kind"];
  const fields = typeof kind === "string" && Object.hasOwn(FIELDS, kind) ? FIELDS[kind] : undefined;
  if (fields === undefined) return fail(`"kind" must be one of ${Object.keys(FIELDS).join(", ")}`);
  for (const [field, check] of Object.entries(fields)) {
    const name = field.replace("?", "");
    const given = record[name];
    if (given === undefined ? name === field : !check(given)) return fail(`"${name}" of a ${String(kind)} is ${given === undefined ? "missing" : `not valid: ${JSON.stringify(given)}`}`);
  }
  const unknown = Object.keys(record).find((name) => name !== "kind" && !(name in fields) && !(`${name}?` in fields));
  if (unknown !== undefined) return fail(`a ${String(kind)} has no field "${unknown}"`);
  if (kind === "tenure" && typeof record["until"] === "string" && !((record["since"] as string) < record["until"])) return fail("a tenure ends after it starts");
  if (kind === "event" && !isDate(record["date"])) return fail("the event's date does not exist");
  return value as GazetteerRecord;
}
