import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { aRoom } from '../../support/guests.ts';
import { HandoverStage, MESH_COUNTS, everyoneSees, sfuCounts } from '../../support/handover-stage.ts';
import { until } from '../../support/until.ts';

const TEST_MS = 60_000;
/** A router, and two transports for each of the three: no media flows. */
const READY = { participants: 2, routers: 1, transports: 6, producers: 0, consumers: 0 };

const stage = new HandoverStage();

beforeAll(() => stage.open(), TEST_MS);
afterEach(async () => expect(await stage.clear()).toEqual([]), TEST_MS);
afterAll(() => stage.close(), TEST_MS);

describe('a third who looks into the room before joining', () => {
  it(
    'has the SFU made ready, and joins with that and nothing more',
    async () => {
      const room = aRoom();
      const [ada, alan] = await stage.two(room);
      expect(stage.counts).toMatchObject(MESH_COUNTS);
      const grace = await stage.visit(room, 'Grace');
      await stage.untilCounts(READY);
      expect(await ada.call.body()).toMatchObject({ topology: 'mesh', epoch: '1', handover: 'stable' });

      // What is made anew, or given back first, takes at least one round trip to the media worker.
      const seen = new Set<string>();
      const looking = setInterval(() => {
        const { routers, transports } = stage.counts;
        seen.add(`${routers} router, ${transports} transports`);
      }, 0);
      try {
        await grace.press('Join');
        await everyoneSees([ada, alan, grace], 'sfu');
        await grace.untilStable('sfu');
      } finally {
        clearInterval(looking);
      }
      expect([...seen]).toEqual(['1 router, 6 transports']);
      await stage.untilCounts(sfuCounts(3));
    },
    TEST_MS,
  );

  it(
    'joins in one session when it does not wait for the look',
    async () => {
      const room = aRoom();
      const [ada, alan] = await stage.two(room);
      const grace = await stage.visit(room, 'Grace', { holding: ['connect'] });
      await until('the page to ask for a session', () => grace.wire.waiting('connect') > 0);
      await grace.press('Join');
      await grace.call.inState('joining');
      expect(grace.wire.waiting('connect')).toBe(1);
      grace.wire.release();
      await grace.call.inState('joined');
      await everyoneSees([ada, alan, grace], 'sfu');
      await stage.untilCounts(sfuCounts(3));
    },
    TEST_MS,
  );

  it(
    'has it given back by going away without joining, and the call was not touched',
    async () => {
      const room = aRoom();
      const [ada, alan] = await stage.two(room);
      const grace = await stage.visit(room, 'Grace');
      await stage.untilCounts(READY);
      await grace.page.goto('about:blank');
      await stage.untilCounts({ participants: 2, ...MESH_COUNTS });
      await everyoneSees([ada, alan], 'mesh');
      expect(await ada.call.body()).toMatchObject({ epoch: '1', handover: 'stable' });

      // Whoever comes next has it made ready anew.
      await stage.visit(room, 'Edsger');
      await stage.untilCounts(READY);
    },
    TEST_MS,
  );
});
