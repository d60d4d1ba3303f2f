import { inLanes, openRoom } from '../load/rooms.ts';
import { codelab } from '../load/vocabularies.ts';
import type { Machine } from '../server/machine.ts';
import type { Contestant, ServerUnderTest } from '../server/server-under-test.ts';
import { PARALLEL } from './rooms-case.ts';
import { onSharedStage } from './stage.ts';

/** For how long the empty server is looked at. */
const EMPTY_MS = 5000;

export interface IdleSample {
  /** For as long as it takes to ask everyone once whether they are still there; above what the empty server uses. */
  readonly cpuMsPerParticipantAndPing: number;
  readonly pingIntervalMs: number;
  readonly participants: number;
}

/** What those cost who are in a room and do nothing: they are asked whether they are still there. */
export function measureIdle(contestant: Contestant, machine: Machine, rooms: number): Promise<IdleSample> {
  return onSharedStage(contestant, machine, [codelab], async ({ server, crowd }) => {
    const emptyCpuShare = await cpuShare(server, EMPTY_MS);
    const open = await inLanes(rooms, PARALLEL, (index) => openRoom(crowd, codelab, `idle ${index}`));
    await server.settled();
    const pingIntervalMs = open[0]?.members[0]?.wire.pingIntervalMs ?? 0;
    const participants = rooms * codelab.size;
    const fullCpuShare = await cpuShare(server, pingIntervalMs);
    return {
      cpuMsPerParticipantAndPing: ((fullCpuShare - emptyCpuShare) * pingIntervalMs) / participants,
      pingIntervalMs,
      participants,
    };
  });
}

/** Of one core, for so long. */
async function cpuShare(server: ServerUnderTest, ms: number): Promise<number> {
  // What is left to collect of those who came is not what those cost who stay.
  const before = await server.read('memory');
  const begun = performance.now();
  await new Promise((resolve) => setTimeout(resolve, ms));
  return ((await server.read()).cpuMs - before.cpuMs) / (performance.now() - begun);
}
