import { DomainError, type Clock, type Log, type Timer } from '#kernel';
import type { MediaEngine } from '#media';
import type {
  ConsumerId,
  Epoch,
  ErrorCode,
  HandoverRecord,
  HandoverReport,
  LinkSignal,
  LiveTopology,
  ParticipantId,
  Prepare,
  ProducerId,
  RoomTopology,
  SfuSetup,
  Topology,
  TransportId,
} from '#protocol';
import type { Participant, Room } from '#rooms';
import { Backoff } from './backoff.ts';
import type { HandoverMetrics } from './handover-metrics.ts';
import { HandoverTimeline } from './handover-timeline.ts';
import { transition, type HandoverEvent, type HandoverState } from './handover.ts';
import { MeshMemory } from './mesh-memory.ts';
import { MeshStrategy } from './mesh-strategy.ts';
import { SfuStrategy } from './sfu-strategy.ts';
import { Standby } from './standby.ts';
import type { ServerMediaNeed, TopologyDecision, TopologyPolicy } from './topology-policy.ts';
import type { TopologyStrategy } from './topology-strategy.ts';

export interface TopologySettings {
  /** How long a room must have been small enough before it goes back to mesh. */
  readonly meshDwellMs: number;
  /** How long clients keep the old plane once a handover has settled. */
  readonly drainMs: number;
  /** A handover that has not settled by then is given up. */
  readonly deadlineMs: Readonly<Record<Topology, number>>;
}

export interface ControllerContext {
  readonly room: Room;
  readonly engine: MediaEngine;
  readonly policy: TopologyPolicy;
  readonly settings: TopologySettings;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: HandoverMetrics;
  /** Runs a task in the room's queue. */
  readonly inRoom: (task: () => void | Promise<void>) => Promise<void>;
}

/** What the server keeps beyond `drainMs`, for clients whose notification is still on its way. */
const DRAIN_SLACK_MS = 500;

/**
 * One room's topology: follows the policy, moves the room from plane to plane, and owns the strategies of all its epochs.
 * Everything here runs in the room's queue.
 */
export class RoomTopologyController {
  readonly #context: ControllerContext;
  readonly #strategies = new Map<Epoch, TopologyStrategy>();
  readonly #drains = new Map<Epoch, Timer>();
  readonly #sfuBackoff = new Backoff(1000, 30_000);
  readonly #meshMemory: MeshMemory;
  readonly #timeline: HandoverTimeline;
  readonly #standby: Standby;
  /** Sessions that look at the room before they join it. */
  readonly #waiting = new Set<string>();
  readonly #serverMedia = new Set<ServerMediaNeed>();
  #state: HandoverState | null = null;
  #epochs: Epoch = 0;
  #deadline: Timer | undefined;
  #dwell: Timer | undefined;
  #retry: Timer | undefined;
  #sfuIsAvailable = true;
  #closed = false;

  constructor(context: ControllerContext) {
    this.#context = context;
    const { room, clock, engine, log, metrics } = context;
    this.#meshMemory = new MeshMemory(clock, () => this.#later(() => this.#follow()));
    this.#standby = new Standby(engine, room, log);
    this.#timeline = new HandoverTimeline(room, clock, (handover) => {
      metrics.record(handover);
      room.publish('handover:recorded', { handover });
    });
  }

  /** The topology that carries the room's media; null while nobody is there. */
  get live(): LiveTopology | null {
    return this.#state?.live ?? null;
  }

  /** The room's last handovers, oldest first. */
  get history(): readonly HandoverRecord[] {
    return this.#timeline.records;
  }

  /** Somebody looks at the room, and may join it: what that would need is made ready. */
  async previewed(sessionId: string): Promise<void> {
    if (this.#waiting.has(sessionId)) return;
    this.#waiting.add(sessionId);
    if (this.#state?.phase !== 'stable' || this.#state.live.topology !== 'mesh') return;
    if (this.#decide(this.#waiting.size).topology === 'sfu') await this.#standby.warm();
  }

  /** It looks no more: it has joined, or gone. */
  previewEnded(sessionId: string): void {
    if (this.#waiting.delete(sessionId) && this.#waiting.size === 0) this.#standby.close();
  }

  /** Something that only a server can do with media has begun or ended. */
  requireServerMedia(need: ServerMediaNeed, required: boolean): void {
    if (required) this.#serverMedia.add(need);
    else this.#serverMedia.delete(need);
    this.#follow();
  }

  /**
   * Gives somebody who was just admitted to the room a place in its planes.
   * @throws DomainError `MEDIA_UNAVAILABLE` when the SFU is needed and cannot be had
   */
  async admit(joiner: Participant): Promise<RoomTopology> {
    const state = this.#state ?? (await this.#openFirst());
    const decision = this.#decide();
    if (state.phase === 'preparing' && state.target === 'mesh' && decision.topology === 'sfu') {
      this.#apply({ type: 'superseded' });
    }
    if (
      this.#state?.phase === 'stable' &&
      decision.topology === 'sfu' &&
      this.#state.live.topology === 'mesh'
    ) {
      try {
        return await this.#admitIntoNewEpoch(joiner, decision);
      } catch (error) {
        // If the SFU is gone, mesh is the refuge of a small room.
        if (this.#decide().topology === 'sfu') throw error;
      }
    }
    return this.#admitIntoPlanes(joiner);
  }

  /** After the participant was removed from the room. */
  release(id: ParticipantId): void {
    for (const strategy of this.#strategies.values()) strategy.release(id);
    this.#standby.release(id);
    this.#meshMemory.forget(id);
    this.#timeline.left(id);
    if (this.#context.room.size === 0) {
      this.#reset();
      return;
    }
    this.#apply({ type: 'left', participantId: id });
    this.#follow();
  }

  /** @throws DomainError `SUPERSEDED_EPOCH`, `NOT_FOUND` */
  switched(receiver: ParticipantId, sender: ParticipantId, epoch: Epoch): void {
    if (!this.#concernsHandover(receiver, sender, epoch)) return;
    this.#apply({ type: 'switched', epoch, receiver, sender });
  }

  /** @throws DomainError `SUPERSEDED_EPOCH`, `NOT_FOUND` */
  failed(receiver: ParticipantId, sender: ParticipantId, epoch: Epoch, cause: string): void {
    if (this.#concernsHandover(receiver, sender, epoch)) {
      this.#apply({ type: 'failed', epoch, receiver, sender, cause, canStay: this.#canStay });
      return;
    }
    const { room, log } = this.#context;
    log.warn({ room: room.name, epoch, receiver, sender, cause }, 'a live path failed');
    if (this.#current().live.topology !== 'mesh') return;
    this.#meshMemory.failed(receiver, sender);
    this.#follow();
  }

  /** @throws DomainError `SUPERSEDED_EPOCH` unless a report of that handover is awaited from that receiver */
  reported(receiver: ParticipantId, report: HandoverReport): void {
    if (!this.#timeline.reported(receiver, report)) throw this.#superseded(report.epoch);
  }

  /** @throws DomainError `SUPERSEDED_EPOCH`, `NOT_FOUND` */
  relay(from: ParticipantId, to: ParticipantId, epoch: Epoch, signal: LinkSignal): void {
    const strategy = this.#strategies.get(epoch);
    if (!(strategy instanceof MeshStrategy)) throw this.#superseded(epoch);
    strategy.relay(from, to, signal);
  }

  /**
   * The SFU plane in which the participant has that transport, producer or consumer.
   * @throws DomainError `NOT_FOUND`
   */
  sfuOf(id: ParticipantId, mediaId: TransportId | ProducerId | ConsumerId): SfuStrategy {
    for (const strategy of this.#strategies.values()) {
      if (strategy instanceof SfuStrategy && strategy.owns(id, mediaId)) return strategy;
    }
    throw new DomainError<ErrorCode>(
      'NOT_FOUND',
      'expected a transport, producer or consumer of yours, you have none of that id',
    );
  }

  /** May be called twice. */
  close(): void {
    this.#closed = true;
    this.#reset();
  }

  #decide(coming = 0): TopologyDecision {
    const { room, policy } = this.#context;
    return policy.decide({
      present: room.size + coming,
      wish: room.settings.topology,
      relayOnly: room.participants.some(({ relayOnly }) => relayOnly),
      serverMedia: this.#serverMedia,
      meshFailed: this.#meshMemory.blocked,
      constrained: false,
      sfuAvailable: this.#sfuIsAvailable,
    });
  }

  /** Whether the live plane could go on for everyone who is there. */
  get #canStay(): boolean {
    return this.#state !== null && this.#carriesEveryone(this.#state.live.epoch);
  }

  async #openFirst(): Promise<HandoverState> {
    const { topology, reason } = this.#decide();
    const strategy = await this.#open(topology);
    this.#state = { phase: 'stable', live: { topology, epoch: strategy.epoch, reason } };
    return this.#state;
  }

  /** The usual third join: the room outgrows its mesh. The joiner takes part in the new epoch only. */
  async #admitIntoNewEpoch(joiner: Participant, decision: TopologyDecision): Promise<RoomTopology> {
    const prepares = await this.#begin(decision, joiner.id);
    return this.#topologyFor(null, prepares.get(joiner.id) ?? null);
  }

  async #admitIntoPlanes(joiner: Participant): Promise<RoomTopology> {
    const state = this.#current();
    let handover: Prepare | null = null;
    let live: SfuSetup | null = null;
    // A mesh that is on its way out has no room for one more: its links would be built to be torn down.
    if (state.phase === 'stable' || state.live.topology === 'sfu') {
      live = (await this.#strategies.get(state.live.epoch)?.admit(joiner)) ?? null;
    }
    if (state.phase === 'preparing') {
      const sfu = (await this.#strategies.get(state.epoch)?.admit(joiner)) ?? null;
      handover = this.#prepare(state, sfu);
      this.#apply({ type: 'joined', participantId: joiner.id });
    }
    this.#follow();
    return this.#topologyFor(live, handover);
  }

  #topologyFor(sfu: SfuSetup | null, handover: Prepare | null): RoomTopology {
    const { live } = this.#current();
    const epochs =
      handover === null ? [live.epoch] : [...(live.topology === 'sfu' ? [live.epoch] : []), handover.epoch];
    return { live, sfu, handover, epochs };
  }

  /** Brings the room nearer to what the policy wants: at once towards the SFU, after the dwell time towards mesh. */
  #follow(): void {
    const state = this.#state;
    if (state === null || state.phase === 'preparing' || this.#closed) return;
    const decision = this.#decide();
    if (this.#isServedBy(state.live, decision)) {
      this.#stopWaiting();
      return;
    }
    if (decision.topology === 'sfu' && this.#retry !== undefined) return;
    const canWait = decision.topology === 'mesh' && state.live.topology === 'sfu' && this.#isCarried;
    if (!canWait) {
      this.#later(async () => {
        // In its turn it may be needless: a joiner has found a place in the live plane by then.
        const live = this.#state?.live;
        const again = this.#decide();
        if (live === undefined || again.topology !== decision.topology || this.#isServedBy(live, again))
          return;
        await this.#moveTo(again);
      });
      return;
    }
    this.#dwell ??= this.#context.clock.after(this.#context.settings.meshDwellMs, () => {
      this.#dwell = undefined;
      this.#later(async () => {
        const again = this.#decide();
        if (
          again.topology === 'mesh' &&
          this.#state?.phase === 'stable' &&
          this.#state.live.topology === 'sfu'
        ) {
          await this.#moveTo(again);
        }
      });
    });
  }

  /** Opens an epoch for everyone who is there. */
  async #moveTo(decision: TopologyDecision): Promise<void> {
    if (this.#state === null || this.#state.phase === 'preparing') return;
    try {
      await this.#begin(decision);
    } catch (error) {
      const { room, log } = this.#context;
      log.warn({ room: room.name, target: decision.topology, err: error }, 'the handover could not begin');
      this.#retryLater();
      // Without the SFU, mesh is the refuge of a small room.
      if (decision.topology === 'sfu') this.#follow();
    }
  }

  /** Opens the strategy of a new epoch with a place for everyone, and tells them; the joiner is told in the answer to its join. */
  async #begin(
    decision: TopologyDecision,
    joiner?: ParticipantId,
  ): Promise<ReadonlyMap<ParticipantId, Prepare>> {
    this.#stopWaiting();
    const { room, clock, settings, log } = this.#context;
    const strategy = await this.#open(decision.topology);
    const { epoch } = strategy;
    const setups = new Map<ParticipantId, SfuSetup | null>();
    try {
      await Promise.all(room.participants.map(async (one) => setups.set(one.id, await strategy.admit(one))));
    } catch (error) {
      this.#closeStrategy(epoch);
      throw error;
    }
    log.info(
      { room: room.name, epoch, target: decision.topology, reason: decision.reason, participants: room.size },
      'handover begun',
    );
    this.#deadline = clock.after(settings.deadlineMs[decision.topology], () =>
      this.#later(() => this.#apply({ type: 'deadline', epoch, canStay: this.#canStay })),
    );
    const begun = { epoch, target: decision.topology, reason: decision.reason };
    const prepares = new Map([...setups].map(([id, sfu]) => [id, this.#prepare(begun, sfu)]));
    room.publishEach('topology:prepare', new Map([...prepares].filter(([id]) => id !== joiner)));
    this.#timeline.begun(epoch, this.#current().live.topology, decision.topology, decision.reason);
    this.#apply({ type: 'begun', ...begun, members: room.participants.map(({ id }) => id) });
    return prepares;
  }

  #prepare(
    { epoch, target, reason }: Pick<Prepare, 'epoch' | 'target' | 'reason'>,
    sfu: SfuSetup | null,
  ): Prepare {
    return { epoch, target, reason, deadlineMs: this.#context.settings.deadlineMs[target], sfu };
  }

  async #open(topology: Topology): Promise<TopologyStrategy> {
    const sfu = topology === 'sfu' ? await this.#openSfu() : null;
    this.#epochs += 1;
    const epoch = this.#epochs;
    sfu?.enter(epoch);
    sfu?.events.on('lost', () => this.#later(() => this.#mediaLost(epoch)));
    const strategy = sfu ?? new MeshStrategy(this.#context.room, epoch);
    this.#strategies.set(epoch, strategy);
    return strategy;
  }

  async #openSfu(): Promise<SfuStrategy> {
    const { room, engine, log } = this.#context;
    try {
      const sfu = this.#standby.take() ?? (await SfuStrategy.open(engine, room, log));
      this.#sfuIsAvailable = true;
      return sfu;
    } catch (error) {
      this.#sfuIsAvailable = false;
      this.#retryLater();
      throw error;
    }
  }

  #apply(event: HandoverEvent): void {
    if (this.#state === null) return;
    const { room, clock, settings, log } = this.#context;
    const { state, outcome } = transition(this.#state, event);
    this.#state = state;
    switch (outcome.kind) {
      case 'none':
        return;
      case 'settled': {
        this.#deadline?.cancel();
        const { from, live, unreachable, message } = outcome;
        if (live.topology === 'mesh') this.#meshMemory.worked();
        else this.#sfuBackoff.reset();
        this.#timeline.settled(live.epoch, message);
        for (const id of unreachable) room.notify(id, 'topology:unreachable', { epoch: live.epoch, message });
        room.publish('topology:settled', { live, drainMs: settings.drainMs });
        log.info({ room: room.name, ...live }, 'handover settled');
        this.#drains.set(
          from.epoch,
          clock.after(settings.drainMs + DRAIN_SLACK_MS, () =>
            this.#later(() => this.#closeStrategy(from.epoch)),
          ),
        );
        break;
      }
      case 'aborted': {
        this.#deadline?.cancel();
        const { epoch, target, reason, message, failed } = outcome;
        this.#timeline.aborted(epoch, reason, message);
        this.#closeStrategy(epoch);
        room.publish('topology:aborted', { epoch, reason, message, live: state.live });
        log.warn({ room: room.name, epoch, target, reason, missing: message }, 'handover aborted');
        if (target === 'mesh')
          for (const { receiver, sender } of failed) this.#meshMemory.failed(receiver, sender);
        else this.#retryLater();
        break;
      }
    }
    this.#follow();
  }

  /** The worker under a plane died. */
  async #mediaLost(epoch: Epoch): Promise<void> {
    if (this.#state === null) return;
    if (this.#state.phase === 'preparing') this.#apply({ type: 'media-lost', epoch });
    const live = this.#state.live.epoch === epoch;
    this.#closeStrategy(epoch);
    // What carried the room is gone: move at once, whether to another worker or to mesh.
    if (live) await this.#moveTo(this.#decide());
  }

  #retryLater(): void {
    this.#retry ??= this.#context.clock.after(this.#sfuBackoff.next(), () => {
      this.#retry = undefined;
      this.#sfuIsAvailable = true;
      this.#later(() => this.#follow());
    });
  }

  /** Whether there is a live plane. Not so when its worker died, until a handover to another has settled. */
  get #isCarried(): boolean {
    return this.#state !== null && this.#strategies.has(this.#state.live.epoch);
  }

  /**
   * Whether the live plane is the one that was decided for, and carries everyone. It does not when its worker died, or when
   * somebody joined during a handover away from it that was then given up.
   */
  #isServedBy({ topology, epoch }: LiveTopology, decision: TopologyDecision): boolean {
    return topology === decision.topology && this.#carriesEveryone(epoch);
  }

  #carriesEveryone(epoch: Epoch): boolean {
    const strategy = this.#strategies.get(epoch);
    return strategy !== undefined && this.#context.room.participants.every(({ id }) => strategy.has(id));
  }

  #concernsHandover(receiver: ParticipantId, sender: ParticipantId, epoch: Epoch): boolean {
    const state = this.#current();
    this.#context.room.participant(sender);
    if (receiver === sender)
      throw new DomainError<ErrorCode>('NOT_FOUND', 'expected another participant, got yourself');
    if (state.phase === 'preparing' && epoch === state.epoch) return true;
    // A report that was on its way when the epoch settled tells nothing new.
    if (epoch === state.live.epoch) return false;
    throw this.#superseded(epoch);
  }

  #superseded(epoch: Epoch): DomainError<ErrorCode> {
    const { live, ...rest } = this.#current();
    const current = 'epoch' in rest ? `${live.epoch} or ${rest.epoch}` : `${live.epoch}`;
    return new DomainError('SUPERSEDED_EPOCH', `expected epoch ${current}, got ${epoch}`);
  }

  #current(): HandoverState {
    if (this.#state === null) throw new DomainError<ErrorCode>('NOT_FOUND', 'the room is closed');
    return this.#state;
  }

  #closeStrategy(epoch: Epoch): void {
    this.#drains.get(epoch)?.cancel();
    this.#drains.delete(epoch);
    this.#strategies.get(epoch)?.close();
    this.#strategies.delete(epoch);
  }

  #stopWaiting(): void {
    this.#dwell?.cancel();
    this.#dwell = undefined;
  }

  /** Nobody is there: nothing is kept but the count of epochs, so that a later one is never mistaken for an earlier one. */
  #reset(): void {
    this.#stopWaiting();
    this.#retry?.cancel();
    this.#retry = undefined;
    this.#sfuIsAvailable = true;
    this.#sfuBackoff.reset();
    this.#deadline?.cancel();
    this.#meshMemory.close();
    this.#timeline.close();
    this.#standby.close();
    for (const epoch of [...this.#strategies.keys(), ...this.#drains.keys()]) this.#closeStrategy(epoch);
    this.#state = null;
  }

  /** In the room's queue, unless the room has closed by then. */
  #later(task: () => void | Promise<void>): void {
    const { inRoom, log, room } = this.#context;
    inRoom(() => (this.#closed ? undefined : task())).catch((error: unknown) =>
      log.error({ room: room.name, err: error }, 'a topology task failed'),
    );
  }
}
