import { beforeEach, describe, expect, it } from '@jest/globals';
import { ManualClock } from '#kernel/testing';
import { consumerIdSchema } from '#protocol';
import { LayerDemand } from './layer-demand.ts';

const [ann, ben] = ['ann', 'ben'].map((id) => consumerIdSchema.parse(id)) as [never, never];

let clock: ManualClock;
let told: (number | null)[];
let demand: LayerDemand;

beforeEach(() => {
  clock = new ManualClock();
  told = [];
  demand = new LayerDemand(clock, 3, (highest) => told.push(highest));
});

/** One receiver that is there, after the time that a new producer is given. */
function watched(): void {
  demand.expect(ann);
  demand.arrived(ann);
  clock.advance(10_000);
}

describe('what anybody wants of a producer', () => {
  it('is everything as long as nobody says otherwise', () => {
    watched();
    expect(told).toEqual([]);
  });

  it('is what the most demanding receiver wants', () => {
    watched();
    demand.expect(ben);
    demand.want(ben, 1);
    demand.arrived(ben);
    demand.want(ann, 0);
    clock.advance(1000);
    expect(told).toEqual([1]);
  });

  it('is less only when that lasts, and then at once', () => {
    watched();
    demand.want(ann, 0);
    clock.advance(999);
    expect(told).toEqual([]);
    clock.advance(1);
    expect(told).toEqual([0]);
  });

  it('stays when somebody wants it again in time', () => {
    watched();
    demand.want(ann, null);
    clock.advance(999);
    demand.want(ann, 2);
    clock.advance(10_000);
    expect(told).toEqual([]);
  });

  it('is more at once', () => {
    watched();
    demand.want(ann, null);
    clock.advance(1000);
    demand.want(ann, 2);
    expect(told).toEqual([null, 2]);
  });

  it('is nothing when the last one goes', () => {
    watched();
    demand.forget(ann);
    clock.advance(1000);
    expect(told).toEqual([null]);
  });

  it('is the lowest layer while a receiver is on its way, and everything when it has come and says nothing', () => {
    clock.advance(10_000);
    expect(told).toEqual([null]);
    demand.expect(ann);
    expect(told).toEqual([null, 0]);
    demand.arrived(ann);
    clock.advance(499);
    expect(told).toEqual([null, 0]);
    clock.advance(1);
    expect(told).toEqual([null, 0, 2]);
  });

  it.each([
    [0, [null, 0]],
    [1, [null, 0, 1]],
    [null, [null, 0, null]],
  ])('is not raised for a receiver that says in time that it wants %p', (wanted, expected) => {
    clock.advance(10_000);
    demand.expect(ann);
    demand.want(ann, wanted);
    demand.arrived(ann);
    clock.advance(10_000);
    expect(told).toEqual(expected);
  });

  it('is everything for the first seconds of a producer: its receivers are still on their way', () => {
    clock.advance(3999);
    expect(told).toEqual([]);
    clock.advance(1);
    expect(told).toEqual([null]);
  });

  it('is never above the highest layer that there is', () => {
    watched();
    demand.want(ann, null);
    clock.advance(1000);
    demand.want(ann, 7);
    expect(told).toEqual([null, 2]);
  });

  it('is of no interest any more once the producer is closed', () => {
    watched();
    demand.want(ann, 0);
    demand.close();
    demand.forget(ann);
    clock.advance(10_000);
    expect(told).toEqual([]);
    expect(clock.pending).toBe(0);
  });
});
