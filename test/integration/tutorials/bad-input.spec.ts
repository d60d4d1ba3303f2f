import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { MAX_MESSAGE_BYTES } from '#protocol';
import type { RunningServer } from '#server';
import { aRoom } from '../../support/guests.ts';
import { startServer } from '../../support/server.ts';
import { TutorialClients } from '../../support/tutorial-client.ts';
import { until } from '../../support/until.ts';

jest.setTimeout(60_000);

const EVENTS = [
  'create or join',
  'message',
  'ipaddr',
  'bye',
  'ready',
  'send',
  'signal',
  'nickname',
  'enter_room',
  'join_room',
  'new_message',
  'offer',
  'answer',
  'ice',
];

const ODD: readonly (readonly [string, unknown])[] = [
  ['nothing', undefined],
  ['null', null],
  ['a number', 7],
  ['not a number', Number.NaN],
  ['an empty text', ''],
  ['spaces', '   '],
  ['control characters', 'a\u0000b\u001b[31m'],
  ['a name that hides its end', 'room\u202Etxt'],
  ['half an emoji', '\uD83D'],
  ['a long name', 'x'.repeat(65)],
  ['100,000 characters', 'x'.repeat(100_000)],
  ['a name of every object', '__proto__'],
  ['another', 'constructor'],
  ['a list', ['a', 'b']],
  ['an object', { toString: 'no function', length: -1 }],
  ['a payload of a payload', { payload: { payload: {} } }],
  ['rooms of the wrong type', { chat_room: {}, signal_room: [], room: 7, message: {}, author: 1 }],
  ['binary', Buffer.alloc(1000)],
];

let server: RunningServer;
const readers = new TutorialClients(() => server.url);
const rejections: unknown[] = [];
const reject = (reason: unknown): void => void rejections.push(reason);

beforeAll(async () => {
  process.on('unhandledRejection', reject);
  server = await startServer();
});
afterEach(() => readers.leave());
afterAll(async () => {
  await server.close();
  process.off('unhandledRejection', reject);
});

describe.each(ODD)('%s', (_what, value) => {
  it('harms nobody, wherever it is sent, with a callback or without', async () => {
    const room = aRoom();
    const [watcher, other] = [await readers.connect(), await readers.connect()];
    for (const client of [watcher, other]) {
      client.say('create or join', room);
      client.say('ready', { chat_room: room, signal_room: room });
      client.say('enter_room', room);
      await client.caughtUp();
    }
    await watcher.caughtUp();
    const before = watcher.names();
    for (const event of EVENTS) {
      const eve = await readers.connect();
      eve.say(event, value);
      eve.say(event, value, value, value);
      eve.say(event, value, () => undefined);
      eve.say(event);
      eve.say(event, () => undefined);
      await eve.caughtUp();
      eve.close();
    }
    await watcher.caughtUp();
    expect(watcher.names()).toEqual(before);

    // And those who behave are served as before.
    await other.ask('new_message', 'still here', room);
    expect(await watcher.next('new_message')).toEqual(['Anon: still here']);
    expect(rejections).toEqual([]);
  });
});

it('5,000 levels, which no client library sends, end nobody but whoever sends them', async () => {
  const room = aRoom();
  const watcher = await readers.connect();
  await watcher.ask('enter_room', room);
  const deep = '['.repeat(5000) + ']'.repeat(5000);
  for (const event of EVENTS) {
    const eve = await readers.connect();
    await eve.ask('enter_room', room);
    eve.raw(`2${JSON.stringify([event])}`.replace(/]$/, `,${deep},${deep}]`));
    eve.close();
  }
  const friend = await readers.connect();
  await friend.ask('enter_room', room);
  await friend.ask('new_message', 'still here', room);
  expect(await watcher.next('new_message')).toEqual(['Anon: still here']);
  expect(watcher.names()).not.toContain('offer');
  expect(rejections).toEqual([]);
});

describe('what does not fit', () => {
  it.each([
    ['an empty name', '', 'expected a room name of 1 to 64 characters, got an empty one'],
    ['a long name', 'x'.repeat(65), 'expected a room name of at most 64 characters'],
    ['a name that cannot be printed', 'a\u0000b', 'expected a room name of printable characters'],
    ['no name at all', { room: 'x' }, 'expected a room name'],
  ])('is said to a client of the codelab: %s', async (_what, room, problem) => {
    const client = await readers.connect();
    client.say('create or join', room);
    expect(await client.next('log')).toEqual([['Message from server:', problem]]);
  });

  it('is said to a client of the codelab that has no room', async () => {
    const client = await readers.connect();
    client.say('message', 'hello?');
    expect(await client.next('log')).toEqual([
      ['Message from server:', 'you are in no room: create or join one first'],
    ]);
  });

  it('because it is too large, says the limit', async () => {
    const client = await readers.connect();
    client.say('message', 'x'.repeat(MAX_MESSAGE_BYTES));
    const [[, problem]] = (await client.next('log')) as [[string, string]];
    expect(problem).toContain(String(MAX_MESSAGE_BYTES));
  });

  it('leaves the callback of a client of the Zoom clone alone', async () => {
    const client = await readers.connect();
    let called = 0;
    const callback = (): void => void (called += 1);
    client.say('enter_room', 'x'.repeat(65), callback);
    client.say('new_message', 'hello', aRoom(), callback);
    client.say('new_message', { not: 'text' }, aRoom(), callback);
    client.say('nickname', '', callback);
    await client.caughtUp();
    expect(called).toBe(0);
  });

  it('is a name in another spelling, which is the same name', async () => {
    const room = aRoom();
    const [ada, bob] = [await readers.connect(), await readers.connect()];
    await ada.ask('enter_room', `  ${room} caf\u0065\u0301  `);
    await bob.ask('enter_room', `${room} caf\u00e9`);
    expect(await ada.next('welcome')).toEqual(['Anon', 2]);
    await bob.ask('new_message', 'found you', ` ${room} caf\u0065\u0301`);
    expect(await ada.next('new_message')).toEqual(['Anon: found you']);
  });
});

describe('too much', () => {
  it('of rooms is refused, and the rooms one is in are kept', async () => {
    const client = await readers.connect();
    const rooms = Array.from({ length: 9 }, () => ({ chat_room: aRoom(), signal_room: aRoom() }));
    for (const each of rooms) client.say('ready', each);
    await client.caughtUp();
    const announced = client.heard.filter(({ name }) => name === 'announce').map(({ values }) => values[0]);
    expect(announced).toHaveLength(9);
    expect(announced.at(-1)).toEqual({ message: 'one socket may be in 16 rooms at most' });
    client.say('send', { room: rooms[0]?.chat_room, author: 'Ada', message: 'still here' });
    expect(await client.next('message')).toEqual([{ message: 'still here', author: 'Ada' }]);
  });

  it('at once is dropped, and heard again after a while', async () => {
    const room = aRoom();
    const [first, second] = [await readers.connect(), await readers.connect()];
    for (const client of [first, second]) {
      client.say('create or join', room);
      await client.caughtUp();
    }
    const SAID = 2000;
    for (let count = 0; count < SAID; count += 1) first.say('message', count);
    const heard = (): unknown[] =>
      second.heard.filter(({ name }) => name === 'message').map(({ values }) => values[0]);
    await until(
      'the flood to have passed, and a message to be let through again',
      () => {
        first.say('message', 'calm');
        return heard().includes('calm');
      },
      { everyMs: 50 },
    );
    // What a browser says at most when it begins a call is let through in any case.
    expect(heard().slice(0, 300)).toEqual(Array.from({ length: 300 }, (_each, nth) => nth));
    expect(heard().length).toBeLessThan(SAID);
  });
});
