// How large a mesh may be, and what else decides which way the media goes.
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { CallPage } from '../support/call-page.ts';
import { RoutedCall, everyoneSees } from '../support/routed-call.ts';
import { until } from '../support/until.ts';

const TEST_MS = 200_000;
const NAMES = ['Ada', 'Alan', 'Grace', 'Edsger', 'Barbara'] as const;

const NO_SFU = { routers: 0, transports: 0, producers: 0, consumers: 0 };

const reasonOf = (one: CallPage): Promise<string | null | undefined> =>
  one.page.evaluate(() => window.switchyard?.call.snapshot.topologyReason);

describe.each([3, 4])('a server with meshes of up to %d', (size) => {
  let call: RoutedCall;
  beforeAll(async () => {
    call = await RoutedCall.start({ MESH_DWELL_MS: '200', MESH_MAX_PARTICIPANTS: String(size) });
  }, TEST_MS);
  afterEach(() => call.everybodyLeaves(), TEST_MS);
  afterAll(() => call?.close(), TEST_MS);

  it(
    'connects so many directly, and moves all of them to the SFU and back when one more comes and goes',
    async () => {
      const people: CallPage[] = [];
      for (const name of NAMES.slice(0, size)) people.push(await call.join('crowd', name));
      await everyoneSees(people, 'mesh');
      expect(call.server.conference.counts()).toMatchObject(NO_SFU);
      // Nobody was moved to get there: each joiner has found a place in the mesh of the first.
      expect(await people[0]?.body()).toMatchObject({ epoch: '1' });

      const last = await call.join('crowd', NAMES[size] ?? '');
      await everyoneSees([...people, last], 'sfu');
      expect(call.server.conference.counts()).toMatchObject({
        routers: 1,
        transports: 2 * (size + 1),
        producers: 2 * (size + 1),
        consumers: 2 * size * (size + 1),
      });

      await call.leave(last);
      await everyoneSees(people, 'mesh');
      await until('the SFU to be left behind', () => call.server.conference.counts().transports === 0);
      expect(call.server.conference.counts()).toMatchObject(NO_SFU);
    },
    TEST_MS,
  );

  it(
    'takes two of them to the SFU while somebody is there whose address is not to be seen, and back',
    async () => {
      const ada = await call.join('shy', 'Ada');
      const alan = await call.join('shy', 'Alan');
      await everyoneSees([ada, alan], 'mesh');
      const shy = await call.join('shy', 'Grace', { query: { relay: '1' } });
      await everyoneSees([ada, alan, shy], 'sfu');
      expect(await reasonOf(ada)).toBe('relay-only');

      await call.leave(shy);
      await everyoneSees([ada, alan], 'mesh');
      expect(await reasonOf(ada)).toBe('fits-mesh');
    },
    TEST_MS,
  );
});

describe('a room whose first joiner wished', () => {
  let call: RoutedCall;
  beforeAll(async () => {
    call = await RoutedCall.start({ MESH_DWELL_MS: '200' });
  }, TEST_MS);
  afterEach(() => call.everybodyLeaves(), TEST_MS);
  afterAll(() => call?.close(), TEST_MS);

  it(
    'a mesh stays one when it grows beyond what it would be by itself',
    async () => {
      const people = [
        await call.join('direct', 'Ada', { query: { topology: 'mesh' } }),
        await call.join('direct', 'Alan'),
        await call.join('direct', 'Grace'),
      ];
      await everyoneSees(people, 'mesh');
      expect(await people[0]?.body()).toMatchObject({ epoch: '1' });
      expect(call.server.conference.counts()).toMatchObject(NO_SFU);
    },
    TEST_MS,
  );

  it(
    'the SFU is there from the first on, and stays when it is small again',
    async () => {
      const ada = await call.join('served', 'Ada', { query: { topology: 'sfu' } });
      const alan = await call.join('served', 'Alan');
      const grace = await call.join('served', 'Grace');
      await everyoneSees([ada, alan, grace], 'sfu');
      await call.leave(grace);
      // Long enough for a room that is free to choose to have chosen.
      const bob = await call.join('free', 'Bob');
      const carol = await call.join('free', 'Carol');
      const dave = await call.join('free', 'Dave');
      await everyoneSees([bob, carol, dave], 'sfu');
      await call.leave(dave);
      await everyoneSees([bob, carol], 'mesh');
      await everyoneSees([ada, alan], 'sfu');
      expect(await ada.body()).toMatchObject({ epoch: '1' });
      expect(await reasonOf(ada)).toBe('room-setting');
    },
    TEST_MS,
  );
});
