// Clients that do not do their part in a handover. It ends nevertheless, says who and what was missing, and the others keep their call.
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { roomNameSchema, type Epoch } from '#protocol';
import type { RunningServer } from '#server';
import { Guests, aRoom, caughtUp } from '../support/guests.ts';
import { HonestClient } from '../support/honest-client.ts';
import { DTLS_PARAMETERS } from '../support/rtp.ts';
import { startServer } from '../support/server.ts';
import type { Session } from '../support/session.ts';
import { until } from '../support/until.ts';

// Whatever is waited for has a deadline of its own, and says what was missing.
jest.setTimeout(60_000);

/** The handovers' own deadlines (8 s, 5 s), and what a busy machine adds. */
const HANDOVER_MS = 15_000;

let server: RunningServer;
const guests = new Guests(() => server.url);

beforeAll(async () => {
  server = await startServer({ MESH_DWELL_MS: '50' });
});

afterEach(() => guests.leave());
afterAll(() => server.close());

const named = (name: string, { id }: Session): string => `${name} (${id})`;

/** Alice and Bob in a mesh of epoch 1, who follow whatever comes. */
async function aliceAndBob(room: string): Promise<[HonestClient, HonestClient]> {
  const [alice, bob] = await guests.two(room);
  await alice.next('participant:joined');
  return [new HonestClient(alice), new HonestClient(bob)];
}

/** They get each other's tracks over the SFU of that epoch. */
async function reachEachOther(epoch: Epoch, ...people: readonly HonestClient[]): Promise<void> {
  for (const one of people) {
    const others = people.filter((other) => other !== one).map(({ session }) => session.id);
    await until(
      () =>
        `the tracks of ${others.join(', ')} in epoch ${epoch}, got those of ${one.received(epoch).join(', ')}`,
      () => others.every((id) => one.received(epoch).includes(id)),
    );
    expect(one.session.all('consumer:closed')).toEqual([]);
  }
}

/** Their mesh of that epoch still carries what they say to each other. */
async function linkStands(epoch: Epoch, one: HonestClient, other: HonestClient): Promise<void> {
  const signal = { type: 'candidate', candidate: null } as const;
  await one.session.request('link:signal', { to: other.session.id, epoch, signal });
  await other.session.next('link:signaled', (said) => said.epoch === epoch);
}

describe('somebody who comes into a call of two and', () => {
  const misdeeds: Readonly<
    Record<string, (carol: Session, alice: Session, bob: Session, stranger: Session) => Promise<unknown>>
  > = {
    'answers nothing': () => Promise.resolve(),
    'answers for an epoch that is over': async (carol, alice, bob) => {
      await carol.switchTo(1, [alice.id, bob.id]);
    },
    'answers for an epoch that is not there yet': async (carol, alice, bob) => {
      for (const { id: participantId } of [alice, bob]) {
        expect(await carol.refusal('path:switched', { epoch: 3, participantId })).toBe('SUPERSEDED_EPOCH');
      }
    },
    'reports paths that it does not have': async (carol, _alice, _bob, stranger) => {
      for (const participantId of [carol.id, stranger.id, 'nobody']) {
        expect(await carol.refusal('path:switched', { epoch: 2, participantId })).toBe('NOT_FOUND');
      }
    },
    'sends, and reports nothing': async (carol) => {
      for (const { id: transportId } of carol.transportsOf(2)) {
        await carol.request('transport:connect', { transportId, dtlsParameters: DTLS_PARAMETERS });
      }
      await carol.publish(2, 'mic', 'camera');
    },
  };

  it('does not say what it has is left behind at the deadline, and told so; the log and the timeline say who it was', async () => {
    const stranger = await guests.join(aRoom(), 'Stranger');
    const ends = Object.entries(misdeeds).map(async ([what, misdeed]) => {
      const room = aRoom();
      const [alice, bob] = await aliceAndBob(room);
      const carol = await guests.join(room, 'Carol');
      await alice.session.next('topology:prepare');
      await misdeed(carol, alice.session, bob.session, stranger);
      await reachEachOther(2, alice, bob);
      expect(alice.session.all('topology:settled')).toEqual([]);

      const { live } = await alice.session.next('topology:settled', undefined, HANDOVER_MS);
      const { epoch, message } = await carol.next('topology:unreachable');
      // The timeline waits for the reports of all who were there, or until it need wait no longer.
      const { handover } = await bob.session.next('handover:recorded', undefined, HANDOVER_MS);
      await caughtUp([alice.session, bob.session]);
      const others = [alice, bob].map(({ session }) => session);
      const who = message
        .replaceAll(named('Alice', others[0] ?? carol), 'Alice (id)')
        .replaceAll(named('Bob', others[1] ?? carol), 'Bob (id)')
        .replaceAll(named('Carol', carol), 'Carol (id)');
      await reachEachOther(2, alice, bob);
      return {
        what,
        live,
        epoch,
        who: who.split('; ').toSorted(),
        recorded: handover.message === message && handover.outcome,
        othersWereTold: others.flatMap((one) => one.all('topology:unreachable')),
      };
    });

    const silent = [
      'Alice (id) did not get Carol (id): no report in time',
      'Bob (id) did not get Carol (id): no report in time',
      'Carol (id) did not get Alice (id), Bob (id): no report in time',
    ];
    expect(await Promise.all(ends)).toEqual(
      Object.keys(misdeeds).map((what) => ({
        what,
        live: { topology: 'sfu', epoch: 2, reason: 'exceeds-mesh' },
        epoch: 2,
        // Where it sends, the others do get it.
        who: what === 'sends, and reports nothing' ? silent.slice(2) : silent,
        recorded: 'settled',
        othersWereTold: [],
      })),
    );
  });

  it('claims at once to have everything harms nobody but itself: the others are waited for', async () => {
    const room = aRoom();
    const [alice, bob] = await guests.two(room);
    await alice.next('participant:joined');
    const carol = await guests.join(room, 'Carol');
    await Promise.all([alice, bob].map((one) => one.next('topology:prepare')));
    await carol.switchTo(2, [alice.id, bob.id]);
    // A second time, and while nobody has sent anything.
    await carol.switchTo(2, [alice.id, bob.id]);
    await alice.switchTo(2, [bob.id, carol.id]);
    await bob.switchTo(2, [carol.id]);
    await caughtUp([alice, bob, carol]);
    expect(alice.all('topology:settled')).toEqual([]);
    await bob.switchTo(2, [alice.id]);
    for (const one of [alice, bob, carol]) await one.next('topology:settled');
  });

  it('claims again and again that nothing reaches it is believed for itself alone', async () => {
    const room = aRoom();
    const [alice, bob] = await aliceAndBob(room);
    const carol = await guests.join(room, 'Carol');
    await alice.session.next('topology:prepare');
    for (const { session } of [alice, bob]) {
      const failed = { epoch: 2, participantId: session.id, reason: 'I see\nnothing' };
      await carol.request('path:failed', failed);
      await carol.request('path:failed', failed);
    }
    await carol.publish(2, 'mic', 'camera');
    const { live } = await alice.session.next('topology:settled');
    expect(live).toMatchObject({ topology: 'sfu', epoch: 2 });
    await reachEachOther(2, alice, bob);
    expect(await carol.next('topology:unreachable')).toMatchObject({ epoch: 2 });
    for (const { session } of [alice, bob]) expect(session.all('topology:unreachable')).toEqual([]);
  });
});

describe('one of two who answers nothing', () => {
  it('keeps the room in its mesh, where the SFU is wanted and the mesh can go on', async () => {
    const room = aRoom();
    const [alice, bob] = await guests.two(room);
    const honest = new HonestClient(alice);
    await server.conference.requireServerMedia(roomNameSchema.parse(room), 'recorder', true);
    expect(await bob.next('topology:prepare')).toMatchObject({ target: 'sfu', reason: 'server-media' });

    const aborted = await alice.next('topology:aborted', undefined, HANDOVER_MS);
    expect(aborted).toMatchObject({ epoch: 2, reason: 'deadline', live: { topology: 'mesh', epoch: 1 } });
    expect(aborted.message.split('; ').toSorted()).toEqual([
      `${named('Alice', alice)} did not get ${named('Bob', bob)}: no report in time`,
      `${named('Bob', bob)} did not get ${named('Alice', alice)}: no report in time`,
    ]);
    await linkStands(1, honest, new HonestClient(bob));
  });

  it('keeps the room in its SFU, untouched, where the mesh is wanted', async () => {
    const room = aRoom();
    const [alice, bob] = await aliceAndBob(room);
    const carol = await guests.join(room, 'Carol');
    const third = new HonestClient(carol);
    await alice.session.next('topology:settled');
    await reachEachOther(2, alice, bob, third);
    // From now on Bob hears, and does nothing.
    bob.session.socket.offAny();
    carol.close();
    await alice.session.next('topology:prepare', ({ target }) => target === 'mesh');

    const aborted = await alice.session.next('topology:aborted', undefined, HANDOVER_MS);
    expect(aborted).toMatchObject({ epoch: 3, reason: 'deadline', live: { topology: 'sfu', epoch: 2 } });
    expect(aborted.message).toContain(
      `${named('Bob', bob.session)} did not get ${named('Alice', alice.session)}`,
    );
    expect(alice.received(2)).toEqual([bob.session.id]);
    expect(server.conference.counts()).toMatchObject({
      routers: 1,
      transports: 4,
      producers: 4,
      consumers: 4,
    });
  });
});

describe('somebody who disappears', () => {
  const cut = (session: Session): void => void session.socket.io.engine.close();
  const connect = async (carol: Session): Promise<void> => {
    for (const { id: transportId } of carol.transportsOf(2)) {
      await carol.request('transport:connect', { transportId, dtlsParameters: DTLS_PARAMETERS });
    }
  };
  const everyone = (carol: Session, ...others: HonestClient[]) => [
    carol.id,
    ...others.map(({ session }) => session.id),
  ];
  type Phase = (carol: Session, alice: HonestClient, bob: HonestClient) => Promise<unknown>;

  /** What Carol does before she is gone, once she has been told of epoch 2. */
  const phases: readonly (readonly [when: string, phase: Phase])[] = [
    ['before she has connected', () => Promise.resolve()],
    ['while her transports connect', (carol) => Promise.resolve(void connect(carol).catch(() => undefined))],
    ['once her transports are connected', connect],
    [
      'while she begins to send',
      (carol) => Promise.resolve(void carol.publish(2, 'mic', 'camera').catch(() => undefined)),
    ],
    ['once she sends', (carol) => carol.publish(2, 'mic', 'camera')],
    ['when she has reported one of two', (carol, alice) => carol.switchTo(2, [alice.session.id])],
    [
      'when she alone is still missing',
      async (carol, alice, bob) => {
        await carol.publish(2, 'mic', 'camera');
        await until('the others to get her', () =>
          [alice, bob].every((one) => one.received(2).includes(carol.id)),
        );
      },
    ],
    [
      'right after the handover has settled',
      async (carol, alice, bob) => {
        await carol.publish(2, 'mic', 'camera');
        await carol.switchTo(2, everyone(carol, alice, bob));
        await carol.next('topology:settled');
      },
    ],
  ];

  it.each(phases)('%s leaves the others their call, and nothing behind', async (_when, phase) => {
    const room = aRoom();
    const [alice, bob] = await aliceAndBob(room);
    const carol = await guests.join(room, 'Carol');
    await alice.session.next('topology:prepare');
    await phase(carol, alice, bob);
    cut(carol);

    // The others settle in the SFU and go back, as after any third who leaves.
    for (const { session } of [alice, bob]) {
      expect(await session.next('participant:left')).toMatchObject({ participantId: carol.id });
      await session.next('topology:settled', ({ live }) => live.topology === 'mesh');
      expect(session.all('topology:aborted')).toEqual([]);
    }
    await linkStands(3, alice, bob);
    await until(
      () => `the SFU to be left behind: ${JSON.stringify(server.conference.counts())}`,
      () => server.conference.counts().routers === 0,
    );
    expect(server.conference.counts()).toMatchObject({ transports: 0, producers: 0, consumers: 0 });
  });

  it.each([
    [
      'before the answer to its join',
      (carol: Session, room: string) =>
        void carol.socket.emit('room:join', { room, displayName: 'Carol', sources: [] }),
    ],
    [
      'while it looks at the room',
      (carol: Session, room: string) => void carol.socket.emit('room:preview', { room }),
    ],
  ])('%s has never been there', async (_when, ask) => {
    const room = aRoom();
    const [alice, bob] = await aliceAndBob(room);
    const carol = await guests.connect();
    ask(carol, room);
    cut(carol);
    await until('to be two', () => server.conference.counts().participants === 2);
    await until(
      () => `the mesh to be all there is: ${JSON.stringify(server.conference.counts())}`,
      async () => {
        await caughtUp([alice.session, bob.session]);
        const settled = alice.session.all('topology:settled').at(-1);
        return server.conference.counts().transports === 0 && settled?.live.topology !== 'sfu';
      },
    );
    await linkStands(alice.session.all('topology:settled').at(-1)?.live.epoch ?? 1, alice, bob);
  });

  it('on the way back leaves the last one alone, in a mesh of one', async () => {
    const room = aRoom();
    const [alice, bob] = await aliceAndBob(room);
    const third = new HonestClient(await guests.join(room, 'Carol'));
    await alice.session.next('topology:settled');
    bob.session.socket.offAny();
    third.session.close();
    await alice.session.next('topology:prepare', ({ target }) => target === 'mesh');
    cut(bob.session);
    expect(await alice.session.next('topology:settled')).toMatchObject({
      live: { topology: 'mesh', epoch: 3 },
    });
    await until('the SFU to be left behind', () => server.conference.counts().routers === 0);
  });
});
