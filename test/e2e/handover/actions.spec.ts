import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Source, Topology } from '#protocol';
import { aRoom } from '../../support/guests.ts';
import {
  HandoverStage,
  MESH_COUNTS,
  everyoneHears,
  everyoneSees,
  sfuCounts,
  type Person,
} from '../../support/handover-stage.ts';
import type { Colour } from '../../support/handover-watch.ts';
import { until } from '../../support/until.ts';

const TEST_MS = 60_000;
const MAGENTA: Colour = [255, 0, 255];
const BLUE: Colour = [0, 0, 255];
/** The pages keep the mesh for so long, so that whatever is done meanwhile is done while there are both. */
const LONG_DRAIN_MS = 4000;

const stage = new HandoverStage();

beforeAll(() => stage.open(), TEST_MS);
afterEach(async () => expect(await stage.clear()).toEqual([]), TEST_MS);
afterAll(() => stage.close(), TEST_MS);

type Three = readonly [ada: Person, alan: Person, grace: Person];

interface Phase {
  readonly phase: string;
  /** Brings a call of two, whom Grace joins, into the phase. */
  readonly enter: (room: string) => Promise<Three>;
}

const phases: readonly Phase[] = [
  {
    phase: 'before anybody has switched',
    async enter(room) {
      const [ada, alan] = await stage.two(room);
      const grace = await stage.visit(room, 'Grace');
      for (const one of [ada, alan, grace]) one.wire.hold('consumer:');
      await grace.enter();
      await Promise.all(
        [ada, alan, grace].map((one) =>
          until(
            () => `tracks to be offered to ${one.name}; there is ${JSON.stringify(stage.counts)}`,
            () => one.wire.waiting('consumer:created') > 0,
          ),
        ),
      );
      expect(await ada.call.paths()).toEqual({ Alan: 'mesh', Grace: undefined });
      return [ada, alan, grace];
    },
  },
  {
    phase: 'after one has switched and before the other has',
    async enter(room) {
      const [ada, alan] = await stage.two(room);
      const grace = await stage.visit(room, 'Grace');
      alan.wire.hold('consumer:');
      await grace.enter();
      await ada.untilPath(alan, 'sfu');
      expect(await alan.call.paths()).toEqual({ Ada: 'mesh', Grace: undefined });
      return [ada, alan, grace];
    },
  },
  {
    phase: 'after it has settled, while the mesh is drained',
    async enter(room) {
      const [ada, alan] = await stage.two(room);
      for (const one of [ada, alan]) one.wire.prolongDrain(LONG_DRAIN_MS);
      const grace = await stage.join(room, 'Grace');
      await Promise.all([ada, alan, grace].map((one) => one.untilStable('sfu')));
      return [ada, alan, grace];
    },
  },
];

/** Nothing is held back any more. */
const goOn = (people: readonly Person[]): void => {
  for (const { wire } of people) wire.release();
};

/**
 * Everybody sees and hears everybody over the SFU, which has what it needs for that and no more. Returns in which epochs they are: one
 * unless somebody was left behind.
 */
async function allIsWell(people: readonly Person[], screens = 0): Promise<number[]> {
  await everyoneSees(people, 'sfu');
  await everyoneHears(people);
  await stage.untilCounts(sfuCounts(people.length, screens));
  return epochsOf(people, 'sfu');
}

async function epochsOf(people: readonly Person[], over: Topology): Promise<number[]> {
  return [...new Set(await Promise.all(people.map((one) => one.untilStable(over))))];
}

const publish = (one: Person, source: Source, colour: string): Promise<void> =>
  one.page.evaluate(async ([as, fill]) => window.switchyard?.call.publish(as, window.watch.picture(fill)), [
    source,
    colour,
  ] as const);

describe.each(phases)('in a handover to the SFU, $phase', ({ enter }) => {
  it(
    'somebody joins',
    async () => {
      const room = aRoom();
      const edsger = await stage.visit(room, 'Edsger');
      const three = await enter(room);
      await edsger.enter();
      goOn(three);
      expect(await allIsWell([...three, edsger])).toEqual([2]);
    },
    TEST_MS,
  );

  it(
    'one of those who were there first leaves',
    async () => {
      const [ada, alan, grace] = await enter(aRoom());
      await ada.leave();
      goOn([alan, grace]);
      await everyoneSees([alan, grace], 'mesh');
      await everyoneHears([alan, grace]);
      await stage.untilCounts({ participants: 2, ...MESH_COUNTS });
      expect(await epochsOf([alan, grace], 'mesh')).toEqual([3]);
    },
    TEST_MS,
  );

  it(
    'somebody mutes, and somebody mutes and unmutes',
    async () => {
      const three = await enter(aRoom());
      const [ada, alan, grace] = three;
      await Promise.all([ada.press('Turn the microphone off'), alan.press('Turn the microphone off')]);
      await Promise.all([alan.untilMicSign(ada, 'off'), grace.untilMicSign(alan, 'off')]);
      await alan.press('Turn the microphone on');
      goOn(three);

      await everyoneSees(three, 'sfu');
      for (const one of [alan, grace]) {
        await one.untilMicSign(ada, 'off');
        await one.untilUnheard(ada);
      }
      for (const one of [ada, grace]) {
        await one.untilMicSign(alan, 'on');
        await one.untilHeard(alan);
      }
      await ada.press('Turn the microphone on');
      await alan.untilMicSign(ada, 'on');
      expect(await allIsWell(three)).toEqual([2]);
    },
    TEST_MS,
  );

  it(
    'somebody turns the camera off, and somebody off and on',
    async () => {
      const three = await enter(aRoom());
      const [ada, alan, grace] = three;
      await Promise.all([ada.press('Turn the camera off'), alan.press('Turn the camera off')]);
      await Promise.all([alan.untilCamera(ada, 'covered'), grace.untilCamera(alan, 'covered')]);
      await alan.press('Turn the camera on');
      goOn(three);

      await Promise.all(three.map((one) => one.untilStable('sfu')));
      // No picture that stands still: it is covered.
      await Promise.all([alan.untilCamera(ada, 'covered'), grace.untilCamera(ada, 'covered')]);
      for (const one of [ada, grace]) {
        await one.untilCamera(alan, 'seen');
        await one.untilPicture(alan);
        await one.untilHeard(ada === one ? alan : ada);
      }
      await ada.press('Turn the camera on');
      await Promise.all([alan.untilCamera(ada, 'seen'), grace.untilCamera(ada, 'seen')]);
      expect(await allIsWell(three)).toEqual([2]);
    },
    TEST_MS,
  );

  it(
    'somebody takes another camera and another microphone',
    async () => {
      const three = await enter(aRoom());
      const [ada, alan, grace] = three;
      await publish(ada, 'camera', 'magenta');
      await ada.page.evaluate(() => window.switchyard?.call.publish('mic', window.watch.tone()));
      goOn(three);
      await Promise.all([
        alan.untilPicture(ada, 'camera', MAGENTA),
        grace.untilPicture(ada, 'camera', MAGENTA),
      ]);
      expect(await allIsWell(three)).toEqual([2]);
      await Promise.all([
        alan.untilPicture(ada, 'camera', MAGENTA),
        grace.untilPicture(ada, 'camera', MAGENTA),
      ]);
    },
    TEST_MS,
  );

  it(
    'somebody shares a screen, and somebody begins to and stops',
    async () => {
      const three = await enter(aRoom());
      const [ada, alan, grace] = three;
      await Promise.all([publish(ada, 'screen', 'blue'), publish(alan, 'screen', 'red')]);
      await until(
        'the others to know of the screens',
        async () =>
          (await grace.sourcesOf(ada)).includes('screen') && (await ada.sourcesOf(alan)).includes('screen'),
      );
      await alan.page.evaluate(() => window.switchyard?.call.unpublish('screen'));
      goOn(three);
      await Promise.all([alan.untilPicture(ada, 'screen', BLUE), grace.untilPicture(ada, 'screen', BLUE)]);
      await allIsWell(three, 1);
      await Promise.all([alan.untilPicture(ada, 'screen', BLUE), grace.untilPicture(ada, 'screen', BLUE)]);
      for (const one of [ada, grace]) {
        expect((await one.sourcesOf(alan)).toSorted()).toEqual(['camera', 'mic']);
        expect(await one.screenTracksOf(alan)).toBe(0);
      }

      await ada.page.evaluate(() => window.switchyard?.call.unpublish('screen'));
      await until('the screen to be gone', async () => (await grace.screenTracksOf(ada)) === 0);
      expect(await allIsWell(three)).toEqual([2]);
    },
    TEST_MS,
  );

  it(
    'somebody reloads the page',
    async () => {
      const three = await enter(aRoom());
      const [ada] = three;
      const id = await ada.page.evaluate(() => window.switchyard?.call.snapshot.local.id);
      ada.wire.release();
      await ada.page.reload();
      await ada.call.inState('joined');
      goOn(three);
      expect(await allIsWell(three)).toHaveLength(1);
      expect(await ada.page.evaluate(() => window.switchyard?.call.snapshot.local.id)).not.toBe(id);
    },
    TEST_MS,
  );
});
