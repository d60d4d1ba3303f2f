import type { Log } from '#kernel';
import type { ParticipantId, RoomName } from '#protocol';
import { requirePermission, type RoomDirectory } from '#rooms';

/** The host closes the room for everyone. */
export class EndRoom {
  readonly #rooms: RoomDirectory;
  readonly #log: Log;

  constructor(rooms: RoomDirectory, log: Log) {
    this.#rooms = rooms;
    this.#log = log;
  }

  /** @throws DomainError `NOT_PERMITTED`, `NOT_FOUND` */
  execute(seat: { room: RoomName; participantId: ParticipantId }): Promise<void> {
    return this.#rooms.inRoom(seat.room, () => {
      const room = this.#rooms.get(seat.room);
      requirePermission(room.participant(seat.participantId).role, 'room:end');
      this.#rooms.close(room, 'room-ended');
      this.#log.info({ ...seat }, 'room ended by its host');
    });
  }
}
