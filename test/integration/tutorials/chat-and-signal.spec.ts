import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { RunningServer } from '#server';
import { aRoom } from '../../support/guests.ts';
import { startServer } from '../../support/server.ts';
import { TutorialClients, type TutorialClient } from '../../support/tutorial-client.ts';

jest.setTimeout(60_000);

const MAX_PARTICIPANTS = 4;

let server: RunningServer;
const readers = new TutorialClients(() => server.url);

beforeAll(async () => {
  server = await startServer({ ROOM_MAX_PARTICIPANTS: String(MAX_PARTICIPANTS) });
});
afterEach(() => readers.leave());
afterAll(() => server.close());

interface Rooms {
  readonly chat_room: string;
  readonly signal_room: string;
}

const someRooms = (): Rooms => ({ chat_room: aRoom(), signal_room: aRoom() });

async function ready(rooms: Rooms): Promise<TutorialClient> {
  const client = await readers.connect();
  client.say('ready', rooms);
  expect(await client.next('announce')).toEqual([{ message: `New client in the ${rooms.chat_room} room.` }]);
  return client;
}

describe('a client with a chat room and a signal room', () => {
  it('is announced to all in the chat room', async () => {
    const rooms = someRooms();
    const first = await ready(rooms);
    const second = await ready(rooms);
    expect(await first.next('announce')).toEqual([{ message: `New client in the ${rooms.chat_room} room.` }]);
    await second.caughtUp();
    expect(second.names()).toEqual(['announce']);
  });

  it('chats with all in the room, itself included', async () => {
    const rooms = someRooms();
    const [first, second, third] = [await ready(rooms), await ready(rooms), await ready(rooms)];
    const said = { message: '<b>hello</b>', author: 'Ada' };
    second.say('send', { room: rooms.chat_room, ...said });
    for (const client of [first, second, third]) expect(await client.next('message')).toEqual([said]);
  });

  it('signals to the others in the signal room', async () => {
    const rooms = someRooms();
    const [first, second, third] = [await ready(rooms), await ready(rooms), await ready(rooms)];
    const signal = { type: 'SDP', message: JSON.stringify({ type: 'offer', sdp: 'v=0' }) };
    first.say('signal', { room: rooms.signal_room, ...signal });
    for (const client of [second, third]) expect(await client.next('signaling_message')).toEqual([signal]);
    await first.caughtUp();
    expect(first.names()).not.toContain('signaling_message');
  });

  it('of the first steps has a chat room alone', async () => {
    const room = aRoom();
    const client = await readers.connect();
    client.say('ready', room);
    expect(await client.next('announce')).toEqual([{ message: `New client in the ${room} room.` }]);
    client.say('send', { room, author: 'Ada', message: 'hello' });
    expect(await client.next('message')).toEqual([{ message: 'hello', author: 'Ada' }]);
  });

  it('may have one room for both', async () => {
    const room = aRoom();
    const rooms = { chat_room: room, signal_room: room };
    const [first, second] = [await ready(rooms), await ready(rooms)];
    first.say('signal', { room, type: 'user_here', message: 'hello' });
    expect(await second.next('signaling_message')).toEqual([{ type: 'user_here', message: 'hello' }]);
    second.close();
    const third = await ready(rooms);
    first.say('signal', { room, type: 'user_here', message: 'again' });
    expect(await third.next('signaling_message')).toEqual([{ type: 'user_here', message: 'again' }]);
  });

  it('finds a room full, is told so, and comes in when somebody leaves', async () => {
    const rooms = someRooms();
    const inside: TutorialClient[] = [];
    for (let count = 0; count < MAX_PARTICIPANTS; count += 1) inside.push(await ready(rooms));
    const late = await readers.connect();
    late.say('ready', rooms);
    expect(await late.next('announce')).toEqual([{ message: `The ${rooms.chat_room} room is full.` }]);
    late.say('send', { room: rooms.chat_room, author: 'Eve', message: 'let me in' });
    expect(await late.next('announce')).toEqual([{ message: `you are not in the room ${rooms.chat_room}` }]);

    const [leaver, ...others] = inside;
    leaver?.close();
    // The server has heard of it once a place is free.
    for (;;) {
      late.say('ready', rooms);
      const [told] = await late.next('announce');
      if (JSON.stringify(told).includes('New client')) break;
    }
    late.say('send', { room: rooms.chat_room, author: 'Eve', message: 'hello' });
    for (const client of [late, ...others]) {
      expect(await client.next('message')).toEqual([{ message: 'hello', author: 'Eve' }]);
    }
  });

  it('that finds one of its two rooms full is in neither', async () => {
    const rooms = someRooms();
    for (let count = 0; count < MAX_PARTICIPANTS; count += 1) await ready(rooms);
    const chatRoom = aRoom();
    const witness = await readers.connect();
    witness.say('ready', chatRoom);
    await witness.next('announce');
    const late = await readers.connect();
    late.say('ready', { chat_room: chatRoom, signal_room: rooms.signal_room });
    expect(await late.next('announce')).toEqual([{ message: `The ${rooms.signal_room} room is full.` }]);
    witness.say('send', { room: chatRoom, author: 'Ada', message: 'alone' });
    await witness.next('message');
    await late.caughtUp();
    expect(late.names()).toEqual(['announce']);
    expect(witness.names()).toEqual(['announce', 'message']);
  });

  it('is told what was expected of what does not fit', async () => {
    const client = await readers.connect();
    client.say('ready', 7);
    expect(await client.next('announce')).toEqual([{ message: 'ready: expected {chat_room, signal_room}' }]);
    client.say('send', 'hello');
    expect(await client.next('announce')).toEqual([{ message: 'send: expected {room, author, message}' }]);
    client.say('signal');
    expect(await client.next('announce')).toEqual([{ message: 'signal: expected {room, type, message}' }]);
  });
});
