import { afterEach, describe, expect, it, jest } from '@jest/globals';
import type { RunningServer } from '#server';
import { Guests, aRoom, settle } from '../support/guests.ts';
import { childrenOf, isRunning } from '../support/processes.ts';
import { DTLS_PARAMETERS } from '../support/rtp.ts';
import { startServer } from '../support/server.ts';
import type { Session } from '../support/session.ts';
import { until } from '../support/until.ts';

// Whatever is waited for has a deadline of its own, and says what was missing.
jest.setTimeout(60_000);

let server: RunningServer | undefined;
let others = new Set<number>();
let workers: number[] = [];
const guests = new Guests(() => server?.url ?? '');

/** Those that run now, whether from the beginning or in the place of one that died. */
const workersOf = (): number[] => childrenOf(process.pid).filter((pid) => !others.has(pid));

async function start(count: number): Promise<RunningServer> {
  others = new Set(childrenOf(process.pid));
  server = await startServer({ WORKERS: String(count) });
  workers = workersOf();
  expect(workers).toHaveLength(count);
  return server;
}

afterEach(async () => {
  guests.leave();
  await server?.close();
});

/** Kills one worker, or all of them, and resolves once the kernel has taken note. */
async function kill(...pids: readonly number[]): Promise<void> {
  for (const pid of pids) process.kill(pid, 'SIGKILL');
  await until('the worker to be dead', () => !pids.some(isRunning), { everyMs: 1 });
}

async function sendAndReceive(sessions: readonly Session[], epoch: number): Promise<void> {
  for (const one of sessions) {
    const { id: transportId } = one.setupOf(epoch).sendTransport;
    await one.request('transport:connect', { transportId, dtlsParameters: DTLS_PARAMETERS });
    await one.publish(epoch, 'mic');
  }
  const tracksOf = (one: Session) => one.consumers.filter((consumer) => consumer.epoch === epoch).length;
  await until(
    () => `everyone to be offered everyone's track in epoch ${epoch}: ${sessions.map(tracksOf).join(', ')}`,
    () => sessions.every((one) => tracksOf(one) === sessions.length - 1),
  );
}

describe('when the only worker is killed', () => {
  it('a room in the SFU gets a new epoch with new transports, and joins go on', async () => {
    const running = await start(1);
    const room = aRoom();
    const sessions = await guests.threeInTheSfu(room);
    await sendAndReceive(sessions, 2);

    await kill(...workers);

    for (const one of sessions) {
      const prepare = await one.next('topology:prepare', ({ epoch }) => epoch > 2);
      expect(prepare).toMatchObject({ target: 'sfu', reason: 'exceeds-mesh' });
      expect(one.setupOf(prepare.epoch).sendTransport.id).not.toBe(one.setupOf(2).sendTransport.id);
    }
    const { epoch } = sessions[0].all('topology:prepare').at(-1) ?? { epoch: 0 };
    await sendAndReceive(sessions, epoch);
    await settle(sessions, epoch);
    await until(
      () => `only what the new epoch has: ${JSON.stringify(running.conference.counts())}`,
      () => {
        const { workers: alive, routers, transports, producers, consumers } = running.conference.counts();
        return alive === 1 && routers === 1 && transports === 6 && producers === 3 && consumers === 6;
      },
    );

    const dave = await guests.join(room, 'Dave');
    expect(dave.joined?.topology).toMatchObject({ live: { topology: 'sfu', epoch }, handover: null });
    await until('the tracks of the others', () => dave.consumers.length === 3);
  });

  it('a room in a mesh does not notice, and can move to the SFU soon', async () => {
    const running = await start(1);
    const room = aRoom();
    const [alice, bob] = await guests.two(room);

    await kill(...workers);

    await until(
      'another worker',
      () => workersOf().length === 1 && running.conference.counts().workers === 1,
    );
    expect(alice.heard.map(({ name }) => name)).toEqual(['participant:joined']);
    const carol = await guests.join(room, 'Carol');
    await settle([alice, bob, carol], carol.joined?.topology.handover?.epoch ?? 0);
  });

  it('a handover on the way to it is given up, and made again', async () => {
    await start(1);
    const sessions = await guests.three();

    await kill(...workers);

    for (const one of sessions) {
      expect(await one.next('topology:aborted')).toMatchObject({
        epoch: 2,
        reason: 'media-unavailable',
        live: { topology: 'mesh', epoch: 1 },
      });
    }
    for (const one of sessions) await one.next('topology:prepare', ({ epoch }) => epoch === 3);
    await settle(sessions, 3);
  });

  it('whoever needs it in that moment is told to come again, or finds it back', async () => {
    await start(1);
    const room = aRoom();
    await guests.two(room);
    const carol = await guests.connect();

    for (const pid of workers) process.kill(pid, 'SIGKILL');
    const tries: (string | undefined)[] = [];
    await until('a join to succeed', async () => {
      tries.push(await carol.refusal('room:join', { room, displayName: 'Carol', sources: [] }));
      return tries.at(-1) === undefined;
    });

    expect(tries.slice(0, -1).filter((code) => code !== 'MEDIA_UNAVAILABLE')).toEqual([]);
  });

  it('again and again, the room comes back each time', async () => {
    const running = await start(1);
    const sessions = await guests.threeInTheSfu();
    let last = 2;
    for (let death = 1; death <= 3; death += 1) {
      await until('a worker', () => workersOf().length === 1 && running.conference.counts().workers === 1);
      await kill(...workersOf());
      const from = last;
      const [first] = await Promise.all(
        sessions.map((one) => one.next('topology:prepare', ({ epoch }) => epoch > from)),
      );
      last = first?.epoch ?? 0;
      await settle(sessions, last);
    }
    expect(last).toBeGreaterThanOrEqual(5);
  });
});

describe('when one of two workers is killed', () => {
  it('its rooms move to the other at once, and rooms of the other do not notice', async () => {
    const running = await start(2);
    const rooms = [await guests.threeInTheSfu(), await guests.threeInTheSfu()];
    const [victim] = workers;
    if (victim === undefined) throw new Error('expected a worker');

    await kill(victim);

    const moved = await until('one of the rooms to be prepared', () =>
      rooms.find(([one]) => one.all('topology:prepare').some(({ epoch }) => epoch === 3)),
    );
    if (moved === undefined) throw new Error('expected a room that moves');
    await Promise.all(moved.map((one) => one.next('topology:prepare', ({ epoch }) => epoch === 3)));
    await settle(moved, 3);
    await until('both workers', () => running.conference.counts().workers === 2);

    for (const one of rooms.find((room) => room !== moved) ?? []) {
      expect(await one.refusal('path:switched', { epoch: 3, participantId: one.id })).toBe('NOT_FOUND');
      expect(one.all('topology:prepare').filter(({ epoch }) => epoch > 2)).toEqual([]);
    }
  });
});
