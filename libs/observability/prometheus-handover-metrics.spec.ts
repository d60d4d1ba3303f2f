import { beforeEach, describe, expect, it } from '@jest/globals';
import { Registry, type MetricValue, type OpenMetricsContentType } from 'prom-client';
import { participantIdSchema, type HandoverRecord, type PathMeasure } from '#protocol';
import { PrometheusHandoverMetrics } from './prometheus-handover-metrics.ts';

const id = (n: number) => participantIdSchema.parse(`00000000-0000-4000-8000-00000000000${n}`);

const path = (more: Partial<PathMeasure> = {}): PathMeasure => ({
  participantId: id(2),
  proof: 'parity',
  longestFrameIntervalMs: 90,
  steadyFrameIntervalMs: 50,
  frozenMs: 0,
  concealedAudioMs: 0,
  steadyConcealedAudioMs: 0,
  ...more,
});

const handover = (paths: PathMeasure[] = [], more: Partial<HandoverRecord> = {}): HandoverRecord => ({
  epoch: 2,
  from: 'mesh',
  to: 'sfu',
  reason: 'exceeds-mesh',
  startedAt: 0,
  durationMs: 1500,
  outcome: 'settled',
  abortReason: null,
  message: '',
  reports: [{ participantId: id(1), displayName: 'Alice', paths }],
  ...more,
});

let registry: Registry;
let metrics: PrometheusHandoverMetrics;

beforeEach(() => {
  registry = new Registry();
  metrics = new PrometheusHandoverMetrics(registry);
});

type Sample = MetricValue<string> & { readonly metricName?: string };

async function samples(name: string): Promise<Sample[]> {
  const metric = registry.getSingleMetric(name);
  if (metric === undefined) throw new Error(`expected a metric ${name}`);
  return (await metric.get()).values;
}

/** Of those with these labels, in sum. */
async function count(name: string, labels: Record<string, string> = {}): Promise<number> {
  const fitting = (await samples(name)).filter((sample) =>
    Object.entries(labels).every(([key, value]) => sample.labels[key] === value),
  );
  expect({ name, labels, found: fitting.length > 0 }).toEqual({ name, labels, found: true });
  return fitting.reduce((sum, { value }) => sum + value, 0);
}

async function histogram(name: string, labels: Record<string, string> = { from: 'mesh', to: 'sfu' }) {
  const of = async (suffix: string) =>
    (await samples(name)).find(
      ({ metricName, labels: has }) =>
        metricName === `${name}_${suffix}` &&
        Object.entries(labels).every(([key, value]) => has[key] === value),
    )?.value;
  return { count: await of('count'), sum: await of('sum') };
}

describe('a handover', () => {
  it('is counted by direction, reason and outcome', async () => {
    metrics.record(handover());
    metrics.record(handover([], { outcome: 'aborted', abortReason: 'deadline' }));
    metrics.record(handover([], { from: 'sfu', to: 'mesh', reason: 'fits-mesh' }));
    const name = 'switchyard_handovers_total';
    const labels = { from: 'mesh', to: 'sfu', reason: 'exceeds-mesh' };
    expect(await count(name, { ...labels, outcome: 'settled', abort_reason: 'none' })).toBe(1);
    expect(await count(name, { ...labels, outcome: 'aborted', abort_reason: 'deadline' })).toBe(1);
    expect(await count(name, { ...labels, outcome: 'aborted', abort_reason: 'path-failed' })).toBe(0);
    expect(await count(name, { from: 'sfu', to: 'mesh' })).toBe(1);
    expect(await count(name)).toBe(3);
  });

  it('that settles is timed in seconds, and one that does not is not', async () => {
    metrics.record(handover());
    metrics.record(handover([], { outcome: 'aborted', abortReason: 'deadline', durationMs: 8000 }));
    expect(await histogram('switchyard_handover_duration_seconds')).toEqual({ count: 1, sum: 1.5 });
  });

  it('from one SFU to another has a direction of its own', async () => {
    metrics.record(handover([path()], { from: 'sfu', to: 'sfu' }));
    const direction = { from: 'sfu', to: 'sfu' };
    expect(await count('switchyard_handovers_total', direction)).toBe(1);
    expect(await histogram('switchyard_handover_longest_frame_interval_seconds', direction)).toEqual({
      count: 1,
      sum: 0.09,
    });
  });

  it('of a kind that has not happened yet is counted already, with zero', async () => {
    const all = await samples('switchyard_handovers_total');
    expect(all.every(({ value }) => value === 0)).toBe(true);
    // Each of the nine ways from a reason to a topology settles, or is aborted for one of four reasons.
    expect(all).toHaveLength(9 * 5);
    expect(await count('switchyard_handover_paths_total', { from: 'sfu', to: 'mesh', proof: 'none' })).toBe(
      0,
    );
    expect(await histogram('switchyard_handover_frozen_seconds')).toEqual({ count: 0, sum: 0 });
  });
});

describe('what a receiver saw of a sender', () => {
  it('is the longest time between frames, and by how much it is more than usual', async () => {
    metrics.record(handover([path(), path({ longestFrameIntervalMs: 40 })]));
    const longest = await histogram('switchyard_handover_longest_frame_interval_seconds');
    expect(longest).toEqual({ count: 2, sum: expect.closeTo(0.13) });
    expect(await histogram('switchyard_handover_frame_interval_excess_seconds')).toEqual({
      count: 2,
      sum: expect.closeTo(0.04),
    });
  });

  it('is nothing where there was no video, and no excess where there was none before', async () => {
    metrics.record(handover([path({ longestFrameIntervalMs: null, steadyFrameIntervalMs: null })]));
    expect(await histogram('switchyard_handover_longest_frame_interval_seconds')).toMatchObject({ count: 0 });
    expect(await histogram('switchyard_handover_frozen_seconds')).toMatchObject({ count: 0 });
    metrics.record(handover([path({ steadyFrameIntervalMs: null })]));
    expect(await histogram('switchyard_handover_longest_frame_interval_seconds')).toMatchObject({ count: 1 });
    expect(await histogram('switchyard_handover_frame_interval_excess_seconds')).toMatchObject({ count: 0 });
  });

  it('is the time that the picture stood still, and the audio that was made up beyond the usual', async () => {
    metrics.record(
      handover([
        path({ frozenMs: 300, concealedAudioMs: 250, steadyConcealedAudioMs: 50 }),
        path({ concealedAudioMs: 10, steadyConcealedAudioMs: 50 }),
      ]),
    );
    expect(await histogram('switchyard_handover_frozen_seconds')).toEqual({ count: 2, sum: 0.3 });
    expect(await histogram('switchyard_handover_concealed_audio_excess_seconds')).toEqual({
      count: 2,
      sum: 0.2,
    });
    const none = (await samples('switchyard_handover_frozen_seconds')).find(
      ({ labels }) => labels.le === 0 && labels.to === 'sfu',
    );
    expect(none?.value).toBe(1);
  });

  it('is counted by why the path was taken', async () => {
    metrics.record(handover([path(), path({ proof: 'best-effort' }), path({ proof: null })]));
    for (const [proof, times] of Object.entries({ parity: 1, 'best-effort': 1, none: 1, 'first-media': 0 })) {
      expect(await count('switchyard_handover_paths_total', { to: 'sfu', proof })).toBe(times);
    }
  });
});

describe('a receiver that lies', () => {
  const LIE = 600_000;

  it('adds no more than the time that its report can cover, and is seen to have been cut short', async () => {
    metrics.record(
      handover([path({ longestFrameIntervalMs: LIE, frozenMs: LIE, concealedAudioMs: LIE })], {
        durationMs: 1500,
      }),
    );
    expect(await histogram('switchyard_handover_longest_frame_interval_seconds')).toEqual({
      count: 1,
      sum: 7.5,
    });
    expect(await histogram('switchyard_handover_frozen_seconds')).toEqual({ count: 1, sum: 7.5 });
    expect(await histogram('switchyard_handover_concealed_audio_excess_seconds')).toEqual({
      count: 1,
      sum: 7.5,
    });
    expect(await count('switchyard_handover_capped_measures_total')).toBe(3);
  });

  it('takes nothing away from anybody', async () => {
    metrics.record(handover([path({ steadyFrameIntervalMs: LIE, steadyConcealedAudioMs: LIE })]));
    for (const name of ['frame_interval_excess', 'concealed_audio_excess']) {
      expect(await histogram(`switchyard_handover_${name}_seconds`)).toEqual({ count: 1, sum: 0 });
    }
  });
});

describe('the metrics', () => {
  it('have no label that grows with rooms or people', async () => {
    metrics.record(handover([path(), path({ participantId: id(3) })]));
    const text = await registry.metrics();
    expect(text).not.toContain('Alice');
    expect(text).not.toContain(id(1));
    const labels = new Set([...text.matchAll(/([a-z_]+)="/g)].map(([, label = '']) => label));
    expect([...labels].toSorted((a, b) => a.localeCompare(b))).toEqual([
      'abort_reason',
      'from',
      'le',
      'outcome',
      'proof',
      'reason',
      'to',
    ]);
  });

  it('fit a registry that speaks OpenMetrics, too', async () => {
    const open = new Registry<OpenMetricsContentType>();
    open.setContentType(Registry.OPENMETRICS_CONTENT_TYPE);
    new PrometheusHandoverMetrics(open).record(handover());
    expect(await open.metrics()).toContain(
      'switchyard_handovers_total{from="mesh",to="sfu",reason="exceeds-mesh",outcome="settled",abort_reason="none"} 1',
    );
  });
});
