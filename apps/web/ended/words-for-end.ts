import type { CallSnapshot } from '#client';
import type { Texts } from '../i18n/english.ts';

export interface WordsForEnd {
  readonly title: string;
  readonly sentence: string;
  /** What the button says that tries again; null where that is of no use. */
  readonly again: string | null;
}

export function wordsForEnd(
  { state, leaveReason, error }: Pick<CallSnapshot, 'state' | 'leaveReason' | 'error'>,
  texts: Texts,
): WordsForEnd {
  if (state === 'left') {
    const reason = leaveReason ?? 'left';
    return { title: texts.leaveReasons[reason], sentence: texts.leaveNext[reason], again: texts.rejoin };
  }
  const code = error?.code ?? 'INTERNAL';
  const known = Object.hasOwn(texts.failures, code);
  const { problem, remedy } = known
    ? texts.failures[code as keyof Texts['failures']]
    : texts.otherFailure(code);
  return {
    title: problem,
    sentence: remedy,
    again: code === 'UNSUPPORTED_BROWSER' ? null : texts.tryAgain,
  };
}
