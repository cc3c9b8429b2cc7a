import type { Summary } from "../convert/render.ts";
import { EXIT, printable } from "./messages.ts";
import { formatNumber, table } from "./table.ts";

/** Rows shown by themselves; of more articles only the sum is. */
const MAX_ROWS = 40;

/** Adds up what a run converted, in constant memory. */
export class RunSummary {
  readonly #first: Summary[] = [];
  readonly #total = { words: 0, entities: 0, meetings: 0, statements: 0, facts: 0, evidence: 0 };
  #converted = 0;
  #exitCode: number = EXIT.ok;

  /** The exit code of the run so far: a bug outweighs a bad article. */
  get exitCode(): number {
    return this.#exitCode;
  }

  fail(exitCode: number): void {
    if (this.#exitCode !== EXIT.bug) this.#exitCode = exitCode;
  }

  add(summary: Summary): void {
    this.#converted++;
    if (this.#first.length < MAX_ROWS) this.#first.push(summary);
    for (const key of Object.keys(this.#total) as (keyof Omit<Summary, "id">)[]) this.#total[key] += summary[key];
  }

  /** What was written where, in a line. */
  written(folder: string, formats: readonly string[]): string {
    const articles = this.#converted === 1 ? "1 article" : `${formatNumber(this.#converted)} articles`;
    return `Wrote ${articles} to ${printable(folder)}: ${formats.join(", ")}\n`;
  }

  toString(): string {
    const row = (id: string, of: Omit<Summary, "id">): (string | number)[] => [id, of.words, of.entities, of.meetings, of.statements, of.facts, of.evidence];
    const rows = this.#first.map((summary) => row(summary.id, summary));
    if (this.#converted > rows.length) rows.push([`and ${this.#converted - rows.length} more`, "", "", "", "", "", ""]);
    if (this.#converted > 1) rows.push(row(`all ${this.#converted}`, this.#total));
    return table(["article", "words", "entities", "meetings", "statements", "fact quads", "evidence quads"], rows);
  }
}
