import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { RunningServer } from '#server';
import { aRoom } from '../../support/guests.ts';
import { startServer } from '../../support/server.ts';
import { TutorialClients, type TutorialClient } from '../../support/tutorial-client.ts';
import { until } from '../../support/until.ts';

jest.setTimeout(60_000);

const MAX_PARTICIPANTS = 3;

let server: RunningServer;
const readers = new TutorialClients(() => server.url);

beforeAll(async () => {
  server = await startServer({ ROOM_MAX_PARTICIPANTS: String(MAX_PARTICIPANTS) });
});
afterEach(() => readers.leave());
afterAll(() => server.close());

async function named(nickname: string, room: string): Promise<TutorialClient> {
  const client = await readers.connect();
  client.say('nickname', nickname);
  await client.ask('enter_room', room);
  return client;
}

/** Waits until it has been told a list that has the first rooms and none of the others. */
function lists(client: TutorialClient, some: readonly string[], none: readonly string[]): Promise<boolean> {
  return until(`a list with ${some.length} of the rooms`, () => {
    const last = client.heard.findLast(({ name }) => name === 'room_change')?.values[0];
    return (
      Array.isArray(last) &&
      some.every((room) => last.includes(room)) &&
      !none.some((room) => last.includes(room))
    );
  });
}

describe('a client of the Zoom clone', () => {
  it('enters a room, is welcomed with its nickname and their number, and is waved off with them', async () => {
    const room = aRoom();
    const ada = await named('Ada', room);
    const bob = await named('Bob', room);
    expect(await ada.next('welcome')).toEqual(['Bob', 2]);
    const anon = await readers.connect();
    await anon.ask('enter_room', room);
    expect(await ada.next('welcome')).toEqual(['Anon', 3]);
    expect(await bob.next('welcome')).toEqual(['Anon', 3]);

    bob.close();
    expect(await ada.next('bye')).toEqual(['Bob', 2]);
    expect(await anon.next('bye')).toEqual(['Bob', 2]);
    anon.close();
    expect(await ada.next('bye')).toEqual(['Anon', 1]);
  });

  it('of the first lessons sends the name of the room in an object', async () => {
    const room = aRoom();
    const ada = await named('Ada', room);
    const bob = await readers.connect();
    await bob.ask('enter_room', { payload: room });
    expect(await ada.next('welcome')).toEqual(['Anon', 2]);
  });

  it('chats with the others in the room, who see its nickname', async () => {
    const room = aRoom();
    const [ada, bob] = [await named('Ada', room), await named('Bob', room)];
    await ada.ask('new_message', 'hello <b>all</b>', room);
    expect(await bob.next('new_message')).toEqual(['Ada: hello <b>all</b>']);
    await ada.ask('nickname', 'Countess');
    await ada.ask('new_message', 'again', room);
    expect(await bob.next('new_message')).toEqual(['Countess: again']);
    await ada.caughtUp();
    expect(ada.names()).not.toContain('new_message');
  });

  it('is told of rooms that open and close, and of those that are there when it comes', async () => {
    const [one, two] = [aRoom(), aRoom()];
    const onlooker = await readers.connect();
    const ada = await named('Ada', one);
    expect(await lists(onlooker, [one], [two])).toBe(true);
    const bob = await named('Bob', two);
    expect(await lists(onlooker, [one, two], [])).toBe(true);
    const late = await readers.connect();
    expect(await lists(late, [one, two], [])).toBe(true);
    ada.close();
    expect(await lists(onlooker, [two], [one])).toBe(true);
    bob.close();
    expect(await lists(onlooker, [], [one, two])).toBe(true);
  });

  it('passes on what a video call needs, to the others in the room', async () => {
    const room = aRoom();
    const [ada, bob, eve] = [await readers.connect(), await readers.connect(), await named('Eve', aRoom())];
    ada.say('join_room', room);
    await ada.caughtUp();
    bob.say('join_room', room);
    expect(await ada.next('welcome')).toEqual(['Anon', 2]);
    const offer = { type: 'offer', sdp: 'v=0' };
    ada.say('offer', offer, room);
    expect(await bob.next('offer')).toEqual([offer]);
    const answer = { type: 'answer', sdp: 'v=0' };
    bob.say('answer', answer, room);
    expect(await ada.next('answer')).toEqual([answer]);
    // A browser says by null that it has no more of them.
    for (const candidate of [{ candidate: 'candidate:1', sdpMid: '0' }, null]) {
      ada.say('ice', candidate, room);
      expect(await bob.next('ice')).toEqual([candidate]);
    }
    await eve.caughtUp();
    expect(eve.names()).toEqual([]);
  });

  it('has its callback called once it is in, and not when the room is full', async () => {
    const room = aRoom();
    for (let count = 0; count < MAX_PARTICIPANTS; count += 1) await named(`Guest ${count}`, room);
    const late = await readers.connect();
    let entered = false;
    late.say('enter_room', room, () => {
      entered = true;
    });
    await late.caughtUp();
    expect(entered).toBe(false);
  });

  it('enters a room twice and is welcomed once', async () => {
    const room = aRoom();
    const ada = await named('Ada', room);
    const bob = await named('Bob', room);
    await bob.ask('enter_room', room);
    await bob.ask('join_room', room);
    await ada.caughtUp();
    expect(ada.names()).toEqual(['welcome']);
  });
});
