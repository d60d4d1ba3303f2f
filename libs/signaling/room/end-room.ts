import type { Log } from '#kernel';
import { requirePermission, type RoomDirectory, type Seat } from '#rooms';

/** The host closes the room for everyone. */
export class EndRoom {
  readonly #rooms: RoomDirectory;
  readonly #log: Log;

  constructor(rooms: RoomDirectory, log: Log) {
    this.#rooms = rooms;
    this.#log = log;
  }

  /** @throws DomainError `NOT_PERMITTED`, `NOT_JOINED` */
  execute(seat: Seat): Promise<void> {
    return this.#rooms.fromSeat(seat, (room, participant) => {
      requirePermission(participant.role, 'room:end');
      this.#rooms.close(room, 'room-ended');
      this.#log.info({ ...seat }, 'room ended by its host');
    });
  }
}
