import type { BroadcastOperator, DefaultEventsMap, Socket } from 'socket.io';
import { DomainError, type Clock } from '#kernel';
import { roomNameSchema, type ParticipantId, type RoomName } from '#protocol';
import { RoomDirectory, type Room } from '#rooms';
import { Refusal } from './refusal.ts';
import type { TutorialLimits } from './tutorial-limits.ts';
import { TutorialOutlet } from './tutorial-outlet.ts';
import type { RoomCounts, VocabularyNamespace } from './vocabulary.ts';

/** The rooms of one vocabulary, and who is in which. Everything here is done at once, so that no room needs a queue. */
export class TutorialRooms {
  readonly #namespace: VocabularyNamespace;
  readonly #directory: RoomDirectory;
  readonly #prefix: string;
  readonly #limits: TutorialLimits;
  /** By socket: as which participant it is in which room. */
  readonly #seats = new Map<string, Map<RoomName, ParticipantId>>();

  /** By the prefix, they are told apart from the rooms of other vocabularies. */
  constructor(namespace: VocabularyNamespace, clock: Clock, prefix: string, limits: TutorialLimits) {
    const { maxParticipants } = limits;
    this.#namespace = namespace;
    this.#prefix = prefix;
    this.#limits = limits;
    const outlet = new TutorialOutlet(namespace, (room) => this.#socketRoomOf(room));
    this.#directory = new RoomDirectory(outlet, clock, { maxParticipants, emptyGraceMs: 0 });
  }

  get size(): number {
    return this.#directory.size;
  }

  /** In the order in which they were opened. */
  *names(): Iterable<RoomName> {
    for (const { name } of this.#directory.rooms) yield name;
  }

  /** @throws Refusal that says what was expected */
  parse(value: unknown): RoomName {
    const parsed = roomNameSchema.safeParse(value);
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    throw new Refusal(
      typeof value === 'string' && issue !== undefined ? issue.message : 'expected a room name',
    );
  }

  roomsOf(socket: Socket): readonly RoomName[] {
    return [...(this.#seats.get(socket.id)?.keys() ?? [])];
  }

  isIn(socket: Socket, name: RoomName): boolean {
    return this.#seats.get(socket.id)?.has(name) === true;
  }

  /**
   * The room of that name, in which the socket must be.
   * @throws Refusal
   */
  entered(socket: Socket, value: unknown): RoomName {
    const name = this.parse(value);
    if (!this.isIn(socket, name)) throw new Refusal(`you are not in the room ${name}`);
    return name;
  }

  countIn(name: RoomName): number {
    return this.#directory.find(name)?.size ?? 0;
  }

  /** The ids of the sockets in the room. */
  socketsIn(name: RoomName): readonly string[] {
    return this.#directory.find(name)?.participants.map((one) => one.info().displayName) ?? [];
  }

  /**
   * Opens the room if need be. Nothing happens if the socket is in it.
   * @throws Refusal; DomainError `ROOM_FULL`
   */
  enter(socket: Socket, name: RoomName): void {
    const seats = this.#seats.get(socket.id) ?? new Map<RoomName, ParticipantId>();
    if (seats.has(name)) return;
    const { maxRoomsOfSocket } = this.#limits;
    if (seats.size >= maxRoomsOfSocket)
      throw new Refusal(`one socket may be in ${maxRoomsOfSocket} rooms at most`);
    const room = this.#directory.open(name, 'auto');
    try {
      const { id } = room.admit({ sessionId: socket.id, displayName: socket.id, sources: [] });
      seats.set(name, id);
      this.#seats.set(socket.id, seats);
    } finally {
      this.#closeIfEmpty(room);
    }
  }

  /** Nothing happens if the socket is not in it. The last to leave closes the room. */
  leave(socket: Socket, name: RoomName): void {
    const seats = this.#seats.get(socket.id);
    const id = seats?.get(name);
    const room = this.#directory.find(name);
    if (seats === undefined || id === undefined || room === undefined) return;
    seats.delete(name);
    if (seats.size === 0) this.#seats.delete(socket.id);
    room.remove(id, 'left');
    this.#closeIfEmpty(room);
  }

  /** Everyone in the room. */
  everyone(name: RoomName): BroadcastOperator<DefaultEventsMap, unknown> {
    return this.#namespace.to(this.#socketRoomOf(name));
  }

  /** Everyone in the room but that one. */
  others(socket: Socket, name: RoomName): BroadcastOperator<DefaultEventsMap, unknown> {
    return socket.to(this.#socketRoomOf(name));
  }

  counts(): RoomCounts {
    return { rooms: this.#directory.size, participants: this.#directory.participantCount };
  }

  onOpenedOrClosed(listener: () => void): void {
    this.#directory.events.on('opened', listener);
    this.#directory.events.on('closed', listener);
  }

  #closeIfEmpty(room: Room): void {
    if (room.size === 0) this.#directory.close(room, 'left');
  }

  #socketRoomOf(name: RoomName): string {
    return `${this.#prefix}:${name}`;
  }
}

export const isFull = (error: unknown): boolean => DomainError.is(error) && error.code === 'ROOM_FULL';
