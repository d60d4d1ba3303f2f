import { describe, expect, it } from '@jest/globals';
import { elapsed, ninjaProgress } from '../../../tools/progress.mjs';

describe('elapsed time', () => {
  it.each([
    [840, '0.8 s'],
    [59_900, '59.9 s'],
    [139_265, '2 min 19 s'],
    [119_700, '2 min 0 s'],
  ])('of %d ms reads %s', (ms, text) => {
    expect(elapsed(1000, 1000 + ms)).toBe(text);
  });
});

describe("Ninja's progress", () => {
  function stepsOf(lines: string[], step?: number) {
    const steps: number[] = [];
    const take = ninjaProgress((percent: number) => steps.push(percent), step);
    for (const line of lines) take(line);
    return steps;
  }

  it('becomes one report per step, however many files there are', () => {
    const lines = Array.from({ length: 260 }, (_, i) => `[${i + 1}/260] Building CXX object ${i}.o`);

    expect(stepsOf(lines, 25)).toEqual([25, 50, 75, 100]);
  });

  it('skips steps that pass in one go', () => {
    expect(stepsOf(['[1/3] a', '[2/3] b', '[3/3] c'])).toEqual([30, 65, 100]);
  });

  it('is not in other lines', () => {
    expect(stepsOf(['ninja: Entering directory', 'error [3/4] in b', 'FAILED: c.o'])).toEqual([]);
  });
});
