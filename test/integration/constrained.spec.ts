// A mesh of three that is too much for one of them, and what only a server can do with media.
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { roomNameSchema, type LinkConditions } from '#protocol';
import type { RunningServer } from '#server';
import { Guests, aRoom, caughtUp, settle } from '../support/guests.ts';
import { startServer } from '../support/server.ts';
import type { Session } from '../support/session.ts';

// Whatever is waited for has a deadline of its own, and says what was missing.
jest.setTimeout(60_000);

/** The first wait is 30 s, and the way back is begun a little later. */
const FIRST_WAIT_MS = 30_000;
const BACK_WITHIN_MS = 45_000;

const CALM: LinkConditions = { cpuLimited: false, uplinkLimited: false, lossy: false, relayed: false };
const NARROW: LinkConditions = { ...CALM, uplinkLimited: true };

let server: RunningServer;
const guests = new Guests(() => server.url);

beforeAll(async () => {
  server = await startServer({ MESH_MAX_PARTICIPANTS: '3', MESH_DWELL_MS: '50' });
});

afterEach(() => guests.leave());
afterAll(() => server.close());

/** Three in the mesh of epoch 1. */
async function threeInMesh(room = aRoom()): Promise<[Session, Session, Session]> {
  const [alice, bob] = await guests.two(room);
  const carol = await guests.join(room, 'Carol');
  expect(carol.joined?.topology).toMatchObject({
    live: { topology: 'mesh', reason: 'fits-mesh' },
    handover: null,
  });
  return [alice, bob, carol];
}

describe('a mesh of three, one of whom cannot send a copy to each of the others', () => {
  it('moves to the SFU, everybody is told why, and the mesh is tried again after 30 s, not after the dwell time', async () => {
    const people = await threeInMesh();
    const [alice, bob, carol] = people;
    await bob.request('link:report', { epoch: 1, ...NARROW });
    const told = performance.now();
    for (const one of people) {
      expect(await one.next('topology:prepare')).toMatchObject({
        epoch: 2,
        target: 'sfu',
        reason: 'constrained',
      });
    }
    await settle(people, 2);
    await alice.request('handover:report', { epoch: 2, paths: [] });
    for (const one of [bob, carol]) await one.request('handover:report', { epoch: 2, paths: [] });
    expect((await carol.next('handover:recorded')).handover).toMatchObject({
      from: 'mesh',
      to: 'sfu',
      reason: 'constrained',
    });

    await alice.next('topology:prepare', ({ target }) => target === 'mesh', BACK_WITHIN_MS);
    expect(performance.now() - told).toBeGreaterThan(FIRST_WAIT_MS - 1000);
    await settle(people, 3);
    expect(alice.all('topology:settled').map(({ live }) => [live.topology, live.reason])).toEqual([
      ['sfu', 'constrained'],
      ['mesh', 'fits-mesh'],
    ]);
  });

  it('comes back after the dwell time when that one leaves', async () => {
    const people = await threeInMesh();
    const [alice, bob, carol] = people;
    await bob.request('link:report', { epoch: 1, ...CALM, relayed: true });
    await alice.next('topology:prepare', ({ reason }) => reason === 'constrained');
    await settle(people, 2);
    bob.close();
    expect(await alice.next('topology:prepare', ({ target }) => target === 'mesh')).toMatchObject({
      epoch: 3,
    });
    await settle([alice, carol], 3);
  });

  it('is left alone by calm, by what is told too late, and by two of the same', async () => {
    const people = await threeInMesh();
    const [alice, bob, carol] = people;
    await alice.request('link:report', { epoch: 1, ...CALM });
    await caughtUp(people);
    expect(carol.all('topology:prepare')).toEqual([]);

    await alice.request('link:report', { epoch: 1, ...NARROW });
    await alice.request('link:report', { epoch: 1, ...NARROW });
    await settle(people, 2);
    for (const epoch of [1, 2, 3]) {
      expect(await bob.refusal('link:report', { epoch, ...NARROW })).toBe('SUPERSEDED_EPOCH');
    }
    await caughtUp(people);
    expect(carol.all('topology:prepare').map(({ epoch }) => epoch)).toEqual([2]);
  });

  it('is not told of by somebody who is in no room, nor in words of their own', async () => {
    const nobody = await guests.connect();
    expect(await nobody.refusal('link:report', { epoch: 1, ...NARROW })).toBe('NOT_JOINED');
    const [alice] = await threeInMesh();
    for (const wrong of [{ ...NARROW, lossy: 0.2 }, { ...NARROW, slow: true }, { uplinkLimited: true }]) {
      expect(await alice.refusal('link:report', { epoch: 1, ...wrong })).toBe('INVALID_PAYLOAD');
    }
    expect(alice.all('topology:prepare')).toEqual([]);
  });
});

describe('two people', () => {
  it('stay in their mesh whatever one of them tells, and take the third straight to the SFU', async () => {
    const room = aRoom();
    const [alice, bob] = await guests.two(room);
    await alice.request('link:report', {
      epoch: 1,
      cpuLimited: true,
      uplinkLimited: true,
      lossy: true,
      relayed: true,
    });
    await caughtUp([alice, bob]);
    expect(bob.all('topology:prepare')).toEqual([]);

    const carol = await guests.join(room, 'Carol');
    expect(carol.joined?.topology).toMatchObject({
      epochs: [2],
      handover: { target: 'sfu', reason: 'constrained' },
    });
  });
});

describe('something that only a server can do with media', () => {
  it('moves a mesh to the SFU, and while any of it lasts the room stays there', async () => {
    const room = aRoom();
    const name = roomNameSchema.parse(room);
    const people = await guests.two(room);
    const [alice] = people;
    await server.conference.requireServerMedia(name, 'recorder', true);
    expect(await alice.next('topology:prepare')).toMatchObject({ target: 'sfu', reason: 'server-media' });
    await settle(people, 2);
    await server.conference.requireServerMedia(name, 'hidden-observer', true);
    await server.conference.requireServerMedia(name, 'recorder', false);
    // Another room of this server meanwhile dwells, and goes back to its mesh.
    const otherRoom = aRoom();
    const otherName = roomNameSchema.parse(otherRoom);
    const others = await guests.two(otherRoom);
    await server.conference.requireServerMedia(otherName, 'recorder', true);
    await others[0].next('topology:prepare');
    await settle(others, 2);
    await server.conference.requireServerMedia(otherName, 'recorder', false);
    await others[0].next('topology:prepare');
    await settle(others, 3);
    await caughtUp(people);
    expect(alice.all('topology:prepare').map(({ target }) => target)).toEqual(['sfu']);

    await server.conference.requireServerMedia(name, 'hidden-observer', false);
    await alice.next('topology:prepare', ({ target }) => target === 'mesh');
    await settle(people, 3);
  });
});
