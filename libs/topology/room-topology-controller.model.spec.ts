// Whatever happens to a room in whatever order, with clients that answer late, wrongly or never: once it is quiet everyone reaches
// everyone over exactly one path, nothing waits for ever, and nothing is left. A failure prints the commands, shrunk, with `seed`,
// `path` and `replayPath`: give the first two to `fc.assert` and the third to `fc.commands`, and the same run comes back.
// Node's assert, because this checks some million times, and jest's takes ten times as long.
import assert from 'node:assert/strict';
import { expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { TopologyWish } from '#protocol';
import type { SimulatedClient } from './testing/simulated-client.ts';
import { SimulatedRoom } from './testing/simulated-room.ts';

/** Each of up to 25 steps, after the 20,000 of the state machine alone. */
const SEQUENCES = 5000;
const MAX_PEOPLE = 6;
/** Longer than a room waits before it moves back to mesh. */
const LONGEST_DWELL_MS = 6000;

/** What must be known to choose a command: how many are there at most. */
interface Model {
  people: number;
}

type Do = (room: SimulatedRoom, nth: (index: number) => SimulatedClient | undefined) => void | Promise<void>;

interface Shape {
  readonly do: Do;
  /** By how much the room may grow or shrink. */
  readonly people?: 1 | -1;
  /** What comes next comes before anything of this has happened. */
  readonly hurried?: boolean;
}

class Happening implements fc.AsyncCommand<Model, SimulatedRoom> {
  readonly #what: string;
  readonly #shape: Shape;

  constructor(what: string, shape: Shape) {
    this.#what = what;
    this.#shape = shape;
  }

  check({ people }: Readonly<Model>): boolean {
    const { people: change = 0 } = this.#shape;
    return people + change >= 0 && people + change <= MAX_PEOPLE;
  }

  async run(model: Model, room: SimulatedRoom): Promise<void> {
    model.people += this.#shape.people ?? 0;
    await this.#shape.do(room, (index) => room.clients[index % Math.max(1, room.clients.length)]);
    if (this.#shape.hurried !== true) await room.settle();
  }

  toString(): string {
    return `${this.#what}${this.#shape.hurried === true ? ', and at once' : ''}`;
  }
}

const someone = fc.nat({ max: MAX_PEOPLE - 1 });
const hurried = fc.constantFrom(false, false, true);

const join = fc
  .record({
    delayMs: fc.constantFrom(0, 0, 0, 40, 300),
    provesAfterMs: fc.constantFrom(0, 0, 300, 2000),
    relayOnly: fc.constantFrom(false, false, false, false, false, false, true),
    hurried,
  })
  .map(
    ({ hurried: quick, ...manner }) =>
      new Happening(`join ${JSON.stringify(manner)}`, {
        do: (room) => room.join(manner),
        people: 1,
        hurried: quick,
      }),
  );

const leave = fc.tuple(someone, hurried, fc.boolean()).map(
  ([who, quick, vanishes]) =>
    new Happening(`${vanishes ? 'vanish' : 'leave'} ${who}`, {
      do: (room, nth) => {
        const client = nth(who);
        if (client === undefined) return;
        if (vanishes) room.vanish(client);
        else room.leave(client);
      },
      people: -1,
      hurried: quick,
    }),
);

/** 3-2-3: one leaves, and another comes just when the room has begun to move back. */
const turn = fc.tuple(someone, fc.constantFrom(40, 300)).map(
  ([who, delayMs]) =>
    new Happening(`${who} leaves, and another comes as the room moves back (${delayMs} ms)`, {
      do: async (room, nth) => {
        const client = nth(who);
        if (client === undefined) return;
        room.leave(client);
        await room.settle();
        for (let passed = 0; room.watch.underWay === null && passed < LONGEST_DWELL_MS; passed += 1000)
          await room.pass(1000);
        room.join({ delayMs, provesAfterMs: 0, relayOnly: false });
      },
    }),
);

const wait = fc
  .constantFrom(1, 500, 1000, 2500, 5000, 8000, 35_000)
  .map((ms) => new Happening(`wait ${ms} ms`, { do: (room) => room.pass(ms) }));

const stall = fc.tuple(someone, fc.boolean()).map(
  ([who, stalled]) =>
    new Happening(`${who} ${stalled ? 'stands still' : 'goes on'}`, {
      do: (room, nth) => {
        const client = nth(who);
        if (client !== undefined) room.stall(client, stalled);
      },
    }),
);

const silence = fc.tuple(someone, fc.boolean()).map(
  ([who, silent]) =>
    new Happening(`${who} ${silent ? 'says nothing any more' : 'talks again'}`, {
      do: (_room, nth) => {
        const client = nth(who);
        if (client !== undefined) client.silent = silent;
      },
    }),
);

/** Paths that are not there, epochs that are over or not yet, and things that did not happen. */
const lie = fc
  .tuple(
    someone,
    someone,
    fc.constantFrom('switched', 'failed', 'report'),
    fc.constantFrom(0, 0, 0, 1, 2, -1),
  )
  .map(
    ([who, about, what, ago]) =>
      new Happening(`${who} lies: ${what} of ${about}, ${ago} epochs ago`, {
        do: (room, nth) => {
          const [liar, other] = [nth(who), nth(about)];
          const epoch = Math.max(1, room.watch.highest - ago);
          if (liar === undefined || other === undefined) return;
          room.fromSeat(liar.id, () => {
            if (what === 'switched') room.switched(liar.id, other.id, epoch);
            else if (what === 'failed') room.failed(liar.id, other.id, epoch, 'so I say');
            else room.report(liar.id, epoch);
          });
        },
      }),
  );

/** What the links of a mesh cost somebody. It may be true, and it is refused where there is no mesh. */
const weakness = fc.tuple(someone, fc.constantFrom('uplinkLimited' as const, 'relayed' as const, null)).map(
  ([who, what]) =>
    new Happening(`${who} says of its links: ${what ?? 'all is well'}`, {
      do: (room, nth) => {
        const client = nth(who);
        if (client !== undefined) room.reportLinks(client, what);
      },
    }),
);

const route = fc.tuple(someone, someone, fc.boolean()).map(
  ([who, to, isCut]) =>
    new Happening(`${isCut ? 'no' : 'a'} route between ${who} and ${to}`, {
      do: (room, nth) => {
        const [one, other] = [nth(who), nth(to)];
        if (one !== undefined && other !== undefined && one !== other) room.cutRoute(one, other, isCut);
      },
    }),
);

const reach = fc.tuple(someone, fc.boolean()).map(
  ([who, isCut]) =>
    new Happening(`the SFU ${isCut ? 'does not reach' : 'reaches'} ${who}`, {
      do: (room, nth) => {
        const client = nth(who);
        if (client !== undefined) room.cutSfu(client, isCut);
      },
    }),
);

const sfu = fc.tuple(fc.constantFrom('dies', 'dies', 'is away', 'is back'), hurried).map(
  ([what, quick]) =>
    new Happening(`the SFU ${what}`, {
      do: (room) => {
        if (what === 'dies') room.killWorker();
        else room.setSfu(what === 'is back');
      },
      hurried: quick,
    }),
);

const preview = fc.tuple(fc.constantFrom('x', 'y'), fc.boolean()).map(
  ([session, looks]) =>
    new Happening(`${session} looks ${looks ? '' : 'no more'}`, {
      do: (room) => room.preview(session, looks),
    }),
);

const need = fc
  .tuple(fc.constantFrom('recorder' as const, 'enforced-mute' as const), fc.constantFrom(true, false, false))
  .map(
    ([what, required]) =>
      new Happening(`${what} ${required ? 'begins' : 'ends'}`, {
        do: (room) => room.require(what, required),
      }),
  );

const often = <T>(times: number, one: T): T[] => Array.from({ length: times }, () => one);

const happenings = [
  [join, 4] as const,
  [wait, 5] as const,
  [lie, 3] as const,
  ...[leave, turn, stall, route, sfu].map((one) => [one, 2] as const),
  ...[silence, weakness, reach, preview, need].map((one) => [one, 1] as const),
].flatMap(([one, times]) => often(times, one));

const sequences = fc.record({
  wish: fc.constantFrom<TopologyWish>('auto', 'auto', 'auto', 'mesh', 'sfu'),
  meshMaxParticipants: fc.constantFrom(2, 2, 4),
  sfuStaysAway: fc.constantFrom(false, false, false, true),
  /** So many are there before anything happens: most sequences are short, and an empty room tells little. */
  people: fc.constantFrom(0, 2, 2, 3),
  commands: fc.commands(happenings, { maxCommands: 25, size: 'max' }),
});

const seen = new Set<string>();

/** Over by then: the longest pause before another try, and the try itself. */
const LONGEST_PAUSE_MS = 620_000;

/** Goes on until nothing is under way, and what was has been reported. */
async function quiet(room: SimulatedRoom): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    assert.ok(tries < 100, 'it never comes to rest');
    const { highest } = room.watch;
    await room.pass(9000);
    if (room.watch.underWay === null && room.watch.highest === highest) return;
  }
}

/** The SFU is gone for good: the room waits for the next try, and for nothing else. */
async function waitsWithoutSfu(room: SimulatedRoom): Promise<void> {
  room.setSfu(false);
  room.killWorker();
  await room.pass(60_000);
  await quiet(room);
  if (room.clients.length === 0) return;
  const { live } = room.controller;
  assert.equal(room.watch.underWay, null);
  const isWaiting = room.wanted === 'sfu';
  const isSure = room.cutPairs === 0 && !room.hasWeak;
  if (isSure) assert.equal(room.clock.pending, isWaiting ? 1 : 0, 'a timer for the next try, and no other');
  if (isWaiting) seen.add('waits for an SFU');
  // Neither an SFU nor a route: there is no path to be had.
  if (room.wanted === 'mesh' && room.cutPairs === 0 && live !== null) room.checkPaths(live);
}

async function survive({
  wish,
  meshMaxParticipants,
  sfuStaysAway,
  people,
  commands,
}: {
  wish: TopologyWish;
  meshMaxParticipants: number;
  sfuStaysAway: boolean;
  people: number;
  commands: Iterable<fc.AsyncCommand<Model, SimulatedRoom>>;
}): Promise<void> {
  const room = new SimulatedRoom(wish, meshMaxParticipants);
  for (let joined = 0; joined < people; joined += 1) {
    room.join({ delayMs: 0, provesAfterMs: 0, relayOnly: false });
    await room.settle();
  }
  await fc.asyncModelRun(() => ({ model: { people }, real: room }), commands);
  await room.settle();

  // First as it is, with those who do not answer.
  await room.pass(30_000);
  for (const session of ['x', 'y']) room.preview(session, false);
  room.heal();
  if (sfuStaysAway) {
    await waitsWithoutSfu(room);
    room.heal();
  }
  await room.pass(LONGEST_PAUSE_MS);
  await quiet(room);

  for (const what of room.watch.seen) seen.add(what);
  const { live } = room.controller;
  const { routers, transports } = room.engine.counts();
  if (room.clients.length === 0) {
    assert.equal(live, null);
    assert.equal(room.clock.pending, 0);
  } else {
    if (live === null) throw new Error('the room has no topology');
    const wants = room.wanted;
    room.checkPaths(live);
    if (wants === 'mesh' && room.cutPairs > 0) {
      seen.add('waits for a route');
      // A mesh that cannot be is tried again, and nothing else is waited for.
      assert.ok(room.clock.pending <= room.cutPairs);
      if (live.topology === 'sfu') assert.ok(room.clock.pending >= 1);
    } else {
      assert.equal(live.topology, wants);
      assert.equal(room.clock.pending, 0, 'nothing is waited for');
    }
  }
  const isSfu = live?.topology === 'sfu';
  assert.deepEqual([routers, transports], [isSfu ? 1 : 0, isSfu ? 2 * room.clients.length : 0]);

  for (const client of room.clients) room.leave(client);
  await room.settle();
  assert.equal(room.clock.pending, 0);
  assert.deepEqual(room.engine.counts(), {
    workers: 1,
    routers: 0,
    transports: 0,
    producers: 0,
    consumers: 0,
  });
  // Whoever comes next is not mistaken for one of those before: the watch sees that the epoch rises.
  room.join({ delayMs: 0, provesAfterMs: 0, relayOnly: false });
  await room.settle();
  assert.ok(room.clients.length === 1);
}

it(`comes to rest with one path between any two after each of ${SEQUENCES} sequences of whatever can happen`, async () => {
  await fc.assert(fc.asyncProperty(sequences, survive), { numRuns: SEQUENCES });
  // The property would be worth little if none of them came that far.
  const came = [
    'towards mesh',
    'towards sfu',
    'settled in mesh',
    'settled in sfu',
    'left meanwhile',
    'unreachable',
  ];
  const ended = ['deadline', 'path-failed', 'superseded', 'media-unavailable'];
  for (const what of [...came, ...ended, 'waits for an SFU', 'waits for a route'])
    expect([...seen]).toContain(what);
}, 120_000);
