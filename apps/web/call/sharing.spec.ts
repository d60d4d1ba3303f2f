import { describe, expect, it } from '@jest/globals';
import type { ParticipantId, SourceState } from '#protocol';
import { followSharing } from './sharing.ts';

const [ada, ben] = ['ada' as ParticipantId, 'ben' as ParticipantId];
const sender = (id: ParticipantId, ...sources: SourceState['source'][]) => ({
  id,
  sources: sources.map((source) => ({ source, muted: false })),
});

describe('followSharing', () => {
  it('has whoever began last at the end', () => {
    const first = followSharing([], [sender(ada), sender(ben, 'screen')]);
    expect(first).toEqual([ben]);
    expect(followSharing(first, [sender(ada, 'camera', 'screen'), sender(ben, 'screen')])).toEqual([
      ben,
      ada,
    ]);
  });

  it('forgets who stopped or left', () => {
    expect(followSharing([ada, ben], [sender(ada, 'camera')])).toEqual([]);
  });

  it('is the same array while nothing changes', () => {
    const before = [ben, ada];
    expect(followSharing(before, [sender(ada, 'screen'), sender(ben, 'screen')])).toBe(before);
  });
});
