import { DomainError, Emitter, type Timer } from '#kernel';
import type { Epoch, ErrorCode, LiveTopology, ParticipantId, Prepare, SfuSetup } from '#protocol';
import { HandoverTimeline } from './handover-timeline.ts';
import { transition, type HandoverEvent, type HandoverOutcome, type HandoverState } from './handover.ts';
import type { RoomPlanes } from './room-planes.ts';
import type { TopologyContext } from './topology-context.ts';
import type { TopologyDecision } from './topology-policy.ts';
import { whatWasMissing } from './what-was-missing.ts';

export type SettledOutcome = Extract<HandoverOutcome, { kind: 'settled' }>;
export type AbortedOutcome = Extract<HandoverOutcome, { kind: 'aborted' }>;

interface HandoverEvents {
  settled: SettledOutcome;
  aborted: AbortedOutcome;
}

/** Carries out what the state machine says: opens the next plane, tells everybody, keeps the deadline, and closes what is not needed any more. */
export class RoomHandover {
  readonly events = new Emitter<HandoverEvents>();
  readonly timeline: HandoverTimeline;
  readonly #context: TopologyContext;
  readonly #planes: RoomPlanes;
  #state: HandoverState | null = null;
  #deadline: Timer | undefined;

  constructor(context: TopologyContext, planes: RoomPlanes) {
    this.#context = context;
    this.#planes = planes;
    const { room, clock, metrics } = context;
    this.timeline = new HandoverTimeline(room, clock, (handover) => {
      metrics.record(handover);
      room.publish('handover:recorded', { handover });
    });
  }

  /** Null while nobody is there. */
  get state(): HandoverState | null {
    return this.#state;
  }

  /** @throws DomainError `NOT_FOUND` while nobody is there */
  get current(): HandoverState {
    if (this.#state === null) throw new DomainError<ErrorCode>('NOT_FOUND', 'the room is closed');
    return this.#state;
  }

  /** Whether there is a live plane. Not so when its worker died, until a handover to another has settled. */
  get isCarried(): boolean {
    return this.#state !== null && this.#planes.isOpen(this.#state.live.epoch);
  }

  /** Whether the live plane could go on for everyone who is there. */
  get canStay(): boolean {
    return this.#state !== null && this.#planes.hasEveryone(this.#state.live.epoch);
  }

  /** Whether the live plane is the one that was decided for, and carries everyone. */
  isServedBy({ topology }: TopologyDecision): boolean {
    return this.#state?.live.topology === topology && this.canStay;
  }

  /**
   * The topology in which a room begins.
   * @throws DomainError `MEDIA_UNAVAILABLE`
   */
  async openFirst({ topology, reason }: TopologyDecision): Promise<void> {
    const { epoch } = await this.#planes.open(topology);
    this.#state = { phase: 'stable', live: { topology, epoch, reason } };
  }

  /**
   * Opens an epoch with a place for everyone, and tells them; the joiner is told in the answer to its join.
   * @throws DomainError `MEDIA_UNAVAILABLE`
   */
  async begin(
    { topology: target, reason }: TopologyDecision,
    joiner?: ParticipantId,
  ): Promise<ReadonlyMap<ParticipantId, Prepare>> {
    const { room, clock, settings, log, later } = this.#context;
    const { live } = this.current;
    const strategy = await this.#planes.open(target);
    const { epoch } = strategy;
    const setups = new Map<ParticipantId, SfuSetup | null>();
    try {
      await Promise.all(room.participants.map(async (one) => setups.set(one.id, await strategy.admit(one))));
    } catch (error) {
      this.#planes.close(epoch);
      throw error;
    }
    log.info({ room: room.name, epoch, target, reason, participants: room.size }, 'handover begun');
    this.#deadline = clock.after(settings.deadlineMs[target], () =>
      later(() => this.apply({ type: 'deadline', epoch, canStay: this.canStay })),
    );
    const begun = { epoch, target, reason };
    const prepares = new Map([...setups].map(([id, sfu]) => [id, this.prepare(begun, sfu)]));
    room.publishEach('topology:prepare', new Map([...prepares].filter(([id]) => id !== joiner)));
    this.timeline.begun(epoch, live.topology, target, reason);
    this.apply({ type: 'begun', ...begun, members: room.participants.map(({ id }) => id) });
    return prepares;
  }

  /** What somebody is told of a handover. */
  prepare(
    { epoch, target, reason }: Pick<Prepare, 'epoch' | 'target' | 'reason'>,
    sfu: SfuSetup | null,
  ): Prepare {
    return { epoch, target, reason, deadlineMs: this.#context.settings.deadlineMs[target], sfu };
  }

  apply(event: HandoverEvent): void {
    if (this.#state === null) return;
    const { state, outcome } = transition(this.#state, event);
    this.#state = state;
    if (outcome.kind === 'none') return;
    this.#deadline?.cancel();
    const message = whatWasMissing(outcome, (id) => this.#nameOf(id));
    if (outcome.kind === 'settled') this.#settled(outcome, message);
    else this.#aborted(outcome, message, state.live);
  }

  /**
   * Whether a report is one of the handover under way.
   * @throws DomainError `SUPERSEDED_EPOCH`, `NOT_FOUND`
   */
  concerns(receiver: ParticipantId, sender: ParticipantId, epoch: Epoch): boolean {
    const state = this.current;
    this.#context.room.participant(sender);
    if (receiver === sender)
      throw new DomainError<ErrorCode>('NOT_FOUND', 'expected another participant, got yourself');
    if (state.phase === 'preparing' && epoch === state.epoch) return true;
    // A report that was on its way when the epoch settled tells nothing new.
    if (epoch === state.live.epoch) return false;
    throw this.superseded(epoch);
  }

  superseded(epoch: Epoch): DomainError<ErrorCode> {
    const { live, ...rest } = this.current;
    const current = 'epoch' in rest ? `${live.epoch} or ${rest.epoch}` : `${live.epoch}`;
    return new DomainError('SUPERSEDED_EPOCH', `expected epoch ${current}, got ${epoch}`);
  }

  /** Nobody is there any more. */
  reset(): void {
    this.#deadline?.cancel();
    this.timeline.close();
    this.#state = null;
  }

  #settled(outcome: SettledOutcome, message: string): void {
    const { room, settings, log } = this.#context;
    const { from, live, unreachable } = outcome;
    this.timeline.settled(live.epoch, message);
    for (const id of unreachable) room.notify(id, 'topology:unreachable', { epoch: live.epoch, message });
    room.publish('topology:settled', { live, drainMs: settings.drainMs });
    if (message === '') log.info({ room: room.name, ...live }, 'handover settled');
    else log.warn({ room: room.name, ...live, missing: message }, 'handover settled without somebody');
    this.#planes.drain(from.epoch);
    this.events.emit('settled', outcome);
  }

  #aborted(outcome: AbortedOutcome, message: string, live: LiveTopology): void {
    const { room, settings, log } = this.#context;
    const { epoch, target, reason, switched } = outcome;
    this.timeline.aborted(epoch, reason, message);
    // Whoever had changed over still shows that plane until it has heard of it.
    if (switched) this.#planes.drain(epoch);
    else this.#planes.close(epoch);
    const drainMs = switched ? settings.drainMs : 0;
    room.publish('topology:aborted', { epoch, reason, message, live, drainMs });
    log.warn({ room: room.name, epoch, target, reason, missing: message }, 'handover aborted');
    this.events.emit('aborted', outcome);
  }

  /** For whoever reads a log or the timeline: the name to understand it, the id to follow it. */
  #nameOf(id: ParticipantId): string {
    const { room } = this.#context;
    return room.has(id) ? `${room.participant(id).info().displayName} (${id})` : id;
  }
}
