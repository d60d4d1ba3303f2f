import { describe, expect, it } from '@jest/globals';
import { readName } from '../page/name.ts';
import { roomPath } from '../page/room-url.ts';
import { makeUpName } from './made-up-name.ts';

describe('makeUpName', () => {
  it('makes three different short words that an address shows as they are', () => {
    for (let round = 0; round < 500; round += 1) {
      const name = makeUpName();
      const words = name.split('-');
      expect(words).toHaveLength(3);
      expect(new Set(words).size).toBe(3);
      for (const word of words) expect(word).toMatch(/^[a-z]{3,8}$/);
      expect(readName(name)).toEqual({ ok: true, name });
      expect(roomPath(name)).toBe(`/${name}`);
    }
  });

  it('uses its lists to their ends', () => {
    const first = makeUpName(() => 0);
    const last = makeUpName((limit) => limit - 1);
    expect(first).toBe('amber-apple-arch');
    expect(last).toBe('wise-willow-valley');
  });

  it('rarely makes the same name twice', () => {
    const names = new Set(Array.from({ length: 200 }, () => makeUpName()));
    expect(names.size).toBeGreaterThan(190);
  });
});
