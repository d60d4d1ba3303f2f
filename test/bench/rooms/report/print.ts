import type { JoinCost } from '../cases/crowded-case.ts';
import { PARALLEL } from '../cases/rooms-case.ts';
import type { CrowdedRow, RoomsRow, Summary } from './summary.ts';
import { digits, kilobytes, percent, table } from './table.ts';

const MEGABYTE = 1024 ** 2;
const GIGABYTE = 1024 ** 3;

export function printSummary(summary: Summary): void {
  const parts = [
    roomsTable(summary),
    memoryTable(summary),
    crowdedTable(summary),
    kneeTable(summary),
    aimsTable(summary),
    millionText(summary),
  ];
  process.stdout.write(`\n${parts.filter((part) => part !== '').join('\n\n')}\n`);
}

function roomsTable({ rooms }: Summary): string {
  if (rooms.length === 0) return '';
  const row = ({ what, figures: one }: RoomsRow): string[] => [
    what,
    digits(one.roomsPerSecond, 0),
    digits(one.ackP50Ms, 1),
    digits(one.ackP95Ms, 1),
    digits(one.ackP99Ms, 1),
    digits(one.cpuMsPerRoom, 2),
    digits(one.signalingAloneCpuMsPerRoom, 2),
    digits(one.signalingCpuMsPerRoom, 2),
    digits(one.workerCpuMsPerRoom, 2),
    percent(one.serverBusyShare),
    percent(one.loadBusyShare),
  ];
  const head = [
    '',
    'rooms/s',
    'ack p50',
    'p95',
    'p99',
    'CPU',
    '+ signals',
    '+ among all',
    'worker',
    'busy',
    'load',
  ];
  return [
    `Rooms, ${PARALLEL} made at once: ms from join to ack; the server's CPU in ms a room, to connect and join everyone, and for their offers`,
    "and candidates with no other room on the server, and with all open; the media worker's; how busy the server and the load were",
    table(head, rooms.map(row)),
  ].join('\n');
}

function memoryTable({ rooms, idle }: Summary): string {
  if (rooms.length === 0) return '';
  const row = ({ what, figures: one }: RoomsRow): string[] => [
    what,
    kilobytes(one.heapBytesPerParticipant),
    kilobytes(one.heapBytesPerConnection),
    kilobytes(one.rssBytesPerParticipant),
    kilobytes(one.workerRssBytesPerParticipant),
    digits(one.emptyRssBytes / MEGABYTE, 0),
  ];
  const head = ['', 'heap', 'if in no room', 'RSS', 'worker RSS', 'empty server, MB'];
  const asked = Object.entries(idle).map(
    ([contestant, one]) =>
      `${contestant}: ${(1000 * one.cpuMsPerParticipantAndPing).toFixed(0)} us of CPU per participant each ${one.pingIntervalMs / 1000} s, to ask whether it is still there`,
  );
  return [
    'What an idle participant keeps, in kB above the empty server',
    table(head, rooms.map(row)),
    ...asked,
  ].join('\n');
}

function crowdedTable({ crowded }: Summary): string {
  if (crowded.length === 0) return '';
  const cost = (one: JoinCost | null): string[] => [
    digits(one?.ackP50Ms ?? null, 1),
    digits(one?.ackP99Ms ?? null, 1),
    digits(one?.cpuMsPerJoin ?? null, 3),
  ];
  const row = (one: CrowdedRow): string[] => [
    `${one.contestant}, ${one.openRooms} rooms open`,
    ...cost(one.codelab),
    ...cost(one.chat),
  ];
  return [
    `A join among so many rooms, ${PARALLEL} at once`,
    table(['', 'codelab p50', 'p99 ms', 'CPU ms', 'chat p50', 'p99 ms', 'CPU ms'], crowded.map(row)),
  ].join('\n');
}

function kneeTable({ knee, kneeOfOurs }: Summary): string {
  const { ours, toy } = knee;
  if (ours === undefined || toy === undefined) return '';
  const rows = ours.map((point, index) => {
    const other = toy[index];
    return [
      String(point.parallel),
      digits(point.roomsPerSecond, 0),
      digits(point.ackP50Ms, 1),
      digits(point.ackP99Ms, 1),
      digits(other?.roomsPerSecond ?? null, 0),
      digits(other?.ackP50Ms ?? null, 1),
      digits(other?.ackP99Ms ?? null, 1),
    ];
  });
  return [
    'The knee: codelab rooms, so many made at once',
    table(['at once', 'ours rooms/s', 'p50', 'p99 ms', 'toy rooms/s', 'p50', 'p99 ms'], rows),
    kneeOfOurs === null
      ? 'There is no knee among these.'
      : `The knee of ours is at ${kneeOfOurs} at once: beyond it there are less than 10 % more rooms, and twice the wait.`,
  ].join('\n');
}

function aimsTable({ aims }: Summary): string {
  if (aims.length === 0) return '';
  const rows = aims.map(({ what, value, aim, isMet }) => [what, digits(value, 2), aim, isMet ? 'yes' : 'NO']);
  return `The aims\n${table(['', 'measured', 'aim', 'met'], rows)}`;
}

function millionText({ million }: Summary): string {
  return Object.entries(million)
    .map(([what, one]) =>
      [
        `A million ${what} on paper: two in each, joined over an hour, then idle`,
        `  memory of the participants   ${(one.memoryBytes / GIGABYTE).toFixed(0)} GB`,
        `  CPU cores while they come    ${(one.joiningCores + one.signalingCores).toFixed(2)} (${one.joiningCores.toFixed(2)} to connect and join, ${one.signalingCores.toFixed(2)} for their offers and candidates)`,
        `  CPU cores while they stay    ${one.idleCores.toFixed(2)}`,
        `  nodes of 8 GB                ${one.nodes} (memory asks for ${one.nodesForMemory}, CPU for ${one.nodesForCpu})`,
        `  file descriptors             ${one.participants}, ${one.filesPerNode} a node`,
      ].join('\n'),
    )
    .join('\n\n');
}
