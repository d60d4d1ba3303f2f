import { beforeEach, describe, expect, it } from '@jest/globals';
import { ManualClock } from '#kernel/testing';
import { roomNameSchema } from '#protocol';
import { RecordingOutlet } from './recording-outlet.ts';
import { RoomDirectory } from './room-directory.ts';
import type { Room } from './room.ts';

const NAME = roomNameSchema.parse('stand-up');
const OTHER = roomNameSchema.parse('retro');
const GRACE_MS = 2000;

let clock: ManualClock;
let outlet: RecordingOutlet;
let rooms: RoomDirectory;
let story: string[];

const admit = (room: Room, displayName = 'alice') => room.admit({ sessionId: 's', displayName, sources: [] });

/** Resolves when everything that was queued for the room has run. */
const settled = (name = NAME) => rooms.inRoom(name, () => undefined);

beforeEach(() => {
  clock = new ManualClock();
  outlet = new RecordingOutlet();
  rooms = new RoomDirectory(outlet, clock, { maxParticipants: 5, emptyGraceMs: GRACE_MS });
  story = [];
  rooms.events.on('opened', ({ name }) => story.push(`opened ${name}`));
  rooms.events.on('closed', ({ name }) => story.push(`closed ${name}`));
});

describe('the directory of rooms', () => {
  it('opens a room once, with what its first joiner wishes', () => {
    const room = rooms.open(NAME, 'sfu');
    expect(rooms.open(NAME, 'mesh')).toBe(room);
    expect(room.settings).toEqual({ maxParticipants: 5, topology: 'sfu' });
    expect(story).toEqual(['opened stand-up']);
  });

  it('runs what changes one room one after another', async () => {
    const log: string[] = [];
    const { promise, resolve } = Promise.withResolvers<void>();
    const first = rooms.inRoom(NAME, () => promise.then(() => log.push('first')));
    const second = rooms.inRoom(NAME, () => log.push('second'));
    await rooms.inRoom(OTHER, () => log.push('other'));
    resolve();
    await Promise.all([first, second]);
    expect(log).toEqual(['other', 'first', 'second']);
  });

  it('knows the rooms that are open', () => {
    const room = rooms.open(NAME, 'auto');
    expect(rooms.find(NAME)).toBe(room);
    expect(rooms.find(OTHER)).toBeUndefined();
  });

  it('runs what somebody asks for in its turn, unless that somebody has gone by then', async () => {
    const room = rooms.open(NAME, 'auto');
    const alice = admit(room);
    const seat = { room: NAME, participantId: alice.id };
    const asked = rooms.fromSeat(seat, (where, who) => [where, who]);
    const left = rooms.inRoom(NAME, () => room.remove(alice.id, 'left'));
    const late = rooms.fromSeat(seat, () => 'never');
    await expect(asked).resolves.toEqual([room, alice]);
    await expect(left).resolves.toBe(true);
    await expect(late).rejects.toMatchObject({ code: 'NOT_JOINED' });
    await rooms.inRoom(NAME, () => rooms.close(room, 'room-ended'));
    await expect(rooms.fromSeat(seat, () => 'never')).rejects.toMatchObject({ code: 'NOT_JOINED' });
  });

  it('counts rooms and everyone in them', () => {
    admit(rooms.open(NAME, 'auto'));
    const other = rooms.open(OTHER, 'auto');
    admit(other);
    admit(other, 'bob');
    expect([rooms.size, rooms.participantCount]).toEqual([2, 3]);
  });

  it('keeps an empty room for the grace time, then closes it', async () => {
    const room = rooms.open(NAME, 'auto');
    rooms.closeIfEmpty(room);
    clock.advance(GRACE_MS - 1);
    await settled();
    expect(rooms.find(NAME)).toBe(room);
    clock.advance(1);
    await settled();
    expect(rooms.find(NAME)).toBeUndefined();
    expect(story).toEqual(['opened stand-up', 'closed stand-up']);
    expect(clock.pending).toBe(0);
  });

  it('counts the grace time from when the room fell empty, however often it is asked', async () => {
    const room = rooms.open(NAME, 'auto');
    rooms.closeIfEmpty(room);
    clock.advance(GRACE_MS - 1);
    rooms.closeIfEmpty(room);
    expect(clock.pending).toBe(1);
    clock.advance(1);
    await settled();
    expect(rooms.size).toBe(0);
  });

  it('finds the same room again within the grace time, with its settings and its numbering', async () => {
    const room = rooms.open(NAME, 'sfu');
    const alice = admit(room);
    room.announce(alice, []);
    room.remove(alice.id, 'left');
    rooms.closeIfEmpty(room);
    clock.advance(GRACE_MS - 1);
    const again = rooms.open(NAME, 'auto');
    admit(again);
    clock.advance(GRACE_MS * 2);
    await settled();
    expect(again).toBe(room);
    expect(again.snapshot()).toMatchObject({ seq: 2, topology: 'sfu' });
    expect(rooms.find(NAME)).toBe(room);
    expect(clock.pending).toBe(0);
  });

  it('keeps the room of somebody who joins while its closing waits in the queue', async () => {
    const room = rooms.open(NAME, 'auto');
    rooms.closeIfEmpty(room);
    const joined = rooms.inRoom(NAME, () => void admit(rooms.open(NAME, 'auto')));
    clock.advance(GRACE_MS);
    await joined;
    await settled();
    expect(rooms.find(NAME)).toBe(room);
    expect(room.size).toBe(1);
  });

  it('does not close a room that somebody is in', async () => {
    const room = rooms.open(NAME, 'auto');
    admit(room);
    rooms.closeIfEmpty(room);
    expect(clock.pending).toBe(0);
    clock.advance(GRACE_MS);
    await settled();
    expect(rooms.find(NAME)).toBe(room);
  });

  it('closes at once when told to, once, and leaves no timer', () => {
    const room = rooms.open(NAME, 'auto');
    rooms.closeIfEmpty(room);
    rooms.close(room, 'room-ended');
    rooms.close(room, 'room-ended');
    expect(story).toEqual(['opened stand-up', 'closed stand-up']);
    expect(clock.pending).toBe(0);
  });

  it('opens another room of the same name afterwards, which an old handle does not close', () => {
    const room = rooms.open(NAME, 'auto');
    rooms.close(room, 'room-ended');
    const next = rooms.open(NAME, 'auto');
    rooms.close(room, 'room-ended');
    rooms.closeIfEmpty(room);
    expect(next).not.toBe(room);
    expect(rooms.find(NAME)).toBe(next);
    expect(clock.pending).toBe(0);
  });

  it('closes every room when it stops, tells everybody why, and opens no new one', async () => {
    admit(rooms.open(NAME, 'auto'));
    admit(rooms.open(OTHER, 'auto'));
    await rooms.stop('server-stopping');
    expect(rooms.size).toBe(0);
    expect(outlet.payloads('room:closed')).toEqual([
      { seq: 1, reason: 'server-stopping' },
      { seq: 1, reason: 'server-stopping' },
    ]);
    expect(() => rooms.open(NAME, 'auto')).toThrow(expect.objectContaining({ code: 'SERVER_STOPPING' }));
  });
});
