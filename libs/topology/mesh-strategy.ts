import { DomainError } from '#kernel';
import type { Epoch, ErrorCode, LinkSignal, ParticipantId } from '#protocol';
import type { Participant, Room } from '#rooms';
import { TopologyStrategy } from './topology-strategy.ts';

/** Everyone sends to everyone: the server only passes on what the ends of a link say to each other. */
export class MeshStrategy extends TopologyStrategy {
  override readonly topology = 'mesh';
  override readonly epoch: Epoch;
  readonly #room: Room;
  readonly #members = new Set<ParticipantId>();

  constructor(room: Room, epoch: Epoch) {
    super();
    this.#room = room;
    this.epoch = epoch;
  }

  override admit(participant: Participant): Promise<null> {
    this.#members.add(participant.id);
    return Promise.resolve(null);
  }

  override has(id: ParticipantId): boolean {
    return this.#members.has(id);
  }

  override release(id: ParticipantId): void {
    this.#members.delete(id);
  }

  override close(): void {
    this.#members.clear();
  }

  /** @throws DomainError `NOT_FOUND` unless both are in this mesh */
  relay(from: ParticipantId, to: ParticipantId, signal: LinkSignal): void {
    if (from === to || !this.#members.has(from) || !this.#members.has(to)) {
      throw new DomainError<ErrorCode>(
        'NOT_FOUND',
        'expected another participant of your room, there is none of that id',
      );
    }
    this.#room.notify(to, 'link:signaled', { from, epoch: this.epoch, signal });
  }
}
