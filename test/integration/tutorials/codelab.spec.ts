import { networkInterfaces } from 'node:os';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { RunningServer } from '#server';
import { aRoom } from '../../support/guests.ts';
import { startServer } from '../../support/server.ts';
import { TutorialClients, type TutorialClient } from '../../support/tutorial-client.ts';

jest.setTimeout(60_000);

let server: RunningServer;
const readers = new TutorialClients(() => server.url);

beforeAll(async () => {
  server = await startServer();
});
afterEach(() => readers.leave());
afterAll(() => server.close());

async function aPair(room: string): Promise<[TutorialClient, TutorialClient]> {
  const [first, second] = [await readers.connect(), await readers.connect()];
  first.say('create or join', room);
  await first.next('created');
  second.say('create or join', room);
  await Promise.all([first.next('ready'), second.next('ready')]);
  return [first, second];
}

describe('a client of the codelab', () => {
  it('creates a room, is joined, and there is no place for a third', async () => {
    const room = aRoom();
    const [first, second, third] = [
      await readers.connect(),
      await readers.connect(),
      await readers.connect(),
    ];
    first.say('create or join', room);
    expect(await first.next('created')).toEqual([room, first.id]);

    second.say('create or join', room);
    expect(await second.next('joined')).toEqual([room, second.id]);
    expect(await first.next('join')).toEqual([room]);
    expect(await first.next('ready')).toEqual([]);
    expect(await second.next('ready')).toEqual([]);

    third.say('create or join', room);
    expect(await third.next('full')).toEqual([room]);
    for (const client of [first, second, third]) await client.caughtUp();
    expect(first.names()).toEqual(['created', 'join', 'ready']);
    expect(second.names()).toEqual(['joined', 'ready']);
    expect(third.names()).toEqual(['full']);
  });

  it.each([
    ['a string', 'got user media'],
    ['a description', { type: 'offer', sdp: `v=0\r\n${'a=x\r\n'.repeat(500)}` }],
    [
      'a candidate',
      { type: 'candidate', label: 0, id: 'audio', candidate: 'candidate:1 1 udp 1 192.0.2.1 9 typ host' },
    ],
    ['a number', 7],
    ['nothing', null],
    ['a list', [1, [2, { three: 3 }]]],
  ])('passes on %s, to the other one alone', async (_what, message) => {
    const [first, second] = await aPair(aRoom());
    const [stranger] = await aPair(aRoom());
    second.say('message', message);
    expect(await first.next('message')).toEqual([message]);
    for (const client of [second, stranger]) {
      await client.caughtUp();
      expect(client.names()).not.toContain('message');
    }
  });

  it('is told by the log what the server did', async () => {
    const room = aRoom();
    const client = await readers.connect();
    client.say('create or join', room);
    expect(await client.next('log')).toEqual([
      ['Message from server:', expect.stringContaining(`created room ${room}`)],
    ]);
    client.say('message', 'hello');
    expect(await client.next('log')).toEqual([['Message from server:', 'Client said: hello']]);
    client.say('message', { type: 'offer', sdp: 'v=0' });
    expect(await client.next('log')).toEqual([['Message from server:', 'Client said: "offer"']]);
  });

  it('is told the addresses of the server', async () => {
    const expected = Object.values(networkInterfaces())
      .flatMap((each) => each ?? [])
      .filter(({ family, internal }) => family === 'IPv4' && !internal)
      .map(({ address }) => address);
    const client = await readers.connect();
    client.say('ipaddr');
    await client.caughtUp();
    expect(client.heard.filter(({ name }) => name === 'ipaddr').map(({ values }) => values[0])).toEqual(
      expected,
    );
  });

  it.each([
    ['closes its tab', (client: TutorialClient) => client.close()],
    ['says bye', (client: TutorialClient) => client.say('bye', 'whatever')],
  ])('frees its place when it %s, and whoever stays calls the next who comes', async (_how, leave) => {
    const room = aRoom();
    const [first, second] = await aPair(room);
    leave(first);
    expect(await second.next('message')).toEqual(['bye']);
    expect(await second.next('bye')).toEqual([room]);
    // The codelab's own server leaves two clients of which neither calls.
    expect(await second.next('created')).toEqual([room, second.id]);

    const third = await readers.connect();
    third.say('create or join', room);
    expect(await third.next('joined')).toEqual([room, third.id]);
    expect(await second.next('join')).toEqual([room]);
    third.say('message', 'got user media');
    expect(await second.next('message')).toEqual(['got user media']);
  });

  it('says bye, and hears no more of the room', async () => {
    const [first, second] = await aPair(aRoom());
    first.say('bye');
    await second.next('bye');
    second.say('message', 'are you there?');
    await second.caughtUp();
    await first.caughtUp();
    expect(first.names()).not.toContain('message');
  });

  it('leaves its room for the next one it enters, but not for one that is full', async () => {
    const [room, other, full] = [aRoom(), aRoom(), aRoom()];
    const [first, second] = await aPair(room);
    await aPair(full);
    first.say('create or join', full);
    expect(await first.next('full')).toEqual([full]);
    second.say('message', 'still here?');
    expect(await first.next('message')).toEqual(['still here?']);

    first.say('create or join', other);
    expect(await second.next('bye')).toEqual([room]);
    second.say('message', 'nobody hears this');
    await second.caughtUp();
    await first.caughtUp();
    expect(first.names().filter((name) => name === 'message')).toHaveLength(1);
  });
});
