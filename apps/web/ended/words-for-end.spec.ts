import { describe, expect, it } from '@jest/globals';
import { CallError } from '#client';
import { english } from '../i18n/english.ts';
import { wordsForEnd } from './words-for-end.ts';

const failed = (code: ConstructorParameters<typeof CallError>[0]) =>
  wordsForEnd({ state: 'failed', leaveReason: null, error: new CallError(code, 'm', false) }, english);

describe('wordsForEnd', () => {
  it('says who ended it, and offers to come back', () => {
    expect(wordsForEnd({ state: 'left', leaveReason: 'room-ended', error: null }, english)).toEqual({
      title: 'The room was ended by its host',
      sentence: english.leaveNext['room-ended'],
      again: english.rejoin,
    });
  });

  it('says what a failure means and what to do', () => {
    expect(failed('ROOM_FULL').title).toBe('This room is full.');
    expect(failed('SERVER_UNREACHABLE').again).toBe(english.tryAgain);
  });

  it('does not offer to try again what cannot succeed', () => {
    expect(failed('UNSUPPORTED_BROWSER').again).toBeNull();
  });

  it('gives the code of a failure that has no words of its own', () => {
    expect(failed('INTERNAL').sentence).toContain('INTERNAL');
  });
});
