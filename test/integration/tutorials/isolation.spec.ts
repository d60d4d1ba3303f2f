import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { RunningServer } from '#server';
import { Guests, aRoom } from '../../support/guests.ts';
import { startServer } from '../../support/server.ts';
import { TutorialClients, type TutorialClient } from '../../support/tutorial-client.ts';

jest.setTimeout(60_000);

let server: RunningServer;
const readers = new TutorialClients(() => server.url);
const guests = new Guests(() => server.url);

beforeAll(async () => {
  server = await startServer();
});
afterEach(async () => {
  await readers.leave();
  guests.leave();
});
afterAll(() => server.close());

type Enter = (client: TutorialClient, room: string) => void;

/** How one comes into a room of each vocabulary, and all that one could say to it. */
const VOCABULARIES: readonly (readonly [string, Enter, (client: TutorialClient, room: string) => void])[] = [
  [
    'codelab',
    (client, room) => client.say('create or join', room),
    (client, room) => {
      client.say('message', 'a secret', room);
      client.say('bye', room);
    },
  ],
  [
    'chat and signal room',
    (client, room) => client.say('ready', { chat_room: room, signal_room: `${room} signals` }),
    (client, room) => {
      for (const each of [room, `${room} signals`]) {
        client.say('send', { room: each, author: 'Eve', message: 'a secret' });
        client.say('signal', { room: each, type: 'offer', message: 'a secret' });
      }
    },
  ],
  [
    'Zoom clone',
    (client, room) => client.say('join_room', room),
    (client, room) => {
      client.say('new_message', 'a secret', room);
      for (const event of ['offer', 'answer', 'ice']) client.say(event, 'a secret', room);
    },
  ],
];

const secrets = ({ heard }: TutorialClient): string => JSON.stringify(heard);

describe.each(VOCABULARIES)('a room of the %s', (_name, enter, sayAll) => {
  it('hears nothing of somebody who is not in it, and tells it nothing', async () => {
    const room = aRoom();
    const inside = [await readers.connect(), await readers.connect()];
    for (const client of inside) {
      enter(client, room);
      await client.caughtUp();
    }
    const outside = await readers.connect();
    const before = inside.map((client) => client.names());
    sayAll(outside, room);
    await outside.caughtUp();
    for (const [nth, client] of inside.entries()) {
      await client.caughtUp();
      expect(client.names()).toEqual(before[nth]);
    }

    const [first] = inside;
    if (first === undefined) throw new Error('nobody is there');
    sayAll(first, room);
    await first.caughtUp();
    await outside.caughtUp();
    expect(secrets(outside)).not.toContain('a secret');
    // What was said is heard where it belongs: silence alone would show nothing.
    expect(secrets(inside[1] ?? outside)).toContain('a secret');
  });

  it('hears nothing of somebody who was in it', async () => {
    const room = aRoom();
    const inside = await readers.connect();
    enter(inside, room);
    await inside.caughtUp();
    const leaver = await readers.connect();
    enter(leaver, room);
    await leaver.caughtUp();
    leaver.close();
    const again = await readers.connect();
    const before = inside.names().filter((name) => name !== 'bye');
    sayAll(again, room);
    await again.caughtUp();
    await inside.caughtUp();
    expect(inside.names().filter((name) => !['bye', 'message', 'created'].includes(name))).toEqual(
      before.filter((name) => !['message', 'created'].includes(name)),
    );
    expect(secrets(inside)).not.toContain('a secret');
  });

  it('is another than the rooms of that name of the other vocabularies', async () => {
    const room = aRoom();
    const inside = await readers.connect();
    enter(inside, room);
    await inside.caughtUp();
    const before = inside.names();
    for (const [, enterOther, sayAllOfOther] of VOCABULARIES.filter(([, other]) => other !== enter)) {
      const other = await readers.connect();
      enterOther(other, room);
      sayAllOfOther(other, room);
      await other.caughtUp();
    }
    await inside.caughtUp();
    expect(inside.names()).toEqual(before);
  });

  it('is invisible to calls, and calls are to it', async () => {
    const room = aRoom();
    const inside = await readers.connect();
    enter(inside, room);
    await inside.caughtUp();
    const alice = await guests.connect();
    expect(await alice.request('room:preview', { room })).toMatchObject({ displayNames: [], topology: null });
    await alice.join(room, 'Alice');
    const bob = await guests.join(room, 'Bob');
    expect(bob.joined?.room.participants).toHaveLength(2);
    await alice.next('participant:joined');

    sayAll(inside, room);
    await inside.caughtUp();
    const before = inside.names();
    await alice.request('participant:update', { displayName: 'Alice A.' });
    await bob.next('participant:updated');
    expect(bob.heard.map(({ name }) => name)).toEqual(['participant:updated']);
    expect(server.conference.counts()).toMatchObject({ participants: 2 });

    await inside.caughtUp();
    expect(inside.names()).toEqual(before);
    const lists = inside.heard.filter(({ name }) => name === 'room_change');
    expect(JSON.stringify(lists)).not.toMatch(/Alice|Bob|room:/);
  });
});

it('a room that has the name of a socket is nobody’s own', async () => {
  const victim = await readers.connect();
  const eve = await readers.connect();
  for (const [, enter, sayAll] of VOCABULARIES) {
    enter(eve, victim.id);
    sayAll(eve, victim.id);
  }
  await eve.caughtUp();
  await victim.caughtUp();
  expect(victim.names()).toEqual([]);
});

it('what the server says cannot be said by a client', async () => {
  const room = aRoom();
  const [first, second] = [await readers.connect(), await readers.connect()];
  for (const client of [first, second]) {
    for (const [, enter] of VOCABULARIES) enter(client, room);
    await client.caughtUp();
  }
  await first.caughtUp();
  const before = first.names();
  const saidByServer = [
    'created',
    'join',
    'joined',
    'full',
    'log',
    'announce',
    'signaling_message',
    'welcome',
    'room_change',
  ];
  for (const event of saidByServer) second.say(event, room);
  await second.caughtUp();
  await first.caughtUp();
  expect(first.names()).toEqual(before);
});
