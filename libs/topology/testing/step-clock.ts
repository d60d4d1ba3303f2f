import type { Timer } from '#kernel';
import { ManualClock } from '#kernel/testing';

/** A manual clock that says when something is due next, so that a test can go from one event to the next. */
export class StepClock extends ManualClock {
  readonly #due = new Set<{ readonly at: number }>();

  /** When the next timer fires; null if there is none. */
  get next(): number | null {
    let next: number | null = null;
    for (const { at } of this.#due) if (next === null || at < next) next = at;
    return next;
  }

  override after(delayMs: number, task: () => void): Timer {
    const entry = { at: this.now() + delayMs };
    this.#due.add(entry);
    const timer = super.after(delayMs, () => {
      this.#due.delete(entry);
      task();
    });
    return {
      cancel: () => {
        this.#due.delete(entry);
        timer.cancel();
      },
    };
  }
}
