// 10,000 malformed or out-of-order messages. Each is acknowledged with a documented error or, where it happens to be right, with
// success; and nobody who has nothing to do with them notices. An unhandled rejection or an uncaught exception anywhere in this
// process, which is the server's too, fails the test by itself: jest listens for both.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, afterEach, beforeAll, expect, it, jest } from '@jest/globals';
import * as fc from 'fast-check';
import {
  COMMON_ERRORS,
  ERRORS,
  errorSchema,
  requests,
  type Ack,
  type ErrorCode,
  type RequestName,
} from '#protocol';
import type { RunningServer } from '#server';
import { REQUESTS, message, payloadsOf, type Ids } from '../support/fuzz/messages.ts';
import { Guests, aRoom } from '../support/guests.ts';
import { startServer } from '../support/server.ts';
import type { Session } from '../support/session.ts';
import { until } from '../support/until.ts';

const RUNS = 100;
const MESSAGES_PER_RUN = 100;
/** Ten times what it takes. */
const LIMIT_MS = 120_000;
/**
 * What may be left of 9,000 messages on the heap of this process, which is the server's, its clients' and jest's. Usually it is a
 * third of that; the text of the messages alone would be more.
 */
const HEAP_GROWTH_LIMIT_BYTES = 3 * 1024 * 1024;

jest.setTimeout(LIMIT_MS * 2);

let server: RunningServer;
const watchers = new Guests(() => server.url);
const attackers = new Guests(() => server.url);

beforeAll(async () => {
  server = await startServer();
});

afterEach(() => {
  attackers.leave();
  watchers.leave();
});
afterAll(() => server.close());

/** Two in a mesh and two in the SFU, whose calls go on all the while. */
class Watched {
  readonly sessions: readonly Session[];
  readonly ids: Ids;
  #updates = 0;

  constructor(sessions: readonly Session[]) {
    this.sessions = sessions;
    const setups = sessions.filter(({ joined }) => joined?.topology.sfu).map((one) => one.setupOf(1));
    this.ids = {
      rooms: [],
      participants: sessions.map(({ id }) => id),
      transports: setups.flatMap(({ sendTransport, recvTransport }) => [sendTransport.id, recvTransport.id]),
      producers: sessions.flatMap((one) => one.consumers.map(({ producerId }) => producerId)),
      consumers: sessions.flatMap((one) => one.consumers.map(({ consumerId }) => consumerId)),
    };
  }

  static async begin(): Promise<Watched> {
    const [mesh, sfu] = [aRoom(), aRoom()];
    const sessions = [
      await watchers.join(mesh),
      await watchers.join(mesh),
      await watchers.join(sfu, 'Carol', { topology: 'sfu' }),
      await watchers.join(sfu, 'Dave'),
    ];
    await sessions[2]?.publish(1, 'mic', 'camera');
    await until('the tracks to arrive', () => sessions[3]?.consumers.length === 2);
    return new Watched(sessions);
  }

  /** Each changes its name, is answered, and is heard. */
  async goOn(): Promise<void> {
    this.#updates += 1;
    const displayName = `still here ${this.#updates}`;
    await Promise.all(this.sessions.map((one) => one.request('participant:update', { displayName })));
    const told = ({ participant }: { participant: { displayName: string } }) =>
      participant.displayName === displayName;
    for (const one of this.sessions) {
      await one.next('participant:updated', told);
      await one.next('participant:updated', told);
    }
  }

  /** What they heard is the test's to remember, and not the server's. */
  forget(): void {
    for (const one of this.sessions) one.heard.length = 0;
  }

  /** They heard of nothing but each other. */
  expectUndisturbed(): void {
    for (const one of this.sessions) {
      const names = one.heard.map(({ name }) => name).filter((name) => name !== 'participant:updated');
      expect(names.filter((name) => name !== 'participant:joined' && name !== 'consumer:created')).toEqual(
        [],
      );
      const first = (one.joined?.room.seq ?? 0) + 1;
      const seqs = one.seqs();
      expect(seqs).toEqual(Array.from({ length: seqs.length }, (_, index) => first + index));
    }
  }
}

/** One in no room, two in a mesh, three on their way from a mesh to the SFU, two in the SFU. */
async function attack(all: Guests): Promise<{ sessions: readonly Session[]; ids: Ids }> {
  const [mesh, moving, sfu] = [aRoom(), aRoom(), aRoom()];
  const sessions = [
    await all.connect(),
    ...(await all.two(mesh)),
    ...(await all.three(moving)),
    await all.join(sfu, 'Mallory', { topology: 'sfu' }),
    await all.join(sfu, 'Trudy'),
  ];
  const [sender, receiver] = sessions.slice(-2) as [Session, Session];
  await sender.publish(1, 'mic', 'camera');
  await until('the tracks to arrive', () => receiver.consumers.length === 2);
  const joined = sessions.filter((one) => one.joined !== undefined);
  const setups = [
    ...sessions.slice(-2).map((one) => one.setupOf(1)),
    ...sessions.slice(3, 6).map((one) => one.setupOf(2)),
  ];
  return {
    sessions,
    ids: {
      rooms: [mesh, moving, sfu, aRoom()],
      participants: joined.map(({ id }) => id),
      transports: setups.flatMap(({ sendTransport, recvTransport }) => [sendTransport.id, recvTransport.id]),
      producers: receiver.consumers.map(({ producerId }) => producerId),
      consumers: receiver.consumers.map(({ consumerId }) => consumerId),
    },
  };
}

const both = (some: Ids, others: Ids): Ids => ({
  rooms: [...some.rooms, ...others.rooms],
  participants: [...some.participants, ...others.participants],
  transports: [...some.transports, ...others.transports],
  producers: [...some.producers, ...others.producers],
  consumers: [...some.consumers, ...others.consumers],
});

const isRequest = (name: string): name is RequestName => (REQUESTS as readonly string[]).includes(name);

/** The code, or `ok`; whatever the documentation does not have of this request fails. */
function outcomeOf(name: string, payloads: readonly unknown[], ack: Ack<unknown>): ErrorCode | 'ok' {
  const what = `${name} ${JSON.stringify(payloads).slice(0, 500)}`;
  if (ack.ok) {
    if (!isRequest(name)) throw new Error(`there is no such request, and it succeeded: ${what}`);
    const { success, error } = requests[name].answer.safeParse(ack.data);
    if (!success) throw new Error(`the answer does not fit: ${what}: ${error.message}`);
    return 'ok';
  }
  const { code, retryable } = errorSchema.parse(ack.error);
  const documented = isRequest(name) ? [...COMMON_ERRORS, ...requests[name].errors] : ['UNKNOWN_EVENT'];
  // These two are documented, but say that the server has a defect, and that a worker is down.
  if (!documented.includes(code) || code === 'INTERNAL' || code === 'MEDIA_UNAVAILABLE') {
    throw new Error(`refused with ${code} (${ack.error.message}): ${what}`);
  }
  if (retryable !== ERRORS[code].retryable) throw new Error(`${code} is documented otherwise`);
  return code;
}

function heapAfterCollection(): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  return process.memoryUsage().heapUsed;
}

it('acknowledges 10,000 malformed or out-of-order messages, each with a documented error, and is none the worse for it', async () => {
  const watched = await Watched.begin();
  await watched.goOn();
  // They say nothing of the layers that they want, and soon count as receivers of everything.
  await until('no timer to run', () => server.conference.counts().timers === 0);
  const countsBefore = server.conference.counts();
  const outcomes = new Map<string, number>();
  let messages = 0;
  let heapBefore = 0;

  const script = fc.array(fc.tuple(fc.nat({ max: 1000 }), message), {
    minLength: MESSAGES_PER_RUN,
    maxLength: MESSAGES_PER_RUN,
  });
  await fc.assert(
    fc
      .asyncProperty(script, async (thrown) => {
        const { sessions, ids } = await attack(attackers);
        const everyones = both(ids, watched.ids);
        const acks = thrown.map(async ([by, one]) => {
          const [session] = sessions.slice(by % sessions.length);
          const payloads = payloadsOf(one, everyones);
          const ack = await session?.ask(one.name, ...payloads);
          if (ack === undefined) throw new Error('expected somebody to throw it');
          const outcome = outcomeOf(one.name, payloads, ack);
          outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
          messages += 1;
        });
        await Promise.all(acks);
        // Nobody was cut off: each is answered still.
        for (const session of sessions) expect(await session.refusal('no:such', {})).toBe('UNKNOWN_EVENT');
        await watched.goOn();
        // The first tenth warms everything up.
        if (messages === (RUNS / 10) * MESSAGES_PER_RUN) heapBefore = heapAfterCollection();
      })
      .afterEach(() => attackers.leave()),
    // What failed is in the error; to look for a shorter script of 100 messages would take minutes.
    { numRuns: RUNS, endOnFailure: true, interruptAfterTimeLimit: LIMIT_MS, markInterruptAsFailure: true },
  );

  expect(messages).toBe(RUNS * MESSAGES_PER_RUN);
  await until(
    () => `all that was theirs to be gone: ${JSON.stringify(server.conference.counts())}`,
    () => JSON.stringify(server.conference.counts()) === JSON.stringify(countsBefore),
  );
  watched.expectUndisturbed();
  watched.forget();
  expect(heapAfterCollection() - heapBefore).toBeLessThan(HEAP_GROWTH_LIMIT_BYTES);

  // A fuzz test that is refused at the door tests the door alone.
  const { ok = 0, ...refusals } = Object.fromEntries(outcomes);
  expect(ok).toBeGreaterThan(messages / 100);
  expect(ok).toBeLessThan(messages / 3);
  expect(Object.keys(refusals)).toEqual(
    expect.arrayContaining([
      'INVALID_PAYLOAD',
      'PAYLOAD_TOO_LARGE',
      'UNKNOWN_EVENT',
      'NOT_JOINED',
      'ALREADY_JOINED',
      'NOT_PERMITTED',
      'NOT_FOUND',
      'INVALID_STATE',
      'SUPERSEDED_EPOCH',
    ] satisfies ErrorCode[]),
  );
});
