// Whatever happens to a room in whatever order: once it is left in peace and its clients do their part, everyone reaches everyone
// over the topology that the policy wants, and once they are gone nothing is left.
import assert from 'node:assert/strict';
import { expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { DomainError, assertNever } from '#kernel';
import { NOTHING_OPEN, TopologyWorld, type Member } from './testing/topology-world.ts';

type Step =
  | { readonly do: 'join' | 'switch all' | 'kill the worker' | 'lose the SFU' | 'get the SFU back' }
  | { readonly do: 'leave'; readonly who: number }
  | {
      readonly do: 'switch' | 'fail';
      readonly receiver: number;
      readonly sender: number;
      readonly epochsAgo: number;
    }
  | { readonly do: 'wait'; readonly ms: number };

const someone = fc.nat({ max: 5 });

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.constant({ do: 'join' } as const) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('leave' as const), who: someone }) },
  { weight: 3, arbitrary: fc.constant({ do: 'switch all' } as const) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constantFrom('switch' as const, 'fail' as const),
      receiver: someone,
      sender: someone,
      epochsAgo: fc.constantFrom(0, 0, 0, 1, 2),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ do: 'kill the worker' } as const) },
  { weight: 1, arbitrary: fc.constant({ do: 'lose the SFU' } as const) },
  { weight: 1, arbitrary: fc.constant({ do: 'get the SFU back' } as const) },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('wait' as const),
      ms: fc.constantFrom(1, 500, 1000, 5000, 8000, 60_000),
    }),
  },
);

const REFUSALS = new Set(['MEDIA_UNAVAILABLE', 'SUPERSEDED_EPOCH', 'NOT_FOUND']);

/** Requests may be refused, in the words of the protocol; anything else is a defect. */
async function perhaps(task: Promise<unknown>): Promise<void> {
  try {
    await task;
  } catch (error) {
    if (!DomainError.is(error) || !REFUSALS.has(error.code)) throw error;
  }
}

async function perform(world: TopologyWorld, one: Step): Promise<void> {
  const members = [...world.members.values()];
  const nth = (index: number): Member | undefined => members[index % members.length];
  switch (one.do) {
    case 'join':
      return perhaps(world.join());
    case 'leave': {
      const leaver = nth(one.who);
      return leaver && world.leave(leaver);
    }
    case 'switch all':
      return world.switchAll();
    case 'switch':
    case 'fail': {
      const [receiver, sender] = [nth(one.receiver), nth(one.sender)];
      const epoch = (world.underWay ?? world.controller.live?.epoch ?? 1) - one.epochsAgo;
      if (receiver === undefined || sender === undefined) return undefined;
      return perhaps(
        one.do === 'switch' ? world.switched(receiver, sender, epoch) : world.failed(receiver, sender, epoch),
      );
    }
    case 'kill the worker':
      await world.killWorker();
      return undefined;
    case 'lose the SFU':
      world.engine.available = false;
      return undefined;
    case 'get the SFU back':
      world.engine.available = true;
      return undefined;
    case 'wait':
      return world.advance(one.ms);
    default:
      return assertNever(one);
  }
}

/** Nothing is refused any more, and clients do their part: at the latest after the longest pause the room has come to rest. */
async function comeToRest(world: TopologyWorld): Promise<void> {
  world.engine.available = true;
  for (let minute = 0; minute < 15; minute += 1) {
    await world.switchAll();
    await world.advance(50_000);
    await world.switchAll();
    await world.advance(5000);
    await world.switchAll();
    await world.advance(5000);
  }
}

async function survive(steps: readonly Step[], seen: Set<string>): Promise<void> {
  const world = new TopologyWorld();
  for (const one of steps) {
    await perform(world, one);
    if (world.underWay !== null) seen.add('a handover');
  }
  await comeToRest(world);

  const wanted = world.members.size > 2 ? 'sfu' : 'mesh';
  if (world.members.size > 0) {
    seen.add(wanted);
    assert.equal(world.controller.live?.topology, wanted);
    assert.deepEqual(world.unreached(), []);
    assert.equal(world.underWay, null);
  }
  assert.equal(world.clock.pending, 0);
  const { routers, transports } = world.engine.counts();
  assert.deepEqual(
    { routers, transports },
    wanted === 'sfu' ? { routers: 1, transports: 2 * world.members.size } : { routers: 0, transports: 0 },
  );

  const seqs = world.outlet.said.map(({ payload }) => (payload as { readonly seq?: number }).seq);
  const numbers = [...new Set(seqs.filter((seq) => seq !== undefined))];
  assert.deepEqual(
    numbers,
    Array.from({ length: numbers.length }, (_, index) => index + 1),
  );

  for (const member of world.members.values()) await world.leave(member);
  assert.equal(world.clock.pending, 0);
  assert.deepEqual(world.engine.counts(), NOTHING_OPEN);
}

it('comes to rest with everyone reached, and leaves nothing behind, whatever happened', async () => {
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40, size: 'max' }), (steps) => survive(steps, seen)),
    { numRuns: 150 },
  );
  expect(seen).toEqual(new Set(['a handover', 'mesh', 'sfu']));
}, 60_000);
