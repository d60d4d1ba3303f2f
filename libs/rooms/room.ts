import { randomBytes } from 'node:crypto';
import { DomainError, Emitter } from '#kernel';
import {
  participantIdSchema,
  type DirectNotification,
  type DirectNotificationName,
  type Epoch,
  type ErrorCode,
  type LeaveReason,
  type ParticipantId,
  type RoomName,
  type RoomNotification,
  type RoomNotificationName,
  type RoomSnapshot,
  type RoomVisibility,
  type ServerRequest,
  type ServerRequestName,
  type SourceState,
  type TopologyWish,
  type VideoCodec,
} from '#protocol';
import { Participant, type ParticipantChange } from './participant.ts';
import type { RoomOutlet } from './room-outlet.ts';

export interface RoomSettings {
  readonly maxParticipants: number;
  readonly topology: TopologyWish;
}

export interface Admission {
  /** The session through which the participant is reached. */
  readonly sessionId: string;
  readonly displayName: string;
  readonly sources: readonly SourceState[];
  /** Its address is not to be seen by the others. */
  readonly relayOnly?: boolean;
  /** Whether the room is listed; counts only for whoever finds it empty. `private` unless given. */
  readonly visibility?: RoomVisibility;
  /** What it can decode beside what everybody can. */
  readonly videoCodecs?: readonly VideoCodec[];
}

/** Some 72 random bits: short enough to read in a log, never guessed. */
const newParticipantId = (): ParticipantId => participantIdSchema.parse(randomBytes(9).toString('base64url'));

/** Who is in a room, and the order in which its participants are told what happens. */
export class Room {
  readonly name: RoomName;
  readonly settings: RoomSettings;
  /** `resized`: somebody came or went. */
  readonly events = new Emitter<{ resized: Room }>();
  readonly #outlet: RoomOutlet;
  readonly #participants = new Map<ParticipantId, Participant>();
  #seq = 0;
  #visibility: RoomVisibility = 'private';

  constructor(name: RoomName, settings: RoomSettings, outlet: RoomOutlet) {
    this.name = name;
    this.settings = settings;
    this.#outlet = outlet;
  }

  /** Everyone in the room, in the order they joined. */
  get participants(): readonly Participant[] {
    return [...this.#participants.values()];
  }

  get size(): number {
    return this.#participants.size;
  }

  /** As whoever opened the room wants it, or found it empty. */
  get visibility(): RoomVisibility {
    return this.#visibility;
  }

  has(id: ParticipantId): boolean {
    return this.#participants.has(id);
  }

  /** @throws DomainError `NOT_FOUND` */
  participant(id: ParticipantId): Participant {
    const participant = this.#participants.get(id);
    if (participant === undefined) {
      throw new DomainError<ErrorCode>(
        'NOT_FOUND',
        'expected a participant of your room, there is none of that id',
      );
    }
    return participant;
  }

  /**
   * Gives somebody a place; whoever finds the room empty is its host. The others learn of it by {@link Room.announce}, once the
   * newcomer's media has a way.
   * @throws DomainError `ROOM_FULL`, and `NOT_JOINED` when the session is gone
   */
  admit(admission: Admission): Participant {
    const { maxParticipants } = this.settings;
    if (this.size >= maxParticipants) {
      throw new DomainError<ErrorCode>(
        'ROOM_FULL',
        `the room holds ${maxParticipants} participants, and is full`,
        {
          details: { maxParticipants },
        },
      );
    }
    const participant = new Participant({
      id: newParticipantId(),
      role: this.size === 0 ? 'host' : 'guest',
      joinedSeq: this.#seq + 1,
      handSeq: null,
      displayName: admission.displayName,
      sources: [...admission.sources],
      relayOnly: admission.relayOnly ?? false,
      videoCodecs: admission.videoCodecs ?? [],
    });
    this.#outlet.attach(this.name, participant.info(), admission.sessionId);
    if (participant.role === 'host') this.#visibility = admission.visibility ?? 'private';
    this.#participants.set(participant.id, participant);
    this.events.emit('resized', this);
    return participant;
  }

  /** Tells the others of a newcomer, and in which epochs' planes it takes part. */
  announce(participant: Participant, epochs: readonly Epoch[]): void {
    this.publish(
      'participant:joined',
      { participant: participant.info(), epochs: [...epochs] },
      participant.id,
    );
  }

  /** Takes back an admission that was never announced. */
  withdraw(id: ParticipantId): void {
    this.#participants.delete(id);
    this.#outlet.detach(this.name, id);
    this.events.emit('resized', this);
  }

  /** @throws DomainError `NOT_FOUND` */
  update(id: ParticipantId, change: ParticipantChange): Participant {
    const participant = this.participant(id);
    participant.update(change, this.#seq + 1);
    this.publish('participant:updated', { participant: participant.info() });
    return participant;
  }

  /** Says whether it was a member until now. */
  remove(id: ParticipantId, reason: LeaveReason): boolean {
    if (!this.#participants.delete(id)) return false;
    this.#outlet.detach(this.name, id);
    this.publish('participant:left', { participantId: id, reason });
    this.events.emit('resized', this);
    return true;
  }

  /** Removes everyone, and tells them why. */
  close(reason: LeaveReason): void {
    if (this.size > 0) this.publish('room:closed', { reason });
    for (const id of this.#participants.keys()) this.#outlet.detach(this.name, id);
    this.#participants.clear();
  }

  /** Tells everyone in the room, except one if named. */
  publish<Name extends RoomNotificationName>(
    name: Name,
    payload: Omit<RoomNotification<Name>, 'seq'>,
    except?: ParticipantId,
  ): void {
    this.#seq += 1;
    this.#outlet.broadcast(this.name, name, { ...payload, seq: this.#seq } as RoomNotification<Name>, except);
  }

  /** Tells everyone in the room the same thing in words of their own: one `seq`, a payload for each. */
  publishEach<Name extends RoomNotificationName>(
    name: Name,
    payloads: ReadonlyMap<ParticipantId, Omit<RoomNotification<Name>, 'seq'>>,
  ): void {
    this.#seq += 1;
    for (const [id, payload] of payloads) {
      this.#outlet.notify(id, name, { ...payload, seq: this.#seq } as never);
    }
  }

  /** Tells one participant what concerns it alone. Nothing happens if it is gone. */
  notify<Name extends DirectNotificationName>(
    to: ParticipantId,
    name: Name,
    payload: DirectNotification<Name>,
  ): void {
    this.#outlet.notify(to, name, payload as never);
  }

  /**
   * Asks one participant, and resolves when it has acknowledged.
   * @throws Error if it is gone, or did not answer within `timeoutMs`
   */
  request<Name extends ServerRequestName>(
    to: ParticipantId,
    name: Name,
    payload: ServerRequest<Name>,
    timeoutMs: number,
  ): Promise<void> {
    return this.#outlet.request(to, name, payload, timeoutMs);
  }

  snapshot(): RoomSnapshot {
    return {
      name: this.name,
      seq: this.#seq,
      maxParticipants: this.settings.maxParticipants,
      topology: this.settings.topology,
      visibility: this.#visibility,
      participants: this.participants.map((participant) => participant.info()),
    };
  }
}
