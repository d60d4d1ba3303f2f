import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { RunningServer } from '#server';
import { Guests, aRoom, settle } from '../support/guests.ts';
import { startServer } from '../support/server.ts';
import { until } from '../support/until.ts';

let server: RunningServer;
const guests = new Guests(() => server.url);

beforeAll(async () => {
  server = await startServer({ MESH_DWELL_MS: '50' });
});

afterEach(() => guests.leave());
afterAll(() => server.close());

describe('somebody who looks at a room', () => {
  it('is told who is there, and has the SFU made ready: router and transports, and no media', async () => {
    const room = aRoom();
    await guests.join(room, 'Alice');
    await guests.join(room, 'Bob');
    const carol = await guests.connect();
    expect(await carol.request('room:preview', { room })).toMatchObject({
      displayNames: ['Alice', 'Bob'],
      topology: 'mesh',
      routerRtpCapabilities: { codecs: expect.any(Array) },
    });
    expect(server.conference.counts()).toMatchObject({
      routers: 1,
      transports: 6,
      producers: 0,
      consumers: 0,
    });

    const { topology } = await carol.join(room, 'Carol');
    expect(topology.handover).toMatchObject({ epoch: 2, target: 'sfu' });
    expect(server.conference.counts()).toMatchObject({ routers: 1, transports: 6 });
  });

  it('leaves nothing behind when it goes away without joining', async () => {
    const room = aRoom();
    await guests.join(room, 'Alice');
    await guests.join(room, 'Bob');
    const carol = await guests.connect();
    await carol.request('room:preview', { room });
    carol.close();
    await until('the SFU to be given back', () => server.conference.counts().transports === 0);
    expect(server.conference.counts().routers).toBe(0);
  });

  it('costs nothing where one more still fits the mesh', async () => {
    const room = aRoom();
    await guests.join(room, 'Alice');
    const bob = await guests.connect();
    expect(await bob.request('room:preview', { room })).toMatchObject({
      displayNames: ['Alice'],
      topology: 'mesh',
    });
    expect(server.conference.counts().routers).toBe(0);
  });
});

describe('facts that force the SFU', () => {
  it('are somebody whose address is not to be seen, for as long as that one is there', async () => {
    const room = aRoom();
    const alice = await guests.join(room, 'Alice');
    const bob = await guests.join(room, 'Bob', { relayOnly: true });
    expect(await alice.next('topology:prepare')).toMatchObject({ target: 'sfu', reason: 'relay-only' });
    await settle([alice, bob], 2);
    bob.close();
    await alice.next('topology:settled', ({ live }) => live.topology === 'mesh');
  });

  it('are a pair without a direct route, which is not tried again at once', async () => {
    const room = aRoom();
    const alice = await guests.join(room, 'Alice');
    const bob = await guests.join(room, 'Bob');
    await bob.request('path:failed', { epoch: 1, participantId: alice.id, reason: 'ICE failed' });
    expect(await alice.next('topology:prepare')).toMatchObject({ target: 'sfu', reason: 'mesh-failed' });
    await settle([alice, bob], 2);
    // Another room of this server meanwhile dwells, and goes back to its mesh.
    const [dora, erin, frank] = await guests.threeInTheSfu();
    frank.close();
    await dora.next('topology:prepare', ({ target }) => target === 'mesh');
    await settle([dora, erin], 3);
    expect(alice.all('topology:prepare').map(({ target }) => target)).toEqual(['sfu']);
  });
});

describe('the SFU that does not reach somebody', () => {
  it('does not hold up the others, and is told to whom it concerns', async () => {
    const [alice, bob, carol] = await guests.three();
    for (const [receiver, sender] of [
      [carol, alice],
      [carol, bob],
      [alice, carol],
      [bob, carol],
    ] as const) {
      await receiver.request('path:failed', { epoch: 2, participantId: sender.id, reason: 'ICE failed' });
    }
    await alice.switchTo(2, [bob.id]);
    await bob.switchTo(2, [alice.id]);
    expect(await alice.next('topology:settled')).toMatchObject({ live: { topology: 'sfu', epoch: 2 } });
    expect(await carol.next('topology:unreachable')).toMatchObject({ epoch: 2 });
    expect(alice.all('topology:unreachable')).toEqual([]);
  });
});

describe('the timeline of a room', () => {
  const measureOf = (participantId: string) => ({
    participantId,
    proof: 'parity' as const,
    longestFrameIntervalMs: 67,
    steadyFrameIntervalMs: 66,
    frozenMs: 0,
    concealedAudioMs: 1,
    steadyConcealedAudioMs: 0,
  });

  it('has what everybody saw of a handover, once all have reported', async () => {
    const people = await guests.three();
    const [alice, bob, carol] = people;
    await settle(people, 2);
    for (const one of people) {
      const paths = people.filter((other) => other !== one).map(({ id }) => measureOf(id));
      await one.request('handover:report', { epoch: 2, paths });
    }
    const { handover } = await carol.next('handover:recorded');
    expect(handover).toMatchObject({
      epoch: 2,
      from: 'mesh',
      to: 'sfu',
      reason: 'exceeds-mesh',
      outcome: 'settled',
      abortReason: null,
    });
    expect(handover.reports.map(({ participantId }) => participantId).toSorted()).toEqual(
      [alice.id, bob.id, carol.id].toSorted(),
    );
    expect(await alice.request('handover:history', {})).toEqual({ handovers: [handover] });
  });

  it('takes one report of each handover from each receiver, and none of what never was', async () => {
    const people = await guests.three();
    const [alice] = people;
    expect(await alice.refusal('handover:report', { epoch: 2, paths: [] })).toBe('SUPERSEDED_EPOCH');
    await settle(people, 2);
    await alice.request('handover:report', { epoch: 2, paths: [] });
    expect(await alice.refusal('handover:report', { epoch: 2, paths: [] })).toBe('SUPERSEDED_EPOCH');
    expect(await alice.refusal('handover:report', { epoch: 9, paths: [] })).toBe('SUPERSEDED_EPOCH');
  });
});
