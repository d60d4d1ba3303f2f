import { percentile } from '../../support/statistics.ts';
import type { Crowd } from '../load/crowd.ts';
import { enterRoom, inLanes } from '../load/rooms.ts';
import { chat, codelab } from '../load/vocabularies.ts';
import type { Vocabulary } from '../load/vocabulary.ts';
import type { Wire } from '../load/wire.ts';
import type { Machine } from '../server/machine.ts';
import type { Contestant } from '../server/server-under-test.ts';
import { PARALLEL } from './rooms-case.ts';
import { onStage, type Stage } from './stage.ts';

/** In how many rooms of the chat vocabulary one socket may be. */
const ROOMS_PER_SOCKET = 16;
const MANY_OPEN_ROOMS = 50_000;
const STEPS = [1000, MANY_OPEN_ROOMS] as const;
const JOINED_ROOMS = 500;
const TIMES = 3;

export interface JoinCost {
  readonly ackP50Ms: number;
  readonly ackP99Ms: number;
  readonly cpuMsPerJoin: number;
}

/** What a join costs on a server that has so many rooms already. */
export interface CrowdedSample {
  readonly openRooms: number;
  readonly codelab: JoinCost;
  /** `null`: the server does not speak it. */
  readonly chat: JoinCost | null;
}

/**
 * With few rooms open, and with many. The server has had the many before either is measured, so that its code is as warm in both; which
 * comes first changes with `manyFirst`.
 */
export function measureCrowded(
  contestant: Contestant,
  machine: Machine,
  manyFirst: boolean,
): Promise<readonly CrowdedSample[]> {
  const isOurs = contestant === 'ours';
  const pairs = chat(2);
  return onStage(contestant, machine, isOurs ? [codelab, pairs] : [codelab], async (stage) => {
    const fill = isOurs ? fillByChat : fillByCodelab;
    const sockets: Wire[] = [];
    let filled = 0;
    const openTo = async (rooms: number): Promise<void> => {
      const wanted = Math.ceil(rooms / ROOMS_PER_SOCKET);
      const missing = Math.max(0, wanted - sockets.length);
      sockets.push(...(await inLanes(missing, PARALLEL, () => fill(stage.crowd, (filled += 1)))));
      stage.crowd.cut(...sockets.splice(wanted));
      await stage.server.settled();
    };
    await openTo(MANY_OPEN_ROOMS);
    const samples: CrowdedSample[] = [];
    for (const openRooms of manyFirst ? STEPS.toReversed() : STEPS) {
      await openTo(openRooms);
      samples.push({
        openRooms,
        codelab: await joinCost(stage, codelab),
        chat: isOurs ? await joinCost(stage, pairs) : null,
      });
    }
    return samples.toSorted((one, other) => one.openRooms - other.openRooms);
  });
}

async function fillByChat(crowd: Crowd, socket: number): Promise<Wire> {
  const vocabulary = chat(1);
  const wire = await crowd.connect('');
  // Two rooms each time.
  for (let index = 0; index < ROOMS_PER_SOCKET / 2; index += 1)
    await vocabulary.join(wire, `filling ${socket} ${index}`, 0);
  return wire;
}

async function fillByCodelab(crowd: Crowd, socket: number): Promise<Wire> {
  const wire = await crowd.connect('');
  for (let index = 0; index < ROOMS_PER_SOCKET; index += 1)
    await codelab.join(wire, `filling ${socket} ${index}`, 0);
  return wire;
}

/** Everyone is connected before: it is the joins alone that are measured. */
async function joinCost({ server, crowd }: Stage, vocabulary: Vocabulary): Promise<JoinCost> {
  const ackMs: number[] = [];
  let cpuMs = 0;
  for (let times = 0; times < TIMES; times += 1) {
    const wires = await inLanes(JOINED_ROOMS * vocabulary.size, PARALLEL, () => crowd.connect(''));
    await server.settled();
    const before = await server.read();
    const open = await inLanes(JOINED_ROOMS, PARALLEL, (room) =>
      enterRoom(vocabulary, `joined ${room}`, (index) => pick(wires, room * vocabulary.size + index)),
    );
    cpuMs += (await server.read()).cpuMs - before.cpuMs;
    ackMs.push(...open.flatMap((room) => room.ackMs));
    crowd.cut(...wires);
    await server.settled();
  }
  return {
    ackP50Ms: percentile(ackMs, 0.5),
    ackP99Ms: percentile(ackMs, 0.99),
    cpuMsPerJoin: cpuMs / ackMs.length,
  };
}

function pick(wires: readonly Wire[], index: number): Wire {
  const wire = wires[index];
  if (wire === undefined) throw new Error(`expected ${index + 1} connections, there are ${wires.length}`);
  return wire;
}
