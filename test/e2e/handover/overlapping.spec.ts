import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { aRoom } from '../../support/guests.ts';
import {
  HandoverStage,
  MESH_COUNTS,
  everyoneHears,
  everyoneSees,
  sfuCounts,
  type Person,
} from '../../support/handover-stage.ts';
import { until } from '../../support/until.ts';

const TEST_MS = 60_000;

const stage = new HandoverStage();

beforeAll(() => stage.open(), TEST_MS);
afterEach(async () => expect(await stage.clear()).toEqual([]), TEST_MS);
afterAll(() => stage.close(), TEST_MS);

const isPreparing = (people: readonly Person[], what: string): Promise<unknown> =>
  until(what, async () =>
    (await Promise.all(people.map(({ call }) => call.body()))).every(
      ({ handover }) => handover === 'preparing',
    ),
  );

describe('a change of mind in a handover', () => {
  it(
    'gives the way back to mesh up for a third who comes again before it is done',
    async () => {
      const room = aRoom();
      const [ada, alan] = await stage.two(room);
      const grace = await stage.join(room, 'Grace');
      await everyoneSees([ada, alan, grace], 'sfu');
      await ada.untilStable('sfu');

      for (const one of [ada, alan]) one.wire.hold('link:signal');
      await grace.leave();
      await isPreparing([ada, alan], 'the way back to mesh to begin');
      await until('signals to wait', () => ada.wire.waiting('link:signal') > 0);
      await grace.press('Rejoin');
      await everyoneSees([ada, alan, grace], 'sfu');
      // The SFU was never left: it is the epoch that it was.
      for (const one of [ada, alan, grace]) expect(await one.untilStable('sfu')).toBe(2);
      await stage.untilCounts(sfuCounts(3));

      // What was under way for the given-up mesh comes too late to matter, and the next way back is free.
      for (const one of [ada, alan]) one.wire.release();
      await everyoneHears([ada, alan, grace]);
      await grace.leave();
      await everyoneSees([ada, alan], 'mesh');
      for (const one of [ada, alan]) expect(await one.untilStable('mesh')).toBe(4);
      await stage.untilCounts({ participants: 2, ...MESH_COUNTS });
    },
    TEST_MS,
  );

  it(
    'ends in the mesh when the third goes before the SFU was reached',
    async () => {
      const room = aRoom();
      const [ada, alan] = await stage.two(room);
      await ada.page.evaluate(() => window.watch.start('Alan'));
      for (const one of [ada, alan]) one.wire.hold('consumer:');
      const grace = await stage.join(room, 'Grace');
      await until('tracks to be offered', () => ada.wire.waiting('consumer:created') >= 2);
      await isPreparing([ada, alan, grace], 'the way to the SFU to begin');
      await grace.leave();
      await ada.call.tile('Grace').waitFor({ state: 'detached' });
      for (const one of [ada, alan]) one.wire.release();

      await stage.untilCounts({ participants: 2, ...MESH_COUNTS });
      await everyoneSees([ada, alan], 'mesh');
      await everyoneHears([ada, alan]);
      const epochs = await Promise.all([ada.untilStable('mesh'), alan.untilStable('mesh')]);
      expect(epochs[0]).toBe(epochs[1]);
      expect((await ada.page.evaluate(() => window.watch.stop())).faults).toEqual({});
    },
    TEST_MS,
  );

  it(
    'begins another one to the SFU while the mesh before it is still drained',
    async () => {
      const room = aRoom();
      const [ada, alan] = await stage.two(room);
      const grace = await stage.join(room, 'Grace');
      await everyoneSees([ada, alan, grace], 'sfu');
      await ada.untilStable('sfu');
      for (const one of [ada, alan]) one.wire.prolongDrain(20_000);
      await grace.leave();
      await Promise.all([ada.untilStable('mesh'), alan.untilStable('mesh')]);
      await grace.press('Rejoin');
      await everyoneSees([ada, alan, grace], 'sfu');
      for (const one of [ada, alan, grace]) expect(await one.untilStable('sfu')).toBe(4);
      await everyoneHears([ada, alan, grace]);
      await stage.untilCounts(sfuCounts(3));
    },
    TEST_MS,
  );
});

describe('a camera that was turned off in the mesh', () => {
  it(
    'is seen by everybody when it is turned on in the middle of the handover',
    async () => {
      const room = aRoom();
      const [ada, alan] = await stage.two(room);
      await ada.press('Turn the camera off');
      await alan.untilCamera(ada, 'covered');
      alan.wire.hold('consumer:');
      const grace = await stage.join(room, 'Grace');
      await grace.untilHeard(ada);
      await grace.untilCamera(ada, 'covered');
      await ada.press('Turn the camera on');
      await Promise.all([grace.untilCamera(ada, 'seen'), alan.untilCamera(ada, 'seen')]);
      await Promise.all([grace.untilPicture(ada), alan.untilPicture(ada)]);
      expect(await alan.call.paths()).toMatchObject({ Ada: 'mesh' });
      alan.wire.release();
      await everyoneSees([ada, alan, grace], 'sfu');
      await stage.untilCounts(sfuCounts(3));
    },
    TEST_MS,
  );
});
