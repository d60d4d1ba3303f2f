import type { Timer } from '#kernel';
import type { Epoch, LinkConditions, ParticipantId, Prepare } from '#protocol';
import { ConstraintMemory } from './constraint-memory.ts';
import { MeshMemory } from './mesh-memory.ts';
import type { AbortedOutcome, RoomHandover, SettledOutcome } from './room-handover.ts';
import type { RoomPlanes } from './room-planes.ts';
import { Retry } from './retry.ts';
import type { TopologyContext } from './topology-context.ts';
import type { ServerMediaNeed, TopologyDecision, TopologyFacts } from './topology-policy.ts';

/** Where a room should go, and when: gathers the facts, asks the policy, and brings the room there in its time. */
export class TopologyCourse {
  readonly #context: TopologyContext;
  readonly #planes: RoomPlanes;
  readonly #handover: RoomHandover;
  readonly #serverMedia = new Set<ServerMediaNeed>();
  readonly #meshMemory: MeshMemory;
  readonly #constraints: ConstraintMemory;
  readonly #sfuRetry: Retry;
  /** Of a room that has no plane and gets none in mesh: without it, it would begin the next handover with the end of the last. */
  readonly #refugeRetry: Retry;
  #sfuIsAvailable = true;
  /** Since when the room has been one for a mesh, whether or not it could have one; null while it is not. */
  #fitsSince: number | null = null;
  #dwell: Timer | undefined;

  constructor(context: TopologyContext, planes: RoomPlanes, handover: RoomHandover) {
    this.#context = context;
    this.#planes = planes;
    this.#handover = handover;
    const again = (): void => context.later(() => this.follow());
    this.#meshMemory = new MeshMemory(context.clock, again);
    this.#constraints = new ConstraintMemory(context.clock, again);
    this.#refugeRetry = new Retry(context.clock, again);
    this.#sfuRetry = new Retry(context.clock, () => {
      this.#sfuIsAvailable = true;
      again();
    });
    planes.events.on('lost', (epoch) => context.later(() => this.#lost(epoch)));
    planes.events.on('sfuTried', ({ available }) => {
      this.#sfuIsAvailable = available;
      if (!available) this.#sfuRetry.failed();
    });
    handover.events.on('settled', (outcome) => this.#settled(outcome));
    handover.events.on('aborted', (outcome) => this.#aborted(outcome));
  }

  /** What the policy wants, with so many more than there are. */
  decide(coming = 0): TopologyDecision {
    const { room, policy, clock } = this.#context;
    const facts: TopologyFacts = {
      present: room.size + coming,
      wish: room.settings.topology,
      relayOnly: room.participants.some(({ relayOnly }) => relayOnly),
      serverMedia: this.#serverMedia,
      meshFailed: this.#meshMemory.blocked,
      stranded: this.#refugeRetry.isWaiting,
      ...this.#constraints.facts,
      sfuAvailable: this.#sfuIsAvailable,
    };
    if (coming === 0) {
      // A pair without a route has a wait of its own, to which the dwell time is not added.
      const fits = policy.decide({ ...facts, meshFailed: false });
      this.#fitsSince = fits.topology === 'mesh' ? (this.#fitsSince ?? clock.now()) : null;
    }
    return policy.decide(facts);
  }

  /** Something that only a server can do with media has begun or ended. */
  requireServerMedia(need: ServerMediaNeed, required: boolean): void {
    if (required) this.#serverMedia.add(need);
    else this.#serverMedia.delete(need);
    this.follow();
  }

  /** A link of the live mesh failed. */
  linkFailed(one: ParticipantId, other: ParticipantId): void {
    this.#meshMemory.failed(one, other);
    this.follow();
  }

  /** What the links of the live mesh cost somebody. */
  linksReported(id: ParticipantId, conditions: LinkConditions): void {
    this.#constraints.told(id, conditions);
    this.follow();
  }

  /** Somebody has left: whatever was remembered of it does not count any more. */
  forget(id: ParticipantId): void {
    const stoodInTheWay = this.#meshMemory.blocked;
    this.#meshMemory.forget(id);
    this.#constraints.forget(id);
    // A reload is not a leave: the dwell time begins.
    if (stoodInTheWay && !this.#meshMemory.blocked) this.#fitsSince = null;
  }

  /** Brings the room nearer to what the policy wants: at once towards the SFU, after the dwell time towards mesh. */
  follow(): void {
    this.#forgetConstraintsOfMore();
    const waitMs = this.#waitFor(this.decide());
    this.#stopWaiting();
    if (waitMs === null) return;
    const { clock, later } = this.#context;
    if (waitMs > 0) {
      this.#dwell = clock.after(waitMs, () => later(() => this.follow()));
      return;
    }
    later(async () => {
      // In its turn it may be needless: a joiner has found a place in the live plane by then.
      const decision = this.decide();
      if (this.#waitFor(decision) === 0) await this.#move(decision);
    });
  }

  /**
   * Opens an epoch for everyone who is there.
   * @throws DomainError `MEDIA_UNAVAILABLE`
   */
  async begin(
    decision: TopologyDecision,
    joiner?: ParticipantId,
  ): Promise<ReadonlyMap<ParticipantId, Prepare>> {
    this.#stopWaiting();
    const prepares = await this.#handover.begin(decision, joiner);
    if (decision.topology === 'sfu') this.#constraints.leaving();
    return prepares;
  }

  /** Nobody is there any more. What needs the media on the server is kept: it is not the participants' affair. */
  reset(): void {
    this.#stopWaiting();
    this.#sfuRetry.reset();
    this.#refugeRetry.reset();
    this.#sfuIsAvailable = true;
    this.#fitsSince = null;
    this.#meshMemory.close();
    this.#constraints.close();
  }

  /** How long the room has to wait before it goes there; null if it is there already, or as long as nothing else happens. */
  #waitFor(decision: TopologyDecision): number | null {
    const { state, isCarried } = this.#handover;
    if (state?.phase !== 'stable' || this.#handover.isServedBy(decision)) return null;
    if (decision.topology === 'sfu') return this.#sfuRetry.isWaiting ? null : 0;
    if (!isCarried || state.live.topology === 'mesh') return this.#refugeRetry.isWaiting ? null : 0;
    // Whatever is wished, a pair without a route is not tried before its time. The memory says when that is.
    if (this.#meshMemory.blocked) return null;
    const { clock, settings } = this.#context;
    return Math.max(0, (this.#fitsSince ?? clock.now()) + settings.meshDwellMs - clock.now());
  }

  async #move(decision: TopologyDecision): Promise<void> {
    if (this.#handover.state?.phase !== 'stable') return;
    try {
      await this.begin(decision);
    } catch (error) {
      const { room, log } = this.#context;
      log.warn({ room: room.name, target: decision.topology, err: error }, 'the handover could not begin');
      this.#sfuRetry.failed();
      // Without the SFU, mesh is the refuge of a small room.
      if (decision.topology === 'sfu') this.follow();
    }
  }

  #settled({ live, failed }: SettledOutcome): void {
    this.#refugeRetry.succeeded();
    if (live.topology === 'mesh') this.#meshMemory.settled(failed);
    else {
      this.#sfuRetry.succeeded();
      this.#constraints.left();
    }
    this.follow();
  }

  #aborted({ target, failed }: AbortedOutcome): void {
    for (const { receiver, sender } of target === 'mesh' ? failed : [])
      this.#meshMemory.failed(receiver, sender);
    if (target === 'sfu') this.#sfuRetry.failed();
    else if (failed.length > 0 && !this.#handover.canStay) this.#refugeRetry.failed();
    this.follow();
  }

  /** The worker under a plane died. */
  async #lost(epoch: Epoch): Promise<void> {
    this.#handover.apply({ type: 'media-lost', epoch });
    this.#planes.close(epoch);
    // What carried the room is gone: move at once, whether to another worker or to mesh.
    if (this.#handover.state?.live.epoch === epoch) await this.#move(this.decide());
  }

  /** Where a mesh of two is live, it is the mesh of more that somebody was too weak for. A reload is not a leave: that waits until then. */
  #forgetConstraintsOfMore(): void {
    const isMesh = this.#handover.state?.live.topology === 'mesh';
    if (this.#context.room.size <= 2 && isMesh) this.#constraints.forgetWaits();
  }

  #stopWaiting(): void {
    this.#dwell?.cancel();
    this.#dwell = undefined;
  }
}
