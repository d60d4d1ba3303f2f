import type { Socket } from 'socket.io';
import { z } from 'zod';
import type { Clock } from '#kernel';
import type { RoomName } from '#protocol';
import { Refusal } from './refusal.ts';
import type { TutorialLimits } from './tutorial-limits.ts';
import { TutorialRooms, isFull } from './tutorial-rooms.ts';
import type { Hear, RoomCounts, Vocabulary, VocabularyNamespace } from './vocabulary.ts';

const readySchema = z.object({ chat_room: z.unknown(), signal_room: z.unknown().optional() });
const sendSchema = z.object({ room: z.unknown(), author: z.unknown(), message: z.unknown() });
const signalSchema = z.object({ room: z.unknown(), type: z.unknown(), message: z.unknown() });

/** The 8bitscoding example: a room to chat in, and a room to signal in. */
export class ChatAndSignal implements Vocabulary {
  readonly events: Readonly<Record<string, Hear>> = {
    ready: (socket, [value], done) => {
      const { chat_room: chat, signal_room: signal } = parse(
        readySchema,
        // The first steps of the tutorial have a chat room alone, and say no more than its name.
        typeof value === 'string' ? { chat_room: value } : value,
        'ready: expected {chat_room, signal_room}',
      );
      const chatRoom = this.#rooms.parse(chat);
      this.#enter(socket, signal === undefined ? [chatRoom] : [chatRoom, this.#rooms.parse(signal)]);
      this.#rooms.everyone(chatRoom).emit('announce', { message: `New client in the ${chatRoom} room.` });
      done();
    },
    send: (socket, [value], done) => {
      const { room, author, message } = parse(sendSchema, value, 'send: expected {room, author, message}');
      this.#rooms.everyone(this.#rooms.entered(socket, room)).emit('message', { message, author });
      done();
    },
    signal: (socket, [value], done) => {
      const { room, type, message } = parse(signalSchema, value, 'signal: expected {room, type, message}');
      this.#rooms
        .others(socket, this.#rooms.entered(socket, room))
        .emit('signaling_message', { type, message });
      done();
    },
  };
  readonly #rooms: TutorialRooms;

  constructor(namespace: VocabularyNamespace, clock: Clock, limits: TutorialLimits) {
    this.#rooms = new TutorialRooms(namespace, clock, 'chat', limits);
  }

  refuse(socket: Socket, problem: string): void {
    socket.emit('announce', { message: problem });
  }

  disconnecting(socket: Socket): void {
    for (const room of this.#rooms.roomsOf(socket)) this.#rooms.leave(socket, room);
  }

  counts(): RoomCounts {
    return this.#rooms.counts();
  }

  /** All of them, or none. */
  #enter(socket: Socket, rooms: readonly RoomName[]): void {
    const before = this.#rooms.roomsOf(socket);
    for (const room of rooms) {
      try {
        this.#rooms.enter(socket, room);
      } catch (error) {
        for (const entered of rooms) if (!before.includes(entered)) this.#rooms.leave(socket, entered);
        throw isFull(error) ? new Refusal(`The ${room} room is full.`) : error;
      }
    }
  }
}

/** @throws Refusal */
function parse<T>(schema: z.ZodType<T>, value: unknown, expected: string): T {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new Refusal(expected);
  return parsed.data;
}
