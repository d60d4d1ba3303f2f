import { describe, expect, it } from '@jest/globals';
import { GapScale, NOTICED_MS } from './gap-scale.ts';

describe('GapScale', () => {
  it('always has the mark on it, with room on its right', () => {
    for (const gaps of [[], [50], [250], [900], [5000]]) {
      expect(new GapScale(gaps).percent(NOTICED_MS)).toBeLessThan(100);
    }
  });

  it('reaches to the longest gap, and goes up with the gap', () => {
    const scale = new GapScale([80, 410]);
    expect(scale.endMs).toBe(450);
    expect(scale.percent(0)).toBe(0);
    expect(scale.percent(225)).toBe(50);
    expect(scale.isBeyond(410)).toBe(false);
  });

  it('does not let one standstill make all others invisible', () => {
    const scale = new GapScale([80, 8000]);
    expect(scale.percent(80)).toBeGreaterThanOrEqual(8);
    expect(scale.percent(8000)).toBe(100);
    expect(scale.isBeyond(8000)).toBe(true);
  });
});
