import { formatNumber } from "./table.ts";

const INTERVAL_MS = 100;

/** One line of a terminal that is rewritten, at most ten times a second; silent where there is no terminal. */
export class StatusLine {
  readonly #stream: NodeJS.WriteStream;
  #shownAt = 0;

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream;
  }

  show(text: () => string): void {
    const now = performance.now();
    if (!this.#stream.isTTY || now - this.#shownAt < INTERVAL_MS) return;
    this.#shownAt = now;
    this.#stream.write(`\r\u001b[K${text()}`);
  }

  /** Frees the line, before anything else is printed and at the end. */
  clear(): void {
    if (this.#stream.isTTY && this.#shownAt > 0) this.#stream.write("\r\u001b[K");
    this.#shownAt = 0;
  }
}

/** How far a run is: articles, and how many a second. */
export class Progress {
  readonly #line: StatusLine;
  readonly #started = performance.now();
  #done = 0;
  #failed = 0;

  constructor(stream: NodeJS.WriteStream) {
    this.#line = new StatusLine(stream);
  }

  add(failed: boolean): void {
    if (failed) this.#failed++;
    else this.#done++;
    this.#line.show(() => {
      const rate = (this.#done + this.#failed) / Math.max(0.001, (performance.now() - this.#started) / 1000);
      const failures = this.#failed === 0 ? "" : `, ${formatNumber(this.#failed)} failed`;
      return `${formatNumber(this.#done)} ${this.#done === 1 ? "article" : "articles"}${failures}, ${rate.toFixed(1)}/s`;
    });
  }

  clear(): void {
    this.#line.clear();
  }
}
