import type {
  ConsumerId,
  Epoch,
  HandoverRecord,
  HandoverReport,
  LinkConditions,
  LinkSignal,
  LiveTopology,
  ParticipantId,
  ProducerId,
  RoomTopology,
  TransportId,
} from '#protocol';
import type { Participant } from '#rooms';
import { JoinerAdmission } from './joiner-admission.ts';
import { RoomHandover } from './room-handover.ts';
import { RoomPlanes } from './room-planes.ts';
import type { SfuStrategy } from './sfu-strategy.ts';
import type { TopologyContext } from './topology-context.ts';
import { TopologyCourse } from './topology-course.ts';
import type { ServerMediaNeed } from './topology-policy.ts';

export interface ControllerContext extends Omit<TopologyContext, 'later'> {
  /** Runs a task in the room's queue. */
  readonly inRoom: (task: () => void | Promise<void>) => Promise<void>;
}

/** One room's topology, for those who speak for its participants. Everything here runs in the room's queue. */
export class RoomTopologyController {
  readonly #context: TopologyContext;
  readonly #planes: RoomPlanes;
  readonly #handover: RoomHandover;
  readonly #course: TopologyCourse;
  readonly #admission: JoinerAdmission;
  #closed = false;

  constructor({ inRoom, ...context }: ControllerContext) {
    const { log, room } = context;
    const later = (task: () => void | Promise<void>): void => {
      inRoom(() => (this.#closed ? undefined : task())).catch((error: unknown) =>
        log.error({ room: room.name, err: error }, 'a topology task failed'),
      );
    };
    this.#context = { ...context, later };
    this.#planes = new RoomPlanes(this.#context);
    this.#handover = new RoomHandover(this.#context, this.#planes);
    this.#course = new TopologyCourse(this.#context, this.#planes, this.#handover);
    this.#admission = new JoinerAdmission(this.#planes, this.#handover, this.#course);
  }

  /** The topology that carries the room's media; null while nobody is there. */
  get live(): LiveTopology | null {
    return this.#handover.state?.live ?? null;
  }

  /** The room's last handovers, oldest first. */
  get history(): readonly HandoverRecord[] {
    return this.#handover.timeline.records;
  }

  /** Somebody looks at the room, and may join it: what that would need is made ready. */
  previewed(sessionId: string): Promise<void> {
    return this.#admission.previewed(sessionId);
  }

  /** It looks no more: it has joined, or gone. */
  previewEnded(sessionId: string): void {
    this.#admission.previewEnded(sessionId);
  }

  /** Something that only a server can do with media has begun or ended. */
  requireServerMedia(need: ServerMediaNeed, required: boolean): void {
    this.#course.requireServerMedia(need, required);
  }

  /**
   * Gives somebody who was just admitted to the room a place in its planes.
   * @throws DomainError `MEDIA_UNAVAILABLE` when the SFU is needed and cannot be had
   */
  admit(joiner: Participant): Promise<RoomTopology> {
    return this.#admission.admit(joiner);
  }

  /** After the participant was removed from the room. */
  release(id: ParticipantId): void {
    this.#planes.release(id);
    this.#course.forget(id);
    this.#handover.timeline.left(id);
    if (this.#context.room.size === 0) {
      this.#reset();
      return;
    }
    this.#handover.apply({ type: 'left', participantId: id });
    this.#course.follow();
  }

  /** @throws DomainError `SUPERSEDED_EPOCH`, `NOT_FOUND` */
  switched(receiver: ParticipantId, sender: ParticipantId, epoch: Epoch): void {
    if (!this.#handover.concerns(receiver, sender, epoch)) return;
    this.#handover.apply({ type: 'switched', epoch, receiver, sender });
  }

  /** @throws DomainError `SUPERSEDED_EPOCH`, `NOT_FOUND` */
  failed(receiver: ParticipantId, sender: ParticipantId, epoch: Epoch, cause: string): void {
    if (this.#handover.concerns(receiver, sender, epoch)) {
      const { canStay } = this.#handover;
      this.#handover.apply({ type: 'failed', epoch, receiver, sender, cause, canStay });
      return;
    }
    const { room, log } = this.#context;
    log.warn({ room: room.name, epoch, receiver, sender, cause }, 'a live path failed');
    if (this.#handover.current.live.topology === 'mesh') this.#course.linkFailed(receiver, sender);
  }

  /** @throws DomainError `SUPERSEDED_EPOCH` unless the participant's media goes over the mesh of that epoch */
  linksReported(id: ParticipantId, epoch: Epoch, conditions: LinkConditions): void {
    const { live } = this.#handover.current;
    if (live.topology !== 'mesh' || live.epoch !== epoch || !this.#planes.has(epoch, id)) {
      throw this.#handover.superseded(epoch);
    }
    const { room, log } = this.#context;
    log.debug(
      { room: room.name, epoch, participantId: id, ...conditions },
      'what the links cost has changed',
    );
    this.#course.linksReported(id, conditions);
  }

  /** @throws DomainError `SUPERSEDED_EPOCH` unless a report of that handover is awaited from that receiver */
  reported(receiver: ParticipantId, report: HandoverReport): void {
    if (!this.#handover.timeline.reported(receiver, report)) throw this.#handover.superseded(report.epoch);
  }

  /** @throws DomainError `SUPERSEDED_EPOCH`, `NOT_FOUND` */
  relay(from: ParticipantId, to: ParticipantId, epoch: Epoch, signal: LinkSignal): void {
    const mesh = this.#planes.mesh(epoch);
    if (mesh === undefined) throw this.#handover.superseded(epoch);
    mesh.relay(from, to, signal);
  }

  /**
   * The SFU plane in which the participant has that transport, producer or consumer.
   * @throws DomainError `NOT_FOUND`
   */
  sfuOf(id: ParticipantId, mediaId: TransportId | ProducerId | ConsumerId): SfuStrategy {
    return this.#planes.sfuOf(id, mediaId);
  }

  /** May be called twice. */
  close(): void {
    this.#closed = true;
    this.#reset();
  }

  #reset(): void {
    this.#course.reset();
    this.#handover.reset();
    this.#planes.closeAll();
  }
}
