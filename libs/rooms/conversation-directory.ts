import { DomainError, type Clock } from '#kernel';
import type { ErrorCode, RoomName } from '#protocol';
import { Conversation } from './conversation.ts';
import type { Participant } from './participant.ts';
import type { RoomDirectory, Seat } from './room-directory.ts';
import type { Room } from './room.ts';

/** The conversation of every room of this node: opened and closed with its room. */
export class ConversationDirectory {
  readonly #rooms: RoomDirectory;
  readonly #conversations = new Map<RoomName, Conversation>();

  constructor(rooms: RoomDirectory, clock: Clock) {
    this.#rooms = rooms;
    rooms.events.on('opened', (room) => this.#conversations.set(room.name, new Conversation(room, clock)));
    rooms.events.on('closed', (room) => this.#conversations.delete(room.name));
  }

  /** @throws DomainError `NOT_FOUND` */
  of(room: Room): Conversation {
    const conversation = this.#conversations.get(room.name);
    if (conversation === undefined) throw new DomainError<ErrorCode>('NOT_FOUND', 'the room is closed');
    return conversation;
  }

  /**
   * Runs `task` in the room's queue, for somebody who sits in the room.
   * @throws DomainError `NOT_JOINED` when it has left, or the room has closed, by the time that its turn has come
   */
  fromSeat<T>(seat: Seat, task: (conversation: Conversation, participant: Participant) => T): Promise<T> {
    return this.#rooms.fromSeat(seat, (room, participant) => task(this.of(room), participant));
  }
}
