import { describe, expect, it } from '@jest/globals';
import { readPageQuery } from './page-query.ts';

describe('readPageQuery', () => {
  it('asks for both devices and for a click where nothing is said', () => {
    expect(readPageQuery('')).toEqual({
      displayName: null,
      autojoin: false,
      audio: true,
      video: true,
      topology: 'auto',
      relayOnly: false,
    });
  });

  it('reads everything', () => {
    expect(
      readPageQuery('?name=%EA%B9%80+%EB%AF%BC%EC%88%98&autojoin=1&audio=0&video=0&topology=sfu&relay=1'),
    ).toEqual({
      displayName: '김 민수',
      autojoin: true,
      audio: false,
      video: false,
      topology: 'sfu',
      relayOnly: true,
    });
  });

  it.each(['0', '', 'yes'])('does not join by itself with autojoin=%s', (value) => {
    expect(readPageQuery(`?autojoin=${value}`).autojoin).toBe(false);
  });

  it('leaves the topology to the server where the wish is none that there is', () => {
    expect(readPageQuery('?topology=star').topology).toBe('auto');
  });

  it('takes no name that cannot stand', () => {
    expect(readPageQuery('?name=%20').displayName).toBeNull();
  });
});
