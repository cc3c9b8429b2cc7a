/** What a job of the bulk loader has come to. */
export type JobStatus = { readonly state: "running" } | { readonly state: "loaded" } | { readonly state: "failed"; readonly reason: string };

/** The part of Amazon Neptune's HTTP interface that loading needs. */
export interface Neptune {
  /** SPARQL 1.1 Update. Rejects where it fails; each of its operations happens whole or not at all. */
  update(sparql: string): Promise<void>;
  /** Starts loading one object of the published bucket. Answers with the job's id. */
  load(key: string): Promise<string>;
  status(job: string): Promise<JobStatus>;
}

/** What the database holds, and what is being done about it: `neptune/loaded.json` in the log bucket. */
export interface Loaded {
  /** Which database that is: one that takes the place of another begins empty. */
  readonly database: string;
  readonly base: string;
  /** The log entry that the manifest loaded last was up to date with. */
  readonly log: number;
  /** Keys of the dump parts that make up the database. */
  readonly parts: readonly string[];
  readonly run?: Run;
}

/** A manifest being loaded. Whatever of it is done again after a crash comes to the same. */
export interface Run {
  readonly log: number;
  readonly parts: readonly string[];
  /** The log entry whose articles' graphs are dropped, and all before it. */
  readonly dropped: number;
  /** Keys still to be loaded, those on their way among them. */
  readonly left: readonly string[];
  /** Key → the job of the loader that is at it. */
  readonly jobs: Readonly<Record<string, string>>;
}
