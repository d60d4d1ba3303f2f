import { describe, expect, it } from '@jest/globals';
import { initials } from './initials.ts';

describe('initials', () => {
  it.each([
    ['Ann', 'A'],
    ['ann lee', 'AL'],
    ['Ann Maria van Lee', 'AL'],
    ['김민수', '김'],
    ['👩‍🚀 Kim', '👩‍🚀K'],
    ['e\u0301mile', 'E\u0301'],
  ])('%s: %s', (name, letters) => {
    expect(initials(name)).toBe(letters);
  });
});
