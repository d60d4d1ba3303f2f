import { percentile } from '../../support/statistics.ts';
import { inLanes, openRoom } from '../load/rooms.ts';
import { codelab } from '../load/vocabularies.ts';
import type { Machine } from '../server/machine.ts';
import type { Contestant } from '../server/server-under-test.ts';
import { onStage } from './stage.ts';

export const PARALLELISMS = [1, 5, 10, 25, 50, 100, 200, 400] as const;

const ROOMS = 500;
/** Each lane makes several, so that most of the time all of them are busy. */
const ROOMS_PER_LANE = 4;

export interface KneePoint {
  readonly parallel: number;
  readonly roomsPerSecond: number;
  readonly ackP50Ms: number;
  readonly ackP99Ms: number;
}

/** `upwards`, or downwards: so that no parallelism is always the one that meets the warmest server. */
export function measureKnee(
  contestant: Contestant,
  machine: Machine,
  upwards: boolean,
): Promise<readonly KneePoint[]> {
  return onStage(contestant, machine, [codelab], async ({ server, crowd }) => {
    const points: KneePoint[] = [];
    for (const parallel of upwards ? PARALLELISMS : PARALLELISMS.toReversed()) {
      const rooms = Math.max(ROOMS, parallel * ROOMS_PER_LANE);
      const begun = performance.now();
      const open = await inLanes(rooms, parallel, (index) =>
        openRoom(crowd, codelab, `${parallel} ${index}`),
      );
      const tookMs = performance.now() - begun;
      const ackMs = open.flatMap((room) => room.ackMs);
      points.push({
        parallel,
        roomsPerSecond: (1000 * rooms) / tookMs,
        ackP50Ms: percentile(ackMs, 0.5),
        ackP99Ms: percentile(ackMs, 0.99),
      });
      crowd.cutAll();
      await server.settled();
    }
    return points.toSorted((a, b) => a.parallel - b.parallel);
  });
}

/** How much less than 10 % more rooms, and how much longer a wait, say that more at once helps nobody. */
const GROWTH = 1.1;
const WAIT = 2;

/** The parallelism beyond which throughput grows by less than a tenth while the p99 doubles; `null`: none of those tried. */
export function kneeOf(points: readonly KneePoint[]): number | null {
  for (const [index, point] of points.entries()) {
    const isKnee =
      points.slice(index + 1).some((later) => later.ackP99Ms >= WAIT * point.ackP99Ms) &&
      points.slice(index + 1).every((later) => later.roomsPerSecond < GROWTH * point.roomsPerSecond);
    if (isKnee) return point.parallel;
  }
  return null;
}
