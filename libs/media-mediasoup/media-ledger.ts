import type { MediaCounts } from '#media';

interface Observed {
  readonly observer: { once(event: 'close', listener: () => void): unknown };
}

/** Counts what exists, by mediasoup's own word: its observers tell of each close, whoever caused it. */
export class MediaLedger {
  readonly #counts = { routers: 0, transports: 0, producers: 0, consumers: 0 };

  get counts(): Omit<MediaCounts, 'workers'> {
    return { ...this.#counts };
  }

  enter(what: keyof Omit<MediaCounts, 'workers'>, object: Observed): void {
    this.#counts[what] += 1;
    object.observer.once('close', () => (this.#counts[what] -= 1));
  }
}
