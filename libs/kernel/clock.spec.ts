import { describe, expect, it } from '@jest/globals';
import { SystemClock } from './clock.ts';

describe('SystemClock', () => {
  it('fires once the time has passed, and then has nothing pending', async () => {
    const clock = new SystemClock();
    const before = performance.now();
    await new Promise<void>((resolve) => {
      clock.after(20, resolve);
      expect(clock.pending).toBe(1);
    });
    // Timers of Node count whole milliseconds.
    expect(performance.now() - before).toBeGreaterThanOrEqual(19);
    expect(clock.pending).toBe(0);
  });

  it('has nothing pending after a cancel, and never fires', async () => {
    const clock = new SystemClock();
    let fired = false;
    const timer = clock.after(1, () => (fired = true));
    timer.cancel();
    timer.cancel();
    expect(clock.pending).toBe(0);
    // A timer started later with the same delay fires later.
    await new Promise<void>((resolve) => void clock.after(1, resolve));
    expect(fired).toBe(false);
  });
});
