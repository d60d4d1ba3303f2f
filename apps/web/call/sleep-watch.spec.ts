import { describe, expect, it } from '@jest/globals';
import { SleepWatch } from './sleep-watch.ts';

describe('SleepWatch', () => {
  const watched = () => {
    let now = 1_000_000;
    const sleeps: number[] = [];
    const watch = new SleepWatch(
      (ms) => sleeps.push(ms),
      () => now,
    );
    return {
      sleeps,
      look: (afterMs: number) => {
        now += afterMs;
        watch.look();
      },
    };
  };

  it('tells once how long a page slept', () => {
    const { look, sleeps } = watched();
    look(5000);
    look(600_000);
    look(5000);
    expect(sleeps).toEqual([600_000]);
  });

  it('takes timers that are slowed down to one a minute for no sleep', () => {
    const { look, sleeps } = watched();
    look(61_000);
    look(61_000);
    expect(sleeps).toEqual([]);
  });
});
