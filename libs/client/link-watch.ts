import type { Epoch, LinkConditions } from '#protocol';
import { CALM, WINDOW, readConditions, settledConditions, type LinkSamples } from './link-conditions.ts';
import { readLink } from './link-sample.ts';

const READ_EVERY_MS = 2000;
const CONDITIONS = Object.keys(CALM) as (keyof LinkConditions)[];

/** A mesh plane, as far as its links are concerned. */
export interface WatchedLinks {
  readonly epoch: Epoch;
  linkStats(): Promise<ReadonlyMap<string, ReadonlyMap<string, unknown>>>;
}

/**
 * Reads what the links of the live mesh say, at a calm rhythm, and tells what sending a copy to each of the others costs: only what
 * lasts, and only when it changes.
 */
export class LinkWatch {
  readonly #tell: (epoch: Epoch, conditions: LinkConditions) => void;
  #links: WatchedLinks | null = null;
  #told = CALM;
  #before: LinkSamples | null = null;
  #readings: readonly LinkConditions[] = [];
  #timer: ReturnType<typeof setInterval> | undefined;
  #isReading = false;

  constructor(tell: (epoch: Epoch, conditions: LinkConditions) => void) {
    this.#tell = tell;
  }

  /** Begins with these links; after a pause, goes on with them. */
  watch(links: WatchedLinks): void {
    if (this.#links !== links) {
      this.stop();
      this.#links = links;
    }
    this.#timer ??= setInterval(() => void this.#read(links), READ_EVERY_MS);
  }

  /** For as long as a handover takes: everything is sent twice then, and says nothing of the mesh alone. */
  pause(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#before = null;
    this.#readings = [];
  }

  stop(): void {
    this.pause();
    this.#links = null;
    this.#told = CALM;
  }

  async #read(links: WatchedLinks): Promise<void> {
    // A slow machine answers later than the next reading is due.
    if (this.#isReading) return;
    this.#isReading = true;
    const timer = this.#timer;
    try {
      const stats = await links.linkStats();
      // Otherwise it was stopped or paused meanwhile.
      if (timer === this.#timer) this.#take(links.epoch, stats);
    } finally {
      this.#isReading = false;
    }
  }

  #take(epoch: Epoch, stats: ReadonlyMap<string, ReadonlyMap<string, unknown>>): void {
    const now = new Map([...stats].map(([id, report]) => [id, readLink(report)]));
    const before = this.#before;
    this.#before = now;
    if (before === null) return;
    this.#readings = [...this.#readings, readConditions(before, now)].slice(-WINDOW);
    const conditions = settledConditions(this.#told, this.#readings);
    if (CONDITIONS.every((condition) => conditions[condition] === this.#told[condition])) return;
    this.#told = conditions;
    this.#tell(epoch, conditions);
  }
}
