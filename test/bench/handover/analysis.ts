import { percentile } from '../support/statistics.ts';
import type { Frame } from './pages/handover.ts';

export interface PathFigures {
  /** Longest time between presented frames, in ms: from 1 s before prepare to 2 s after settled, and in the steady seconds around. */
  readonly longestDuring: number;
  /** As the page heard of its frames, which it does late when it is busy. */
  readonly longestHeardOf: number;
  /** Frames presented during. */
  readonly frames: number;
  /** Of them, those that the page was too busy to hear of. */
  readonly unseen: number;
  /** When the longest of the frames presented began, in ms after the prepare. */
  readonly longestDuringAt: number;
  readonly longestBefore: number;
  readonly longestAfter: number;
  /** The usual time between frames in the steady seconds. */
  readonly frameInterval: number;
  readonly freezes: number;
  readonly windows: number;
  readonly slowWindows: number;
  readonly lowWindows: number;
}

export interface Span {
  readonly prepare: number;
  readonly settled: number;
}

export const BEFORE_MS = 1000;
export const AFTER_MS = 2000;
export const STEADY_MS = 4000;
const WINDOW_MS = 500;
const WINDOW_STEP_MS = 100;
const ENOUGH = 0.8;

/** Judges one remote video over one handover; null where there were no steady seconds before it (somebody new). */
export function judge(heardOf: readonly Frame[], { prepare, settled }: Span): PathFigures | null {
  const frames = withUnseen(heardOf);
  const during = [prepare - BEFORE_MS, settled + AFTER_MS] as const;
  const before = [during[0] - STEADY_MS, during[0]] as const;
  const after = [during[1], during[1] + AFTER_MS] as const;
  const steadyFrames = within(frames, before);
  if (steadyFrames.length < 10 || (frames[0]?.[0] ?? Infinity) > before[0] + 500) return null;

  const beforeIntervals = intervals(frames, before);
  const afterIntervals = intervals(frames, after);
  const duringIntervals = intervals(frames, during);
  const heardIntervals = intervals(heardOf, during);
  // W3C webrtc-stats: a frame that takes three times the average, or 150 ms more than it, is a freeze.
  const average = mean(beforeIntervals);
  const freezes = duringIntervals.filter((ms) => ms > Math.max(3 * average, average + 150)).length;

  const rate = (span: readonly [number, number]): number => within(frames, span).length / (span[1] - span[0]);
  const steadyRate = Math.min(rate(before), rate(after));
  const steadyHeight = Math.min(height(within(frames, before)), height(within(frames, after)));
  let windows = 0;
  let slowWindows = 0;
  let lowWindows = 0;
  for (let start = prepare; start + WINDOW_MS <= settled + AFTER_MS; start += WINDOW_STEP_MS) {
    const seen = within(frames, [start, start + WINDOW_MS]);
    windows += 1;
    // One frame more or less is the grid's doing, not the call's.
    if (seen.length + 1 < steadyRate * WINDOW_MS * ENOUGH) slowWindows += 1;
    if (seen.some(([, lines]) => lines < steadyHeight)) lowWindows += 1;
  }
  return {
    longestDuring: Math.max(...duringIntervals),
    longestHeardOf: Math.max(...heardIntervals),
    frames: duringIntervals.length,
    unseen: duringIntervals.length - heardIntervals.length,
    longestDuringAt: startOfLongest(frames, during) - prepare,
    longestBefore: Math.max(...beforeIntervals),
    longestAfter: Math.max(...afterIntervals),
    frameInterval: percentile(beforeIntervals, 0.5),
    freezes,
    windows,
    slowWindows,
    lowWindows,
  };
}

/**
 * A busy page hears of a frame only when a later one is there; `presentedFrames` says how many there were. Those between are taken to
 * have come at the usual pace, one after the other, so that what is left over counts as the gap.
 */
function withUnseen(frames: readonly Frame[]): Frame[] {
  const usual = percentile(
    frames.slice(1).map(([time], index) => time - (frames[index]?.[0] ?? time)),
    0.5,
  );
  return frames.flatMap((frame, index): Frame[] => {
    const [time, lines, presented] = frame;
    const [before, linesBefore, presentedBefore] = frames[index - 1] ?? frame;
    const count = presented - presentedBefore;
    const pace = Math.min(usual, (time - before) / count);
    const unseen = Array.from({ length: Math.max(0, count - 1) }, (_, nth): Frame => [
      before + (nth + 1) * pace,
      Math.min(lines, linesBefore),
      presentedBefore + nth + 1,
    ]);
    return [...unseen, frame];
  });
}

function within(frames: readonly Frame[], [from, to]: readonly [number, number]): Frame[] {
  return frames.filter(([time]) => time >= from && time < to);
}

/** Times between frames that overlap the span. */
function intervals(frames: readonly Frame[], [from, to]: readonly [number, number]): number[] {
  const found: number[] = [];
  for (const [index, [time]] of frames.entries()) {
    const previous = frames[index - 1];
    if (previous !== undefined && time >= from && previous[0] < to) found.push(time - previous[0]);
  }
  return found;
}

function startOfLongest(frames: readonly Frame[], [from, to]: readonly [number, number]): number {
  let longest = 0;
  let start = from;
  for (const [index, [time]] of frames.entries()) {
    const previous = frames[index - 1]?.[0];
    if (previous === undefined || time < from || previous >= to || time - previous <= longest) continue;
    longest = time - previous;
    start = previous;
  }
  return start;
}

/** The height that most frames have. */
function height(frames: readonly Frame[]): number {
  return percentile(
    frames.map(([, lines]) => lines),
    0.5,
  );
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
