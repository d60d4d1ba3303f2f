import type { PathMeasure } from '#protocol';
import { percentile } from '../support/statistics.ts';
import type { PathFigures } from './analysis.ts';

/** One handover: both views of the two who were there before, during and after. */
export interface Sample {
  readonly paths: readonly (PathFigures | null)[];
  readonly audio: readonly PathMeasure[];
  readonly settledMs: number;
  readonly seesAllMs: number | null;
}

interface Spread {
  readonly p50: number;
  readonly p95: number;
  readonly max: number;
}

export interface DirectionSummary {
  readonly views: number;
  readonly frameInterval: number;
  readonly longestSteady: Spread;
  readonly longestDuring: Spread;
  readonly longestHeardOf: Spread;
  readonly unseenShare: number;
  readonly freezes: number;
  readonly concealedBeforeMs: Spread;
  readonly concealedDuringMs: Spread;
  readonly settledMs: Spread;
  readonly seesAllMs: Spread | null;
  readonly slowWindowShare: number;
  readonly lowWindowShare: number;
  /** What is required of `parity`. */
  readonly meets: Readonly<Record<string, boolean>>;
}

const spread = (values: readonly number[]): Spread => ({
  p50: percentile(values, 0.5),
  p95: percentile(values, 0.95),
  max: Math.max(...values),
});

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** `settles`: not so where it is meant to be given up. */
export function summarizeDirection(samples: readonly Sample[], settles: boolean): DirectionSummary {
  const paths = samples.flatMap((sample) => sample.paths).filter((path) => path !== null);
  const audio = samples.flatMap((sample) => sample.audio);
  const seesAll = samples.map(({ seesAllMs }) => seesAllMs).filter((ms) => ms !== null);
  const frameInterval = percentile(
    paths.map((path) => path.frameInterval),
    0.5,
  );
  const longestSteady = spread(paths.map((path) => Math.max(path.longestBefore, path.longestAfter)));
  const longestDuring = spread(paths.map((path) => path.longestDuring));
  const longestHeardOf = spread(paths.map((path) => path.longestHeardOf));
  const excess = spread(
    paths.map((path) => path.longestDuring - Math.max(path.longestBefore, path.longestAfter)),
  );
  const concealed = spread(audio.map((path) => path.concealedAudioMs - path.steadyConcealedAudioMs));
  const settledMs = spread(samples.map((sample) => sample.settledMs));
  const windows = sum(paths.map((path) => path.windows));
  const slowWindowShare = sum(paths.map((path) => path.slowWindows)) / windows;
  const lowWindowShare = sum(paths.map((path) => path.lowWindows)) / windows;
  const freezes = sum(paths.map((path) => path.freezes));
  return {
    views: paths.length,
    frameInterval,
    longestSteady,
    longestDuring,
    longestHeardOf,
    unseenShare: sum(paths.map((path) => path.unseen)) / sum(paths.map((path) => path.frames)),
    freezes,
    concealedBeforeMs: spread(audio.map((path) => path.steadyConcealedAudioMs)),
    concealedDuringMs: spread(audio.map((path) => path.concealedAudioMs)),
    settledMs,
    seesAllMs: seesAll.length === 0 ? null : spread(seesAll),
    slowWindowShare,
    lowWindowShare,
    meets: {
      'longest interval at most one frame above the steady seconds (p95)': excess.p95 <= frameInterval,
      'never above 250 ms': longestDuring.max <= 250,
      'no window under 80 % of the frame rate': slowWindowShare === 0,
      'no window under the steady height': lowWindowShare === 0,
      'no freeze': freezes === 0,
      'concealed audio at most 20 ms above (p95)': concealed.p95 <= 20,
      ...(settles && {
        'settled within 1 s (p50) and 2.5 s (p95)': settledMs.p50 <= 1000 && settledMs.p95 <= 2500,
      }),
      ...(seesAll.length > 0 && {
        'the joiner sees everyone within 400 ms (p50)': percentile(seesAll, 0.5) <= 400,
      }),
    },
  };
}

export function printTable(results: Readonly<Record<string, DirectionSummary>>): void {
  const show = (name: string, { p50, p95, max }: Spread): void =>
    console.log(`  ${name.padEnd(44)} p50 ${p50.toFixed(0)}  p95 ${p95.toFixed(0)}  max ${max.toFixed(0)}`);
  for (const [name, one] of Object.entries(results)) {
    console.log(`\n${name}: ${one.views} views, ${one.frameInterval.toFixed(0)} ms between frames`);
    show('longest frame interval, steady seconds (ms)', one.longestSteady);
    show('longest frame interval, during (ms)', one.longestDuring);
    show('… as the page, busy, heard of its frames', one.longestHeardOf);
    show('concealed audio, as long before (ms)', one.concealedBeforeMs);
    show('concealed audio, during (ms)', one.concealedDuringMs);
    show('prepare to settled, or given up (ms)', one.settledMs);
    if (one.seesAllMs !== null) show('until the joiner sees everyone (ms)', one.seesAllMs);
    const share = (value: number): string => `${(100 * value).toFixed(1)} %`;
    console.log(
      `  freezes ${one.freezes}, windows under 80 % of the frame rate ${share(one.slowWindowShare)}, under the steady height ${share(one.lowWindowShare)}; frames presented unheard of ${share(one.unseenShare)}`,
    );
    for (const [what, met] of Object.entries(one.meets)) console.log(`  ${met ? 'yes' : 'NO '}  ${what}`);
  }
}
