import type { MediaEngine } from '#media';
import type { RequestAnswer, RoomName } from '#protocol';
import type { RoomDirectory } from '#rooms';
import type { TopologyDirectory } from '#topology';

/** Somebody looks at a room before joining it. A session looks at one room at a time. */
export class PreviewRoom {
  readonly #rooms: RoomDirectory;
  readonly #topologies: TopologyDirectory;
  readonly #engine: MediaEngine;
  readonly #looking = new Map<string, RoomName>();

  constructor(rooms: RoomDirectory, topologies: TopologyDirectory, engine: MediaEngine) {
    this.#rooms = rooms;
    this.#topologies = topologies;
    this.#engine = engine;
  }

  async execute(sessionId: string, name: RoomName): Promise<RequestAnswer<'room:preview'>> {
    if (this.#looking.get(sessionId) !== name) await this.ended(sessionId);
    const { routerRtpCapabilities } = this.#engine;
    return this.#rooms.inRoom(name, async () => {
      const room = this.#rooms.find(name);
      if (room === undefined) {
        return { displayNames: [], topology: null, visibility: null, routerRtpCapabilities };
      }
      const controller = this.#topologies.of(room);
      this.#looking.set(sessionId, name);
      await controller.previewed(sessionId);
      return {
        displayNames: room.participants.map((participant) => participant.info().displayName),
        topology: controller.live?.topology ?? null,
        visibility: room.size === 0 ? null : room.visibility,
        routerRtpCapabilities,
      };
    });
  }

  /** It has joined, or gone. Nothing happens if it looked at nothing. */
  async ended(sessionId: string): Promise<void> {
    const name = this.#looking.get(sessionId);
    if (name === undefined) return;
    this.#looking.delete(sessionId);
    await this.#rooms.inRoom(name, () => {
      const room = this.#rooms.find(name);
      if (room !== undefined) this.#topologies.of(room).previewEnded(sessionId);
    });
  }
}
