import type { Clock, Timer } from '#kernel';
import type { ParticipantId } from '#protocol';
import { Backoff } from './backoff.ts';

const FIRST_MS = 30_000;
const MAX_MS = 600_000;

interface FailedPair {
  readonly backoff: Backoff;
  /** Until then the pair is not tried again. */
  blocked: Timer | null;
}

/** Remembers pairs that have no direct route, and when each may be tried again: after 30 s, 60 s, … at most 10 min. */
export class MeshMemory {
  readonly #clock: Clock;
  readonly #retry: () => void;
  readonly #pairs = new Map<string, FailedPair>();

  /** `retry` is called when the last pair that stood in the way may be tried again. */
  constructor(clock: Clock, retry: () => void) {
    this.#clock = clock;
    this.#retry = retry;
  }

  /** Whether a mesh of those who are there has to wait. */
  get blocked(): boolean {
    return [...this.#pairs.values()].some(({ blocked }) => blocked !== null);
  }

  failed(one: ParticipantId, other: ParticipantId): void {
    const key = keyOf(one, other);
    const pair = this.#pairs.get(key) ?? { backoff: new Backoff(FIRST_MS, MAX_MS), blocked: null };
    this.#pairs.set(key, pair);
    if (pair.blocked !== null) return;
    pair.blocked = this.#clock.after(pair.backoff.next(), () => {
      pair.blocked = null;
      if (!this.blocked) this.#retry();
    });
  }

  /** Whatever stood in the way is gone, but for these paths. */
  settled(failed: readonly { readonly receiver: ParticipantId; readonly sender: ParticipantId }[]): void {
    const stillFail = new Set(failed.map(({ receiver, sender }) => keyOf(receiver, sender)));
    for (const [key, { blocked }] of this.#pairs) {
      if (stillFail.has(key)) continue;
      blocked?.cancel();
      this.#pairs.delete(key);
    }
    for (const { receiver, sender } of failed) this.failed(receiver, sender);
  }

  forget(id: ParticipantId): void {
    const wasBlocked = this.blocked;
    for (const [key, { blocked }] of this.#pairs) {
      if (!key.split(' ').includes(id)) continue;
      blocked?.cancel();
      this.#pairs.delete(key);
    }
    if (wasBlocked && !this.blocked) this.#retry();
  }

  close(): void {
    for (const { blocked } of this.#pairs.values()) blocked?.cancel();
    this.#pairs.clear();
  }
}

const keyOf = (one: ParticipantId, other: ParticipantId): string => [one, other].toSorted().join(' ');
