import type { Clock } from './clock.ts';

export interface TokenBucketOptions {
  /** How many may follow each other at once. */
  readonly burst: number;
  /** After so long there is room for one more. */
  readonly refillMs: number;
}

/** Lets something happen often, and not for long: so many at once, then one in a while. */
export class TokenBucket {
  readonly #clock: Clock;
  readonly #options: TokenBucketOptions;
  #tokens: number;
  /** When the tokens were counted last. */
  #countedAt: number;

  constructor(clock: Clock, options: TokenBucketOptions) {
    this.#clock = clock;
    this.#options = options;
    this.#tokens = options.burst;
    this.#countedAt = clock.now();
  }

  /** Takes a token. Returns 0 if there was one, and otherwise in how many milliseconds there will be. */
  take(): number {
    const { burst, refillMs } = this.#options;
    const now = this.#clock.now();
    // The system's clock may be set back: then nothing is refilled, and nothing lost.
    const elapsedMs = Math.max(0, now - this.#countedAt);
    this.#tokens = Math.min(burst, this.#tokens + elapsedMs / refillMs);
    this.#countedAt = now;
    if (this.#tokens < 1) return Math.ceil((1 - this.#tokens) * refillMs);
    this.#tokens -= 1;
    return 0;
  }
}
