import { beforeEach, describe, expect, it } from '@jest/globals';
import { ManualClock } from '#kernel/testing';
import { MAX_LISTED_ROOMS, roomNameSchema, type PublicRooms, type RoomVisibility } from '#protocol';
import { PublicRoomList } from './public-room-list.ts';
import { RecordingOutlet } from './recording-outlet.ts';
import { RoomDirectory } from './room-directory.ts';

const COALESCED_MS = 1000;

let clock: ManualClock;
let rooms: RoomDirectory;
let list: PublicRoomList;
let told: PublicRooms[];

function join(name: string, visibility: RoomVisibility = 'private') {
  const room = rooms.open(roomNameSchema.parse(name), 'auto');
  return room.admit({ sessionId: 's', displayName: 'Ada', sources: [], visibility });
}

const roomOf = (name: string) => rooms.open(roomNameSchema.parse(name), 'auto');
const counts = ({ rooms: listed }: PublicRooms) =>
  Object.fromEntries(listed.map(({ name, participants }) => [name, participants]));

beforeEach(() => {
  clock = new ManualClock();
  rooms = new RoomDirectory(new RecordingOutlet(), clock, { maxParticipants: 5, emptyGraceMs: 2000 });
  list = new PublicRoomList(rooms, clock);
  told = [];
});

const watch = () => list.watch((changed) => told.push(changed));

describe('the list of public rooms', () => {
  it('has the rooms that their openers want to be found, and no other', () => {
    join('open house', 'public');
    join('board', 'private');
    watch();
    expect(list.shown).toEqual({
      rooms: [{ name: 'open house', participants: 1, maxParticipants: 5 }],
      total: 1,
    });
  });

  it('takes no notice of what later guests want', () => {
    join('board', 'private');
    join('board', 'public');
    join('open house', 'public');
    join('open house', 'private');
    watch();
    expect(counts(list.shown)).toEqual({ 'open house': 2 });
  });

  it('forgets what was wanted when the room falls empty: whoever comes next decides anew', () => {
    const ada = join('open house', 'public');
    watch();
    roomOf('open house').remove(ada.id, 'left');
    join('open house', 'private');
    clock.advance(COALESCED_MS);
    expect(told).toEqual([{ rooms: [], total: 0 }]);
  });

  it('does not have rooms that nobody is in', () => {
    const ada = join('open house', 'public');
    roomOf('open house').remove(ada.id, 'left');
    watch();
    expect(list.shown).toEqual({ rooms: [], total: 0 });
  });

  it('has the fullest rooms first, so many of them, and says how many there are', () => {
    for (let number = 0; number < MAX_LISTED_ROOMS + 2; number += 1) join(`room ${number}`, 'public');
    join('room 51', 'public');
    watch();
    expect(list.shown.rooms).toHaveLength(MAX_LISTED_ROOMS);
    expect(list.shown.total).toBe(MAX_LISTED_ROOMS + 2);
    expect(list.shown.rooms.slice(0, 3).map(({ name }) => name)).toEqual(['room 51', 'room 0', 'room 1']);
  });
});

describe('watchers of the list', () => {
  it('are told at once of a change after a quiet time, and of what follows on it once a second', () => {
    watch();
    join('open house', 'public');
    clock.advance(0);
    expect(told.map(counts)).toEqual([{ 'open house': 1 }]);
    join('open house');
    join('open house');
    join('more', 'public');
    clock.advance(COALESCED_MS - 1);
    expect(told).toHaveLength(1);
    clock.advance(1);
    expect(told.map(counts)).toEqual([{ 'open house': 1 }, { 'open house': 3, more: 1 }]);
  });

  it('are not told of private rooms, not even by being told nothing new', () => {
    watch();
    join('board', 'private');
    join('board', 'private');
    clock.advance(COALESCED_MS);
    expect(told).toEqual([]);
  });

  it('are told when a room closes', () => {
    join('open house', 'public');
    watch();
    rooms.close(roomOf('open house'), 'room-ended');
    clock.advance(COALESCED_MS);
    expect(told).toEqual([{ rooms: [], total: 0 }]);
  });

  it('miss nothing when they begin to watch between a change and its telling', () => {
    const ada = join('open house', 'public');
    watch();
    join('open house');
    clock.advance(0);
    roomOf('open house').remove(ada.id, 'left');
    const late: PublicRooms[] = [];
    list.watch((changed) => late.push(changed));
    const first = list.shown;
    join('open house');
    clock.advance(COALESCED_MS);
    expect(counts(late.at(-1) ?? first)).toEqual({ 'open house': 2 });
  });

  it('cost nothing once nobody watches any more', () => {
    const stops = [watch(), watch()];
    join('open house', 'public');
    for (const stop of [...stops, ...stops]) stop();
    expect(clock.pending).toBe(0);
    join('open house');
    expect(clock.pending).toBe(0);
    expect(told).toEqual([]);
    watch();
    expect(counts(list.shown)).toEqual({ 'open house': 2 });
  });
});
