import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import type { Topology } from '#protocol';
import type { RunningServer } from '#server';
import { CallPage, callAddress } from '../support/call-page.ts';
import { launchChromium, newPerson } from '../support/chromium.ts';
import { aRoom } from '../support/guests.ts';
import { startServer } from '../support/server.ts';
import { until } from '../support/until.ts';

const TEST_MS = 60_000;

let server: RunningServer;
let browser: Browser;
const people: CallPage[] = [];

beforeAll(async () => {
  [server, browser] = await Promise.all([
    startServer(),
    launchChromium(['--use-fake-device-for-media-stream=fps=10,device-count=3']),
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

interface Joining {
  readonly room: string;
  readonly name: string;
  readonly query?: Readonly<Record<string, string>>;
  /** To be run in the page before its own scripts. */
  readonly before?: () => void;
}

async function join({ room, name, query = {}, before }: Joining): Promise<CallPage> {
  const person = await newPerson(browser);
  if (before !== undefined) await person.addInitScript(before);
  const address = callAddress({ server: server.url, room, query: { name, autojoin: '1', ...query } });
  const page = await CallPage.open(person, address, name);
  people.push(page);
  await page.inState('joined');
  await page.page.getByTestId('leave').waitFor();
  return page;
}

const isPaused = ({ page }: CallPage): Promise<boolean> =>
  page.getByTestId('sound').evaluate((audio: HTMLAudioElement) => audio.paused);

/** Until the sound of the one other goes on. */
async function untilHeard({ page }: CallPage): Promise<void> {
  const heardS = (): Promise<number> =>
    page.getByTestId('sound').evaluate((audio: HTMLAudioElement) => audio.currentTime);
  const before = await heardS();
  await until('the other to be heard', async () => (await heardS()) > before);
}

/**
 * As browsers do where a page has neither camera nor microphone. Automation counts as somebody who has clicked, so Chromium itself
 * would not.
 */
function refuseSoundBeforeAClick(): void {
  let wasClicked = false;
  window.addEventListener('click', () => (wasClicked = true), { capture: true });
  const refuses = (element: HTMLMediaElement): boolean => !wasClicked && !element.muted;
  const play: unknown = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, 'play')?.value;
  if (typeof play !== 'function') throw new Error('expected elements that play');
  HTMLMediaElement.prototype.play = function playOnceClicked(this: HTMLMediaElement): Promise<void> {
    return refuses(this)
      ? Promise.reject(new DOMException('nobody has clicked on the page', 'NotAllowedError'))
      : (Reflect.apply(play, this, []) as Promise<void>);
  };
  // Whoever plays by attribute stands still.
  const stop = ({ target }: globalThis.Event): void => {
    if (target instanceof HTMLMediaElement && refuses(target)) target.pause();
  };
  window.addEventListener('play', stop, { capture: true });
}

describe('sound that the browser refuses to play', () => {
  it.each<Topology>(['mesh', 'sfu'])(
    'is said, over %s, and is there after a click; the picture runs meanwhile',
    async (topology) => {
      const room = aRoom();
      const alan = await join({ room, name: 'Alan', query: { topology } });
      const ada = await join({
        room,
        name: 'Ada',
        query: { audio: '0', video: '0' },
        before: refuseSoundBeforeAClick,
      });
      await ada.sees([alan], topology);
      const hear = ada.page.getByRole('button', { name: 'Click to hear the others' });
      await hear.waitFor();
      expect(await isPaused(ada)).toBe(true);

      await hear.click();
      await hear.waitFor({ state: 'detached' });
      expect(await isPaused(ada)).toBe(false);
      await untilHeard(ada);
    },
    TEST_MS,
  );
});

/** As a system has them: the second loudspeaker can be pulled out. */
function haveTwoSpeakers(): void {
  const devices = navigator.mediaDevices;
  const list = devices.enumerateDevices.bind(devices);
  devices.enumerateDevices = async () => {
    const all = await list();
    const outputs = all.filter(({ kind }) => kind === 'audiooutput');
    return 'pulledOut' in window ? all.filter((one) => one !== outputs.at(-1)) : all;
  };
}

describe('a loudspeaker that vanishes', () => {
  it(
    'is said, and the sound goes on through the one that the system has chosen',
    async () => {
      const room = aRoom();
      const alan = await join({ room, name: 'Alan' });
      const ada = await join({ room, name: 'Ada', before: haveTwoSpeakers });
      await ada.sees([alan], 'mesh');
      await ada.page.getByRole('button', { name: 'Devices and view', exact: true }).click();
      const speaker = ada.page.getByRole('combobox', { name: 'Speaker' });
      const last = (await speaker.getByRole('option').all()).at(-1);
      await speaker.selectOption((await last?.getAttribute('value')) ?? '');
      const sink = (): Promise<string> =>
        ada.page.getByTestId('sound').evaluate((audio: HTMLAudioElement) => audio.sinkId);
      await until('the chosen loudspeaker', async () => (await sink()) !== '');

      await ada.page.evaluate(() => {
        Object.assign(window, { pulledOut: true });
        navigator.mediaDevices.dispatchEvent(new Event('devicechange'));
      });
      await ada.page.getByRole('status').filter({ hasText: 'Your speaker went away.' }).waitFor();
      await until('the system’s loudspeaker', async () => (await sink()) === '');
      await untilHeard(ada);
    },
    TEST_MS,
  );
});

/** As a phone has them: two cameras that are asked for by where they look, and only one of them at a time. */
function haveFrontAndBackCamera(): void {
  const devices = navigator.mediaDevices;
  const ask = devices.getUserMedia.bind(devices);
  let open: MediaStreamTrack | undefined;
  devices.getUserMedia = async (constraints = {}) => {
    const { video } = constraints;
    if (typeof video !== 'object') return ask(constraints);
    if (open?.readyState === 'live') throw new DOMException('the other camera is in use', 'NotReadableError');
    const { facingMode, ...others } = video;
    const cameras = (await devices.enumerateDevices()).filter(({ kind }) => kind === 'videoinput');
    const camera = facingMode === 'environment' ? cameras.at(-1) : cameras[0];
    const stream = await ask({
      ...constraints,
      video: { ...others, deviceId: { exact: camera?.deviceId ?? '' } },
    });
    [open] = stream.getVideoTracks();
    if (open === undefined) return stream;
    const settings = open.getSettings.bind(open);
    open.getSettings = () => ({
      ...settings(),
      facingMode: facingMode === 'environment' ? 'environment' : 'user',
    });
    return stream;
  };
}

describe('a phone', () => {
  it.each<Topology>(['mesh', 'sfu'])(
    'turns from its front camera to the one at its back and again, over %s',
    async (topology) => {
      const room = aRoom();
      const ada = await join({ room, name: 'Ada', query: { topology }, before: haveFrontAndBackCamera });
      const alan = await join({ room, name: 'Alan' });
      await alan.sees([ada], topology);
      const camera = (): Promise<string | undefined> =>
        ada.page.locator('[data-local] video').evaluate((video: HTMLVideoElement) => {
          const [track] = video.srcObject instanceof MediaStream ? video.srcObject.getVideoTracks() : [];
          return track?.readyState === 'live' ? track.label : undefined;
        });
      expect(await camera()).toBe('fake_device_0');
      await ada.page.getByRole('button', { name: 'Devices and view', exact: true }).click();
      for (const [turn, label] of [
        ['Use the back camera', 'fake_device_2'],
        ['Use the front camera', 'fake_device_0'],
      ] as const) {
        await ada.page.getByRole('button', { name: turn }).click();
        await until(`the camera that "${turn}" promises`, async () => (await camera()) === label);
        await alan.sees([ada], topology);
      }
    },
    TEST_MS,
  );
});
