import type { Clock } from '#kernel';
import type { MediaCounts, MediaEngine } from '#media';
import type { RoomDirectory } from '#rooms';

/** What exists now: all zero but the workers when nobody calls. */
export interface ConferenceCounts extends MediaCounts {
  readonly rooms: number;
  readonly participants: number;
  readonly timers: number;
}

/** The running conference, for whoever hosts it. */
export class Conference {
  readonly #rooms: RoomDirectory;
  readonly #engine: MediaEngine;
  readonly #clock: Clock;
  #started: Promise<void> | undefined;
  #status: 'starting' | 'ok' | 'stopping' = 'starting';

  constructor(rooms: RoomDirectory, engine: MediaEngine, clock: Clock) {
    this.#rooms = rooms;
    this.#engine = engine;
    this.#clock = clock;
  }

  /** `ok` while calls are accepted. */
  get status(): 'starting' | 'ok' | 'stopping' {
    return this.#status;
  }

  /**
   * Resolves once calls are accepted. May be called twice.
   * @throws Error with one sentence that says what to do, when a media worker cannot start or its port is taken
   */
  start(): Promise<void> {
    this.#started ??= this.#startEngine();
    return this.#started;
  }

  /** Tells everybody in every room, and opens no new one. */
  async stop(): Promise<void> {
    this.#status = 'stopping';
    await this.#rooms.stop('server-stopping');
  }

  counts(): ConferenceCounts {
    return {
      rooms: this.#rooms.size,
      participants: this.#rooms.participantCount,
      timers: this.#clock.pending,
      ...this.#engine.counts(),
    };
  }

  async #startEngine(): Promise<void> {
    await this.#engine.start();
    if (this.#status === 'starting') this.#status = 'ok';
  }
}
