import { DomainError, Emitter, type Timer } from '#kernel';
import type {
  ConsumerId,
  Epoch,
  ErrorCode,
  ParticipantId,
  ProducerId,
  SfuSetup,
  Topology,
  TransportId,
} from '#protocol';
import type { Participant } from '#rooms';
import { MeshStrategy } from './mesh-strategy.ts';
import { SfuStrategy } from './sfu-strategy.ts';
import { Standby } from './standby.ts';
import type { TopologyContext } from './topology-context.ts';
import type { TopologyStrategy } from './topology-strategy.ts';

/** What the server keeps beyond `drainMs`, for clients whose notification is still on its way. */
const DRAIN_SLACK_MS = 500;

interface PlanesEvents {
  /** The worker under the plane of that epoch died. */
  lost: Epoch;
  /** Whether an SFU could be had when one was needed. */
  sfuTried: { readonly available: boolean };
}

/** The server's half of a room's planes, by epoch: opens, drains and closes them, and keeps one ready for those who may join. */
export class RoomPlanes {
  readonly events = new Emitter<PlanesEvents>();
  readonly #context: TopologyContext;
  readonly #strategies = new Map<Epoch, TopologyStrategy>();
  readonly #drains = new Map<Epoch, Timer>();
  readonly #standby: Standby;
  #epochs: Epoch = 0;

  constructor(context: TopologyContext) {
    this.#context = context;
    this.#standby = new Standby(context);
  }

  /**
   * A plane of the next epoch, with nobody in it.
   * @throws DomainError `MEDIA_UNAVAILABLE`
   */
  async open(topology: Topology): Promise<TopologyStrategy> {
    const sfu = topology === 'sfu' ? await this.#openSfu() : null;
    this.#epochs += 1;
    const epoch = this.#epochs;
    sfu?.enter(epoch);
    sfu?.events.on('lost', () => this.events.emit('lost', epoch));
    const strategy = sfu ?? new MeshStrategy(this.#context.room, epoch);
    this.#strategies.set(epoch, strategy);
    return strategy;
  }

  /** Gives the participant a place in the plane; null if that needs no transports, or if the plane is gone. */
  async admit(joiner: Participant, epoch: Epoch): Promise<SfuSetup | null> {
    return (await this.#strategies.get(epoch)?.admit(joiner)) ?? null;
  }

  isOpen(epoch: Epoch): boolean {
    return this.#strategies.has(epoch);
  }

  has(epoch: Epoch, id: ParticipantId): boolean {
    return this.#strategies.get(epoch)?.has(id) === true;
  }

  /** Not so for somebody who joined during a handover away from it that was then given up. */
  hasEveryone(epoch: Epoch): boolean {
    return this.isOpen(epoch) && this.#context.room.participants.every(({ id }) => this.has(epoch, id));
  }

  /** The mesh of that epoch. */
  mesh(epoch: Epoch): MeshStrategy | undefined {
    const strategy = this.#strategies.get(epoch);
    return strategy instanceof MeshStrategy ? strategy : undefined;
  }

  /**
   * The SFU plane in which the participant has that transport, producer or consumer.
   * @throws DomainError `NOT_FOUND`
   */
  sfuOf(id: ParticipantId, mediaId: TransportId | ProducerId | ConsumerId): SfuStrategy {
    for (const sfu of this.#sfus()) if (sfu.owns(id, mediaId)) return sfu;
    throw new DomainError<ErrorCode>(
      'NOT_FOUND',
      'expected a transport, producer or consumer of yours, you have none of that id',
    );
  }

  /** Closes the plane once the clients have closed theirs. */
  drain(epoch: Epoch): void {
    const { clock, settings, later } = this.#context;
    const timer = clock.after(settings.drainMs + DRAIN_SLACK_MS, () => later(() => this.close(epoch)));
    this.#drains.set(epoch, timer);
  }

  /** May be called twice. */
  close(epoch: Epoch): void {
    this.#drains.get(epoch)?.cancel();
    this.#drains.delete(epoch);
    this.#strategies.get(epoch)?.close();
    this.#strategies.delete(epoch);
  }

  release(id: ParticipantId): void {
    for (const strategy of this.#strategies.values()) strategy.release(id);
    this.#standby.release(id);
  }

  /** Makes an SFU ready for one more than there are. */
  async expectJoiner(): Promise<void> {
    await this.#standby.warm();
  }

  /** Closes what was ready for somebody who did not join. */
  expectNobody(): void {
    this.#standby.close();
    for (const sfu of this.#sfus()) sfu.dropReserved();
  }

  /** Closes everything. The count of epochs goes on, so that a later one is never mistaken for an earlier one. */
  closeAll(): void {
    this.#standby.close();
    for (const epoch of [...this.#strategies.keys(), ...this.#drains.keys()]) this.close(epoch);
  }

  async #openSfu(): Promise<SfuStrategy> {
    try {
      const sfu = this.#standby.take() ?? (await SfuStrategy.open(this.#context));
      this.events.emit('sfuTried', { available: true });
      return sfu;
    } catch (error) {
      this.events.emit('sfuTried', { available: false });
      throw error;
    }
  }

  *#sfus(): Iterable<SfuStrategy> {
    for (const strategy of this.#strategies.values()) if (strategy instanceof SfuStrategy) yield strategy;
  }
}
