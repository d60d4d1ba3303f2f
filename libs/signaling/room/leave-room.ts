import type { Log } from '#kernel';
import type { LeaveReason } from '#protocol';
import type { ConversationDirectory, RoomDirectory, Seat } from '#rooms';
import type { TopologyDirectory } from '#topology';

/** Somebody leaves a room, for whatever reason. */
export class LeaveRoom {
  readonly #rooms: RoomDirectory;
  readonly #topologies: TopologyDirectory;
  readonly #conversations: ConversationDirectory;
  readonly #log: Log;

  constructor(
    rooms: RoomDirectory,
    topologies: TopologyDirectory,
    conversations: ConversationDirectory,
    log: Log,
  ) {
    this.#rooms = rooms;
    this.#topologies = topologies;
    this.#conversations = conversations;
    this.#log = log;
  }

  /** Nothing happens if it left already. */
  execute(seat: Seat, reason: LeaveReason): Promise<void> {
    return this.#rooms.inRoom(seat.room, () => {
      const room = this.#rooms.find(seat.room);
      if (room === undefined || !room.remove(seat.participantId, reason)) return;
      this.#topologies.of(room).release(seat.participantId);
      this.#conversations.of(room).forget(seat.participantId);
      this.#rooms.closeIfEmpty(room);
      this.#log.info({ ...seat, reason }, 'participant left');
    });
  }
}
