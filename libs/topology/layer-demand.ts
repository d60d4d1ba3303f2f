import type { Clock, Timer } from '#kernel';
import type { ConsumerId } from '#protocol';

/** Nobody wants it any more for so long: a receiver that pages back and forth must not switch an encoder on and off. */
const HOLD_MS = 1000;
/** Of a new producer: until its first receivers have built their ends, and those of a handover have proved theirs. */
const FIRST_HOLD_MS = 4000;
/** How long a new receiver may take to say what it wants before it counts as one that wants everything. */
const SILENCE_MS = 500;

interface Receiver {
  /** The highest spatial layer that it wants; null: none. */
  readonly highest: number | null;
  /** By its own word. */
  readonly said: boolean;
  silence: Timer | undefined;
}

/**
 * Which spatial layers of one producer anybody wants. More is told at once, less only when it lasts.
 */
export class LayerDemand {
  readonly #clock: Clock;
  readonly #top: number;
  readonly #tell: (highest: number | null) => void;
  readonly #receivers = new Map<ConsumerId, Receiver>();
  readonly #lowerFrom: number;
  #told: number | null;
  #lowering: Timer | undefined;
  #closed = false;

  /** `tell` is told the highest layer that anybody wants, or null for none, whenever that changes. At first all layers are sent. */
  constructor(clock: Clock, spatialLayers: number, tell: (highest: number | null) => void) {
    this.#clock = clock;
    this.#top = spatialLayers - 1;
    this.#tell = tell;
    this.#told = this.#top;
    this.#lowerFrom = clock.now() + FIRST_HOLD_MS;
    this.#follow();
  }

  /** A receiver is on its way: the lowest layer is there when it comes. */
  expect(id: ConsumerId): void {
    this.#receivers.set(id, { highest: 0, said: false, silence: undefined });
    this.#follow();
  }

  /** It receives. Unless it says what it wants, it wants everything. */
  arrived(id: ConsumerId): void {
    const receiver = this.#receivers.get(id);
    if (receiver === undefined || receiver.said) return;
    receiver.silence ??= this.#clock.after(SILENCE_MS, () => this.want(id, this.#top));
  }

  /** Up to which layer it wants the video; null: not at all. */
  want(id: ConsumerId, highest: number | null): void {
    const receiver = this.#receivers.get(id);
    if (receiver === undefined) return;
    receiver.silence?.cancel();
    this.#receivers.set(id, {
      highest: highest === null ? null : Math.min(highest, this.#top),
      said: true,
      silence: undefined,
    });
    this.#follow();
  }

  forget(id: ConsumerId): void {
    this.#receivers.get(id)?.silence?.cancel();
    this.#receivers.delete(id);
    this.#follow();
  }

  /** The producer is no more. May be called twice. */
  close(): void {
    this.#closed = true;
    for (const { silence } of this.#receivers.values()) silence?.cancel();
    this.#receivers.clear();
    this.#lowering?.cancel();
    this.#lowering = undefined;
  }

  #follow(): void {
    if (this.#closed) return;
    const wanted = this.#wanted();
    if (rank(wanted) >= rank(this.#told)) {
      this.#lowering?.cancel();
      this.#lowering = undefined;
      this.#say(wanted);
      return;
    }
    this.#lowering ??= this.#clock.after(Math.max(HOLD_MS, this.#lowerFrom - this.#clock.now()), () => {
      this.#lowering = undefined;
      this.#say(this.#wanted());
    });
  }

  #say(wanted: number | null): void {
    if (wanted === this.#told) return;
    this.#told = wanted;
    this.#tell(wanted);
  }

  #wanted(): number | null {
    const all = [...this.#receivers.values()].map(({ highest }) => rank(highest));
    const highest = Math.max(-1, ...all);
    return highest < 0 ? null : highest;
  }
}

const rank = (highest: number | null): number => highest ?? -1;
