interface Due {
  readonly at: number;
  readonly run: () => void;
}

/**
 * Time without a clock: a tick for every request to a store or queue, and a leap to whatever is due next where everybody waits. A run takes
 * as long as its work does, and nothing in it depends on how fast the machine is.
 */
export class Timeline {
  #now = 0;
  #busy = 0;
  readonly #heap: Due[] = [];
  readonly #finished: (() => void)[] = [];

  get now(): number {
    return this.#now;
  }

  tick(): void {
    this.#now++;
    this.#runDue();
  }

  after(ticks: number, run: () => void): void {
    const due = { at: this.#now + Math.max(1, ticks), run };
    let i = this.#heap.push(due) - 1;
    for (let parent = (i - 1) >> 1; i > 0 && this.#at(parent) > due.at; parent = (i - 1) >> 1) {
      this.#swap(i, parent);
      i = parent;
    }
  }

  /** Runs somebody who works and rests. */
  async work(run: () => Promise<void>): Promise<void> {
    this.#busy++;
    try {
      await run();
    } finally {
      this.#left();
    }
  }

  /** Waits until woken. False where nothing will ever wake anybody again. */
  rest(arm: (wake: () => void) => void): Promise<boolean> {
    return new Promise((resolve) => {
      let woken = false;
      const wake = (answer: boolean) => (): void => {
        if (woken) return;
        woken = true;
        this.#busy++;
        resolve(answer);
      };
      this.#finished.push(wake(false));
      arm(wake(true));
      this.#left();
    });
  }

  #left(): void {
    this.#busy--;
    if (this.#busy > 0) return;
    // Let whoever was just started begin.
    setImmediate(() => {
      while (this.#busy === 0 && this.#heap.length > 0) {
        this.#now = Math.max(this.#now, this.#at(0));
        this.#runDue();
      }
      if (this.#busy === 0) for (const finish of this.#finished.splice(0)) finish();
    });
  }

  #runDue(): void {
    while (this.#heap.length > 0 && this.#at(0) <= this.#now) this.#pop().run();
  }

  #pop(): Due {
    const first = this.#heap[0] as Due;
    const last = this.#heap.pop() as Due;
    if (this.#heap.length === 0) return first;
    this.#heap[0] = last;
    for (let i = 0; ; ) {
      const [left, right] = [2 * i + 1, 2 * i + 2];
      const child = this.#at(right) < this.#at(left) ? right : left;
      if (this.#at(child) >= this.#at(i)) return first;
      this.#swap(i, child);
      i = child;
    }
  }

  #at(index: number): number {
    return this.#heap[index]?.at ?? Infinity;
  }

  #swap(a: number, b: number): void {
    [this.#heap[a], this.#heap[b]] = [this.#heap[b] as Due, this.#heap[a] as Due];
  }
}
