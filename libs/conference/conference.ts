import type { Clock } from '#kernel';
import type { MediaCounts, MediaEngine } from '#media';
import type { RoomName, Topology } from '#protocol';
import type { RoomDirectory } from '#rooms';
import type { ServerMediaNeed, TopologyDirectory } from '#topology';

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
  readonly #topologies: TopologyDirectory;
  #started: Promise<void> | undefined;
  #status: 'starting' | 'ok' | 'stopping' = 'starting';

  constructor(rooms: RoomDirectory, topologies: TopologyDirectory, engine: MediaEngine, clock: Clock) {
    this.#rooms = rooms;
    this.#topologies = topologies;
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

  /**
   * Something that only a server can do with a room's media begins or ends: while it lasts, the room runs over the SFU. Nothing
   * happens when nobody has opened a room of that name.
   */
  requireServerMedia(name: RoomName, need: ServerMediaNeed, required: boolean): Promise<void> {
    return this.#rooms.inRoom(name, () => {
      const room = this.#rooms.find(name);
      if (room !== undefined) this.#topologies.of(room).requireServerMedia(need, required);
    });
  }

  counts(): ConferenceCounts {
    return {
      rooms: this.#rooms.size,
      participants: this.#rooms.participantCount,
      timers: this.#clock.pending,
      ...this.#engine.counts(),
    };
  }

  /** Participants by what carries their room's media. Whoever has just opened a room is in neither until it has a topology. */
  participantsByTopology(): Record<Topology, number> {
    const counts = { mesh: 0, sfu: 0 };
    for (const room of this.#rooms.rooms) {
      const { live } = this.#topologies.of(room);
      if (live !== null) counts[live.topology] += room.size;
    }
    return counts;
  }

  async #startEngine(): Promise<void> {
    await this.#engine.start();
    if (this.#status === 'starting') this.#status = 'ok';
  }
}
