import { beforeEach, describe, expect, it } from '@jest/globals';
import { NOTHING_OPEN, DRAINED_MS, REPORTED_MS, SETTINGS, TopologyWorld } from './testing/topology-world.ts';

let world: TopologyWorld;

beforeEach(() => {
  world = new TopologyWorld();
});

const refused = (code: string) => expect.objectContaining({ code });

describe('a room that grows', () => {
  it('begins as a mesh in epoch 1, and tells whoever joins in the answer alone', async () => {
    const alice = await world.join();
    const bob = await world.join();
    const mesh = { topology: 'mesh', epoch: 1, reason: 'fits-mesh' };
    expect(alice.topology).toEqual({ live: mesh, sfu: null, handover: null, epochs: [1] });
    expect(bob.topology).toEqual({ live: mesh, sfu: null, handover: null, epochs: [1] });
    expect(world.outlet.said.map(({ name }) => name)).toEqual(['participant:joined', 'participant:joined']);
    expect(world.engine.counts()).toEqual(NOTHING_OPEN);
    expect(world.unreached()).toEqual([]);
  });

  it('opens an epoch at the third join, and prepares everyone once, each with transports of their own', async () => {
    const [alice, bob] = [await world.join(), await world.join()];
    const carol = await world.join();

    const handover = { epoch: 2, target: 'sfu', reason: 'exceeds-mesh', deadlineMs: SETTINGS.deadlineMs.sfu };
    const prepares = [alice, bob, carol].map((one) => world.preparesOf(one));
    for (const told of prepares) expect(told).toEqual([expect.objectContaining(handover)]);
    const ids = prepares.flat().flatMap(({ sfu }) => [sfu?.sendTransport.id, sfu?.recvTransport.id]);
    expect(new Set(ids).size).toBe(6);
    expect(world.engine.counts()).toEqual({ ...NOTHING_OPEN, routers: 1, transports: 6 });
  });

  it('tells the joiner in the answer only, and that the mesh which goes is not for it', async () => {
    const [alice, bob] = [await world.join(), await world.join()];
    const carol = await world.join();
    expect(carol.topology).toMatchObject({ live: { topology: 'mesh', epoch: 1 }, sfu: null, epochs: [2] });
    const told = world.outlet.said.filter(({ name }) => name === 'topology:prepare').map(({ to }) => to);
    expect(told).toEqual([alice.id, bob.id]);
    // One notification of the room, worded for each.
    expect(new Set(world.said('topology:prepare').map(({ seq }) => seq)).size).toBe(1);
  });

  it('keeps the mesh for those who have it until everyone has switched', async () => {
    const [alice, bob] = [await world.join(), await world.join()];
    const carol = await world.join();
    const candidate = { type: 'candidate', candidate: null } as const;
    expect(() => world.controller.relay(alice.id, bob.id, 1, candidate)).not.toThrow();
    expect(() => world.controller.relay(alice.id, carol.id, 1, candidate)).toThrow(refused('NOT_FOUND'));

    for (const one of [alice, bob, carol]) {
      for (const other of [alice, bob, carol]) {
        if (one === other) continue;
        expect(world.controller.live).toMatchObject({ topology: 'mesh' });
        await world.switched(one, other, 2);
      }
    }

    expect(world.said('topology:settled')).toEqual([
      { seq: 5, live: { topology: 'sfu', epoch: 2, reason: 'exceeds-mesh' }, drainMs: SETTINGS.drainMs },
    ]);
    expect(world.controller.live).toMatchObject({ topology: 'sfu', epoch: 2 });
    // The old links still work while clients drain them, and not after.
    expect(() => world.controller.relay(alice.id, bob.id, 1, candidate)).not.toThrow();
    await world.advance(DRAINED_MS);
    expect(() => world.controller.relay(alice.id, bob.id, 1, candidate)).toThrow(refused('SUPERSEDED_EPOCH'));
    await world.advance(REPORTED_MS);
    expect(world.clock.pending).toBe(0);
    expect(world.unreached()).toEqual([]);
  });

  it('takes somebody who joins during the handover into it, and does not prepare anybody again', async () => {
    for (let n = 0; n < 3; n += 1) await world.join();
    const said = world.said('topology:prepare').length;
    const [alice] = world.members.values();
    const dave = await world.join();
    // The mesh is on its way out: nobody new gets links in it.
    expect(() =>
      world.controller.relay(dave.id, alice?.id ?? dave.id, 1, { type: 'candidate', candidate: null }),
    ).toThrow(refused('NOT_FOUND'));
    expect(dave.topology).toMatchObject({ handover: { epoch: 2, target: 'sfu' }, sfu: null, epochs: [2] });
    expect(world.said('topology:prepare')).toHaveLength(said);
    await world.switchAll();
    expect(world.said('topology:settled')).toHaveLength(1);
    expect(world.unreached()).toEqual([]);
  });

  it('waits for the paths of somebody who joins during the handover', async () => {
    const first = [await world.join(), await world.join(), await world.join()];
    const dave = await world.join();
    for (const one of first)
      for (const other of first) if (one !== other) await world.switched(one, other, 2);
    expect(world.said('topology:settled')).toEqual([]);
    for (const one of first) {
      await world.switched(one, dave, 2);
      await world.switched(dave, one, 2);
    }
    expect(world.said('topology:settled')).toHaveLength(1);
  });

  it('takes somebody into an SFU that has settled without moving anybody', async () => {
    await world.settledRoomOfThree();
    const dave = await world.join();
    expect(dave.topology).toMatchObject({
      live: { topology: 'sfu', epoch: 2 },
      sfu: { sendTransport: {}, recvTransport: {} },
      handover: null,
      epochs: [2],
    });
    expect(world.underWay).toBeNull();
    expect(world.unreached()).toEqual([]);
  });

  it.each(['mesh', 'sfu'] as const)('stays in the %s when its setting says so', async (wish) => {
    world = new TopologyWorld({ wish });
    for (let n = 0; n < 4; n += 1) {
      const { topology } = await world.join();
      expect(topology).toMatchObject({
        live: { topology: wish, epoch: 1, reason: 'room-setting' },
        handover: null,
      });
    }
    expect(world.unreached()).toEqual([]);
  });

  it('takes the third into the mesh while there is no SFU, and to the SFU when there is one again', async () => {
    await world.join();
    await world.join();
    world.engine.available = false;
    const grace = await world.join();
    expect(grace.topology).toMatchObject({ live: { topology: 'mesh', epoch: 1 }, handover: null });
    expect(world.unreached()).toEqual([]);
    expect(world.engine.counts()).toEqual(NOTHING_OPEN);

    world.engine.available = true;
    await world.advance(1000);
    await world.switchAll();
    expect(world.controller.live).toMatchObject({ topology: 'sfu', reason: 'exceeds-mesh' });
    expect(world.unreached()).toEqual([]);
  });

  it('refuses a fifth when there is no SFU: no mesh is that large', async () => {
    world.engine.available = false;
    for (let size = 1; size <= 4; size += 1) await world.join();
    const said = world.outlet.said.length;
    await expect(world.join()).rejects.toMatchObject({ code: 'MEDIA_UNAVAILABLE' });
    expect(world.outlet.said).toHaveLength(said);
    expect(world.room.size).toBe(4);
    expect(world.unreached()).toEqual([]);
  });

  it('leaves nothing of an SFU that had no transports to give', async () => {
    await world.join();
    await world.join();
    const createRouter = world.engine.createRouter.bind(world.engine);
    world.engine.createRouter = async () => {
      const router = await createRouter();
      router.createTransport = () => Promise.reject(new Error('the worker does not answer'));
      return router;
    };
    await expect(world.join()).rejects.toMatchObject({ code: 'MEDIA_UNAVAILABLE' });
    expect(world.engine.counts()).toEqual(NOTHING_OPEN);
    await world.advance(REPORTED_MS);
    expect(world.clock.pending).toBe(0);
    expect(world.unreached()).toEqual([]);
  });

  it('leaves nothing of a room whose first join was refused', async () => {
    world = new TopologyWorld({ wish: 'sfu' });
    world.engine.available = false;
    await expect(world.join()).rejects.toMatchObject({ code: 'MEDIA_UNAVAILABLE' });
    expect(world.controller.live).toBeNull();
    expect(world.clock.pending).toBe(0);
    world.engine.available = true;
    const { topology } = await world.join();
    expect(topology.live.topology).toBe('sfu');
    expect(world.unreached()).toEqual([]);
  });
});

describe('a room that shrinks', () => {
  it('goes back to mesh only after it was small for the dwell time', async () => {
    const [, , carol] = await world.settledRoomOfThree();
    await world.leave(carol);
    await world.advance(SETTINGS.meshDwellMs - 1);
    expect(world.underWay).toBeNull();
    await world.advance(1);
    const handover = { epoch: 3, target: 'mesh', reason: 'fits-mesh', sfu: null };
    expect(world.said('topology:prepare').slice(2)).toEqual([
      expect.objectContaining(handover),
      expect.objectContaining(handover),
    ]);
    await world.switchAll();
    expect(world.controller.live).toEqual({ topology: 'mesh', epoch: 3, reason: 'fits-mesh' });
    expect(world.engine.counts()).toMatchObject({ routers: 1, transports: 4 });
    await world.advance(DRAINED_MS);
    expect(world.engine.counts()).toEqual(NOTHING_OPEN);
    await world.advance(REPORTED_MS);
    expect(world.clock.pending).toBe(0);
    expect(world.unreached()).toEqual([]);
  });

  it('does not go back for a reload', async () => {
    const [, , carol] = await world.settledRoomOfThree();
    await world.leave(carol);
    await world.advance(SETTINGS.meshDwellMs - 1);
    await world.join();
    expect(world.clock.pending).toBe(0);
    await world.advance(SETTINGS.meshDwellMs * 2);
    expect(world.controller.live).toMatchObject({ topology: 'sfu', epoch: 2 });
    expect(world.underWay).toBeNull();
  });

  it('counts the dwell time anew each time it grows', async () => {
    const [, , carol] = await world.settledRoomOfThree();
    await world.leave(carol);
    await world.advance(SETTINGS.meshDwellMs - 1);
    await world.leave(await world.join());
    await world.advance(SETTINGS.meshDwellMs - 1);
    expect(world.underWay).toBeNull();
    await world.advance(1);
    expect(world.underWay).toBe(3);
  });

  it('gives the way back up when somebody joins, and stays where it is', async () => {
    const [alice, bob, carol] = await world.settledRoomOfThree();
    await world.leave(carol);
    await world.advance(SETTINGS.meshDwellMs);
    await world.switched(alice, bob, 3);
    const prepares = world.said('topology:prepare').length;

    const dave = await world.join();

    expect(world.said('topology:aborted')).toEqual([
      expect.objectContaining({
        epoch: 3,
        reason: 'superseded',
        live: { topology: 'sfu', epoch: 2, reason: 'exceeds-mesh' },
      }),
    ]);
    expect(dave.topology).toMatchObject({ live: { topology: 'sfu', epoch: 2 }, handover: null, epochs: [2] });
    expect(world.said('topology:prepare')).toHaveLength(prepares);
    await world.advance(60_000);
    expect(world.said('topology:prepare')).toHaveLength(prepares);
    expect(world.controller.live).toMatchObject({ topology: 'sfu', epoch: 2 });
    expect(world.unreached()).toEqual([]);
    expect(world.clock.pending).toBe(0);
  });

  it('takes somebody who joins on the way back into both planes, if it is still small enough', async () => {
    world = new TopologyWorld({ meshMaxParticipants: 3 });
    const [, , carol] = await world.joinThree();
    const dave = await world.join();
    await world.switchAll();
    await world.leave(carol);
    await world.leave(dave);
    await world.advance(SETTINGS.meshDwellMs);
    expect(world.underWay).toBe(3);

    const erin = await world.join();

    expect(erin.topology).toMatchObject({
      live: { topology: 'sfu', epoch: 2 },
      sfu: { sendTransport: {}, recvTransport: {} },
      handover: { epoch: 3, target: 'mesh', sfu: null },
      epochs: [2, 3],
    });
    expect(world.unreached()).toEqual([]);
    await world.switchAll();
    expect(world.controller.live).toMatchObject({ topology: 'mesh', epoch: 3 });
    expect(world.unreached()).toEqual([]);
  });

  it('settles when those leave who were awaited', async () => {
    const [alice, bob, carol] = await world.joinThree();
    await world.switched(alice, bob, 2);
    await world.switched(bob, alice, 2);
    await world.leave(carol);
    expect(world.said('topology:settled')).toHaveLength(1);
    // And then it is small enough for a mesh.
    await world.advance(SETTINGS.meshDwellMs);
    await world.switchAll();
    expect(world.controller.live).toMatchObject({ topology: 'mesh', epoch: 3 });
  });

  it('closes what somebody had who leaves, whether live or in a handover', async () => {
    const members = await world.joinThree();
    await world.leave(members[0]);
    expect(world.engine.counts()).toMatchObject({ transports: 4 });
    await world.switchAll();
    await world.leave(members[1]);
    expect(world.engine.counts()).toMatchObject({ transports: 2 });
  });

  it('keeps nothing when the last one leaves, and never counts an epoch twice', async () => {
    const members = await world.settledRoomOfThree();
    for (const one of members) await world.leave(one);
    expect(world.controller.live).toBeNull();
    expect(world.engine.counts()).toEqual(NOTHING_OPEN);
    expect(world.clock.pending).toBe(0);
    const { topology } = await world.join();
    expect(topology.live.epoch).toBe(3);
  });
});

describe('reports', () => {
  it('of an epoch that is not the live one or the next are refused with what was expected', async () => {
    const [alice, bob, carol] = await world.joinThree();
    await expect(world.switched(alice, bob, 3)).rejects.toMatchObject({
      code: 'SUPERSEDED_EPOCH',
      message: 'expected epoch 1 or 2, got 3',
    });
    await expect(world.failed(carol, bob, 3)).rejects.toMatchObject({ code: 'SUPERSEDED_EPOCH' });
    await world.switchAll();
    await expect(world.switched(alice, bob, 1)).rejects.toMatchObject({
      code: 'SUPERSEDED_EPOCH',
      message: 'expected epoch 2, got 1',
    });
  });

  it('of the live epoch are taken, and change nothing', async () => {
    const [alice, bob] = [await world.join(), await world.join()];
    await world.switched(alice, bob, 1);
    await world.failed(alice, bob, 1);
    expect(world.controller.live).toMatchObject({ topology: 'mesh', epoch: 1 });
    expect(world.said('topology:aborted')).toEqual([]);
  });

  it('of oneself or of somebody who is not there are refused', async () => {
    const [alice, bob] = [await world.join(), await world.join()];
    await expect(world.switched(alice, alice, 1)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await world.leave(bob);
    await expect(world.switched(alice, bob, 1)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
