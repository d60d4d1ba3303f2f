import { afterAll, afterEach, beforeAll, expect, it, jest } from '@jest/globals';
import { assertNever } from '#kernel';
import type { RunningServer } from '#server';
import { Guests, aRoom, settle } from '../support/guests.ts';
import { DTLS_PARAMETERS } from '../support/rtp.ts';
import { startServer } from '../support/server.ts';
import type { Session } from '../support/session.ts';
import { until } from '../support/until.ts';

// Whatever is waited for has a deadline of its own, and says what was missing.
jest.setTimeout(60_000);

const SIZES = [1, 2, 3, 4] as const;
const STAGES = [
  'just joined',
  'in the SFU from the beginning',
  'in the middle of a handover',
  'just after a handover',
] as const;
const ENDINGS = [
  'everyone leaves',
  'everyone disconnects',
  'every connection is cut',
  'the host ends it',
  'each goes in another way, at the same time',
] as const;
const ROOMS_AT_ONCE = 5;

let server: RunningServer;
const guests = new Guests(() => server.url);

beforeAll(async () => {
  server = await startServer();
});

afterEach(() => guests.leave());
afterAll(() => server.close());

const NOTHING = {
  rooms: 0,
  participants: 0,
  timers: 0,
  workers: 1,
  routers: 0,
  transports: 0,
  producers: 0,
  consumers: 0,
};

/** What was there at most, of each. */
const peak = { ...NOTHING };
let joins = 0;

function look(): void {
  const counts = server.conference.counts();
  for (const key of Object.keys(peak) as (keyof typeof peak)[]) peak[key] = Math.max(peak[key], counts[key]);
}

const cut = (session: Session): void => void session.socket.io.engine.close();

/** What a client does in the SFU: it connects, and sends. */
async function send(session: Session, epoch: number): Promise<void> {
  const { sendTransport, recvTransport } = session.setupOf(epoch);
  for (const { id: transportId } of [sendTransport, recvTransport]) {
    await session.request('transport:connect', { transportId, dtlsParameters: DTLS_PARAMETERS });
  }
  await session.publish(epoch, 'mic', 'camera');
}

async function bringTo(stage: (typeof STAGES)[number], size: number): Promise<Session[]> {
  const room = aRoom();
  const topology = stage === 'in the SFU from the beginning' ? 'sfu' : 'auto';
  const sessions: Session[] = [];
  while (sessions.length < size) {
    sessions.push(await guests.join(room, `guest ${sessions.length}`, { topology }));
    joins += 1;
  }
  if (topology === 'sfu') await Promise.all(sessions.map((one) => send(one, 1)));
  if (stage === 'just joined' || topology === 'sfu' || size < 3) return sessions;

  await Promise.all(sessions.slice(0, 2).map((one) => one.next('topology:prepare')));
  await Promise.all(sessions.map((one) => send(one, 2)));
  if (stage === 'in the middle of a handover') {
    await sessions[0]?.switchTo(
      2,
      sessions.map(({ id }) => id),
    );
  } else {
    await settle(sessions, 2);
  }
  return sessions;
}

async function end(ending: (typeof ENDINGS)[number], sessions: readonly Session[]): Promise<void> {
  switch (ending) {
    case 'everyone leaves':
      await Promise.all(sessions.map((one) => one.request('room:leave', {})));
      return;
    case 'everyone disconnects':
      for (const one of sessions) one.socket.disconnect();
      return;
    case 'every connection is cut':
      for (const one of sessions) cut(one);
      return;
    case 'the host ends it':
      await sessions[0]?.request('room:end', {});
      return;
    case 'each goes in another way, at the same time': {
      const [host, ...others] = sessions;
      const asked: Promise<unknown>[] = [];
      if (host !== undefined) asked.push(host.refusal('room:end', {}));
      for (const [index, one] of others.entries()) {
        if (index % 3 === 0) cut(one);
        if (index % 3 === 1) one.socket.disconnect();
        if (index % 3 === 2) asked.push(one.refusal('room:leave', {}));
      }
      await Promise.all(asked);
      return;
    }
    default:
      assertNever(ending);
  }
}

it('has nothing left after 200 joins and leaves of mixed rooms', async () => {
  const rooms = SIZES.flatMap((size) =>
    STAGES.flatMap((stage) => ENDINGS.map((ending) => ({ size, stage, ending }))),
  );
  const next = rooms.values();
  const work = Array.from({ length: ROOMS_AT_ONCE }, async () => {
    for (const { size, stage, ending } of next) {
      const sessions = await bringTo(stage, size);
      look();
      await end(ending, sessions);
    }
  });
  await Promise.all(work);

  expect(joins).toBe(200);
  // Otherwise zero at the end would say little.
  expect(Object.entries(peak).filter(([, count]) => count === 0)).toEqual([]);
  await until(
    () => `nothing to be left: ${JSON.stringify(server.conference.counts())}`,
    () => JSON.stringify(server.conference.counts()) === JSON.stringify(NOTHING),
  );
  expect(server.conference.counts()).toEqual(NOTHING);
});

it('keeps nothing of those who left a room that goes on', async () => {
  const room = aRoom();
  const host = await guests.join(room, 'Host', { topology: 'sfu' });
  const stays = await guests.join(room, 'Stays');
  await Promise.all([host, stays].map((one) => send(one, 1)));
  await until('their tracks to arrive', () => [host, stays].every((one) => one.consumers.length === 2));
  // They say nothing of the layers that they want, and soon count as receivers of everything.
  await until('no timer to run', () => server.conference.counts().timers === 0);
  const before = server.conference.counts();

  const ways: readonly ((one: Session) => void)[] = [
    cut,
    (one) => void one.socket.disconnect(),
    (one) => void one.request('room:leave', {}),
  ];
  for (const leave of ways) {
    for (let time = 0; time < 5; time += 1) {
      const guest = await guests.join(room, 'Guest');
      await send(guest, 1);
      await until('everyone to be offered every track', () =>
        [host, stays, guest].every((one) => one.consumers.length === 4),
      );
      leave(guest);
      await until(
        () => `nothing of the guest to be left: ${JSON.stringify(server.conference.counts())}`,
        () => JSON.stringify(server.conference.counts()) === JSON.stringify(before),
      );
      await until('its tracks to end', () => [host, stays].every((one) => one.consumers.length === 2));
    }
  }
  expect(host.all('participant:left')).toHaveLength(15);
});
