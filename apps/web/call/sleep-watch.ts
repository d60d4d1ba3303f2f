/** Browsers slow the timers of a hidden page down to one in a minute; a page whose timer is later than that was asleep. */
const ASLEEP_FROM_MS = 90_000;
const LOOK_EVERY_MS = 5000;

/** Counts elapsed time on the clock, and tells of each sleep of the page or of the machine, once it is over. */
export class SleepWatch {
  readonly #now: () => number;
  readonly #woke: (asleepMs: number) => void;
  #lookedAt: number;

  constructor(woke: (asleepMs: number) => void, now: () => number = Date.now) {
    this.#woke = woke;
    this.#now = now;
    this.#lookedAt = now();
  }

  /** Returns what ends it. */
  start(): () => void {
    const timer = setInterval(() => this.look(), LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }

  look(): void {
    const now = this.#now();
    const elapsedMs = now - this.#lookedAt;
    this.#lookedAt = now;
    if (elapsedMs >= ASLEEP_FROM_MS) this.#woke(elapsedMs);
  }
}
