import type { Clock, Log } from '#kernel';
import type { MediaEngine } from '#media';
import type { Topology, VideoCodec } from '#protocol';
import type { Room } from '#rooms';
import type { HandoverMetrics } from './handover-metrics.ts';
import type { TopologyPolicy } from './topology-policy.ts';

export interface TopologySettings {
  /** How long a room must have been small enough before it goes back to mesh. */
  readonly meshDwellMs: number;
  /** How long clients keep the old plane once a handover has settled. */
  readonly drainMs: number;
  /** A handover that has not settled by then is given up. */
  readonly deadlineMs: Readonly<Record<Topology, number>>;
  /** What rooms send video in while everybody there can decode it. */
  readonly videoCodec: VideoCodec;
}

/** What the topology of one room works with. */
export interface TopologyContext {
  readonly room: Room;
  readonly engine: MediaEngine;
  readonly policy: TopologyPolicy;
  readonly settings: TopologySettings;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: HandoverMetrics;
  /** Runs a task in the room's queue, unless the topology has been closed by then. */
  readonly later: (task: () => void | Promise<void>) => void;
}
