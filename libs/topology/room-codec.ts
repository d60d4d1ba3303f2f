import { FLOOR_CODEC, type VideoCodec } from '#protocol';
import type { Room } from '#rooms';

/** Which video everybody in the room can decode. */
export class RoomCodec {
  readonly #room: Room;
  readonly #preferred: VideoCodec;

  constructor(room: Room, preferred: VideoCodec) {
    this.#room = room;
    this.#preferred = preferred;
  }

  /** What to send now: the preferred codec, or else the one that is taken for granted. */
  get current(): VideoCodec {
    return this.reachesAll(this.#preferred) ? this.#preferred : FLOOR_CODEC;
  }

  reachesAll(codec: string): boolean {
    return (
      codec === FLOOR_CODEC ||
      this.#room.participants.every(({ videoCodecs }) => videoCodecs.some((known) => known === codec))
    );
  }
}
