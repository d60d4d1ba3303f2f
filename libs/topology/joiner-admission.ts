import type { LiveTopology, Prepare, RoomTopology, SfuSetup } from '#protocol';
import type { Participant } from '#rooms';
import type { RoomHandover } from './room-handover.ts';
import type { RoomPlanes } from './room-planes.ts';
import type { TopologyCourse } from './topology-course.ts';
import type { TopologyDecision } from './topology-policy.ts';

/** How somebody comes into a room's planes: into those that there are, or with everyone into new ones. */
export class JoinerAdmission {
  readonly #planes: RoomPlanes;
  readonly #handover: RoomHandover;
  readonly #course: TopologyCourse;
  /** Sessions that look at the room before they join it. */
  readonly #looking = new Set<string>();

  constructor(planes: RoomPlanes, handover: RoomHandover, course: TopologyCourse) {
    this.#planes = planes;
    this.#handover = handover;
    this.#course = course;
  }

  /** Somebody looks at the room, and may join it: what that would need is made ready. */
  async previewed(sessionId: string): Promise<void> {
    if (this.#looking.has(sessionId)) return;
    this.#looking.add(sessionId);
    const { state } = this.#handover;
    if (state?.phase !== 'stable' || state.live.topology !== 'mesh') return;
    if (this.#course.decide(this.#looking.size).topology === 'sfu') await this.#planes.expectJoiner();
  }

  /** It looks no more: it has joined, or gone. */
  previewEnded(sessionId: string): void {
    if (this.#looking.delete(sessionId) && this.#looking.size === 0) this.#planes.expectNobody();
  }

  /** @throws DomainError `MEDIA_UNAVAILABLE` when the SFU is needed and cannot be had */
  async admit(joiner: Participant): Promise<RoomTopology> {
    if (this.#handover.state === null) await this.#handover.openFirst(this.#course.decide());
    const decision = this.#course.decide();
    const { current } = this.#handover;
    if (current.phase === 'preparing' && current.target === 'mesh' && decision.topology === 'sfu') {
      this.#handover.apply({ type: 'superseded' });
    }
    if (this.#handover.current.phase === 'stable' && !this.#isOpen(this.#handover.current.live, decision)) {
      try {
        return await this.#intoNewEpoch(joiner, decision);
      } catch (error) {
        // If the SFU is gone, mesh is the refuge of a small room.
        if (this.#course.decide().topology === 'sfu') throw error;
      }
    }
    return this.#intoPlanes(joiner);
  }

  /** Whether somebody can come into the live plane: not if a mesh is to be left, or if its worker died. */
  #isOpen(live: LiveTopology, decision: TopologyDecision): boolean {
    return this.#handover.isCarried && !(live.topology === 'mesh' && decision.topology === 'sfu');
  }

  /** The usual third join: the room outgrows its mesh. The joiner takes part in the new epoch only. */
  async #intoNewEpoch(joiner: Participant, decision: TopologyDecision): Promise<RoomTopology> {
    const prepares = await this.#course.begin(decision, joiner.id);
    return this.#topologyFor(joiner, null, prepares.get(joiner.id) ?? null);
  }

  async #intoPlanes(joiner: Participant): Promise<RoomTopology> {
    const { current } = this.#handover;
    let live: SfuSetup | null = null;
    let handover: Prepare | null = null;
    // A mesh that is on its way out has no room for one more: its links would be built to be torn down.
    if (current.phase === 'stable' || current.live.topology === 'sfu') {
      live = await this.#planes.admit(joiner, current.live.epoch);
    }
    if (current.phase === 'preparing') {
      const sfu = await this.#planes.admit(joiner, current.epoch);
      handover = this.#handover.prepare(current, sfu);
      this.#handover.apply({ type: 'joined', participantId: joiner.id });
    }
    this.#course.follow();
    return this.#topologyFor(joiner, live, handover);
  }

  #topologyFor({ id }: Participant, sfu: SfuSetup | null, handover: Prepare | null): RoomTopology {
    const { live } = this.#handover.current;
    const takesPart = this.#planes.has(live.epoch, id);
    const epochs = [...(takesPart ? [live.epoch] : []), ...(handover === null ? [] : [handover.epoch])];
    return { live, sfu: takesPart ? sfu : null, handover, epochs };
  }
}
