import type { ParticipantId } from '#protocol';
import type { RoomDirectory, Seat } from '#rooms';
import type { RoomTopologyController, TopologyDirectory } from '#topology';

/** The media of the room that a session sits in. */
export class RoomMedia {
  readonly #rooms: RoomDirectory;
  readonly #topologies: TopologyDirectory;

  constructor(rooms: RoomDirectory, topologies: TopologyDirectory) {
    this.#rooms = rooms;
    this.#topologies = topologies;
  }

  /**
   * Runs a task in the room's queue, on the room's topology.
   * @throws DomainError `NOT_JOINED` when the room has closed or the participant has left meanwhile
   */
  run<T>(
    seat: Seat,
    task: (topology: RoomTopologyController, participantId: ParticipantId) => T | Promise<T>,
  ): Promise<T> {
    return this.#rooms.fromSeat(seat, (room, { id }) => task(this.#topologies.of(room), id));
  }
}
