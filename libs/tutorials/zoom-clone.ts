import type { Socket } from 'socket.io';
import type { Clock } from '#kernel';
import { displayNameSchema, type RoomName } from '#protocol';
import { PublicRooms } from './public-rooms.ts';
import { Refusal } from './refusal.ts';
import type { TutorialLimits } from './tutorial-limits.ts';
import { TutorialRooms, isFull } from './tutorial-rooms.ts';
import type { Hear, RoomCounts, Vocabulary, VocabularyNamespace } from './vocabulary.ts';

/** Whoever has told no name. */
const NAMELESS = 'Anon';

/** The "Zoom clone" course: nicknames, rooms that everybody sees, chat, and video. It has no way to say that something was refused. */
export class ZoomClone implements Vocabulary {
  readonly events: Readonly<Record<string, Hear>> = {
    nickname: (socket, [value], done) => {
      const name = displayNameSchema.safeParse(value);
      if (!name.success) throw new Refusal('expected a nickname of 1 to 64 printable characters');
      this.#nicknames.set(socket.id, name.data);
      done();
    },
    enter_room: (socket, [value], done) => this.#enter(socket, roomIn(value), done),
    join_room: (socket, [value], done) => this.#enter(socket, roomIn(value), done),
    new_message: (socket, [text, room], done) => {
      if (typeof text !== 'string') throw new Refusal('expected a text');
      const said = `${this.#nicknameOf(socket)}: ${text}`;
      this.#rooms.others(socket, this.#rooms.entered(socket, room)).emit('new_message', said);
      done();
    },
    offer: (socket, values, done) => this.#pass(socket, 'offer', values, done),
    answer: (socket, values, done) => this.#pass(socket, 'answer', values, done),
    ice: (socket, values, done) => this.#pass(socket, 'ice', values, done),
  };
  readonly #rooms: TutorialRooms;
  readonly #publicRooms: PublicRooms;
  readonly #nicknames = new Map<string, string>();

  constructor(namespace: VocabularyNamespace, clock: Clock, limits: TutorialLimits) {
    this.#rooms = new TutorialRooms(namespace, clock, 'zoom', limits);
    this.#publicRooms = new PublicRooms(
      clock,
      () => this.#rooms.names(),
      (names) => void namespace.emit('room_change', names),
    );
    this.#rooms.onOpenedOrClosed(() => this.#publicRooms.changed());
  }

  connected(socket: Socket): void {
    // The course shows rooms that change only: whoever comes later would not see those that are there.
    if (this.#rooms.size > 0) socket.emit('room_change', this.#publicRooms.list());
  }

  disconnecting(socket: Socket): void {
    for (const room of this.#rooms.roomsOf(socket)) {
      this.#rooms.others(socket, room).emit('bye', this.#nicknameOf(socket), this.#rooms.countIn(room) - 1);
      this.#rooms.leave(socket, room);
    }
    this.#nicknames.delete(socket.id);
  }

  counts(): RoomCounts {
    return this.#rooms.counts();
  }

  close(): void {
    this.#publicRooms.close();
  }

  #enter(socket: Socket, value: unknown, done: () => void): void {
    const room: RoomName = this.#rooms.parse(value);
    if (!this.#rooms.isIn(socket, room)) {
      try {
        this.#rooms.enter(socket, room);
      } catch (error) {
        if (isFull(error)) throw new Refusal(`the room ${room} is full`);
        throw error;
      }
      this.#rooms.others(socket, room).emit('welcome', this.#nicknameOf(socket), this.#rooms.countIn(room));
    }
    done();
  }

  #pass(socket: Socket, event: string, [value, room]: readonly unknown[], done: () => void): void {
    this.#rooms.others(socket, this.#rooms.entered(socket, room)).emit(event, value);
    done();
  }

  #nicknameOf(socket: Socket): string {
    return this.#nicknames.get(socket.id) ?? NAMELESS;
  }
}

/** The first lessons send `{payload: name}`. */
const roomIn = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && 'payload' in value ? value.payload : value;
