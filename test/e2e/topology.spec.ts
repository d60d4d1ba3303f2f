import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import type { RunningServer } from '#server';
import { CallPage } from '../support/call-page.ts';
import { launchChromium } from '../support/chromium.ts';
import { startServer } from '../support/server.ts';
import { until } from '../support/until.ts';

const TEST_MS = 90_000;
/** What the third join may take until all three decode both others over the SFU. */
const THIRD_JOIN_MS = 5000;
const DWELL_MS = 5000;

describe('a call as its size changes', () => {
  let server: RunningServer;
  let browser: Browser;
  const open: CallPage[] = [];

  const join = async (room: string, name: string, query: Record<string, string> = {}): Promise<CallPage> => {
    const page = await CallPage.join(browser, { server: server.url, room, name, query });
    open.push(page);
    return page;
  };
  const everyoneSees = async (people: readonly CallPage[], over: 'mesh' | 'sfu'): Promise<void> => {
    await Promise.all(
      people.map((one) =>
        one.sees(
          people.filter((other) => other !== one),
          over,
        ),
      ),
    );
  };

  beforeAll(async () => {
    server = await startServer({ MESH_DWELL_MS: String(DWELL_MS) });
    browser = await launchChromium();
  }, TEST_MS);

  afterEach(async () => {
    await Promise.all(open.splice(0).map((page) => page.close()));
    await until('everybody to leave', () => server.conference.counts().participants === 0);
  }, TEST_MS);

  afterAll(async () => {
    await browser?.close();
    await server?.close();
  }, TEST_MS);

  it(
    'is a mesh for two, runs over the SFU while there are three, and is a mesh again afterwards',
    async () => {
      const ada = await join('résumé & café', 'Ada');
      const alan = await join('résumé & café', 'Alan');
      await everyoneSees([ada, alan], 'mesh');
      expect(server.conference.counts()).toMatchObject({ producers: 0, routers: 0, transports: 0 });
      expect(await ada.body()).toMatchObject({ topology: 'mesh', epoch: '1', handover: 'stable' });

      const grace = await join('résumé & café', 'Grace');
      const before = Date.now();
      await everyoneSees([ada, alan, grace], 'sfu');
      expect(Date.now() - before).toBeLessThan(THIRD_JOIN_MS);
      expect(server.conference.counts()).toMatchObject({
        producers: 6,
        consumers: 12,
        transports: 6,
        routers: 1,
      });
      await until('the handover to settle', async () => (await grace.body()).handover === 'stable');
      expect(await grace.body()).toMatchObject({ topology: 'sfu', epoch: '2' });

      const left = Date.now();
      await grace.close();
      await everyoneSees([ada, alan], 'mesh');
      expect(Date.now() - left).toBeGreaterThanOrEqual(DWELL_MS);
      await until('the SFU to be left behind', () => server.conference.counts().transports === 0);
      expect(server.conference.counts()).toMatchObject({ producers: 0, consumers: 0, routers: 0 });
      expect(await ada.body()).toMatchObject({ topology: 'mesh', epoch: '3', handover: 'stable' });
    },
    TEST_MS,
  );

  it(
    'is what the first joiner wishes it to be',
    async () => {
      const ada = await join('wish', 'Ada', { topology: 'sfu' });
      const alan = await join('wish', 'Alan', { topology: 'mesh' });
      await everyoneSees([ada, alan], 'sfu');
      const [report] = await ada.report();
      expect(report).toMatchObject({
        participantId: expect.stringMatching(/^[\w-]+$/),
        path: 'sfu',
        codec: expect.stringMatching(/^video\//),
        roundTripTimeMs: expect.any(Number),
      });
      expect(report?.bytesReceived).toBeGreaterThan(0);
    },
    TEST_MS,
  );

  it(
    'carries those who send nothing',
    async () => {
      const ada = await join('silent', 'Ada', { audio: '0', video: '0' });
      const alan = await join('silent', 'Alan');
      await until('Ada to see Alan', async () => ((await ada.report())[0]?.framesDecoded ?? 0) > 0);
      const grace = await join('silent', 'Grace', { video: '0' });
      await until('the call to move to the SFU', async () => (await alan.body()).topology === 'sfu');
      await until('Grace to see Alan', async () =>
        (await grace.report()).some(({ framesDecoded }) => framesDecoded > 0),
      );
      expect(Object.keys(await grace.paths()).toSorted()).toEqual(['Ada', 'Alan']);
    },
    TEST_MS,
  );
});
