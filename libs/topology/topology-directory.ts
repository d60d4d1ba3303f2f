import { DomainError, type Clock, type Log } from '#kernel';
import type { MediaEngine } from '#media';
import type { ErrorCode, RoomName } from '#protocol';
import type { Room, RoomDirectory } from '#rooms';
import { NoHandoverMetrics, type HandoverMetrics } from './handover-metrics.ts';
import { RoomTopologyController } from './room-topology-controller.ts';
import type { TopologySettings } from './topology-context.ts';
import type { TopologyPolicy } from './topology-policy.ts';

/** The topology of every room of this node: opened and closed with its room. */
export class TopologyDirectory {
  readonly #controllers = new Map<RoomName, RoomTopologyController>();

  constructor(
    rooms: RoomDirectory,
    engine: MediaEngine,
    policy: TopologyPolicy,
    settings: TopologySettings,
    clock: Clock,
    log: Log,
    metrics: HandoverMetrics = new NoHandoverMetrics(),
  ) {
    rooms.events.on('opened', (room) => {
      const inRoom = (task: () => void | Promise<void>): Promise<void> => rooms.inRoom(room.name, task);
      this.#controllers.set(
        room.name,
        new RoomTopologyController({ room, engine, policy, settings, clock, log, metrics, inRoom }),
      );
    });
    rooms.events.on('closed', (room) => {
      this.#controllers.get(room.name)?.close();
      this.#controllers.delete(room.name);
    });
  }

  /** @throws DomainError `NOT_FOUND` */
  of(room: Room): RoomTopologyController {
    const controller = this.#controllers.get(room.name);
    if (controller === undefined) throw new DomainError<ErrorCode>('NOT_FOUND', 'the room is closed');
    return controller;
  }
}
