import type { CallError } from '#client';
import { MAX_CHAT_CHARACTERS } from '#protocol';
import type { Texts } from '../i18n/english.ts';

type ConversationTexts = Texts['conversation'];

const WITHOUT_CONNECTION: ReadonlySet<CallError['code']> = new Set([
  'SERVER_UNREACHABLE',
  'TIMEOUT',
  'NOT_JOINED',
]);

/** Why a message could not be sent, and what to do. `name`: of whom it is private to. */
export function wordsForRefusal(error: CallError, name: string | null, texts: ConversationTexts): string {
  const { code, details, message } = error;
  const { retryAfterMs } = details;
  if (code === 'RATE_LIMITED' && typeof retryAfterMs === 'number') {
    return texts.problems.tooFast(`${Math.ceil(retryAfterMs / 1000)}`);
  }
  if (code === 'NOT_FOUND' && name !== null) return texts.problems.recipientGone(name);
  if (WITHOUT_CONNECTION.has(code)) return texts.problems.notSent;
  return texts.problems.refused(message);
}

/** What is in the way of a text that is too long; null if it is not. */
export function wordsForLength(text: string, language: string, texts: ConversationTexts): string | null {
  const { length } = [...text];
  if (length <= MAX_CHAT_CHARACTERS) return null;
  return texts.problems.tooLong(
    length.toLocaleString(language),
    MAX_CHAT_CHARACTERS.toLocaleString(language),
  );
}
