import { describe, expect, it } from '@jest/globals';
import { english } from '../i18n/english.ts';
import { korean } from '../i18n/korean.ts';
import {
  wordsForGaps,
  wordsForLosses,
  wordsForOutcome,
  wordsForPath,
  wordsForTime,
} from './handover-words.ts';
import { measureOf, recordOf } from './testing.ts';

describe('the words for a handover', () => {
  it('give a time in the unit that reads best', () => {
    expect([86.6, 999.4, 999.6, 1240].map((ms) => wordsForTime(ms, english))).toEqual([
      '87\u00a0ms',
      '999\u00a0ms',
      '1.0\u00a0s',
      '1.2\u00a0s',
    ]);
    expect(wordsForTime(1240, korean)).toBe('1.2초');
  });

  it('say how long it took', () => {
    expect(wordsForOutcome(recordOf(), english)).toBe('Took 840\u00a0ms.');
  });

  it('say that it was given up, when and why', () => {
    const record = recordOf({ outcome: 'aborted', abortReason: 'deadline', durationMs: 8000 });
    expect(wordsForOutcome(record, english)).toBe(
      'Given up after 8.0\u00a0s. It took too long, so the call stayed as it was.',
    );
  });

  it('compare the gap with that before, where there was one', () => {
    expect(wordsForGaps({ during: 87, before: 101 }, english)).toBe(
      'The largest gap between pictures was 87\u00a0ms. In the seconds before it was 101\u00a0ms.',
    );
    expect(wordsForGaps({ during: 87, before: null }, english)).not.toContain('before');
    expect(wordsForGaps({ during: null, before: 101 }, english)).toBe(english.noPictures);
  });

  it('say who sees whom', () => {
    expect(english.whoSeesWhom('Ada', 'Alan')).toBe('Ada sees Alan');
    expect(english.whoSeesWhom(null, 'Alan')).toBe('You see Alan');
    expect(english.whoSeesWhom('Ada', null)).toBe('Ada sees you');
    expect(wordsForPath('Ada sees you', measureOf(), english)).toMatch(/^Ada sees you: .*87\sms/);
  });

  it('say nothing of a frozen picture where there was none', () => {
    expect(wordsForLosses(measureOf({ frozenMs: 300, concealedAudioMs: 20 }), english)).toBe(
      'Frozen 300\u00a0ms · Sound patched 20\u00a0ms (before: 0\u00a0ms)',
    );
    expect(wordsForLosses(measureOf({ longestFrameIntervalMs: null }), english)).not.toContain('Frozen');
  });
});
