import type { Log } from '#kernel';
import type { MediaEngine } from '#media';
import type { IceServer, Joined, RequestPayload } from '#protocol';
import { permissionsOf, type RoomDirectory } from '#rooms';
import type { TopologyDirectory } from '#topology';

/** Somebody enters a room. The others hear of it once the newcomer's media has a way to them. */
export class JoinRoom {
  readonly #rooms: RoomDirectory;
  readonly #topologies: TopologyDirectory;
  readonly #engine: MediaEngine;
  readonly #iceServers: readonly IceServer[];
  readonly #log: Log;

  constructor(
    rooms: RoomDirectory,
    topologies: TopologyDirectory,
    engine: MediaEngine,
    iceServers: readonly IceServer[],
    log: Log,
  ) {
    this.#rooms = rooms;
    this.#topologies = topologies;
    this.#engine = engine;
    this.#iceServers = iceServers;
    this.#log = log;
  }

  /** @throws DomainError `ROOM_FULL`, `MEDIA_UNAVAILABLE`, `SERVER_STOPPING`, and `NOT_JOINED` when the session ended meanwhile */
  execute(sessionId: string, request: RequestPayload<'room:join'>): Promise<Joined> {
    return this.#rooms.inRoom(request.room, async () => {
      const { routerRtpCapabilities } = this.#engine;
      const room = this.#rooms.open(request.room, request.topology);
      try {
        const participant = room.admit({ sessionId, ...request });
        try {
          const topology = await this.#topologies.of(room).admit(participant);
          room.announce(participant, topology.epochs);
          this.#log.info({ room: room.name, participantId: participant.id, sessionId }, 'participant joined');
          return {
            participantId: participant.id,
            permissions: [...permissionsOf(participant.role)],
            room: room.snapshot(),
            topology,
            iceServers: [...this.#iceServers],
            routerRtpCapabilities,
          };
        } catch (error) {
          room.withdraw(participant.id);
          this.#topologies.of(room).release(participant.id);
          throw error;
        }
      } finally {
        this.#rooms.closeIfEmpty(room);
      }
    });
  }
}
