import { expect, it } from '@jest/globals';
import { MessageRate } from './message-rate.ts';

/** How many of so many are let through, all at that time. */
const letThrough = (rate: MessageRate, count: number, nowMs: number): number =>
  Array.from({ length: count }, () => rate.take(nowMs)).filter(Boolean).length;

it('lets a burst through, and then as many as there is time for', () => {
  const rate = new MessageRate(1000);
  expect(letThrough(rate, 1000, 1000)).toBe(400);
  expect(letThrough(rate, 1000, 1000)).toBe(0);
  expect(letThrough(rate, 1000, 1500)).toBe(50);
  expect(letThrough(rate, 1000, 2500)).toBe(100);
});

it('saves up no more than one burst', () => {
  const rate = new MessageRate(0);
  expect(letThrough(rate, 1000, 3_600_000)).toBe(400);
});
