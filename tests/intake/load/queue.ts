import type { Delivered, Queue } from "../../../lib/intake/queue.ts";
import type { Random } from "./random.ts";
import type { Timeline } from "./timeline.ts";

export interface QueueOptions {
  /** Ticks for which a delivered message is not delivered again. */
  readonly visibility: number;
  readonly maxReceives: number;
  readonly dead?: SimulatedQueue;
  readonly timeline: Timeline;
  readonly random: Random;
  /** Whether messages come late, twice and out of order. */
  readonly unruly: () => boolean;
}

interface Entry {
  readonly id: string;
  readonly body: string;
  receives: number;
  visible: boolean;
}

export interface Message extends Delivered {
  readonly body: string;
}

/** A standard queue as SQS has them: at least once, in no order, with a visibility timeout and a queue for what was delivered too often. */
export class SimulatedQueue implements Queue {
  readonly #options: QueueOptions;
  readonly #entries = new Map<string, Entry>();
  #visible: Entry[] = [];
  #waiting: (() => void)[] = [];
  #count = 0;
  /** How many were delivered, and how many of them not for the first time. */
  deliveries = 0;
  redeliveries = 0;

  constructor(options: QueueOptions) {
    this.#options = options;
  }

  get bodies(): string[] {
    return Array.from(this.#entries.values(), ({ body }) => body);
  }

  get size(): number {
    return this.#entries.size;
  }

  get ready(): number {
    return this.#visible.length;
  }

  send(bodies: readonly string[]): Promise<void> {
    for (const body of bodies) this.put(body);
    return Promise.resolve();
  }

  put(body: string, delay = 0): void {
    const { timeline } = this.#options;
    timeline.tick();
    const entry: Entry = { id: `m${this.#count++}`, body, receives: 0, visible: false };
    this.#entries.set(entry.id, entry);
    if (delay === 0) this.#show(entry);
    else timeline.after(delay, () => this.#show(entry));
  }

  receive(most: number): Message[] {
    const { timeline, random, visibility, maxReceives, dead, unruly } = this.#options;
    timeline.tick();
    const batch: Message[] = [];
    while (batch.length < most && this.#visible.length > 0) {
      const index = unruly() ? random.below(this.#visible.length) : 0;
      const entry = this.#visible[index] as Entry;
      this.#visible[index] = this.#visible.at(-1) as Entry;
      this.#visible.pop();
      entry.visible = false;
      if (!this.#entries.has(entry.id)) continue;
      if (entry.receives >= maxReceives) {
        this.#entries.delete(entry.id);
        dead?.put(entry.body);
        continue;
      }
      entry.receives++;
      this.deliveries++;
      if (entry.receives > 1) this.redeliveries++;
      batch.push({ messageId: entry.id, body: entry.body, receives: entry.receives });
      // Now and then its time is up while it is still worked on.
      timeline.after(unruly() && random.chance(0.03) ? 20 : visibility, () => this.#show(entry));
    }
    return batch;
  }

  delete(ids: readonly string[]): void {
    this.#options.timeline.tick();
    for (const id of ids) this.#entries.delete(id);
  }

  /** Takes everything out. */
  drain(): string[] {
    const bodies = this.bodies;
    this.#entries.clear();
    this.#visible = [];
    return bodies;
  }

  /** Calls back when there is something to receive. */
  whenReady(wake: () => void): void {
    if (this.#visible.length > 0) wake();
    else this.#waiting.push(wake);
  }

  #show(entry: Entry): void {
    if (!this.#entries.has(entry.id) || entry.visible) return;
    entry.visible = true;
    this.#visible.push(entry);
    for (const wake of this.#waiting.splice(0)) wake();
  }
}
