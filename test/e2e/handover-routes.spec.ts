// Where there is no way: between two people, or between somebody and the media server.
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { roomNameSchema, type HandoverRecord, type Topology } from '#protocol';
import type { CallPage } from '../support/call-page.ts';
import { longestStandstill, watchFrames } from '../support/frame-watch.ts';
import { connectionsCutOff, setRoutes } from '../support/page-routes.ts';
import { RoutedCall, everyoneSees } from '../support/routed-call.ts';
import { until } from '../support/until.ts';

const TEST_MS = 200_000;
/** What a handover may take until its deadline has passed (8 s at most), on a busy machine. */
const GIVEN_UP_MS = 20_000;
/** Longer than any pause of a machine that is busy with other things, and shorter than anything that broke and was mended. */
const STANDSTILL_MS = 2000;

const participantId = async (one: CallPage): Promise<string> =>
  (await one.page.evaluate(() => window.switchyard?.call.snapshot.local.id)) ?? '';

/** What the message calls somebody. */
const named = async (one: CallPage): Promise<string> => `${one.name} (${await participantId(one)})`;

/** The last handover of the room, once it has been given up and reported. */
async function givenUp(one: CallPage, to: Topology): Promise<HandoverRecord> {
  const last = async (): Promise<HandoverRecord | undefined> => {
    const handovers = await one.page.evaluate(() => window.switchyard?.call.handovers() ?? []);
    return handovers.findLast((handover) => handover.to === to && handover.outcome === 'aborted');
  };
  const found = await until(`a handover to ${to} to be given up`, last, {
    deadlineMs: GIVEN_UP_MS,
    everyMs: 200,
  });
  if (found === undefined) throw new Error('expected a handover');
  return found;
}

/** Nobody's picture of anybody stood still since it is watched. */
async function nobodyStoodStill(people: readonly CallPage[]): Promise<void> {
  for (const one of people) {
    const standstill = await longestStandstill(one.page);
    expect(Object.keys(standstill)).toHaveLength(people.length - 1);
    for (const [of, ms] of Object.entries(standstill)) {
      expect({ who: one.name, of, fine: ms < STANDSTILL_MS, ms }).toMatchObject({ fine: true });
    }
  }
}

describe('a mesh that cannot be built', () => {
  let call: RoutedCall;
  beforeAll(async () => {
    call = await RoutedCall.start({ MESH_DWELL_MS: '200' });
  }, TEST_MS);
  afterEach(() => call.everybodyLeaves(), TEST_MS);
  afterAll(() => call?.close(), TEST_MS);

  it(
    'leaves the call in the SFU as it is, says which pair and why, and is tried again when that pair is another',
    async () => {
      const ada = await call.join('no way', 'Ada');
      const alan = await call.join('no way', 'Alan');
      const grace = await call.join('no way', 'Grace');
      await everyoneSees([ada, alan, grace], 'sfu');
      await setRoutes(ada.page, { mesh: true });

      await call.leave(grace);
      await watchFrames(ada.page);
      await watchFrames(alan.page);
      const { message, abortReason, reports } = await givenUp(alan, 'mesh');
      expect(await connectionsCutOff(ada.page)).toBe(1);
      expect(abortReason).toBe('path-failed');
      const [a, b] = [await named(ada), await named(alan)];
      expect([`${a} did not get ${b}`, `${b} did not get ${a}`]).toContain(message.split(':')[0]);
      expect(message).toMatch(/: no route between the two was found/);
      expect(reports).toHaveLength(2);
      await everyoneSees([ada, alan], 'sfu');
      await nobodyStoodStill([ada, alan]);
      expect(call.server.conference.counts()).toMatchObject({ transports: 4, producers: 4, consumers: 4 });

      // Whoever comes again, perhaps from another network, has not failed yet.
      await call.leave(ada);
      const again = await call.join('no way', 'Ada');
      await everyoneSees([again, alan], 'mesh');
      await until('the SFU to be left behind', () => call.server.conference.counts().transports === 0);
    },
    TEST_MS,
  );

  it(
    'where a call begins moves it to the SFU',
    async () => {
      const ada = await call.join('no way at all', 'Ada', { cut: { mesh: true } });
      const alan = await call.join('no way at all', 'Alan');
      await everyoneSees([ada, alan], 'sfu');
      expect(await ada.page.evaluate(() => window.switchyard?.call.snapshot.topologyReason)).toBe(
        'mesh-failed',
      );
    },
    TEST_MS,
  );
});

describe('a media server that does not reach one of three', () => {
  describe('in a call that needs it', () => {
    let call: RoutedCall;
    beforeAll(async () => {
      call = await RoutedCall.start({ MESH_DWELL_MS: '200' });
    }, TEST_MS);
    afterEach(() => call.everybodyLeaves(), TEST_MS);
    afterAll(() => call?.close(), TEST_MS);

    it(
      'holds nobody else up, and that one is told',
      async () => {
        const ada = await call.join('island', 'Ada');
        const alan = await call.join('island', 'Alan');
        await everyoneSees([ada, alan], 'mesh');
        await watchFrames(ada.page);
        await watchFrames(alan.page);
        const grace = await call.join('island', 'Grace', { cut: { sfu: true } });
        await grace.page.waitForSelector('[data-testid="media-problem"]', { timeout: GIVEN_UP_MS });
        expect(await connectionsCutOff(grace.page)).toBeGreaterThan(0);
        for (const [one, other] of [
          [ada, alan],
          [alan, ada],
        ] as const) {
          await until(
            `${one.name} to see ${other.name} over the SFU`,
            async () => (await one.paths())[other.name] === 'sfu' && (await one.body()).handover === 'stable',
          );
          expect((await longestStandstill(one.page))[other.name]).toBeLessThan(STANDSTILL_MS);
          expect(await one.page.locator('[data-testid="media-problem"]').count()).toBe(0);
        }
        expect(await grace.body()).toMatchObject({ topology: 'sfu', handover: 'stable' });

        // With her the trouble goes: the two go back, and nothing of it is left.
        await call.leave(grace);
        await everyoneSees([ada, alan], 'mesh');
        await until('the SFU to be left behind', () => call.server.conference.counts().transports === 0);
      },
      TEST_MS,
    );
  });

  describe('in a call that a mesh carries as well', () => {
    let call: RoutedCall;
    beforeAll(async () => {
      call = await RoutedCall.start({ MESH_DWELL_MS: '200', MESH_MAX_PARTICIPANTS: '3' });
    }, TEST_MS);
    afterEach(() => call.everybodyLeaves(), TEST_MS);
    afterAll(() => call?.close(), TEST_MS);

    it(
      'leaves all of them in their mesh',
      async () => {
        const people = [
          await call.join('refuge', 'Ada'),
          await call.join('refuge', 'Alan'),
          await call.join('refuge', 'Grace', { cut: { sfu: true } }),
        ];
        await everyoneSees(people, 'mesh');
        for (const { page } of people) await watchFrames(page);
        const [ada, , grace] = people;
        if (ada === undefined || grace === undefined) throw new Error('expected three');
        const room = roomNameSchema.parse('refuge');
        await call.server.conference.requireServerMedia(room, 'recorder', true);
        const { message, epoch } = await givenUp(ada, 'sfu');
        expect(message).toContain(`${await named(grace)} did not get `);
        expect(await ada.body()).toMatchObject({ topology: 'mesh', epoch: '1' });
        expect(await connectionsCutOff(grace.page)).toBeGreaterThan(0);
        await nobodyStoodStill(people);

        // It is tried again, and succeeds as soon as the way is there.
        await setRoutes(grace.page, { sfu: false });
        await everyoneSees(people, 'sfu');
        expect(Number((await ada.body()).epoch)).toBeGreaterThan(epoch);
        await call.server.conference.requireServerMedia(room, 'recorder', false);
        await everyoneSees(people, 'mesh');
      },
      TEST_MS,
    );
  });
});
