import { formatNumber } from "./table.ts";

const INTERVAL_MS = 100;

/** How far a run is, on one line of a terminal that is rewritten; silent where there is no terminal. */
export class Progress {
  readonly #stream: NodeJS.WriteStream;
  readonly #started = performance.now();
  #done = 0;
  #failed = 0;
  #shownAt = 0;

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream;
  }

  add(failed: boolean): void {
    if (failed) this.#failed++;
    else this.#done++;
    const now = performance.now();
    if (!this.#stream.isTTY || now - this.#shownAt < INTERVAL_MS) return;
    this.#shownAt = now;
    const rate = (this.#done + this.#failed) / Math.max(0.001, (now - this.#started) / 1000);
    const failures = this.#failed === 0 ? "" : `, ${formatNumber(this.#failed)} failed`;
    this.#stream.write(`\r\u001b[K${formatNumber(this.#done)} ${this.#done === 1 ? "article" : "articles"}${failures}, ${rate.toFixed(1)}/s`);
  }

  /** Frees the line, before anything else is printed and at the end. */
  clear(): void {
    if (this.#stream.isTTY && this.#shownAt > 0) this.#stream.write("\r\u001b[K");
    this.#shownAt = 0;
  }
}
