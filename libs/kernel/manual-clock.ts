import { Clock, type Timer } from './clock.ts';

interface Pending {
  readonly at: number;
  readonly task: () => void;
}

/** A clock that stands still until a test advances it. */
export class ManualClock extends Clock {
  #now: number;
  readonly #timers = new Set<Pending>();

  constructor(now = 0) {
    super();
    this.#now = now;
  }

  override get pending(): number {
    return this.#timers.size;
  }

  override now(): number {
    return this.#now;
  }

  override after(delayMs: number, task: () => void): Timer {
    const entry: Pending = { at: this.#now + delayMs, task };
    this.#timers.add(entry);
    return { cancel: () => void this.#timers.delete(entry) };
  }

  /** Fires what is due on the way, earliest first, including timers that those start. */
  advance(byMs: number): void {
    const end = this.#now + byMs;
    for (;;) {
      const due = [...this.#timers].filter((timer) => timer.at <= end).toSorted((a, b) => a.at - b.at)[0];
      if (due === undefined) break;
      this.#timers.delete(due);
      this.#now = Math.max(this.#now, due.at);
      due.task();
    }
    this.#now = end;
  }
}
