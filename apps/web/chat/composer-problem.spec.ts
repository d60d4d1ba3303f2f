import { describe, expect, it } from '@jest/globals';
import { CallError, type CallErrorCode } from '#client';
import { english } from '../i18n/english.ts';
import { wordsForLength, wordsForRefusal } from './composer-problem.ts';

const { conversation: texts } = english;

const refusal = (code: CallErrorCode, details: Record<string, unknown> = {}): CallError =>
  new CallError(code, 'the reason', false, details);

describe('a message that was refused', () => {
  it.each([
    [refusal('RATE_LIMITED', { retryAfterMs: 300 }), null, texts.problems.tooFast('1')],
    [refusal('RATE_LIMITED', { retryAfterMs: 2100 }), 'Ben', texts.problems.tooFast('3')],
    [refusal('NOT_FOUND'), 'Ben', texts.problems.recipientGone('Ben')],
    [refusal('SERVER_UNREACHABLE'), null, texts.problems.notSent],
    [refusal('TIMEOUT'), null, texts.problems.notSent],
    [refusal('INVALID_PAYLOAD'), null, texts.problems.refused('the reason')],
  ])('has words that say what to do', (error, name, words) => {
    expect(wordsForRefusal(error, name, texts)).toBe(words);
  });
});

it('a message that is too long is told its length and the limit', () => {
  expect(wordsForLength('😀'.repeat(4000), 'en', texts)).toBeNull();
  expect(wordsForLength('x'.repeat(100_000), 'en', texts)).toBe(
    '100,000 characters. A message has at most 4,000.',
  );
});
