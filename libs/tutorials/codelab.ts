import { networkInterfaces } from 'node:os';
import type { Socket } from 'socket.io';
import type { Clock } from '#kernel';
import type { RoomName } from '#protocol';
import { Refusal } from './refusal.ts';
import { TutorialLimits } from './tutorial-limits.ts';
import { TutorialRooms, isFull } from './tutorial-rooms.ts';
import type { Hear, RoomCounts, Vocabulary, VocabularyNamespace } from './vocabulary.ts';

/** What a client of the codelab says to the other one when it hangs up. */
const BYE = 'bye';

/** Google's codelab "Real time communication with WebRTC": rooms of two. */
export class Codelab implements Vocabulary {
  readonly events: Readonly<Record<string, Hear>> = {
    'create or join': (socket, [room], done) => {
      this.#enter(socket, this.#rooms.parse(room));
      done();
    },
    message: (socket, [message], done) => {
      this.#rooms.others(socket, this.#roomOf(socket)).emit('message', message);
      log(socket, `Client said: ${inShort(message)}`);
      done();
    },
    ipaddr: (socket, _nothing, done) => {
      for (const address of addresses()) socket.emit('ipaddr', address);
      done();
    },
    bye: (socket, _nothing, done) => {
      for (const room of this.#rooms.roomsOf(socket)) this.#leave(socket, room);
      done();
    },
  };
  readonly #rooms: TutorialRooms;

  constructor(namespace: VocabularyNamespace, clock: Clock) {
    // One room to be in, and the next for the moment in which it is entered.
    this.#rooms = new TutorialRooms(namespace, clock, 'codelab', new TutorialLimits(2, 2));
  }

  refuse(socket: Socket, problem: string): void {
    log(socket, problem);
  }

  disconnecting(socket: Socket): void {
    for (const room of this.#rooms.roomsOf(socket)) this.#leave(socket, room);
  }

  counts(): RoomCounts {
    return this.#rooms.counts();
  }

  #roomOf(socket: Socket): RoomName {
    const [room] = this.#rooms.roomsOf(socket);
    if (room === undefined) throw new Refusal('you are in no room: create or join one first');
    return room;
  }

  #enter(socket: Socket, room: RoomName): void {
    const before = this.#rooms.roomsOf(socket);
    if (before.includes(room)) throw new Refusal(`you are in room ${room} already`);
    try {
      this.#rooms.enter(socket, room);
    } catch (error) {
      if (!isFull(error)) throw error;
      log(socket, `Room ${room} has 2 clients, and no place for a third`);
      socket.emit('full', room);
      return;
    }
    for (const other of before) this.#leave(socket, other);
    const count = this.#rooms.countIn(room);
    log(
      socket,
      `Client ID ${socket.id} ${count === 1 ? 'created' : 'joined'} room ${room}, which has ${count} of 2`,
    );
    if (count === 1) {
      socket.emit('created', room, socket.id);
      return;
    }
    this.#rooms.others(socket, room).emit('join', room);
    socket.emit('joined', room, socket.id);
    this.#rooms.everyone(room).emit('ready');
  }

  /**
   * Whoever stays is told what makes its client end the call and call the next who comes: after a call that has ended, the codelab's
   * clients take neither part, unless the server says `created` again.
   */
  #leave(socket: Socket, room: RoomName): void {
    this.#rooms.leave(socket, room);
    for (const id of this.#rooms.socketsIn(room)) {
      const stays = this.#rooms.everyone(room);
      stays.emit('message', BYE);
      stays.emit('bye', room);
      stays.emit('created', room, id);
    }
  }
}

const log = (socket: Socket, ...words: readonly string[]): void => {
  socket.emit('log', ['Message from server:', ...words]);
};

function addresses(): string[] {
  return Object.values(networkInterfaces())
    .flatMap((each) => each ?? [])
    .filter(({ family, internal }) => family === 'IPv4' && !internal)
    .map(({ address }) => address);
}

/** A description has some kilobytes, and is on its way to the other one: the one who sent it is told what it was, not all of it. */
function inShort(message: unknown): string {
  const text = typeof message === 'string' ? message : JSON.stringify(typeOf(message) ?? message);
  return text === undefined ? 'nothing' : text.slice(0, 100);
}

const typeOf = (message: unknown): unknown =>
  typeof message === 'object' && message !== null && 'type' in message ? message.type : undefined;
