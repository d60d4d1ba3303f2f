import { describe, expect, it } from '@jest/globals';
import { ManualClock } from './manual-clock.ts';

describe('ManualClock', () => {
  it('stands still until it is advanced', () => {
    const clock = new ManualClock(1000);
    let fired = false;
    clock.after(0, () => (fired = true));
    expect(clock.now()).toBe(1000);
    expect(fired).toBe(false);
    expect(clock.pending).toBe(1);
  });

  it('fires what is due, at its own time, earliest first', () => {
    const clock = new ManualClock();
    const fired: [string, number][] = [];
    for (const [name, delayMs] of [
      ['late', 30],
      ['early', 10],
      ['too late', 31],
      ['middle', 20],
    ] as const) {
      clock.after(delayMs, () => fired.push([name, clock.now()]));
    }
    clock.advance(30);
    expect(fired).toEqual([
      ['early', 10],
      ['middle', 20],
      ['late', 30],
    ]);
    expect(clock.now()).toBe(30);
    expect(clock.pending).toBe(1);
  });

  it('fires timers of the same time in the order they were started', () => {
    const clock = new ManualClock();
    const fired: number[] = [];
    for (const n of [1, 2, 3]) clock.after(5, () => fired.push(n));
    clock.advance(5);
    expect(fired).toEqual([1, 2, 3]);
  });

  it('fires what a timer starts on the way', () => {
    const clock = new ManualClock();
    const fired: number[] = [];
    clock.after(10, () => {
      fired.push(clock.now());
      clock.after(10, () => fired.push(clock.now()));
      clock.after(11, () => fired.push(clock.now()));
    });
    clock.advance(20);
    expect(fired).toEqual([10, 20]);
  });

  it('does not fire what was cancelled, be it twice or by an earlier timer', () => {
    const clock = new ManualClock();
    let fired = false;
    const cancelled = clock.after(10, () => (fired = true));
    clock.after(5, () => {
      cancelled.cancel();
      cancelled.cancel();
    });
    clock.advance(20);
    expect(fired).toBe(false);
    expect(clock.pending).toBe(0);
  });
});
