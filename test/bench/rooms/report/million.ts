import type { IdleSample } from '../cases/idle-case.ts';
import type { RoomsSample } from '../cases/rooms-case.ts';

const ROOMS = 1_000_000;
const PEOPLE = 2;
const JOINED_OVER_MS = 3_600_000;
const NODE_BYTES = 8 * 1024 ** 3;

/** What a million rooms of two would take, as the measured figures have it. */
export interface Million {
  readonly participants: number;
  /** That of the participants, without the empty servers'. */
  readonly memoryBytes: number;
  /** While they come: one core busy all the time is 1. */
  readonly joiningCores: number;
  readonly signalingCores: number;
  /** As long as they stay, for asking them whether they are there. */
  readonly idleCores: number;
  readonly nodes: number;
  readonly nodesForMemory: number;
  readonly nodesForCpu: number;
  readonly filesPerNode: number;
}

export function million(rooms: RoomsSample, idle: IdleSample): Million {
  const participants = ROOMS * PEOPLE;
  const memoryBytes = participants * Math.max(rooms.rssBytesPerParticipant, rooms.heapBytesPerParticipant);
  const freeBytes = NODE_BYTES - rooms.emptyRssBytes - rooms.emptyWorkerRssBytes;
  const joiningCores = (ROOMS * rooms.cpuMsPerRoom) / JOINED_OVER_MS;
  const signalingCores = (ROOMS * (rooms.signalingAloneCpuMsPerRoom ?? 0)) / JOINED_OVER_MS;
  const idleCores = (participants * idle.cpuMsPerParticipantAndPing) / idle.pingIntervalMs;
  const nodesForMemory = Math.ceil(memoryBytes / freeBytes);
  // The signaling of one node is one thread.
  const nodesForCpu = Math.ceil(joiningCores + signalingCores + idleCores);
  const nodes = Math.max(nodesForMemory, nodesForCpu);
  return {
    participants,
    memoryBytes,
    joiningCores,
    signalingCores,
    idleCores,
    nodes,
    nodesForMemory,
    nodesForCpu,
    filesPerNode: Math.ceil(participants / nodes),
  };
}
