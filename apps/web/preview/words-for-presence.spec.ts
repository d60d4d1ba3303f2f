import { describe, expect, it } from '@jest/globals';
import { english } from '../i18n/english.ts';
import { korean } from '../i18n/korean.ts';
import { wordsForPresence } from './words-for-presence.ts';

describe('wordsForPresence', () => {
  it('names everybody while they are few', () => {
    const told = [[], ['Ada'], ['Ada', 'Alan'], ['Ada', 'Alan', 'Grace']];
    expect(told.map((names) => wordsForPresence(names, english))).toEqual([
      'Nobody is here yet',
      'Ada is here',
      'Ada and Alan are here',
      'Ada, Alan and Grace are here',
    ]);
  });

  it('counts those whom it does not name', () => {
    const names = ['Ada', 'Alan', 'Grace', 'Linus', 'Ken'];
    expect(wordsForPresence(names, english)).toBe('Ada, Alan and 3 others are here');
    expect(wordsForPresence(names, korean)).toBe('Ada, Alan 님 외 3명이 있습니다');
  });
});
