import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Locator } from 'playwright-core';
import type { Topology } from '#protocol';
import type { RunningServer } from '#server';
import { CallPage, callAddress } from '../support/call-page.ts';
import { launchChromium, newPerson } from '../support/chromium.ts';
import { aRoom } from '../support/guests.ts';
import { endScreen, keepScreens, untilFramesGrow } from '../support/screens.ts';
import { startServer } from '../support/server.ts';
import { until } from '../support/until.ts';

const TEST_MS = 90_000;
const MEDIA_MS = 20_000;

let server: RunningServer;
let browser: Browser;
const people: CallPage[] = [];

beforeAll(async () => {
  [server, browser] = await Promise.all([
    startServer({ MESH_DWELL_MS: '300' }),
    launchChromium(['--use-fake-device-for-media-stream=fps=10']),
  ]);
}, TEST_MS);

afterEach(async () => {
  const left = people.splice(0);
  await Promise.all(left.map((one) => one.close()));
  await until('everybody to leave', () => server.conference.counts().participants === 0);
  expect(left.flatMap(({ errors }) => errors)).toEqual([]);
}, TEST_MS);

afterAll(async () => {
  await browser?.close();
  await server?.close();
}, TEST_MS);

async function join(room: string, name: string, query: Record<string, string> = {}): Promise<CallPage> {
  const person = await newPerson(browser);
  await person.addInitScript(keepScreens);
  const address = callAddress({ server: server.url, room, query: { name, autojoin: '1', ...query } });
  const page = await CallPage.open(person, address, name);
  people.push(page);
  await page.inState('joined');
  return page;
}

const press = (one: CallPage, button: string): Promise<void> =>
  one.page.getByRole('group', { name: 'Call controls' }).getByRole('button', { name: button }).click();
const screenAt = (one: CallPage, of: CallPage): Locator =>
  one.page.getByRole('article', { name: `Screen of ${of.name}`, exact: true });

const untilScreen = (one: CallPage, of: CallPage): Promise<void> =>
  untilFramesGrow(screenAt(one, of), `the screen of ${of.name} at ${one.name}`, MEDIA_MS);
const untilNoScreen = (one: CallPage, of: CallPage): Promise<void> =>
  screenAt(one, of).waitFor({ state: 'detached', timeout: MEDIA_MS });

const widthOf = async (tile: Locator): Promise<number> => (await tile.boundingBox())?.width ?? 0;

/** Until the screen of somebody is the large one at somebody else. */
async function untilOnStage(one: CallPage, of: CallPage): Promise<void> {
  await until(
    `the screen of ${of.name} to have the stage at ${one.name}`,
    async () => (await widthOf(screenAt(one, of))) > 2 * (await widthOf(one.tile(of.name))),
    { deadlineMs: MEDIA_MS },
  );
}

describe('sharing a screen', () => {
  it.each<Topology>(['mesh', 'sfu'])(
    'shows it to the others over %s, large, besides a second one, until it is stopped',
    async (topology) => {
      const room = aRoom();
      const ada = await join(room, 'Ada', { topology });
      const alan = await join(room, 'Alan');
      await Promise.all([ada.sees([alan], topology), alan.sees([ada], topology)]);

      await press(ada, 'Share your screen');
      await untilScreen(alan, ada);
      await untilOnStage(alan, ada);
      await alan.sees([ada], topology);
      await ada.page.getByText('The others see your screen.').waitFor();
      expect(await screenAt(ada, ada).count()).toBe(0);

      await press(alan, 'Share your screen');
      await untilScreen(ada, alan);
      await untilScreen(alan, ada);

      await press(ada, 'Stop sharing');
      await untilNoScreen(alan, ada);
      await untilScreen(ada, alan);
      // Once more: a link has kept its place for it.
      await press(ada, 'Share your screen');
      await untilScreen(alan, ada);
      await untilOnStage(alan, ada);
    },
    TEST_MS,
  );

  it(
    'carries its sound, which is heard whatever is seen',
    async () => {
      const room = aRoom();
      const ada = await join(room, 'Ada');
      const alan = await join(room, 'Alan');
      await alan.sees([ada], 'mesh');
      await ada.page.evaluate(async () => {
        const context = new AudioContext();
        const oscillator = context.createOscillator();
        const destination = context.createMediaStreamDestination();
        oscillator.connect(destination);
        oscillator.start();
        const [tone] = destination.stream.getAudioTracks();
        const ask = navigator.mediaDevices.getDisplayMedia.bind(navigator.mediaDevices);
        navigator.mediaDevices.getDisplayMedia = async (options) => {
          const stream = await ask({ ...options, audio: false });
          if (tone !== undefined) stream.addTrack(tone);
          return stream;
        };
      });
      await press(ada, 'Share your screen');
      await untilScreen(alan, ada);
      const sound = alan.page.locator('[data-testid="sound"][data-source="screen-audio"]');
      const ear = await sound.evaluateHandle((audio: HTMLAudioElement) => {
        if (!(audio.srcObject instanceof MediaStream)) throw new Error('expected a stream');
        const context = new AudioContext();
        const analyser = new AnalyserNode(context);
        context.createMediaStreamSource(audio.srcObject).connect(analyser);
        return analyser;
      });
      await until(
        'the sound of the screen to be loud',
        () =>
          ear.evaluate((analyser) => {
            const samples = new Float32Array(analyser.fftSize);
            analyser.getFloatTimeDomainData(samples);
            return samples.some((sample) => Math.abs(sample) > 0.1);
          }),
        { deadlineMs: MEDIA_MS, everyMs: 50 },
      );
      expect(await sound.evaluate((audio: HTMLAudioElement) => audio.paused || audio.muted)).toBe(false);
      await press(ada, 'Stop sharing');
      await sound.waitFor({ state: 'detached' });
    },
    TEST_MS,
  );

  it(
    'goes on while the call moves to the SFU and back',
    async () => {
      const room = aRoom();
      const ada = await join(room, 'Ada');
      const alan = await join(room, 'Alan');
      await alan.sees([ada], 'mesh');
      await press(ada, 'Share your screen');
      await untilScreen(alan, ada);
      const video = await screenAt(alan, ada).locator('video').elementHandle();

      const grace = await join(room, 'Grace');
      await Promise.all([alan.sees([ada, grace], 'sfu'), grace.sees([ada, alan], 'sfu')]);
      await Promise.all([untilScreen(alan, ada), untilScreen(grace, ada)]);

      await press(grace, 'Leave');
      await alan.sees([ada], 'mesh');
      await alan.page.waitForSelector('body[data-handover="stable"][data-topology="mesh"]');
      await untilScreen(alan, ada);
      expect(await video?.evaluate((element) => element.isConnected)).toBe(true);
    },
    TEST_MS,
  );

  it(
    'notices that it was ended by the browser, says so, and can begin again',
    async () => {
      const room = aRoom();
      const ada = await join(room, 'Ada');
      const alan = await join(room, 'Alan');
      await alan.sees([ada], 'mesh');
      await press(ada, 'Share your screen');
      await untilScreen(alan, ada);

      await ada.page.evaluate(endScreen);
      await ada.page.getByRole('status').filter({ hasText: 'Your screen is no longer shared' }).waitFor();
      await untilNoScreen(alan, ada);
      await alan.sees([ada], 'mesh');

      await press(ada, 'Share your screen');
      await untilScreen(alan, ada);
      expect(await ada.page.getByText('Your screen is no longer shared').count()).toBe(0);
    },
    TEST_MS,
  );

  it(
    'takes a picker that was closed for no error',
    async () => {
      const ada = await join(aRoom(), 'Ada');
      await ada.page.evaluate(() => {
        navigator.mediaDevices.getDisplayMedia = () =>
          Promise.reject(new DOMException('Permission denied', 'NotAllowedError'));
      });
      await press(ada, 'Share your screen');
      await ada.page.getByRole('button', { name: 'Share your screen' }).waitFor();
      expect(await ada.page.getByTestId('screen-incident').count()).toBe(0);
      expect((await ada.body())['callState']).toBe('joined');
    },
    TEST_MS,
  );
});
