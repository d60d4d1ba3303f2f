import type { JoinCost } from '../cases/crowded-case.ts';
import type { IdleSample } from '../cases/idle-case.ts';
import { PARALLELISMS, kneeOf, type KneePoint } from '../cases/knee-case.ts';
import type { RoomsSample } from '../cases/rooms-case.ts';
import type { Results } from '../results.ts';
import type { Contestant } from '../server/server-under-test.ts';
import { medians } from './medians.ts';
import { million, type Million } from './million.ts';

export interface RoomsRow {
  readonly what: string;
  readonly figures: RoomsSample;
}

export interface CrowdedRow {
  readonly contestant: Contestant;
  readonly openRooms: number;
  readonly codelab: JoinCost;
  readonly chat: JoinCost | null;
}

export interface Aim {
  readonly what: string;
  readonly value: number;
  readonly aim: string;
  readonly isMet: boolean;
}

/** The medians over the runs, and what follows from them. */
export interface Summary {
  readonly rooms: readonly RoomsRow[];
  readonly knee: Partial<Record<Contestant, readonly KneePoint[]>>;
  readonly kneeOfOurs: number | null;
  readonly crowded: readonly CrowdedRow[];
  readonly idle: Partial<Record<Contestant, IdleSample>>;
  readonly aims: readonly Aim[];
  readonly million: Readonly<Record<string, Million>>;
}

const CONTESTANTS = ['ours', 'toy'] as const;

const ROOMS = [
  { case: 'pairs', what: 'rooms of two, codelab' },
  { case: 'chat', what: 'rooms of five, chat' },
  { case: 'mesh', what: 'rooms of two, /v1 mesh' },
  { case: 'sfu', what: 'rooms of five, /v1 SFU' },
] as const;

export function summarize(results: Results): Summary {
  const rooms = ROOMS.flatMap((one) =>
    CONTESTANTS.flatMap((contestant) => {
      const samples = results[one.case][contestant];
      return samples === undefined ? [] : [{ what: `${one.what}: ${contestant}`, figures: medians(samples) }];
    }),
  );
  const knee = mapOf(results.knee, kneeMedians);
  const crowded = CONTESTANTS.flatMap((contestant) => crowdedRows(results, contestant));
  const idle = mapOf(results.idle, medians);
  return {
    rooms,
    knee,
    kneeOfOurs: knee.ours === undefined ? null : kneeOf(knee.ours),
    crowded,
    idle,
    aims: [...roomsAims(results), ...crowdedAims(crowded)],
    million: millions(results, idle.ours),
  };
}

function mapOf<Sample, Mapped>(
  of: Partial<Record<Contestant, Sample[]>>,
  map: (samples: Sample[]) => Mapped,
): Partial<Record<Contestant, Mapped>> {
  return {
    ...(of.ours && { ours: map(of.ours) }),
    ...(of.toy && { toy: map(of.toy) }),
  };
}

const kneeMedians = (runs: readonly (readonly KneePoint[])[]): KneePoint[] =>
  PARALLELISMS.map((parallel) => medians(runs.flat().filter((point) => point.parallel === parallel)));

function crowdedRows(results: Results, contestant: Contestant): CrowdedRow[] {
  const samples = results.crowded[contestant] ?? [];
  return [...new Set(samples.map(({ openRooms }) => openRooms))].map((openRooms) => {
    const those = samples.filter((sample) => sample.openRooms === openRooms);
    const chats = those.map(({ chat }) => chat).filter((chat) => chat !== null);
    return {
      contestant,
      openRooms,
      codelab: medians(those.map(({ codelab }) => codelab)),
      chat: chats.length === 0 ? null : medians(chats),
    };
  });
}

const atLeast = (what: string, value: number, least: number): Aim => ({
  what,
  value,
  aim: `at least ${least}`,
  isMet: value >= least,
});

const atMost = (what: string, value: number, most: number): Aim => ({
  what,
  value,
  aim: `at most ${most}`,
  isMet: value <= most,
});

function roomsAims({ pairs }: Results): Aim[] {
  if (pairs.ours === undefined || pairs.toy === undefined) return [];
  const [ours, toy] = [medians(pairs.ours), medians(pairs.toy)];
  return [
    atLeast("rooms per second, of the toy's", ours.roomsPerSecond / toy.roomsPerSecond, 0.75),
    atMost("server CPU per room, of the toy's", ours.cpuMsPerRoom / toy.cpuMsPerRoom, 1.3),
    atMost(
      '… with the signaling, no other room on the server',
      withSignaling(ours) / withSignaling(toy),
      1.3,
    ),
    atMost('join ack p99, 50 at once (ms)', ours.ackP99Ms, 25),
    atMost(
      "memory per idle participant (heap), of the toy's",
      ours.heapBytesPerParticipant / toy.heapBytesPerParticipant,
      2,
    ),
    atMost(
      "memory per idle participant (RSS), of the toy's",
      ours.rssBytesPerParticipant / toy.rssBytesPerParticipant,
      2,
    ),
  ];
}

const withSignaling = (one: RoomsSample): number => one.cpuMsPerRoom + (one.signalingAloneCpuMsPerRoom ?? 0);

/** About the same: within a fifth, which is what two runs of the same differ by. */
const ABOUT = 1.2;

function crowdedAims(rows: readonly CrowdedRow[]): Aim[] {
  const ours = rows.filter(({ contestant }) => contestant === 'ours');
  const few = ours.at(0);
  const many = ours.at(-1);
  if (few === undefined || many === undefined || few === many) return [];
  const aim = (what: string, one: JoinCost | null, other: JoinCost | null): Aim[] =>
    one === null || other === null
      ? []
      : [
          atMost(
            `CPU per ${what}, ${many.openRooms} rooms open over ${few.openRooms}`,
            other.cpuMsPerJoin / one.cpuMsPerJoin,
            ABOUT,
          ),
        ];
  return [...aim('codelab join', few.codelab, many.codelab), ...aim('chat join', few.chat, many.chat)];
}

function millions({ pairs, mesh }: Results, idle: IdleSample | undefined): Record<string, Million> {
  if (idle === undefined) return {};
  return {
    ...(pairs.ours && { 'codelab rooms': million(medians(pairs.ours), idle) }),
    ...(mesh.ours && { '/v1 rooms in a mesh': million(medians(mesh.ours), idle) }),
  };
}
