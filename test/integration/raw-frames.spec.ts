// What no client library sends: each ends its own connection or is refused, and nobody else notices.
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { RunningServer } from '#server';
import { Guests, aRoom } from '../support/guests.ts';
import { RawSocket } from '../support/raw-socket.ts';
import { startServer } from '../support/server.ts';

// Whatever is waited for has a deadline of its own, and says what was missing.
jest.setTimeout(60_000);

let server: RunningServer;
const guests = new Guests(() => server.url);
const raws: RawSocket[] = [];

const open = async (): Promise<RawSocket> => {
  const raw = await RawSocket.connect(server.url);
  raws.push(raw);
  return raw;
};

beforeAll(async () => {
  server = await startServer();
});

afterEach(() => {
  for (const raw of raws.splice(0)) raw.close();
  guests.leave();
});
afterAll(() => server.close());

const nested = (levels: number, [left, right]: readonly [string, string]): string =>
  left.repeat(levels) + right.repeat(levels);

describe('a frame that is no message', () => {
  it.each([
    ['words', 'hello'],
    ['an unknown packet', '49/v1,'],
    ['JSON cut short', '42/v1,1["room:join",{"room":'],
    ['JSON that is no list', '42/v1,1{"room":"r"}'],
    ['an empty list', '42/v1,1[]'],
    ['a list without a name', '42/v1,1[{}]'],
    ['a name that Socket.IO keeps for itself', '42/v1,1["disconnecting",{}]'],
    ['a namespace that there is none of', '42/v2,1["room:leave",{}]'],
    ['another connect', '40/v1,'],
    ['brackets without an end', `42/v1,1["room:join",${'['.repeat(100_000)}`],
    [
      'an attachment that never comes, and text instead',
      '451-/v1,1["room:join",{"_placeholder":true,"num":0}]',
    ],
    ['more attachments than anybody needs', '451000000-/v1,1["room:join",{"_placeholder":true,"num":0}]'],
  ])('ends the connection that it came by: %s', async (_what, frame) => {
    const [alice, bob] = await guests.two();
    const raw = await open();
    raw.send(frame);
    raw.send('42/v1,2["no:such",{}]');
    await raw.closed();

    await alice.request('participant:update', { displayName: 'Alicia' });
    await bob.next('participant:updated');
    expect(bob.heard).toHaveLength(1);
  });

  it('takes whoever sent it out of its room', async () => {
    const room = aRoom();
    const alice = await guests.join(room);
    const raw = await open();
    const joined = await raw.ask('room:join', JSON.stringify({ room, displayName: 'Mallory', sources: [] }));
    expect(joined.ok).toBe(true);
    raw.send(new Uint8Array([1, 2, 3]));
    await raw.closed();
    expect(await alice.next('participant:left')).toMatchObject({ reason: 'connection-lost' });
  });

  it('of more than 1 MiB is not even read', async () => {
    const raw = await open();
    raw.send('x'.repeat(1024 * 1024 + 1));
    // 1009: message too big (RFC 6455 §7.4.1).
    expect(await raw.closed()).toBe(1009);
  });
});

describe('a message that only a program would send', () => {
  it.each([
    ['lists', nested(20_000, ['[', ']'])],
    ['objects', `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`],
    ['nearly a megabyte of lists', nested(500_000, ['[', ']'])],
  ])('is refused when it is nested without end: %s', async (_what, json) => {
    const raw = await open();
    const payloads = [json, `{"room":"r","displayName":"d","sources":${json}}`];
    for (const payload of payloads) {
      expect(await raw.ask('room:join', payload)).toMatchObject({
        ok: false,
        error: { code: 'INVALID_PAYLOAD' },
      });
    }
    expect(raw.isOpen).toBe(true);
  });

  it.each([
    ['__proto__', '{"__proto__":{"ok":true},"room":"r","displayName":"d","sources":[]}'],
    ['constructor', '{"constructor":{"prototype":{"ok":true}},"room":"r","displayName":"d","sources":[]}'],
    ['toJSON', '{"toJSON":1,"room":"r","displayName":"d","sources":[]}'],
  ])('is refused for the key %s, and changes no prototype', async (_key, payload) => {
    const raw = await open();
    expect(await raw.ask('room:join', payload)).toMatchObject({
      ok: false,
      error: { code: 'INVALID_PAYLOAD' },
    });
    expect(({} as { ok?: boolean }).ok).toBeUndefined();
  });

  it('counts the last of two equal keys', async () => {
    const raw = await open();
    const ack = await raw.ask('room:join', `{"room":"a","room":"${aRoom()}","displayName":"d","sources":[]}`);
    expect(ack).toMatchObject({ ok: true, data: { room: { name: expect.stringMatching(/^room /) } } });
  });

  it('may name an event by a number, and learns that there is none', async () => {
    const raw = await open();
    raw.send('42/v1,77[7,{}]');
    // The answer to a later message comes later.
    await raw.ask('no:such', '{}');
    expect(raw.frames.find((frame) => frame.startsWith('43/v1,77['))).toContain('UNKNOWN_EVENT');
  });

  it('acknowledges what was never asked, and nothing comes of it', async () => {
    const raw = await open();
    for (const frame of ['43/v1,0[{}]', '43/v1,999[]', '43/v1,1[null,null,null]', '43/v1,[{}]'])
      raw.send(frame);
    expect(await raw.ask('room:leave', '{}')).toMatchObject({ ok: false, error: { code: 'NOT_JOINED' } });
  });

  it('carries binary where no request has any, and is refused', async () => {
    const raw = await open();
    raw.send('451-/v1,5["room:join",{"_placeholder":true,"num":0}]');
    raw.send(new Uint8Array(1000));
    await raw.ask('no:such', '{}');
    expect(raw.frames.find((frame) => frame.startsWith('43/v1,5['))).toContain('INVALID_PAYLOAD');
  });
});
