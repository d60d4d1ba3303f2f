import type { ParticipantId, ParticipantInfo, RoomName } from '#protocol';
import type { ParticipantChange, RoomDirectory } from '#rooms';

/** Somebody takes another name, or offers, mutes or unmutes a source. */
export class UpdateParticipant {
  readonly #rooms: RoomDirectory;

  constructor(rooms: RoomDirectory) {
    this.#rooms = rooms;
  }

  /** @throws DomainError `NOT_FOUND` */
  execute(
    seat: { room: RoomName; participantId: ParticipantId },
    change: ParticipantChange,
  ): Promise<ParticipantInfo> {
    return this.#rooms.inRoom(seat.room, () =>
      this.#rooms.get(seat.room).update(seat.participantId, change).info(),
    );
  }
}
