import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { PublicRooms } from '#protocol';
import type { RunningServer } from '#server';
import { Guests, aRoom, caughtUp } from '../support/guests.ts';
import { startServer } from '../support/server.ts';
import type { Session } from '../support/session.ts';
import { until } from '../support/until.ts';

// Whatever is waited for has a deadline of its own, and says what was missing.
jest.setTimeout(60_000);

/** Watchers are told at most once in so long. */
const TOLD_EVERY_MS = 1000;

let server: RunningServer;
const guests = new Guests(() => server.url);

beforeAll(async () => {
  server = await startServer({ ROOM_MAX_PARTICIPANTS: '4' });
});

afterEach(async () => {
  guests.leave();
  // The list is the whole server's: what one test has opened must not be in the next one's.
  await until('the rooms to close', () => server.conference.counts().rooms === 0);
});
afterAll(() => server.close());

/** How many are in each room of a list. */
const countsOf = ({ rooms }: PublicRooms): Record<string, number> =>
  Object.fromEntries(rooms.map(({ name, participants }) => [name, participants]));

/** Until the session was told a list with those counts; `from` skips what it was told before. */
const toldOf = (watcher: Session, counts: Record<string, number>): Promise<PublicRooms> =>
  watcher.next('rooms:changed', (list) => JSON.stringify(countsOf(list)) === JSON.stringify(counts));

async function aWatcher(): Promise<{ watcher: Session; rooms: PublicRooms }> {
  const watcher = await guests.connect();
  return { watcher, rooms: await watcher.request('rooms:watch', {}) };
}

describe('whoever watches the public rooms', () => {
  it('is answered with those that are open, and told how their counts change', async () => {
    const room = aRoom();
    await guests.join(room, 'Alice', { visibility: 'public' });
    const { watcher, rooms } = await aWatcher();
    expect(rooms).toEqual({ rooms: [{ name: room, participants: 1, maxParticipants: 4 }], total: 1 });

    const bob = await guests.join(room, 'Bob');
    await toldOf(watcher, { [room]: 2 });
    await bob.request('room:leave', {});
    await toldOf(watcher, { [room]: 1 });
  });

  it('is never told of a private room, whatever happens in it and whoever asks for it', async () => {
    const [open, hidden] = [aRoom(), aRoom()];
    const { watcher, rooms } = await aWatcher();
    expect(rooms).toEqual({ rooms: [], total: 0 });

    const alice = await guests.join(hidden, 'Alice');
    const bob = await guests.join(hidden, 'Bob', { visibility: 'public' });
    expect([alice, bob].map(({ joined }) => joined?.room.visibility)).toEqual(['private', 'private']);
    await bob.request('participant:update', { displayName: hidden });
    await alice.request('room:end', {});

    // What is told after all that proves that nothing else was.
    await guests.join(open, 'Carol', { visibility: 'public' });
    await toldOf(watcher, { [open]: 1 });
    const { rooms: again } = await aWatcher();
    expect(countsOf(again)).toEqual({ [open]: 1 });
    expect(JSON.stringify(watcher.heard)).not.toContain(hidden);
    expect(watcher.all('rooms:changed')).toHaveLength(1);
  });

  it('is not told any more of a room whose next opener wants it private', async () => {
    const room = aRoom();
    const alice = await guests.join(room, 'Alice', { visibility: 'public' });
    const { watcher } = await aWatcher();
    await alice.request('room:leave', {});
    const bob = await guests.join(room, 'Bob');
    expect(bob.joined?.room.visibility).toBe('private');
    await toldOf(watcher, {});
  });

  it('is told at most once a second, however many come and go', async () => {
    const { watcher } = await aWatcher();
    const began = performance.now();
    const names = Array.from({ length: 12 }, () => aRoom());
    for (const name of names) await guests.join(name, 'Alice', { visibility: 'public' });
    await watcher.next('rooms:changed', ({ total }) => total === names.length);
    const seconds = (performance.now() - began) / TOLD_EVERY_MS;
    expect(watcher.all('rooms:changed').length).toBeLessThanOrEqual(Math.floor(seconds) + 1);
  });

  it('hears of each change once, however often it has asked', async () => {
    const { watcher } = await aWatcher();
    await watcher.request('rooms:watch', {});
    const room = aRoom();
    await guests.join(room, 'Alice', { visibility: 'public' });
    await toldOf(watcher, { [room]: 1 });
    await caughtUp([watcher]);
    expect(watcher.all('rooms:changed')).toHaveLength(1);
  });

  it('is no longer told once it is in a room, and may watch again after it has left', async () => {
    const [room, other] = [aRoom(), aRoom()];
    const { watcher: alice } = await aWatcher();
    const { watcher: witness } = await aWatcher();
    await alice.join(room, 'Alice');
    expect(await alice.refusal('rooms:watch', {})).toBe('ALREADY_JOINED');
    await guests.join(other, 'Bob', { visibility: 'public' });
    await toldOf(witness, { [other]: 1 });
    await caughtUp([alice]);
    expect(alice.all('rooms:changed')).toEqual([]);

    await alice.request('room:leave', {});
    expect(countsOf(await alice.request('rooms:watch', {}))).toEqual({ [other]: 1 });
  });

  it('leaves nothing behind when it goes', async () => {
    const room = aRoom();
    const { watcher } = await aWatcher();
    await guests.join(room, 'Alice', { visibility: 'public' });
    await toldOf(watcher, { [room]: 1 });
    await guests.join(room, 'Bob');
    // A change waits to be told.
    watcher.close();
    await until('no timer to be left', () => server.conference.counts().timers === 0);
  });
});

describe('a preview', () => {
  it('says whether the room is public, and that whoever comes first decides', async () => {
    const room = aRoom();
    const looker = await guests.connect();
    expect((await looker.request('room:preview', { room })).visibility).toBeNull();
    const alice = await guests.join(room, 'Alice', { visibility: 'public' });
    expect(alice.joined?.room.visibility).toBe('public');
    expect((await looker.request('room:preview', { room })).visibility).toBe('public');
    await alice.request('room:leave', {});
    expect((await looker.request('room:preview', { room })).visibility).toBeNull();
  });
});
