import { beforeEach, describe, expect, it } from '@jest/globals';
import { ManualClock } from './manual-clock.ts';
import { TokenBucket } from './token-bucket.ts';

let clock: ManualClock;
let bucket: TokenBucket;

beforeEach(() => {
  clock = new ManualClock(1000);
  bucket = new TokenBucket(clock, { burst: 3, refillMs: 100 });
});

const takeAll = (count: number): number[] => Array.from({ length: count }, () => bucket.take());

describe('a token bucket', () => {
  it('lets a burst through, and says when the next may follow', () => {
    expect(takeAll(5)).toEqual([0, 0, 0, 100, 100]);
  });

  it('counts a part of the wait', () => {
    takeAll(3);
    clock.advance(40);
    expect(bucket.take()).toBe(60);
    clock.advance(60);
    expect(takeAll(2)).toEqual([0, 100]);
  });

  it('is as full as at first after a long time, and not fuller', () => {
    takeAll(3);
    clock.advance(60_000);
    expect(takeAll(4)).toEqual([0, 0, 0, 100]);
  });

  it('keeps what it has when the clock is set back', () => {
    takeAll(2);
    clock.advance(-5000);
    expect(takeAll(2)).toEqual([0, 100]);
    clock.advance(100);
    expect(bucket.take()).toBe(0);
  });
});
