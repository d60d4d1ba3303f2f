import type { Clock, Timer } from '#kernel';
import { Backoff } from './backoff.ts';

/** The pause before another try, longer each time. */
export class Retry {
  readonly #clock: Clock;
  readonly #again: () => void;
  readonly #backoff = new Backoff(1000, 30_000);
  #timer: Timer | undefined;

  constructor(clock: Clock, again: () => void) {
    this.#clock = clock;
    this.#again = again;
  }

  /** Whether it is too early. */
  get isWaiting(): boolean {
    return this.#timer !== undefined;
  }

  /** It failed. Nothing changes during a pause. */
  failed(): void {
    this.#timer ??= this.#clock.after(this.#backoff.next(), () => {
      this.#timer = undefined;
      this.#again();
    });
  }

  /** The next pause is the first again. */
  succeeded(): void {
    this.#backoff.reset();
  }

  reset(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
    this.#backoff.reset();
  }
}
