import { DomainError, Emitter, KeyedQueue, type Clock, type Timer } from '#kernel';
import type { ErrorCode, LeaveReason, ParticipantId, RoomName, TopologyWish } from '#protocol';
import type { Participant } from './participant.ts';
import type { RoomOutlet } from './room-outlet.ts';
import { Room } from './room.ts';

export interface RoomDirectoryOptions {
  readonly maxParticipants: number;
  /** How long an empty room keeps its settings and its numbering, so that a reload finds it again. */
  readonly emptyGraceMs: number;
}

/** Where somebody sits. */
export interface Seat {
  readonly room: RoomName;
  readonly participantId: ParticipantId;
}

/** The rooms of this node. Everything that changes a room runs through {@link RoomDirectory.inRoom}, one task at a time per room. */
export class RoomDirectory {
  /** `resized`: somebody came into a room, or left it. */
  readonly events = new Emitter<{ opened: Room; closed: Room; resized: Room }>();
  readonly #outlet: RoomOutlet;
  readonly #clock: Clock;
  readonly #options: RoomDirectoryOptions;
  readonly #rooms = new Map<RoomName, Room>();
  readonly #graces = new Map<RoomName, Timer>();
  readonly #queue = new KeyedQueue<RoomName>();
  #stopping = false;

  constructor(outlet: RoomOutlet, clock: Clock, options: RoomDirectoryOptions) {
    this.#outlet = outlet;
    this.#clock = clock;
    this.#options = options;
  }

  get size(): number {
    return this.#rooms.size;
  }

  /** All that are open. */
  get rooms(): Iterable<Room> {
    return this.#rooms.values();
  }

  get participantCount(): number {
    let count = 0;
    for (const room of this.#rooms.values()) count += room.size;
    return count;
  }

  /** Runs `task` once all earlier tasks of that room have ended. */
  inRoom<T>(name: RoomName, task: () => T | Promise<T>): Promise<T> {
    return this.#queue.run(name, task);
  }

  /**
   * Runs `task` in the room's queue, for somebody who sits in the room.
   * @throws DomainError `NOT_JOINED` when it has left, or the room has closed, by the time that its turn has come
   */
  fromSeat<T>(
    { room: name, participantId }: Seat,
    task: (room: Room, participant: Participant) => T | Promise<T>,
  ): Promise<T> {
    return this.inRoom(name, () => {
      const room = this.#rooms.get(name);
      if (room === undefined || !room.has(participantId)) {
        throw new DomainError<ErrorCode>(
          'NOT_JOINED',
          'expected somebody in a room, you have left it meanwhile',
        );
      }
      return task(room, room.participant(participantId));
    });
  }

  find(name: RoomName): Room | undefined {
    return this.#rooms.get(name);
  }

  /**
   * The room of that name, opened with `wish` if it is not there. Call it in the room's queue.
   * @throws DomainError `SERVER_STOPPING`
   */
  open(name: RoomName, wish: TopologyWish): Room {
    if (this.#stopping) {
      throw new DomainError<ErrorCode>('SERVER_STOPPING', 'this server is stopping, join again in a moment');
    }
    this.#graces.get(name)?.cancel();
    this.#graces.delete(name);
    const existing = this.#rooms.get(name);
    if (existing !== undefined) return existing;
    const { maxParticipants } = this.#options;
    const room = new Room(name, { maxParticipants, topology: wish }, this.#outlet);
    room.events.on('resized', () => this.events.emit('resized', room));
    this.#rooms.set(name, room);
    this.events.emit('opened', room);
    return room;
  }

  /** Closes the room after the grace time, unless somebody joins. Call it in the room's queue. */
  closeIfEmpty(room: Room): void {
    if (room.size > 0 || this.#rooms.get(room.name) !== room || this.#graces.has(room.name)) return;
    const grace = this.#clock.after(this.#options.emptyGraceMs, () => {
      void this.inRoom(room.name, () => {
        if (this.#graces.get(room.name) !== grace) return;
        this.close(room, 'left');
      });
    });
    this.#graces.set(room.name, grace);
  }

  /** Closes the room at once. Call it in the room's queue; may be called twice. */
  close(room: Room, reason: LeaveReason): void {
    if (this.#rooms.get(room.name) !== room) return;
    this.#graces.get(room.name)?.cancel();
    this.#graces.delete(room.name);
    this.#rooms.delete(room.name);
    room.close(reason);
    this.events.emit('closed', room);
  }

  /** Opens no room any more, and closes all there are. */
  async stop(reason: LeaveReason): Promise<void> {
    this.#stopping = true;
    await Promise.all(
      [...this.#rooms.values()].map((room) => this.inRoom(room.name, () => this.close(room, reason))),
    );
  }
}
