import { beforeEach, describe, expect, it } from '@jest/globals';
import { NOTHING_OPEN, DRAINED_MS, REPORTED_MS, SETTINGS, TopologyWorld } from './testing/topology-world.ts';

let world: TopologyWorld;

beforeEach(() => {
  world = new TopologyWorld();
});

/** A room of three with an SFU of epoch 2, one of whom has left: it goes back to mesh in epoch 3. */
async function onTheWayBack() {
  const [alice, bob, carol] = await world.settledRoomOfThree();
  await world.leave(carol);
  await world.advance(SETTINGS.meshDwellMs);
  expect(world.underWay).toBe(3);
  return [alice, bob] as const;
}

describe('a handover that does not settle', () => {
  it('is given up at its deadline: the old plane goes on, and nothing of the new one is left', async () => {
    await world.joinThree();
    await world.advance(SETTINGS.deadlineMs.sfu - 1);
    expect(world.said('topology:aborted')).toEqual([]);
    await world.advance(1);
    expect(world.said('topology:aborted')).toEqual([
      expect.objectContaining({
        epoch: 2,
        reason: 'deadline',
        live: { topology: 'mesh', epoch: 1, reason: 'fits-mesh' },
      }),
    ]);
    expect(world.controller.live).toMatchObject({ topology: 'mesh', epoch: 1 });
    expect(world.engine.counts()).toEqual(NOTHING_OPEN);
  });

  it('towards the SFU is tried again after 1 s, 2 s, 4 s …, and at most 30 s', async () => {
    await world.joinThree();
    for (const [index, pauseMs] of [1000, 2000, 4000, 8000, 16_000, 30_000, 30_000].entries()) {
      await world.advance(SETTINGS.deadlineMs.sfu);
      expect(world.underWay).toBeNull();
      await world.advance(pauseMs - 1);
      expect(world.underWay).toBeNull();
      await world.advance(1);
      expect(world.underWay).toBe(index + 3);
    }
    await world.switchAll();
    expect(world.unreached()).toEqual([]);
  });

  it('towards mesh is tried again after 30 s, 60 s …, and at most 10 min', async () => {
    await onTheWayBack();
    for (const [index, pauseS] of [30, 60, 120, 240, 480, 600, 600].entries()) {
      await world.advance(SETTINGS.deadlineMs.mesh);
      expect(world.said('topology:aborted')).toHaveLength(index + 1);
      await world.advance(pauseS * 1000 - 1);
      expect(world.underWay).toBeNull();
      // The dwell time does not come on top: the room has been small all the while.
      await world.advance(1);
      expect(world.underWay).toBe(index + 4);
    }
    expect(world.controller.live).toMatchObject({ topology: 'sfu', epoch: 2 });
  });

  it('towards mesh waits out the dwell time as well when the room had grown in the pause', async () => {
    await onTheWayBack();
    await world.advance(SETTINGS.deadlineMs.mesh);
    await world.advance(29_000);
    await world.leave(await world.join());
    await world.advance(SETTINGS.meshDwellMs - 1);
    expect(world.underWay).toBeNull();
    await world.advance(1);
    expect(world.underWay).not.toBeNull();
  });

  it('towards a mesh that was wished keeps the same pauses', async () => {
    world = new TopologyWorld({ wish: 'mesh' });
    const [alice, bob] = [await world.join(), await world.join()];
    world.controller.requireServerMedia('recorder', true);
    await world.idle();
    await world.switchAll();
    world.controller.requireServerMedia('recorder', false);
    await world.advance(SETTINGS.meshDwellMs);
    await world.failed(alice, bob, 3);
    await world.advance(29_999);
    expect(world.underWay).toBeNull();
    await world.advance(1);
    expect(world.underWay).toBe(4);
  });

  it('is tried again after the first pause once one has settled in between', async () => {
    await onTheWayBack();
    await world.advance(SETTINGS.deadlineMs.mesh);
    await world.advance(30_000);
    await world.switchAll();
    expect(world.controller.live).toMatchObject({ topology: 'mesh' });

    const dave = await world.join();
    await world.switchAll();
    await world.leave(dave);
    await world.advance(SETTINGS.meshDwellMs);
    await world.advance(SETTINGS.deadlineMs.mesh);
    await world.advance(30_000);
    expect(world.underWay).not.toBeNull();
  });

  it('has not failed when it was only overtaken: the next one waits no longer than the first', async () => {
    await onTheWayBack();
    const dave = await world.join();
    expect(world.said('topology:aborted')).toEqual([expect.objectContaining({ reason: 'superseded' })]);
    await world.leave(dave);
    await world.advance(SETTINGS.meshDwellMs);
    expect(world.underWay).toBe(4);
    await world.advance(SETTINGS.deadlineMs.mesh);
    await world.advance(30_000);
    expect(world.underWay).toBe(5);
  });

  it('is given up at once when a path fails, and says which', async () => {
    const [alice, bob] = await onTheWayBack();
    await world.failed(alice, bob, 3, 'no candidate pair');
    expect(world.said('topology:aborted')).toEqual([
      expect.objectContaining({
        epoch: 3,
        reason: 'path-failed',
        message: `session-1 (${alice.id}) did not get session-2 (${bob.id}): no candidate pair`,
      }),
    ]);
    expect(world.unreached()).toEqual([]);
  });

  it('is not given up by the deadline of one before', async () => {
    const members = await world.joinThree();
    await world.advance(SETTINGS.deadlineMs.sfu - 1);
    await world.switchAll();
    await world.leave(members[0]);
    await world.advance(SETTINGS.meshDwellMs);
    expect(world.underWay).toBe(3);
    await world.advance(SETTINGS.deadlineMs.mesh - 1);
    expect(world.said('topology:aborted')).toEqual([]);
  });

  it('is not tried again when it is no longer wanted', async () => {
    const members = await world.joinThree();
    await world.advance(SETTINGS.deadlineMs.sfu);
    await world.leave(members[2]);
    const prepares = world.said('topology:prepare').length;
    await world.advance(3_600_000);
    expect(world.said('topology:prepare')).toHaveLength(prepares);
    expect(world.unreached()).toEqual([]);
    expect(world.clock.pending).toBe(0);
  });

  it('leaves nobody out who joined during it: those who stay get a plane that has everyone', async () => {
    const [alice, , carol] = await world.joinThree();
    await world.advance(SETTINGS.deadlineMs.sfu);
    // Carol never had a place in the mesh of Alice and Bob.
    await world.leave(alice);
    await world.advance(1000);
    await world.switchAll();
    expect(world.controller.live).toMatchObject({ topology: 'mesh' });
    expect(world.unreached()).toEqual([]);
    expect([...world.members.keys()]).toContain(carol.id);
  });
});

describe('the death of a worker', () => {
  it('lets the mesh be settled without somebody: there is nothing to go back to', async () => {
    const [alice, bob, carol] = await world.settledRoomOfThree();
    world.engine.available = false;
    await world.killWorker();
    const epoch = world.underWay ?? 0;
    for (const [receiver, sender] of [
      [alice, bob],
      [bob, alice],
    ] as const)
      await world.switched(receiver, sender, epoch);
    await world.advance(SETTINGS.deadlineMs.mesh);
    expect(world.controller.live).toMatchObject({ topology: 'mesh', epoch });
    expect(world.outlet.said.filter(({ name }) => name === 'topology:unreachable')).toEqual([
      expect.objectContaining({ to: carol.id }),
    ]);
    expect(world.unreached()).toEqual([]);
  });

  it('refuses whoever joins while there is no other, and takes in whoever joins when there is', async () => {
    world = new TopologyWorld({ wish: 'sfu' });
    await world.join();
    await world.join();
    world.engine.available = false;
    await world.killWorker();
    await expect(world.join()).rejects.toMatchObject({ code: 'MEDIA_UNAVAILABLE' });
    world.engine.available = true;
    const { topology } = await world.join();
    // The live plane is gone: nobody is told to build it.
    expect(topology).toMatchObject({ sfu: null, handover: { epoch: 2, target: 'sfu' }, epochs: [2] });
    await world.switchAll();
    expect(world.unreached()).toEqual([]);
  });

  it('is not offered to somebody who joins while the room moves on', async () => {
    await world.settledRoomOfThree();
    await world.killWorker();
    const { topology } = await world.join();
    expect(topology).toMatchObject({ live: { epoch: 2 }, sfu: null, handover: { epoch: 3 }, epochs: [3] });
  });

  it('moves the room to a new epoch with new transports', async () => {
    const members = await world.settledRoomOfThree();
    await world.killWorker();
    expect(world.underWay).toBe(3);
    for (const one of members) {
      expect(world.preparesOf(one).at(-1)).toMatchObject({ epoch: 3, target: 'sfu', reason: 'exceeds-mesh' });
      expect(world.transportsOf(one, 3)?.sendTransport.id).not.toBe(
        world.transportsOf(one, 2)?.sendTransport.id,
      );
    }
    await world.switchAll();
    expect(world.controller.live).toEqual({ topology: 'sfu', epoch: 3, reason: 'exceeds-mesh' });
    expect(world.engine.counts()).toEqual({ ...NOTHING_OPEN, routers: 1, transports: 6 });
    expect(world.unreached()).toEqual([]);
  });

  it('moves a small room to mesh when there is no other worker, and back when there is one again', async () => {
    await world.settledRoomOfThree();
    world.engine.available = false;
    await world.killWorker();
    await world.switchAll();
    expect(world.controller.live).toMatchObject({ topology: 'mesh', reason: 'sfu-unavailable' });
    expect(world.unreached()).toEqual([]);
    world.engine.available = true;
    await world.advance(1000);
    await world.switchAll();
    expect(world.controller.live).toMatchObject({ topology: 'sfu', reason: 'exceeds-mesh' });
    expect(world.unreached()).toEqual([]);
  });

  it('moves a room that had become small to mesh at once', async () => {
    const [alice] = await world.settledRoomOfThree();
    await world.leave(alice);
    await world.killWorker();
    expect(world.said('topology:prepare').at(-1)).toMatchObject({ epoch: 3, target: 'mesh' });
    await world.switchAll();
    expect(world.unreached()).toEqual([]);
    await world.advance(SETTINGS.meshDwellMs * 2);
    expect(world.clock.pending).toBe(0);
  });

  it('during the way to it gives the handover up, and tries again', async () => {
    await world.joinThree();
    await world.killWorker();
    expect(world.said('topology:aborted')).toEqual([
      expect.objectContaining({ epoch: 2, reason: 'media-unavailable' }),
    ]);
    await world.advance(1000);
    await world.switchAll();
    expect(world.controller.live).toMatchObject({ topology: 'sfu', epoch: 3 });
    expect(world.unreached()).toEqual([]);
  });

  it('during the way back lets the mesh go on to settle, and leaves no timer', async () => {
    await onTheWayBack();
    await world.killWorker();
    expect(world.said('topology:aborted')).toEqual([]);
    await world.switchAll();
    expect(world.controller.live).toMatchObject({ topology: 'mesh', epoch: 3 });
    expect(world.unreached()).toEqual([]);
    await world.close();
    expect(world.clock.pending).toBe(0);
  });

  it('during a way back that then fails does not leave the room without a plane', async () => {
    const [alice, bob] = await onTheWayBack();
    await world.killWorker();
    await world.failed(alice, bob, 3);
    await world.advance(1000);
    await world.switchAll();
    expect(world.unreached()).toEqual([]);
  });

  it('does not concern a room that has left it', async () => {
    await onTheWayBack();
    await world.switchAll();
    await world.killWorker();
    await world.advance(DRAINED_MS);
    expect(world.underWay).toBeNull();
    expect(world.controller.live).toMatchObject({ topology: 'mesh', epoch: 3 });
    await world.advance(REPORTED_MS);
    expect(world.clock.pending).toBe(0);
  });
});

describe('somebody who looked at the room and did not join', () => {
  it('leaves no transports behind in the plane that others moved to meanwhile', async () => {
    const [alice, bob] = [await world.join(), await world.join()];
    await world.controller.previewed('a visitor');
    await world.failed(alice, bob, 1);
    expect(world.engine.counts()).toMatchObject({ routers: 1, transports: 6 });
    world.controller.previewEnded('a visitor');
    expect(world.engine.counts()).toMatchObject({ routers: 1, transports: 4 });
  });
});

describe('a room that closes', () => {
  it.each([
    ['as a mesh', async () => [await world.join(), await world.join()]],
    ['in the SFU', () => world.settledRoomOfThree()],
    [
      'on the way to the SFU',
      async () => {
        await world.joinThree();
      },
    ],
    [
      'while the old plane drains',
      async () => {
        await world.joinThree();
        await world.switchAll();
      },
    ],
    [
      'in the dwell time',
      async () => {
        const [alice] = await world.settledRoomOfThree();
        await world.leave(alice);
      },
    ],
    ['on the way back', () => onTheWayBack()],
    [
      'in the pause before another try',
      async () => {
        await world.joinThree();
        await world.advance(SETTINGS.deadlineMs.sfu);
      },
    ],
  ])('%s leaves nothing open and nothing pending', async (_when, prepare) => {
    await prepare();
    await world.close();
    expect(world.engine.counts()).toEqual(NOTHING_OPEN);
    expect(world.clock.pending).toBe(0);
    await world.close();
    expect(world.controller.live).toBeNull();
  });
});
