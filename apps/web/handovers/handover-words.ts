import type { HandoverRecord, PathMeasure } from '#protocol';
import type { Texts } from '../i18n/english.ts';

/** `840 ms`, `1.2 s`. */
export function wordsForTime(ms: number, texts: Texts): string {
  const whole = Math.round(ms);
  return whole < 1000 ? texts.milliseconds(whole) : texts.seconds((whole / 1000).toFixed(1));
}

/** How long it took, or after how long it was given up, and why. */
export function wordsForOutcome(
  { outcome, durationMs, abortReason }: Pick<HandoverRecord, 'outcome' | 'durationMs' | 'abortReason'>,
  texts: Texts,
): string {
  const time = wordsForTime(durationMs, texts);
  if (outcome === 'settled') return texts.handoverTook(time);
  const after = texts.handoverGivenUp(time);
  return abortReason === null ? after : `${after} ${texts.abortReason[abortReason]}`;
}

/** The largest gap between pictures on all paths together. */
export function wordsForGaps(
  { during, before }: { readonly during: number | null; readonly before: number | null },
  texts: Texts,
): string {
  if (during === null) return texts.noPictures;
  const largest = texts.largestGap(wordsForTime(during, texts));
  return before === null ? largest : `${largest} ${texts.largestGapBefore(wordsForTime(before, texts))}`;
}

/** All that is known of one path, as a sentence for whoever does not see the picture of it. */
export function wordsForPath(who: string, measure: PathMeasure, texts: Texts): string {
  const { longestFrameIntervalMs: during, steadyFrameIntervalMs: before } = measure;
  return `${who}: ${wordsForGaps({ during, before }, texts)}`;
}

/** Standstill of the picture and made-up sound, for the small print. */
export function wordsForLosses(
  { longestFrameIntervalMs, frozenMs, concealedAudioMs, steadyConcealedAudioMs }: PathMeasure,
  texts: Texts,
): string {
  const sound = texts.soundFilledIn(
    wordsForTime(concealedAudioMs, texts),
    wordsForTime(steadyConcealedAudioMs, texts),
  );
  if (longestFrameIntervalMs === null) return sound;
  return `${texts.pictureFrozen(wordsForTime(frozenMs, texts))} · ${sound}`;
}
