import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import type { RunningServer } from '#server';
import { CallPage } from '../support/call-page.ts';
import { launchChromium } from '../support/chromium.ts';
import { startServer } from '../support/server.ts';
import { setTabVisible } from '../support/tab-visibility.ts';
import { until } from '../support/until.ts';

const TEST_MS = 90_000;
const DEADLINE_MS = 20_000;

/** What one page encodes of its camera, by layer, lowest first: lines, or 0 while the layer is off. */
async function encoded({ page }: CallPage): Promise<number[]> {
  return page.evaluate(async () => {
    const connections = (window as Window & { connections?: RTCPeerConnection[] }).connections ?? [];
    const layers: { rid: string; height: number }[] = [];
    for (const connection of connections) {
      if (connection.connectionState === 'closed') continue;
      for (const stats of (await connection.getStats()).values() as Iterable<RTCOutboundRtpStreamStats>) {
        if (stats.type !== 'outbound-rtp' || stats.kind !== 'video') continue;
        const { active = true } = stats as { active?: boolean };
        layers.push({ rid: stats.rid ?? '', height: active ? (stats.frameHeight ?? 0) : 0 });
      }
    }
    return layers.toSorted((one, other) => one.rid.localeCompare(other.rid)).map(({ height }) => height);
  });
}

/** To be run before a page's own scripts. */
function keepConnections(): void {
  const connections: RTCPeerConnection[] = [];
  const Native = RTCPeerConnection;
  window.RTCPeerConnection = class extends Native {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      connections.push(this);
    }
  };
  Object.assign(window, { connections });
}

describe('layers in the SFU', () => {
  let browser: Browser;
  const servers: RunningServer[] = [];
  const open: CallPage[] = [];

  /** Two in the SFU, who see each other. */
  async function two(env: Record<string, string> = {}): Promise<[CallPage, CallPage]> {
    const server = await startServer(env);
    servers.push(server);
    const people: CallPage[] = [];
    for (const name of ['Ada', 'Alan']) {
      const person = await browser.newContext({
        permissions: ['camera', 'microphone'],
        viewport: { width: 1024, height: 640 },
      });
      await person.addInitScript(keepConnections);
      const query = new URLSearchParams({ name, autojoin: '1', topology: 'sfu' });
      const page = await CallPage.open(person, `${server.url}/layers?${query}`, name);
      open.push(page);
      people.push(page);
      await page.inState('joined');
    }
    const [ada, alan] = people;
    if (ada === undefined || alan === undefined) throw new Error('expected two');
    await Promise.all([ada.sees([alan], 'sfu'), alan.sees([ada], 'sfu')]);
    return [ada, alan];
  }

  /** Resolves with the layers once they fit. */
  const encodes = async (
    person: CallPage,
    what: string,
    fits: (layers: readonly number[]) => boolean,
  ): Promise<number[]> => {
    let layers: number[] = [];
    await until(
      () => `${person.name} to encode ${what}; it was ${layers.join(', ')} lines`,
      async () => fits((layers = await encoded(person))),
      { deadlineMs: DEADLINE_MS, everyMs: 100 },
    );
    return layers;
  };
  const everything = (layers: readonly number[]): boolean =>
    layers.length > 0 && layers.every((one) => one > 0);
  const onlyTheLowest = ([lowest = 0, ...above]: readonly number[]): boolean =>
    lowest > 0 && above.length > 0 && above.every((one) => one === 0);
  const nothing = (layers: readonly number[]): boolean =>
    layers.length > 0 && layers.every((one) => one === 0);

  const framesOf = async (viewer: CallPage): Promise<number> =>
    (await viewer.report())[0]?.framesDecoded ?? 0;

  beforeAll(async () => {
    browser = await launchChromium();
  }, TEST_MS);

  afterEach(async () => {
    await Promise.all(open.splice(0).map((page) => page.close()));
    await Promise.all(servers.splice(0).map((server) => server.close()));
  }, TEST_MS);

  afterAll(async () => {
    await browser?.close();
  }, TEST_MS);

  it(
    'come as the tile needs them, and what nobody sees is not encoded',
    async () => {
      const [ada, alan] = await two();
      const all = await encodes(ada, 'all layers for a large tile', everything);
      expect(all.length).toBeGreaterThan(1);

      const video = alan.tile('Ada').locator('video');
      await video.evaluate((element) => (element.style.cssText = 'width: 160px; height: 90px'));
      await encodes(ada, 'the lowest layer for a small tile', onlyTheLowest);

      await video.evaluate((element) => (element.style.cssText = ''));
      expect(await encodes(ada, 'all layers again', everything)).toEqual(all);

      await video.evaluate((element) => (element.style.cssText = 'display: none'));
      await encodes(ada, 'nothing for a tile that is not there', nothing);
      await video.evaluate((element) => (element.style.cssText = ''));
      await alan.sees([ada], 'sfu');
    },
    TEST_MS,
  );

  it(
    'stop while the tab is hidden, and the picture is back with it; the sound goes on meanwhile',
    async () => {
      const [ada, alan] = await two();
      await setTabVisible(alan.page, false);
      await encodes(ada, 'nothing for a hidden tab', nothing);
      const frames = await framesOf(alan);
      const packets = (await alan.report())[0]?.audioPacketsReceived ?? 0;
      await until(
        'more sound',
        async () => ((await alan.report())[0]?.audioPacketsReceived ?? 0) > packets + 20,
      );
      expect(await framesOf(alan)).toBe(frames);
      await setTabVisible(alan.page, true);
      await alan.sees([ada], 'sfu');
    },
    TEST_MS,
  );

  it(
    'can be asked for by hand, which counts before what elements say',
    async () => {
      const [ada, alan] = await two();
      await alan.page.evaluate(() => {
        const call = window.switchyard?.call;
        const id = call?.snapshot.participants[0]?.id;
        if (id !== undefined) call?.prefer(id, 'camera', { width: 160, height: 90 });
      });
      const [lowest = 0] = await encodes(ada, 'the lowest layer', onlyTheLowest);
      await alan.page.evaluate(() => {
        const call = window.switchyard?.call;
        const id = call?.snapshot.participants[0]?.id;
        if (id !== undefined) call?.prefer(id, 'camera', null);
      });
      const layers = await encodes(ada, 'all layers', everything);
      expect(layers.at(-1)).toBe(2 ** (layers.length - 1) * lowest);
    },
    TEST_MS,
  );

  it.each(['H264', 'VP9', 'AV1'])(
    'are sent in %s where the server prefers it, and stop and return as well',
    async (codec) => {
      const [ada, alan] = await two({ VIDEO_CODEC: codec });
      expect((await alan.report())[0]?.codec).toBe(`video/${codec}`);
      await setTabVisible(alan.page, false);
      await encodes(ada, 'nothing for a hidden tab', nothing);
      await setTabVisible(alan.page, true);
      await alan.sees([ada], 'sfu');
    },
    TEST_MS,
  );
});
