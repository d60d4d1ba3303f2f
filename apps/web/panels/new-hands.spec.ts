import { expect, it } from '@jest/globals';
import type { CallSnapshot } from '#client';
import { newHands } from './new-hands.ts';

const people = (hands: Record<string, number | null>): Pick<CallSnapshot, 'participants'> => ({
  participants: Object.entries(hands).map(
    ([name, handSeq]) => ({ id: name, displayName: name, handSeq }) as CallSnapshot['participants'][number],
  ),
});

it('hands are news once, in the order they went up, also those of newcomers', () => {
  const before = people({ Ada: null, Ben: null, Cleo: 3 });
  const now = people({ Ada: 8, Ben: 7, Cleo: 3, Dan: 5 });
  expect(newHands(before, now)).toEqual(['Dan', 'Ben', 'Ada']);
  expect(newHands(now, now)).toEqual([]);
  expect(newHands(now, before)).toEqual([]);
});
