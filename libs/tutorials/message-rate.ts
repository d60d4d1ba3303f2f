/** A browser that gathers its candidates sends some hundred messages at once, and then nothing for a long time. */
const BURST = 400;
const PER_SECOND = 100;

/** How often one socket may say something: a bucket of tokens that fills up again. */
export class MessageRate {
  #tokens = BURST;
  #at: number;

  constructor(nowMs: number) {
    this.#at = nowMs;
  }

  /** Says whether there was one left. */
  take(nowMs: number): boolean {
    this.#tokens = Math.min(BURST, this.#tokens + ((nowMs - this.#at) * PER_SECOND) / 1000);
    this.#at = nowMs;
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }
}
