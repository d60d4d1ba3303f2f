import { expect, it } from '@jest/globals';
import { Backoff } from './backoff.ts';

it('doubles from failure to failure up to its limit, and begins again after a success', () => {
  const backoff = new Backoff(1000, 5000);
  expect([backoff.next(), backoff.next(), backoff.next(), backoff.next(), backoff.next()]).toEqual([
    1000, 2000, 4000, 5000, 5000,
  ]);
  backoff.reset();
  expect(backoff.next()).toBe(1000);
});

it('stays at its limit however often it fails', () => {
  const backoff = new Backoff(30_000, 600_000);
  for (let n = 0; n < 2000; n += 1) backoff.next();
  expect(backoff.next()).toBe(600_000);
});
