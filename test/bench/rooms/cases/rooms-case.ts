import { percentile } from '../../support/statistics.ts';
import { inLanes, openRoom, type OpenRoom } from '../load/rooms.ts';
import { SIGNALS } from '../load/signals.ts';
import type { Vocabulary } from '../load/vocabulary.ts';
import type { Machine } from '../server/machine.ts';
import type { Contestant } from '../server/server-under-test.ts';
import { onStage, warm, type Stage } from './stage.ts';

/** How many rooms are made at once. */
export const PARALLEL = 50;
/** So many connections more, idle and in no room, for each that is in one. */
const IDLE_SHARE = 0.25;
/** A server that passes a message to everybody takes long to do it: no more deliveries than these are asked for. */
const MAX_DELIVERIES = 300_000;
const ALONE_PAIRS = 10;
/** As many as no limit on one's rate of messages minds. */
const ALONE_EXCHANGES = 20;

/** What rooms of one kind cost on one server. CPU is the server's, of all its threads, in milliseconds. */
export interface RoomsSample {
  readonly roomsPerSecond: number;
  readonly ackP50Ms: number;
  readonly ackP95Ms: number;
  readonly ackP99Ms: number;
  /** Everyone connects and joins. */
  readonly cpuMsPerRoom: number;
  readonly workerCpuMsPerRoom: number;
  /** Everyone sends an offer and its candidates: with all rooms open, and with no other room on the server. */
  readonly signalingCpuMsPerRoom: number | null;
  readonly signalingAloneCpuMsPerRoom: number | null;
  /** Above the empty server. */
  readonly heapBytesPerParticipant: number;
  readonly rssBytesPerParticipant: number;
  readonly workerRssBytesPerParticipant: number;
  /** Of somebody who is connected, and in no room. */
  readonly heapBytesPerConnection: number;
  /** Of the empty server: nobody's. */
  readonly emptyRssBytes: number;
  readonly emptyWorkerRssBytes: number;
  /** Near 1 the load is the limit, and not the server. */
  readonly loadBusyShare: number;
  /** Near 1 unless the load, or somebody else on this machine, is the limit. */
  readonly serverBusyShare: number;
}

export function measureRooms(
  contestant: Contestant,
  machine: Machine,
  vocabulary: Vocabulary,
  rooms: number,
): Promise<RoomsSample> {
  return onStage(contestant, machine, [vocabulary], (stage) => onTheStage(stage, vocabulary, rooms));
}

async function onTheStage(stage: Stage, vocabulary: Vocabulary, rooms: number): Promise<RoomsSample> {
  const { server, crowd } = stage;
  const participants = rooms * vocabulary.size;
  const empty = await server.read('memory');
  // A collection that was asked for leaves less room for what is new than a server in use has: it grows again.
  await warm(stage, vocabulary);

  const before = await server.read();
  const load = process.cpuUsage();
  const begun = performance.now();
  const open = await inLanes(rooms, PARALLEL, (index) => openRoom(crowd, vocabulary, `room ${index}`));
  const tookMs = performance.now() - begun;
  const { user, system } = process.cpuUsage(load);
  const after = await server.read();

  await server.settled();
  const full = await server.read('memory');
  const idle = Math.ceil(participants * IDLE_SHARE);
  const idleWires = await inLanes(idle, PARALLEL, () => crowd.connect(vocabulary.namespace));
  await server.settled();
  const withIdle = await server.read('memory');
  crowd.cut(...idleWires);
  await server.settled();

  const signaling = vocabulary.exchange && (await signalingCpuMs(stage, vocabulary, open));
  crowd.cutAll();
  await server.settled();
  const alone = vocabulary.exchange && (await signalingAloneCpuMs(stage, vocabulary));

  const ackMs = open.flatMap((room) => room.ackMs);
  return {
    roomsPerSecond: (1000 * rooms) / tookMs,
    ackP50Ms: percentile(ackMs, 0.5),
    ackP95Ms: percentile(ackMs, 0.95),
    ackP99Ms: percentile(ackMs, 0.99),
    cpuMsPerRoom: (after.cpuMs - before.cpuMs) / rooms,
    workerCpuMsPerRoom: (after.workerCpuMs - before.workerCpuMs) / rooms,
    signalingCpuMsPerRoom: signaling ?? null,
    signalingAloneCpuMsPerRoom: alone ?? null,
    heapBytesPerParticipant: (full.heapBytes - empty.heapBytes) / participants,
    rssBytesPerParticipant: (full.rssBytes - empty.rssBytes) / participants,
    workerRssBytesPerParticipant: (full.workerRssBytes - empty.workerRssBytes) / participants,
    heapBytesPerConnection: (withIdle.heapBytes - full.heapBytes) / idle,
    emptyRssBytes: empty.rssBytes,
    emptyWorkerRssBytes: empty.workerRssBytes,
    loadBusyShare: (user + system) / 1000 / tookMs,
    serverBusyShare: (after.cpuMs + after.workerCpuMs - before.cpuMs - before.workerCpuMs) / tookMs,
  };
}

/** With all rooms open, in one of them after another. */
async function signalingCpuMs(
  { server }: Stage,
  vocabulary: Vocabulary,
  open: readonly OpenRoom[],
): Promise<number> {
  const people = open.length * vocabulary.size;
  const perRoom = SIGNALS * vocabulary.size * people;
  const sample = open.slice(0, Math.max(1, Math.floor(MAX_DELIVERIES / perRoom)));
  const before = await server.read();
  for (const { members, name } of sample) await vocabulary.exchange?.(members, name);
  return ((await server.read()).cpuMs - before.cpuMs) / sample.length;
}

/** With one room on the server: everybody else is the other one then, which is the best that a server can have that tells everybody. */
async function signalingAloneCpuMs({ server, crowd }: Stage, vocabulary: Vocabulary): Promise<number> {
  let cpuMs = 0;
  for (let pair = 0; pair < ALONE_PAIRS; pair += 1) {
    const { members, name } = await openRoom(crowd, vocabulary, `alone ${pair}`);
    const before = await server.read();
    for (let times = 0; times < ALONE_EXCHANGES; times += 1) await vocabulary.exchange?.(members, name);
    cpuMs += (await server.read()).cpuMs - before.cpuMs;
    crowd.cutAll();
  }
  return cpuMs / ALONE_PAIRS / ALONE_EXCHANGES;
}
