import { beforeEach, describe, expect, it } from '@jest/globals';
import { DomainError } from '#kernel';
import type { LinkConditions } from '#protocol';
import { DRAINED_MS, REPORTED_MS, SETTINGS, TopologyWorld, type Member } from './testing/topology-world.ts';

const CALM: LinkConditions = { cpuLimited: false, uplinkLimited: false, lossy: false, relayed: false };
const NARROW: LinkConditions = { ...CALM, uplinkLimited: true };

let world: TopologyWorld;

beforeEach(() => {
  world = new TopologyWorld({ meshMaxParticipants: 3 });
});

const liveNow = () => world.controller.live;

async function tell(
  { id }: Member,
  conditions: LinkConditions,
  epoch = liveNow()?.epoch ?? 0,
): Promise<void> {
  world.controller.linksReported(id, epoch, conditions);
  await world.idle();
}

/** Until nothing is left of a handover but what it has led to. */
async function settle(): Promise<void> {
  await world.switchAll();
  await world.advance(DRAINED_MS);
}

/** Three of whom one was too weak for the mesh: over the SFU of epoch 2. `waitedMs` of the 30 s have passed. */
async function constrainedRoom() {
  const [alice, bob, carol] = await world.joinThree();
  expect(liveNow()).toMatchObject({ topology: 'mesh', reason: 'fits-mesh' });
  await tell(alice, NARROW);
  expect(world.said('topology:prepare').at(-1)).toMatchObject({ target: 'sfu', reason: 'constrained' });
  await settle();
  expect(liveNow()).toEqual({ topology: 'sfu', epoch: 2, reason: 'constrained' });
  return { alice, bob, carol, waitedMs: DRAINED_MS };
}

describe('a mesh of three, one of whom cannot send a copy to each of the others', () => {
  it.each<keyof LinkConditions>(['cpuLimited', 'uplinkLimited', 'lossy', 'relayed'])(
    'moves to the SFU at once: %s',
    async (condition) => {
      const [, , carol] = await world.joinThree();
      await tell(carol, { ...CALM, [condition]: true });
      expect(world.said('topology:prepare').at(-1)).toMatchObject({ target: 'sfu', reason: 'constrained' });
    },
  );

  it('stays when nothing but calm is told, as often as it is', async () => {
    const [alice] = await world.joinThree();
    for (let n = 0; n < 100; n += 1) await tell(alice, CALM);
    expect(world.underWay).toBeNull();
    expect(world.clock.pending).toBe(0);
  });

  it('is tried again after 30 s, and when it is the same again after 60 s, 120 s …', async () => {
    const { alice, waitedMs } = await constrainedRoom();
    let since = waitedMs;
    for (const pauseS of [30, 60, 120]) {
      await world.advance(pauseS * 1000 - since - 1);
      expect(world.underWay).toBeNull();
      await world.advance(1);
      await world.advance(SETTINGS.meshDwellMs);
      expect(world.said('topology:prepare').at(-1)).toMatchObject({ target: 'mesh' });
      await settle();
      await tell(alice, NARROW);
      expect(world.said('topology:prepare').at(-1)).toMatchObject({ target: 'sfu', reason: 'constrained' });
      await settle();
      since = DRAINED_MS;
    }
    expect(world.unreached()).toEqual([]);
  });

  it('stays, tried again, when it has passed', async () => {
    const { waitedMs } = await constrainedRoom();
    await world.advance(30_000 - waitedMs);
    await world.advance(SETTINGS.meshDwellMs);
    await settle();
    await world.advance(3_600_000);
    expect(liveNow()).toEqual({ topology: 'mesh', epoch: 3, reason: 'fits-mesh' });
    expect(world.clock.pending).toBe(0);
  });

  it('does not come back at once for somebody who takes it back during the handover', async () => {
    const [alice] = await world.joinThree();
    await tell(alice, NARROW);
    await tell(alice, CALM);
    await settle();
    await world.advance(SETTINGS.meshDwellMs);
    expect(world.underWay).toBeNull();
    expect(liveNow()).toMatchObject({ topology: 'sfu' });
  });

  it('comes back without whom it was too much for', async () => {
    const { alice } = await constrainedRoom();
    const dave = await world.join();
    await world.leave(alice);
    await world.advance(SETTINGS.meshDwellMs);
    await settle();
    expect(liveNow()).toMatchObject({ topology: 'mesh', reason: 'fits-mesh' });
    expect(world.unreached()).toEqual([]);
    expect(dave.topology.live.topology).toBe('sfu');
  });

  it('stays in its mesh where there is no SFU, and moves once there is one', async () => {
    const [alice] = await world.joinThree();
    world.engine.available = false;
    await tell(alice, NARROW);
    expect(world.underWay).toBeNull();
    expect(liveNow()).toMatchObject({ topology: 'mesh' });
    expect(world.unreached()).toEqual([]);
    world.engine.available = true;
    await world.advance(1000);
    expect(world.underWay).not.toBeNull();
    await settle();
    expect(liveNow()).toMatchObject({ topology: 'sfu', reason: 'constrained' });
  });
});

describe('two, one of whom can barely send one copy', () => {
  it('keep their mesh, relayed or not: one copy is what the SFU would be sent too', async () => {
    const alice = await world.join();
    await world.join();
    await tell(alice, { cpuLimited: true, uplinkLimited: true, lossy: true, relayed: true });
    expect(world.underWay).toBeNull();
  });

  it('go over to the SFU with the third, who need not try the mesh first', async () => {
    const alice = await world.join();
    await world.join();
    await tell(alice, NARROW);
    const carol = await world.join();
    expect(carol.topology.handover).toMatchObject({ target: 'sfu', reason: 'constrained' });
    expect(carol.topology.epochs).toEqual([2]);
  });

  it('go back to their mesh after the dwell time when they were three, and begin anew with the next third', async () => {
    const { alice, carol } = await constrainedRoom();
    await world.leave(carol);
    await world.advance(SETTINGS.meshDwellMs);
    await settle();
    expect(liveNow()).toMatchObject({ topology: 'mesh', epoch: 3 });

    await world.join();
    expect(world.underWay).toBeNull();
    await tell(alice, NARROW);
    await settle();
    await world.advance(30_000 - DRAINED_MS);
    await world.advance(SETTINGS.meshDwellMs);
    expect(world.said('topology:prepare').at(-1)).toMatchObject({ target: 'mesh' });
  });

  it('begin anew with the next third as well where they became two in the mesh', async () => {
    const { alice, carol, waitedMs } = await constrainedRoom();
    await world.advance(30_000 - waitedMs);
    await world.advance(SETTINGS.meshDwellMs);
    await settle();
    await world.leave(carol);
    await world.join();
    await tell(alice, NARROW);
    await settle();
    await world.advance(30_000 - DRAINED_MS);
    await world.advance(SETTINGS.meshDwellMs);
    expect(world.said('topology:prepare').at(-1)).toMatchObject({ target: 'mesh' });
    expect(liveNow()).toMatchObject({ topology: 'sfu', epoch: 4 });
  });

  it('are not gone back to by a reload: who is three again within the dwell time stays in the SFU', async () => {
    const { carol } = await constrainedRoom();
    await world.leave(carol);
    await world.advance(SETTINGS.meshDwellMs - 1);
    await world.join();
    await world.advance(SETTINGS.meshDwellMs);
    expect(world.underWay).toBeNull();
    expect(liveNow()).toMatchObject({ topology: 'sfu', epoch: 2 });
  });
});

describe('what is told of links', () => {
  const refusal = (one: Member, epoch: number): string => {
    try {
      world.controller.linksReported(one.id, epoch, NARROW);
      return 'none';
    } catch (error) {
      if (DomainError.is(error)) return error.code;
      throw error;
    }
  };

  it('belongs to the mesh that is live: late, early, or of an SFU it is refused and changes nothing', async () => {
    const { bob } = await constrainedRoom();
    for (const epoch of [1, 2, 3]) expect(refusal(bob, epoch)).toBe('SUPERSEDED_EPOCH');
    await world.advance(30_000);
    await world.advance(SETTINGS.meshDwellMs);
    expect(world.underWay).toBe(3);
    expect(refusal(bob, 3)).toBe('SUPERSEDED_EPOCH');
    await settle();
    expect(refusal(bob, 1)).toBe('SUPERSEDED_EPOCH');
    expect(world.underWay).toBeNull();
  });

  it('is not taken from somebody who is not in that mesh', async () => {
    const members = await world.joinThree();
    const dave = await world.join();
    expect(dave.topology.handover).toMatchObject({ reason: 'exceeds-mesh' });
    expect(refusal(dave, 1)).toBe('SUPERSEDED_EPOCH');
    expect(refusal(members[0], 1)).toBe('none');
  });

  it('does not belong to what the mesh is being left for', async () => {
    const [alice] = await world.joinThree();
    await world.join();
    expect(world.underWay).toBe(2);
    expect(refusal(alice, 2)).toBe('SUPERSEDED_EPOCH');
  });

  it('leaves nothing behind in a room that closes', async () => {
    await constrainedRoom();
    await world.advance(REPORTED_MS);
    expect(world.clock.pending).toBe(1);
    await world.close();
    expect(world.clock.pending).toBe(0);
  });

  it('leaves nothing behind in an empty room', async () => {
    const { alice, bob, carol } = await constrainedRoom();
    for (const one of [alice, bob, carol]) await world.leave(one);
    await world.advance(REPORTED_MS);
    expect(world.clock.pending).toBe(0);
    await world.joinThree();
    expect(world.underWay).toBeNull();
  });
});
