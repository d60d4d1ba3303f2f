import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { aRoom } from '../../support/guests.ts';
import { HandoverStage, everyoneHears, everyoneSees, sfuCounts } from '../../support/handover-stage.ts';
import { until } from '../../support/until.ts';

const TEST_MS = 60_000;

const stage = new HandoverStage();

beforeAll(() => stage.open(), TEST_MS);
afterEach(async () => expect(await stage.clear()).toEqual([]), TEST_MS);
afterAll(() => stage.close(), TEST_MS);

describe('the third who joins', () => {
  it(
    'sees and hears whoever is in the SFU, while another one is not and the handover goes on',
    async () => {
      const room = aRoom();
      const [ada, alan] = await stage.two(room);
      alan.wire.hold('producer:create');
      const grace = await stage.join(room, 'Grace');

      await grace.untilPath(ada, 'sfu');
      await grace.untilPicture(ada);
      await grace.untilHeard(ada);
      expect(await grace.call.paths()).toEqual({ Ada: 'sfu', Alan: undefined });
      // Nor do the others wait: Ada sees who joined, and still has Alan over the mesh.
      await ada.untilPicture(grace);
      await ada.untilHeard(grace);
      expect(await ada.call.paths()).toEqual({ Alan: 'mesh', Grace: 'sfu' });
      for (const one of [ada, alan, grace]) expect((await one.call.body())['handover']).toBe('preparing');

      alan.wire.release();
      await everyoneSees([ada, alan, grace], 'sfu');
      await everyoneHears([ada, alan, grace]);
      expect(await grace.untilStable('sfu')).toBe(2);
      await stage.untilCounts(sfuCounts(3));
    },
    TEST_MS,
  );

  it(
    'delays nobody but itself when nothing reaches it yet',
    async () => {
      const room = aRoom();
      const [ada, alan] = await stage.two(room);
      const grace = await stage.visit(room, 'Grace');
      grace.wire.hold('consumer:');
      await grace.enter();

      await Promise.all([ada.untilPath(alan, 'sfu'), alan.untilPath(ada, 'sfu')]);
      await Promise.all([ada.untilPicture(grace), alan.untilPicture(grace), ada.untilHeard(grace)]);
      expect(await grace.call.paths()).toEqual({ Ada: undefined, Alan: undefined });
      expect((await ada.call.body())['handover']).toBe('preparing');

      await until('every track to be offered', () => grace.wire.waiting('consumer:created') >= 4);
      grace.wire.release();
      await everyoneSees([ada, alan, grace], 'sfu');
      expect(await grace.untilStable('sfu')).toBe(2);
    },
    TEST_MS,
  );
});
