import type { ParticipantInfo } from '#protocol';
import type { ParticipantChange, RoomDirectory, Seat } from '#rooms';

/** Somebody takes another name, or offers, mutes or unmutes a source. */
export class UpdateParticipant {
  readonly #rooms: RoomDirectory;

  constructor(rooms: RoomDirectory) {
    this.#rooms = rooms;
  }

  /** @throws DomainError `NOT_JOINED` */
  execute(seat: Seat, change: ParticipantChange): Promise<ParticipantInfo> {
    return this.#rooms.fromSeat(seat, (room, { id }) => room.update(id, change).info());
  }
}
