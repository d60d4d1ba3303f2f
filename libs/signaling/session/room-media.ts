import type { ParticipantId } from '#protocol';
import type { RoomDirectory } from '#rooms';
import type { RoomTopologyController, TopologyDirectory } from '#topology';
import type { Seat } from './socket-outlet.ts';

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
   * @throws DomainError `NOT_FOUND` when the room has closed or the participant has left meanwhile
   */
  run<T>(
    { room: name, participantId }: Seat,
    task: (topology: RoomTopologyController, participantId: ParticipantId) => T | Promise<T>,
  ): Promise<T> {
    return this.#rooms.inRoom(name, () => {
      const room = this.#rooms.get(name);
      return task(this.#topologies.of(room), room.participant(participantId).id);
    });
  }
}
