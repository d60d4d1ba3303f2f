import type { Clock } from '#kernel';

/** One direction of a connection: everything arrives, in order, after its delay. */
export class Channel<Item> {
  /** While somebody does not look, everything waits. */
  stalled = false;
  readonly #clock: Clock;
  readonly #delayMs: number;
  readonly #onTheWay: Item[] = [];
  readonly #arrived: Item[] = [];

  constructor(clock: Clock, delayMs: number) {
    this.#clock = clock;
    this.#delayMs = delayMs;
  }

  send(item: Item): void {
    if (this.#delayMs === 0) {
      this.#arrived.push(item);
      return;
    }
    this.#onTheWay.push(item);
    // One timer each: the same delay for all keeps their order.
    this.#clock.after(this.#delayMs, () => this.#arrived.push(...this.#onTheWay.splice(0, 1)));
  }

  /** What has arrived since the last call. */
  take(): Item[] {
    return this.stalled ? [] : this.#arrived.splice(0);
  }
}
