/** A started timer. */
export interface Timer {
  /** May be called twice, and after the timer has fired. */
  cancel(): void;
}

/** The time, as a port: tests turn it by hand. */
export abstract class Clock {
  /** Milliseconds since the epoch. */
  abstract now(): number;

  /** Calls `task` once after `delayMs`. Whoever starts a timer cancels it when closing. */
  abstract after(delayMs: number, task: () => void): Timer;

  /** Timers that have neither fired nor been cancelled. */
  abstract readonly pending: number;
}

export class SystemClock extends Clock {
  readonly #timers = new Set<Timer>();

  override get pending(): number {
    return this.#timers.size;
  }

  override now(): number {
    return Date.now();
  }

  override after(delayMs: number, task: () => void): Timer {
    const handle = setTimeout(() => {
      this.#timers.delete(timer);
      task();
    }, delayMs);
    const timer: Timer = {
      cancel: () => {
        clearTimeout(handle);
        this.#timers.delete(timer);
      },
    };
    this.#timers.add(timer);
    return timer;
  }
}
