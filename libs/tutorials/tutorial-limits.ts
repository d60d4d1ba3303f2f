/** In one room, and with one socket. A class, because Nest finds what it injects by its class. */
export class TutorialLimits {
  readonly maxParticipants: number;
  readonly maxRoomsOfSocket: number;

  /** By default, one socket may be in more rooms than any client of a tutorial is. */
  constructor(maxParticipants: number, maxRoomsOfSocket = 16) {
    this.maxParticipants = maxParticipants;
    this.maxRoomsOfSocket = maxRoomsOfSocket;
  }
}
