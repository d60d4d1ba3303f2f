import type { Clock, Timer } from '#kernel';

/** A client that lists more would show a wall of names. */
const MAX_NAMES = 1000;
/** No list follows the last one sooner. */
const MIN_INTERVAL_MS = 200;
/** Of the time, at most one part in so many goes into telling everybody the list: it is long, and everybody is many. */
const SHARE = 20;

/** Tells everybody which rooms there are: at once, and then as often as the server can afford. The last change is always told. */
export class PublicRooms {
  readonly #clock: Clock;
  readonly #names: () => Iterable<string>;
  readonly #tell: (names: readonly string[]) => void;
  #pause: Timer | undefined;
  #isStale = false;

  constructor(clock: Clock, names: () => Iterable<string>, tell: (names: readonly string[]) => void) {
    this.#clock = clock;
    this.#names = names;
    this.#tell = tell;
  }

  list(): readonly string[] {
    const names: string[] = [];
    for (const name of this.#names()) if (names.push(name) === MAX_NAMES) break;
    return names;
  }

  changed(): void {
    this.#isStale = true;
    if (this.#pause === undefined) this.#tellAll();
  }

  close(): void {
    this.#pause?.cancel();
  }

  #tellAll(): void {
    this.#isStale = false;
    const begun = this.#clock.now();
    this.#tell(this.list());
    const pauseMs = Math.max(MIN_INTERVAL_MS, SHARE * (this.#clock.now() - begun));
    this.#pause = this.#clock.after(pauseMs, () => {
      this.#pause = undefined;
      if (this.#isStale) this.#tellAll();
    });
  }
}
