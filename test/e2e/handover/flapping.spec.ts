import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Topology } from '#protocol';
import { aRoom } from '../../support/guests.ts';
import {
  HandoverStage,
  MESH_COUNTS,
  everyoneHears,
  everyoneSees,
  sfuCounts,
  type Person,
} from '../../support/handover-stage.ts';

const TEST_MS = 90_000;

const stage = new HandoverStage();

beforeAll(() => stage.open(), TEST_MS);
afterEach(async () => expect(await stage.clear()).toEqual([]), TEST_MS);
afterAll(() => stage.close(), TEST_MS);

/** In which epochs they are once the call is stable, and which was the last that the server told of: one and the same. */
async function newestEpochs(people: readonly Person[], over: Topology): Promise<number[]> {
  const epochs = await Promise.all(people.map((one) => one.untilStable(over)));
  return [...new Set([...epochs, ...people.map(({ wire }) => wire.newestEpoch)])];
}

describe('a third who comes, goes and comes again within seconds', () => {
  it(
    'leaves everybody seeing everybody in the newest epoch, with nothing left behind and no break for those who stay',
    async () => {
      const room = aRoom();
      const [ada, alan] = await stage.two(room);
      await everyoneHears([ada, alan]);
      await ada.page.evaluate(() => window.watch.start('Alan'));
      await alan.page.evaluate(() => window.watch.start('Ada'));

      const grace = await stage.join(room, 'Grace');
      const comeAgain = async (): Promise<void> => {
        await grace.press('Rejoin');
        await grace.call.inState('joined');
      };
      // Gone before she was reached, and back at once.
      await grace.leave();
      await comeAgain();
      // Gone as soon as it has settled, and back while the mesh is prepared.
      await ada.untilStable('sfu');
      await grace.leave();
      await ada.untilPreparing();
      await comeAgain();
      // Gone, and back as soon as the mesh has settled.
      await ada.untilStable('sfu');
      await grace.leave();
      await ada.untilStable('mesh');
      await comeAgain();

      const people = [ada, alan, grace];
      await everyoneSees(people, 'sfu');
      expect(await newestEpochs(people, 'sfu')).toHaveLength(1);
      await everyoneHears(people);
      await stage.untilCounts(sfuCounts(3));

      await grace.leave();
      await everyoneSees([ada, alan], 'mesh');
      expect(await newestEpochs([ada, alan], 'mesh')).toHaveLength(1);
      await stage.untilCounts({ participants: 2, ...MESH_COUNTS });
      for (const one of [ada, alan]) {
        const { faults, paths } = await one.page.evaluate(() => window.watch.stop());
        expect(faults).toEqual({});
        expect(paths.at(-1)).toBe('mesh');
      }
    },
    TEST_MS,
  );
});
