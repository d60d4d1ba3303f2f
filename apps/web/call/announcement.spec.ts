import { describe, expect, it } from '@jest/globals';
import type { ParticipantId, SourceState } from '#protocol';
import { english } from '../i18n/english.ts';
import { announcement } from './announcement.ts';

type Told = Parameters<typeof announcement>[0];

const person = (id: string, sources: SourceState[] = []) => ({
  id: id as ParticipantId,
  displayName: id,
  sources,
});
const alone: Told = { state: 'joined', participants: [], topology: 'mesh' };

describe('announcement', () => {
  it('names who joined and who left', () => {
    const withAnn = { ...alone, participants: [person('Ann')] };
    const withBen = { ...alone, participants: [person('Ben')] };
    expect(announcement(alone, withAnn, english)).toBe('Ann joined');
    expect(announcement(withAnn, withBen, english)).toBe('Ben joined. Ann left');
  });

  it('says when the call has moved', () => {
    expect(announcement(alone, { ...alone, topology: 'sfu' }, english)).toBe(english.topologyChanged.sfu);
  });

  it('says that the connection was lost, and not that everybody left', () => {
    const before = { ...alone, participants: [person('Ann')] };
    expect(announcement(before, { ...alone, state: 'reconnecting' }, english)).toBe(english.reconnecting);
  });

  it('says who begins to share a screen, and who stops', () => {
    const sharing = person('Ann', [{ source: 'screen', muted: false }]);
    const before = { ...alone, participants: [person('Ann'), person('Ben')] };
    const after = { ...alone, participants: [sharing, person('Ben')] };
    expect(announcement(before, after, english)).toBe('Ann shares a screen');
    expect(announcement(after, before, english)).toBe('Ann no longer shares a screen');
  });

  it('is silent where nothing happened', () => {
    expect(announcement(alone, alone, english)).toBeNull();
  });
});
