import { Counter, Histogram } from 'prom-client';
import {
  abortReasonSchema,
  pathProofSchema,
  type HandoverRecord,
  type PathMeasure,
  type Topology,
  type TopologyReason,
} from '#protocol';
import { HandoverMetrics } from '#topology';
import type { MetricsRegistry } from './metrics-registry.ts';

/** Where each reason can lead, so that a handover for it is counted from zero, and not from the first that happens. */
const TARGETS: Readonly<Record<TopologyReason, readonly Topology[]>> = {
  'fits-mesh': ['mesh'],
  'exceeds-mesh': ['sfu'],
  'room-setting': ['mesh', 'sfu'],
  'relay-only': ['sfu'],
  'server-media': ['sfu'],
  'mesh-failed': ['sfu'],
  constrained: ['sfu'],
  'sfu-unavailable': ['mesh'],
};

/** In the place of a reason or a proof that there is none of. */
const NONE = 'none';

/** Reports cover 1 s before the prepare, and are awaited for 5 s after the end. */
const REPORTED_BEYOND_MS = 6000;

const DIRECTION = ['from', 'to'] as const;

/** Frames at 30 per second are 33 ms apart, and 150 ms more than usual is a freeze (W3C webrtc-stats). */
const GAP_BUCKETS = [0.04, 0.07, 0.1, 0.15, 0.2, 0.3, 0.5, 0.75, 1, 2, 5];
/** The first is for none at all. */
const LOSS_BUCKETS = [0, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5];
/** A handover is given up after 8 s towards the SFU, and 5 s towards mesh. */
const DURATION_BUCKETS = [0.1, 0.2, 0.3, 0.5, 0.75, 1, 1.5, 2, 3, 5, 8];

/**
 * Handovers, and what their receivers saw of them, for Prometheus. What clients report is bounded: nobody can have seen a gap that
 * is longer than the time that its report can cover.
 */
export class PrometheusHandoverMetrics extends HandoverMetrics {
  readonly #handovers;
  readonly #durations;
  readonly #paths;
  readonly #capped;
  readonly #frameIntervals;
  readonly #frameIntervalExcesses;
  readonly #frozen;
  readonly #concealedExcesses;

  /** @throws Error when the registry has metrics of these names already */
  constructor(registry: MetricsRegistry) {
    super();
    const registers = [registry];
    const ofPaths = (name: string, help: string, buckets: readonly number[]) =>
      new Histogram({ name, help, labelNames: DIRECTION, buckets: [...buckets], registers });

    this.#handovers = new Counter({
      name: 'switchyard_handovers_total',
      help: 'Handovers that have ended, by why they were begun, and how they ended.',
      labelNames: [...DIRECTION, 'reason', 'outcome', 'abort_reason'] as const,
      registers,
    });
    this.#durations = new Histogram({
      name: 'switchyard_handover_duration_seconds',
      help: 'From prepare to settled, of handovers that have settled.',
      labelNames: DIRECTION,
      buckets: DURATION_BUCKETS,
      registers,
    });
    this.#paths = new Counter({
      name: 'switchyard_handover_paths_total',
      help: 'What receivers have reported of a sender each, by why its new path counted as proven.',
      labelNames: [...DIRECTION, 'proof'] as const,
      registers,
    });
    this.#capped = new Counter({
      name: 'switchyard_handover_capped_measures_total',
      help: 'Reported times that were longer than what the report covers, and were taken for that.',
      labelNames: DIRECTION,
      registers,
    });
    this.#frameIntervals = ofPaths(
      'switchyard_handover_longest_frame_interval_seconds',
      'Longest time between two frames that a receiver saw of a sender, from 1 s before prepare to 2 s after the end.',
      GAP_BUCKETS,
    );
    this.#frameIntervalExcesses = ofPaths(
      'switchyard_handover_frame_interval_excess_seconds',
      'By how much that is more than the longest in the 5 s before.',
      LOSS_BUCKETS,
    );
    this.#frozen = ofPaths(
      'switchyard_handover_frozen_seconds',
      'Time that the picture of a sender stood still for a receiver.',
      LOSS_BUCKETS,
    );
    this.#concealedExcesses = ofPaths(
      'switchyard_handover_concealed_audio_excess_seconds',
      'Audio that was made up, by how much that is more than in as long a time before.',
      LOSS_BUCKETS,
    );
    this.#countFromZero();
  }

  override record(handover: HandoverRecord): void {
    const { from, to, reason, outcome, abortReason, durationMs, reports } = handover;
    const direction = { from, to };
    this.#handovers.inc({ ...direction, reason, outcome, abort_reason: abortReason ?? NONE });
    if (outcome === 'settled') this.#durations.observe(direction, durationMs / 1000);
    for (const { paths } of reports) for (const path of paths) this.#recordPath(handover, path);
  }

  #recordPath({ from, to, durationMs }: HandoverRecord, path: PathMeasure): void {
    const direction = { from, to };
    this.#paths.inc({ ...direction, proof: path.proof ?? NONE });

    const limitMs = durationMs + REPORTED_BEYOND_MS;
    const seconds = (ms: number): number => {
      if (ms > limitMs) this.#capped.inc(direction);
      return Math.min(ms, limitMs) / 1000;
    };
    const longest = path.longestFrameIntervalMs === null ? null : seconds(path.longestFrameIntervalMs);
    const steady = path.steadyFrameIntervalMs === null ? null : seconds(path.steadyFrameIntervalMs);
    if (longest !== null) {
      this.#frameIntervals.observe(direction, longest);
      // Without a picture nothing can stand still.
      this.#frozen.observe(direction, seconds(path.frozenMs));
      if (steady !== null) this.#frameIntervalExcesses.observe(direction, Math.max(0, longest - steady));
    }
    const concealed = seconds(path.concealedAudioMs) - seconds(path.steadyConcealedAudioMs);
    this.#concealedExcesses.observe(direction, Math.max(0, concealed));
  }

  /** Prometheus sees an increase only from a number that it has seen before. */
  #countFromZero(): void {
    for (const [reason, targets] of Object.entries(TARGETS)) {
      for (const to of targets) {
        const labels = { from: to === 'sfu' ? 'mesh' : 'sfu', to, reason };
        this.#handovers.inc({ ...labels, outcome: 'settled', abort_reason: NONE }, 0);
        for (const abort_reason of abortReasonSchema.options) {
          this.#handovers.inc({ ...labels, outcome: 'aborted', abort_reason }, 0);
        }
      }
    }
    for (const [from, to] of [
      ['mesh', 'sfu'],
      ['sfu', 'mesh'],
    ] as const) {
      const direction = { from, to };
      for (const proof of [...pathProofSchema.options, NONE]) this.#paths.inc({ ...direction, proof }, 0);
      this.#capped.inc(direction, 0);
      for (const histogram of [
        this.#durations,
        this.#frameIntervals,
        this.#frameIntervalExcesses,
        this.#frozen,
        this.#concealedExcesses,
      ]) {
        histogram.zero(direction);
      }
    }
  }
}
