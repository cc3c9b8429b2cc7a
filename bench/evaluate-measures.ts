/** A row of the table: what was measured on which texts, with the goal and what two annotators agree at, where there are such. */
export interface Measure {
  readonly on: string;
  readonly measure: string;
  readonly figure: string;
  readonly goal?: string;
  readonly annotators?: string;
  readonly precision?: string;
  readonly recall?: string;
}

/** Precision, recall and F1, as the scorers print them. */
export interface Prf {
  readonly p: number;
  readonly r: number;
  readonly f1: number;
}

/** What `events_score.py --json` prints, as far as the table has it. Shares of nothing are null. */
export interface EventsScore {
  readonly "meeting found": Prf;
  readonly "meeting right": Prf;
  readonly participants: Prf;
  readonly "status accuracy": number | null;
  readonly "kind accuracy": number | null;
  readonly "date accuracy": number | null;
  readonly "false dates": number | null;
  readonly "place accuracy": number | null;
  readonly "statement found": Prf;
  readonly "statement with speaker": Prf;
}

/** What `polnear_score.py --json` prints, as far as the table has it. */
export interface PolnearScore {
  readonly relation: Prf;
  readonly speech: Prf;
  readonly "content overlap": Prf;
  readonly "direct recall": number;
}

type Reference = readonly [goal?: string, annotators?: string];

/** The rows of short entries; `speech` is the score of the same extractions without attitudes. */
export function eventsMeasures(score: EventsScore, speech: EventsScore): Measure[] {
  const on = "events dev";
  return [
    ...meetings(on, score, [".880", ".958"], [".680", ".875"], [".850", ".953"]),
    plain(on, "status", score["status accuracy"], [".920", ".957"]),
    plain(on, "kind", score["kind accuracy"], [".940"]),
    plain(on, "date", score["date accuracy"], [".900", "1.000"]),
    plain(on, "false dates", score["false dates"], ["< .080"]),
    plain(on, "place", score["place accuracy"], [".850", "1.000"]),
    ...statements(on, score, speech, [".910"], [".880", ".962"]),
  ];
}

/** The rows of the entries that we made up, which say nothing of statements. */
export function madeUpMeasures(score: EventsScore): Measure[] {
  const on = "made-up entries";
  return [
    ...meetings(on, score),
    plain(on, "status", score["status accuracy"], []),
    plain(on, "kind", score["kind accuracy"], []),
    plain(on, "date", score["date accuracy"], []),
    plain(on, "place", score["place accuracy"], []),
  ];
}

/** The rows of whole articles. */
export function articlesMeasures(score: EventsScore, speech: EventsScore): Measure[] {
  const on = "articles";
  return [
    ...meetings(on, score),
    ...statements(on, score, speech, [".850"], [".780"]),
  ];
}

export function polnearMeasures(score: PolnearScore): Measure[] {
  const on = "PolNeAR dev";
  return [
    f1(on, "relation", score.relation, [".760", ".705"]),
    f1(on, "speech", score.speech, [".830", ".770"]),
    f1(on, "content overlap", score["content overlap"], [".870"]),
    plain(on, "direct, recall", score["direct recall"], [".880"]),
  ];
}

/** A share or an F1 with three decimals, the nought before the point left out as in the other tables; "–" where there is none. */
export function share(value: number | null): string {
  return value === null ? "–" : value.toFixed(3).replace(/^0/, "");
}

function meetings(on: string, score: EventsScore, found: Reference = [], right: Reference = [], participants: Reference = []): Measure[] {
  return [
    f1(on, "meeting found", score["meeting found"], found),
    f1(on, "meeting right", score["meeting right"], right),
    f1(on, "participants", score.participants, participants),
  ];
}

function statements(on: string, score: EventsScore, speech: EventsScore, found: Reference, speaker: Reference): Measure[] {
  return [
    f1(on, "statement found", score["statement found"], found),
    f1(on, "statement with speaker", score["statement with speaker"], speaker),
    f1(on, "statement found, speech only", speech["statement found"], found),
    f1(on, "statement with speaker, speech only", speech["statement with speaker"], speaker),
  ];
}

function f1(on: string, measure: string, score: Prf, reference: Reference): Measure {
  return { ...plain(on, measure, score.f1, reference), precision: share(score.p), recall: share(score.r) };
}

function plain(on: string, measure: string, value: number | null, [goal, annotators]: Reference): Measure {
  return { on, measure, figure: share(value), ...(goal === undefined ? {} : { goal }), ...(annotators === undefined ? {} : { annotators }) };
}
