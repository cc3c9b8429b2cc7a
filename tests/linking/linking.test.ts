import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bucketOf, changeBucket, EMPTY_BUCKET, linkMeetings, reportsOf, signatureKey, type Bucket, type LinkedMeeting } from "../../lib/linking/index.ts";
import { story, type Story, type Told } from "../support/stories.ts";

const ELLIN = "person/mara-ellin";
const VARGA = "person/tomas-varga";
const ARVIK = "person/jon-arvik";
const ORSK = "person/lena-orsk";
const CALDER = "person/ines-calder";

/** What each article tells, and by what name a reader would know the meeting. */
const ARTICLES: readonly (readonly [id: string, published: string, meetings: readonly (Told & { readonly is?: string })[]])[] = [
  // 1. A call, told of by three, one a day off, one of the states alone.
  ["call-1", "2025-03-03", [{ is: "call", kind: "PhoneCall", who: [ELLIN, VARGA], on: "2025-03-03" }, { is: "summit", kind: "Summit", status: "planned", who: [ELLIN, VARGA], on: "2025-03-20", place: "place/port-selen" }]],
  ["call-2", "2025-03-04", [{ is: "call", kind: "PhoneCall", who: [ELLIN, VARGA], on: "2025-03-04" }]],
  ["call-3", "2025-03-04", [{ is: "call", kind: "Talks", who: ["state/norlandia", "state/esteria"], on: "2025-03-03" }]],
  // 2. A summit: planned, put off without a day and with one, held.
  ["summit-1", "2025-03-12", [{ is: "summit", kind: "Summit", status: "planned", who: [ELLIN, VARGA], on: "2025-03-20" }]],
  ["summit-2", "2025-03-17", [{ is: "summit", kind: "Summit", status: "postponed", who: [ELLIN, VARGA] }]],
  ["summit-3", "2025-03-18", [{ is: "summit", kind: "Summit", status: "planned", who: [ELLIN, VARGA], on: "2025-04-02" }]],
  ["summit-4", "2025-04-02", [{ is: "summit", kind: "Meeting", who: [ELLIN, VARGA], on: "2025-04-02", place: "place/port-selen" }]],
  // 3. Ministers on the summit's day: a look-alike that stays apart.
  ["ministers-1", "2025-04-02", [{ is: "ministers", kind: "Talks", who: [ARVIK, ORSK], on: "2025-04-02" }, { is: "summit", kind: "Summit", who: [ELLIN, VARGA], on: "2025-04-02" }]],
  ["ministers-2", "2025-04-03", [{ is: "ministers", kind: "Meeting", who: [ARVIK, ORSK], on: "2025-04-02" }]],
  // 4. A visit announced for a week, then for a day, moved, held: the place is the same.
  ["visit-1", "2025-05-01", [{ is: "visit", kind: "Visit", status: "planned", who: [CALDER, ELLIN], on: ["2025-05-05", "2025-05-11"], place: "place/norhaven" }]],
  ["visit-2", "2025-05-06", [{ is: "visit", kind: "Visit", status: "planned", who: [CALDER, ELLIN], on: "2025-05-08", place: "place/norhaven" }]],
  ["visit-3", "2025-05-22", [{ is: "visit", kind: "Visit", who: [CALDER, ELLIN], on: "2025-05-21", place: "place/norhaven" }]],
  // 5. A second call of the same two, a week after the first.
  ["call-again", "2025-03-11", [{ is: "second call", kind: "PhoneCall", who: [ELLIN, VARGA], on: "2025-03-10" }]],
];
const FIVE = ["call", "summit", "ministers", "visit", "second call"];

const stories = ARTICLES.map(([id, published, meetings]) => story({ id, published, meetings }));
const wanted = new Map(ARTICLES.flatMap(([id, , meetings]) => meetings.map(({ is }, index) => [`${id}#${index}`, is ?? ""] as const)));

interface Linked {
  /** `article#index` → meeting id. */
  readonly of: ReadonlyMap<string, string>;
  readonly meetings: readonly LinkedMeeting[];
}

function linked(articles: readonly ReturnType<typeof story>[]): Linked {
  const buckets = new Map<string, Bucket>();
  for (const { extraction } of articles) {
    const reports = reportsOf(extraction);
    for (const id of new Set(reports.map(bucketOf))) buckets.set(id, changeBucket(buckets.get(id) ?? EMPTY_BUCKET, id, [{ reports, by: 1 }]));
  }
  const meetings = [...buckets].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([, bucket]) => linkMeetings(bucket));
  const byKey = new Map(meetings.flatMap(({ id, members }) => members.map((key) => [key, id] as const)));
  const of = articles.flatMap(({ extraction }) => reportsOf(extraction)).flatMap(({ article, index, signature }): [string, string][] => {
    const id = byKey.get(signatureKey(signature));
    return id === undefined ? [] : [[`${article}#${index}`, id]];
  });
  return { of: new Map(of), meetings };
}

function together(...told: readonly (Told & Pick<Story, "published">)[]): boolean {
  const { of } = linked(told.map(({ published = "2025-03-03", ...meeting }, i) => story({ id: `a${i}`, published, meetings: [meeting] })));
  const ids = told.map((_, i) => of.get(`a${i}#0`));
  return ids[0] !== undefined && ids.every((id) => id === ids[0]);
}

describe("linking", () => {
  it("finds the five meetings that thirteen articles tell of", () => {
    const { of, meetings } = linked(stories);
    const names = new Map<string, Set<string>>();
    for (const [report, name] of wanted) names.set(name, (names.get(name) ?? new Set()).add(of.get(report) ?? "none"));
    expect(new Map([...names].map(([name, ids]) => [name, ids.size]))).toEqual(new Map(FIVE.map((name) => [name, 1])));
    expect(new Set(of.values()).size).toBe(5);
    expect(meetings).toHaveLength(5);
  });

  it("tells what became of the planned ones", () => {
    const { of, meetings } = linked(stories);
    const find = (report: string) => meetings.find(({ id }) => id === of.get(report));
    expect(find("summit-1#0")).toMatchObject({ latestStatus: "held", earliest: "2025-04-02", movedFrom: ["2025-03-20"], kind: "Summit", place: "place/port-selen" });
    expect(find("visit-1#0")).toMatchObject({ latestStatus: "held", earliest: "2025-05-21", movedFrom: ["2025-05-05", "2025-05-08"] });
  });

  it("comes to the same in whatever order articles arrive", () => {
    const expected = linked(stories);
    fc.assert(
      fc.property(fc.shuffledSubarray([...stories], { minLength: stories.length }), (shuffled) => {
        const result = linked(shuffled);
        expect(result.meetings).toEqual(expected.meetings);
        expect([...result.of].sort()).toEqual([...expected.of].sort());
      }),
      { numRuns: 50 },
    );
  });

  it("forgets an article without a trace", () => {
    const reports = stories.map(({ extraction }) => reportsOf(extraction));
    const ids = [...new Set(reports.flat().map(bucketOf))];
    for (const id of ids) {
      const counted = (each: typeof reports, by: 1 | -1) => each.map((reports) => ({ reports, by }));
      const all = changeBucket(EMPTY_BUCKET, id, counted(reports, 1));
      expect(changeBucket(all, id, counted(reports, -1))).toEqual(EMPTY_BUCKET);
      expect(changeBucket(all, id, counted(reports.slice(0, 1), -1))).toEqual(changeBucket(EMPTY_BUCKET, id, counted(reports.slice(1), 1)));
    }
  });
});

describe("look-alikes", () => {
  const call: Told = { kind: "PhoneCall", who: [ELLIN, VARGA], on: "2025-03-03" };

  it.each<[string, Told & Pick<Story, "published">]>([
    ["two days apart", { ...call, on: "2025-03-05" }],
    ["a visit on the day of a call", { ...call, kind: "Visit" }],
    ["of other persons", { ...call, who: [ARVIK, ORSK] }],
    ["of one same and one other person", { ...call, who: [ELLIN, ORSK] }],
    ["of other states", { ...call, who: [ELLIN, CALDER] }],
    ["of one more state", { ...call, who: [ELLIN, VARGA, CALDER] }],
    ["of another year", { ...call, on: "2024-03-03" }],
    ["without a day, held some time", { who: [ELLIN, VARGA] }],
  ])("stay apart: %s", (_, other) => {
    expect(together(call, other)).toBe(false);
  });

  it.each<[string, Told & Pick<Story, "published">]>([
    ["a day apart", { ...call, on: "2025-03-02" }],
    ["of the states alone", { ...call, who: ["state/norlandia", "state/esteria"] }],
    ["of no stated kind", { ...call, kind: "Meeting" }],
    ["in another order", { ...call, who: [VARGA, ELLIN] }],
    ["planned before", { ...call, status: "planned", published: "2025-03-01" }],
    ["planned for no known day", { kind: "PhoneCall", who: [ELLIN, VARGA], status: "planned", published: "2025-03-01" }],
  ])("are one: %s", (_, other) => {
    expect(together(call, other)).toBe(true);
  });

  it("stay apart where what is vague could be either", () => {
    const { of } = linked([
      story({ id: "a", published: "2025-04-02", meetings: [{ who: [ELLIN, VARGA], on: "2025-04-02" }] }),
      story({ id: "b", published: "2025-04-02", meetings: [{ who: [ARVIK, ORSK], on: "2025-04-02" }] }),
      story({ id: "c", published: "2025-04-02", meetings: [{ who: ["state/norlandia", "state/esteria"], on: "2025-04-02" }] }),
    ]);
    expect(of.get("a#0")).not.toBe(of.get("b#0"));
    expect([of.get("a#0"), of.get("b#0")]).toContain(of.get("c#0"));
  });

  it("stay apart where one article tells of both", () => {
    const { of } = linked([story({ id: "a", published: "2025-03-04", meetings: [call, { ...call, on: "2025-03-04" }] })]);
    expect(of.get("a#0")).not.toBe(of.get("a#1"));
  });

  it("stay apart where two plans differ in place and none is put off", () => {
    const plan: Told = { kind: "Summit", status: "planned", who: [ELLIN, VARGA], on: "2025-04-02", place: "place/port-selen" };
    expect(together(plan, { ...plan, on: "2025-05-02", place: "place/norhaven" })).toBe(false);
    expect(together({ ...plan, status: "cancelled" }, { ...plan, on: "2025-05-02", published: "2025-05-02", status: "held" })).toBe(false);
  });
});
