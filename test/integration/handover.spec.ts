import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { RunningServer } from '#server';
import { Guests, aRoom, settle } from '../support/guests.ts';
import { DTLS_PARAMETERS } from '../support/rtp.ts';
import { startServer } from '../support/server.ts';
import type { Session } from '../support/session.ts';
import { until } from '../support/until.ts';

// Whatever is waited for has a deadline of its own, and says what was missing.
jest.setTimeout(60_000);

let server: RunningServer;
const guests = new Guests(() => server.url);

beforeAll(async () => {
  server = await startServer({ MESH_DWELL_MS: '50' });
});

afterEach(() => guests.leave());
afterAll(() => server.close());

/** Whatever belongs to the room came once, in order, and none is missing. */
function expectNoGap({ joined, seqs }: { joined: Session['joined']; seqs: number[] }): void {
  const first = (joined?.room.seq ?? 0) + 1;
  expect(seqs).toEqual(Array.from({ length: seqs.length }, (_, index) => first + index));
  expect(seqs.length).toBeGreaterThan(0);
}

const seqsOf = (session: Session) => ({ joined: session.joined, seqs: session.seqs() });

/** What a client does in the SFU of an epoch: it connects both transports, and sends. */
async function enterSfu(session: Session, epoch: number): Promise<void> {
  const { sendTransport, recvTransport } = session.setupOf(epoch);
  for (const { id: transportId } of [sendTransport, recvTransport]) {
    await session.request('transport:connect', { transportId, dtlsParameters: DTLS_PARAMETERS });
  }
  await session.publish(epoch, 'mic', 'camera');
}

describe('the third join', () => {
  it('moves the room to the SFU, with everyone sending and receiving before the mesh is left', async () => {
    const sessions = await guests.three();
    const [alice, bob, carol] = sessions;

    expect(carol.joined?.topology).toMatchObject({
      live: { topology: 'mesh', epoch: 1 },
      sfu: null,
      handover: { epoch: 2, target: 'sfu', reason: 'exceeds-mesh', deadlineMs: 8000 },
      epochs: [2],
    });
    expect((await bob.next('participant:joined')).epochs).toEqual([2]);
    const transports = sessions.flatMap((one) => one.transportsOf(2).map(({ id }) => id));
    expect(new Set(transports).size).toBe(6);

    for (const one of sessions) await enterSfu(one, 2);
    for (const one of sessions) {
      const others = sessions.filter((other) => other !== one);
      await until(
        () => `two tracks of each of the others; got ${one.consumers.map(({ source }) => source).join(', ')}`,
        () => one.consumers.length === 4,
      );
      const expected = others.flatMap(({ id }) => [`${id} mic`, `${id} camera`]);
      const got = one.consumers.map(({ participantId, source }) => `${participantId} ${source}`);
      expect(got.toSorted()).toEqual(expected.toSorted());
      expect(one.consumers.every(({ epoch }) => epoch === 2)).toBe(true);
    }
    expect(server.conference.counts()).toMatchObject({
      routers: 1,
      transports: 6,
      producers: 6,
      consumers: 12,
    });

    // The mesh is still there for those who have it.
    const signal = { type: 'candidate' as const, candidate: null };
    await alice.request('link:signal', { to: bob.id, epoch: 1, signal });
    expect(alice.all('topology:settled')).toEqual([]);

    await settle(sessions, 2);
    for (const one of sessions) {
      expect(one.all('topology:settled')).toEqual([
        { seq: 5, live: { topology: 'sfu', epoch: 2, reason: 'exceeds-mesh' }, drainMs: 500 },
      ]);
      expectNoGap(seqsOf(one));
    }
  });

  it('waits for the last path of the last receiver', async () => {
    const sessions = await guests.three();
    const [alice, bob, carol] = sessions;
    const ids = sessions.map(({ id }) => id);
    await alice.switchTo(2, ids);
    await bob.switchTo(2, ids);
    await carol.switchTo(2, [alice.id]);
    await alice.request('participant:update', { displayName: 'Alicia' });
    await carol.next('participant:updated');
    expect(carol.all('topology:settled')).toEqual([]);
    await carol.switchTo(2, [bob.id]);
    await carol.next('topology:settled');
  });

  it('gives a fourth who joins meanwhile a place in the same handover', async () => {
    const room = aRoom();
    const sessions = await guests.three(room);
    await sessions[0].publish(2, 'camera');
    const dave = await guests.join(room, 'Dave');
    expect(dave.joined?.topology).toMatchObject({ handover: { epoch: 2 }, epochs: [2] });
    expect(await dave.next('consumer:created')).toMatchObject({
      participantId: sessions[0].id,
      source: 'camera',
    });
    expect(sessions.flatMap((one) => one.all('topology:prepare'))).toHaveLength(2);
    await settle([...sessions, dave], 2);
    for (const one of [...sessions, dave]) expectNoGap(seqsOf(one));
  });

  it('is undone when the SFU reaches nobody, everyone is told why, and it is tried again', async () => {
    const sessions = await guests.three();
    const [alice, bob, carol] = sessions;
    for (const receiver of sessions) {
      for (const { id } of sessions.filter((other) => other !== receiver)) {
        await receiver.request('path:failed', { epoch: 2, participantId: id, reason: 'DTLS failed' });
      }
    }
    for (const one of sessions) {
      expect(await one.next('topology:aborted')).toEqual({
        seq: 5,
        epoch: 2,
        reason: 'path-failed',
        message: expect.stringContaining(
          `Carol (${carol.id}) did not get Alice (${alice.id}), Bob (${bob.id}): DTLS failed`,
        ),
        live: { topology: 'mesh', epoch: 1, reason: 'fits-mesh' },
        drainMs: 0,
      });
    }
    expect(await bob.refusal('transport:restart-ice', { transportId: bob.setupOf(2).sendTransport.id })).toBe(
      'NOT_FOUND',
    );
    for (const one of sessions) {
      const again = await one.next('topology:prepare', ({ epoch }) => epoch === 3);
      expect(again).toMatchObject({ target: 'sfu', sfu: { sendTransport: {} } });
    }
    await settle(sessions, 3);
    for (const one of sessions) expectNoGap(seqsOf(one));
  });

  it('settles without somebody who leaves in the middle of it', async () => {
    const [alice, bob, carol] = await guests.three();
    await alice.switchTo(2, [bob.id]);
    await bob.switchTo(2, [alice.id]);
    carol.socket.disconnect();
    for (const one of [alice, bob]) expect((await one.next('topology:settled')).live.epoch).toBe(2);
  });
});

describe('the way back', () => {
  it('leads to a mesh once the room is small again, and the SFU is closed behind it', async () => {
    const sessions = await guests.threeInTheSfu();
    const [alice, bob, carol] = sessions;
    for (const one of sessions) await enterSfu(one, 2);
    await carol.request('room:leave', {});

    for (const one of [alice, bob]) {
      expect(await one.next('topology:prepare', ({ epoch }) => epoch === 3)).toMatchObject({
        target: 'mesh',
        reason: 'fits-mesh',
        deadlineMs: 5000,
        sfu: null,
      });
    }
    const signal = { type: 'candidate' as const, candidate: null };
    await alice.request('link:signal', { to: bob.id, epoch: 3, signal });
    await bob.next('link:signaled');
    // The SFU goes on until the mesh has settled.
    expect(server.conference.counts()).toMatchObject({
      routers: 1,
      transports: 4,
      producers: 4,
      consumers: 4,
    });

    await settle([alice, bob], 3);
    await until(
      () => `the SFU to be closed: ${JSON.stringify(server.conference.counts())}`,
      () => server.conference.counts().routers === 0,
    );
    expect(server.conference.counts()).toMatchObject({ transports: 0, producers: 0, consumers: 0 });
    for (const one of [alice, bob]) expectNoGap(seqsOf(one));
  });

  it('is given up when somebody joins, who finds everyone in the SFU', async () => {
    const room = aRoom();
    const [alice, bob, carol] = await guests.threeInTheSfu(room);
    const [producerId] = await alice.publish(2, 'camera');
    await carol.request('room:leave', {});
    await bob.next('topology:prepare', ({ epoch }) => epoch === 3);

    const dave = await guests.join(room, 'Dave');
    expect(dave.joined?.topology).toMatchObject({
      live: { topology: 'sfu', epoch: 2 },
      handover: null,
      epochs: [2],
    });
    for (const one of [alice, bob]) {
      expect(await one.next('topology:aborted')).toMatchObject({ epoch: 3, reason: 'superseded' });
    }
    expect(await dave.next('consumer:created')).toMatchObject({ epoch: 2, producerId, source: 'camera' });
    for (const one of [alice, bob, dave]) await one.request('participant:update', { displayName: 'x' });
    await dave.next('participant:updated', ({ participant }) => participant.id === dave.id);
    // Nobody was moved for it.
    for (const one of [alice, bob])
      expect(one.all('topology:prepare').map(({ epoch }) => epoch)).toEqual([2, 3]);
    for (const one of [alice, bob, dave]) expectNoGap(seqsOf(one));
  });

  it('and there again, as often as people come and go', async () => {
    const room = aRoom();
    const [alice, bob] = await guests.two(room);
    for (let epoch = 2; epoch <= 10; epoch += 2) {
      const carol = await guests.join(room, 'Carol');
      await settle([alice, bob, carol], epoch);
      carol.socket.disconnect();
      await Promise.all(
        [alice, bob].map((one) => one.next('topology:prepare', (prepare) => prepare.epoch === epoch + 1)),
      );
      await settle([alice, bob], epoch + 1);
    }
    for (const one of [alice, bob]) expectNoGap(seqsOf(one));
  });
});
