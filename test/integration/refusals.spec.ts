// What does not fit is refused with the documented code, changes nothing, and is noticed by nobody else.
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { requests, type RequestName } from '#protocol';
import type { RunningServer } from '#server';
import { FITTING } from '../support/fitting-payloads.ts';
import { Guests, aRoom, caughtUp } from '../support/guests.ts';
import { startServer } from '../support/server.ts';
import { until } from '../support/until.ts';

// Whatever is waited for has a deadline of its own, and says what was missing.
jest.setTimeout(60_000);

let server: RunningServer;
const guests = new Guests(() => server.url);

beforeAll(async () => {
  server = await startServer();
});

afterEach(() => guests.leave());
afterAll(() => server.close());

const NAMES = Object.keys(requests) as RequestName[];
const OUTSIDE: readonly RequestName[] = ['room:join', 'room:preview', 'rooms:watch'];
const IN_A_ROOM = NAMES.filter((name) => !OUTSIDE.includes(name));

describe('a request', () => {
  it.each(NAMES)('whose payload does not fit is refused: %s', async (name) => {
    const [alice, bob] = await guests.two();
    for (const payload of [{ ...FITTING[name], surprise: 1 }, null, [], 'text', 7]) {
      const ack = await alice.ask(name, payload);
      expect(ack).toEqual({
        ok: false,
        error: expect.objectContaining({
          code: 'INVALID_PAYLOAD',
          retryable: false,
          details: expect.anything(),
        }),
      });
    }
    await caughtUp([bob]);
    expect(bob.heard).toEqual([]);
    expect(await alice.refusal('room:leave', {})).toBeUndefined();
  });

  it.each(IN_A_ROOM)('that needs a room is refused without one: %s', async (name) => {
    const stranger = await guests.connect();
    expect(await stranger.refusal(name, FITTING[name])).toBe('NOT_JOINED');
  });

  it('that there is none of is refused', async () => {
    const alice = await guests.join(aRoom());
    for (const name of [
      'no:such',
      'participant:joined',
      'constructor',
      'toString',
      'error',
      'newListener2',
    ]) {
      expect(await alice.refusal(name, {})).toBe('UNKNOWN_EVENT');
    }
  });

  it('with another number of payloads than one is refused', async () => {
    const alice = await guests.join(aRoom());
    expect(await alice.refusal('room:leave')).toBe('INVALID_PAYLOAD');
    expect(await alice.refusal('room:leave', {}, {})).toBe('INVALID_PAYLOAD');
    expect(await alice.refusal('room:leave', {}, {}, {})).toBe('INVALID_PAYLOAD');
    expect(await alice.refusal('room:leave', {})).toBeUndefined();
  });

  it('without an ack does nothing', async () => {
    const [alice, bob] = await guests.two();
    alice.socket.emit('participant:update', { displayName: 'Mallory' });
    alice.socket.emit('room:leave', {});
    alice.socket.emit('no:such');
    await alice.request('participant:update', { displayName: 'Alicia' });
    await bob.next('participant:updated');
    expect(bob.heard.map(({ name }) => name)).toEqual(['participant:updated']);
  });

  it('of more than 64 KiB is refused, and one of less is not', async () => {
    const [alice, bob] = await guests.two();
    const signal = (sdp: string) => ({
      to: bob.id,
      epoch: 1,
      signal: { type: 'description', description: { type: 'offer', sdp }, sources: {} },
    });
    await alice.ask('link:signal', signal('x'.repeat(60_000)));
    await bob.next('link:signaled');
    for (const bytes of [66_000, 500_000, 1_000_000]) {
      expect(await alice.ask('link:signal', signal('x'.repeat(bytes)))).toMatchObject({
        ok: false,
        error: { code: 'PAYLOAD_TOO_LARGE', retryable: false, details: { maxBytes: 65_536 } },
      });
      expect(await alice.refusal('no:such', 'x'.repeat(bytes))).toBe('UNKNOWN_EVENT');
    }
    await caughtUp([bob]);
    expect(bob.heard).toHaveLength(1);
    expect(await alice.refusal('room:leave', {})).toBeUndefined();
  });

  it('of more than 1 MiB ends the connection that it came by, and no other', async () => {
    const [alice, bob] = await guests.two();
    const ended = new Promise((resolve) => {
      alice.socket.once('disconnect', resolve);
    });
    alice.socket.emit('participant:update', { displayName: 'x'.repeat(1024 * 1024) }, () => undefined);
    await ended;
    expect(await bob.next('participant:left')).toMatchObject({
      participantId: alice.id,
      reason: 'connection-lost',
    });
    expect(await bob.refusal('room:leave', {})).toBeUndefined();
  });
});

it('keeps a session that was refused a thousand times like any other', async () => {
  const [alice, bob] = await guests.two();
  const codes = await Promise.all(
    Array.from({ length: 1000 }, (_, n) => alice.refusal(n % 2 === 0 ? 'no:such' : 'room:end', { n })),
  );
  expect(new Set(codes)).toEqual(new Set(['UNKNOWN_EVENT', 'INVALID_PAYLOAD']));
  await alice.request('room:end', {});
  await bob.next('room:closed');
  await until('the room to be gone', () => server.conference.counts().participants === 0);
});
