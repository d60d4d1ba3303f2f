import { beforeEach, describe, expect, it } from '@jest/globals';
import { ManualClock } from '#kernel/testing';
import { PublicRooms } from './public-rooms.ts';

let clock: ManualClock;
let names: string[];
let told: (readonly string[])[];
let costMs: number;
let rooms: PublicRooms;

beforeEach(() => {
  clock = new ManualClock();
  names = [];
  told = [];
  costMs = 0;
  rooms = new PublicRooms(
    clock,
    () => names,
    (list) => {
      told.push(list);
      clock.advance(costMs);
    },
  );
});

const open = (name: string): void => {
  names.push(name);
  rooms.changed();
};

describe('the list of rooms', () => {
  it('is told at once', () => {
    open('one');
    expect(told).toEqual([['one']]);
  });

  it('is told once for all that changes soon after, and as it is by then', () => {
    for (const name of ['one', 'two', 'three']) open(name);
    names.shift();
    rooms.changed();
    expect(told).toHaveLength(1);
    clock.advance(199);
    expect(told).toHaveLength(1);
    clock.advance(1);
    expect(told).toEqual([['one'], ['two', 'three']]);
    clock.advance(10_000);
    expect(told).toHaveLength(2);
    open('four');
    expect(told).toHaveLength(3);
  });

  it('is told the less often the longer it takes to tell', () => {
    costMs = 100;
    open('one');
    open('two');
    clock.advance(1999);
    expect(told).toHaveLength(1);
    clock.advance(1);
    expect(told).toHaveLength(2);
  });

  it('has an end', () => {
    names = Array.from({ length: 5000 }, (_each, nth) => `room ${nth}`);
    expect(rooms.list()).toHaveLength(1000);
  });

  it('leaves no timer behind', () => {
    open('one');
    expect(clock.pending).toBe(1);
    rooms.close();
    expect(clock.pending).toBe(0);
  });
});
