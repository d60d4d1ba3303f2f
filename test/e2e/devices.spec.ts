import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { chromium, type Browser, type BrowserContext, type Locator } from 'playwright-core';
import type { PathReport } from '#client';
import type { RunningServer } from '#server';
import { CallPage, callAddress } from '../support/call-page.ts';
import { launchChromium, newPerson } from '../support/chromium.ts';
import { aRoom } from '../support/guests.ts';
import { startServer } from '../support/server.ts';
import { Session } from '../support/session.ts';
import { until } from '../support/until.ts';

const TEST_MS = 60_000;
/** How long a busy machine may take until something is decoded, or is no more. */
const MEDIA_DEADLINE_MS = 20_000;
/** Packets come every 20 ms, frames every 50 ms: whoever gets none for so long gets none. */
const SILENCE_MS = 400;

let server: RunningServer;
let browser: Browser;
const open: { close(): unknown }[] = [];
const pages: CallPage[] = [];

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), launchAskingChromium()]);
}, TEST_MS);

afterEach(async () => {
  const errors = pages.splice(0).flatMap((page) => page.errors);
  for (const one of open.splice(0).toReversed()) await one.close();
  await until('everybody to leave', () => server.conference.counts().participants === 0);
  expect(errors).toEqual([]);
}, TEST_MS);

afterAll(async () => {
  await browser?.close();
  await server?.close();
}, TEST_MS);

/** Unlike the one of the other suites it does not say yes to everything: what a profile is not granted is refused. */
function launchAskingChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.CHROMIUM_BIN,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--use-fake-device-for-media-stream',
      '--allow-loopback-in-peer-connection',
      '--autoplay-policy=no-user-gesture-required',
      '--disable-background-networking',
      '--no-first-run',
      '--disable-background-timer-throttling',
      '--disable-backgrounding-occluded-windows',
      '--disable-renderer-backgrounding',
    ],
  });
}

/** Closed after the test, the last first. */
function closing<T extends { close(): unknown }>(one: T): T {
  open.push(one);
  return one;
}

/** Somebody's profile, in which the page may use those devices. */
async function personWith(...permissions: ('camera' | 'microphone')[]): Promise<BrowserContext> {
  return closing(await browser.newContext({ locale: 'en-US', permissions }));
}

interface Visit {
  readonly room: string;
  readonly name: string;
  readonly query?: Record<string, string>;
  /** In whose profile; of somebody who has allowed everything unless given. */
  readonly person?: BrowserContext;
}

async function visit({ room, name, query, person }: Visit): Promise<CallPage> {
  const address = callAddress({ server: server.url, room, query: { name, ...query } });
  const page = await CallPage.open(person ?? closing(await newPerson(browser)), address, name);
  pages.push(page);
  return page;
}

async function join({ query, ...more }: Visit): Promise<CallPage> {
  const page = await visit({ ...more, query: { autojoin: '1', ...query } });
  await page.inState('joined');
  return page;
}

async function reportOf(page: CallPage, other: CallPage): Promise<PathReport | undefined> {
  return (await page.report()).find(({ displayName }) => displayName === other.name);
}

type Figure = 'framesDecoded' | 'audioPacketsReceived';

async function figure(page: CallPage, other: CallPage, which: Figure): Promise<number> {
  return (await reportOf(page, other))?.[which] ?? 0;
}

/** Until more comes than has come by now. */
async function untilMore(page: CallPage, other: CallPage, which: Figure): Promise<void> {
  const before = await figure(page, other, which);
  await until(
    `more ${which} of ${other.name} at ${page.name}`,
    async () => (await figure(page, other, which)) > before,
    { deadlineMs: MEDIA_DEADLINE_MS, everyMs: 50 },
  );
}

/** Until no more comes. */
async function untilNoMore(page: CallPage, other: CallPage, which: Figure): Promise<void> {
  let before = -1;
  await until(
    `no more ${which} of ${other.name} at ${page.name}`,
    async () => {
      const now = await figure(page, other, which);
      const same = now === before;
      before = now;
      return same;
    },
    { deadlineMs: MEDIA_DEADLINE_MS, everyMs: SILENCE_MS },
  );
}

/** Whether the picture of somebody lies over the avatar, or has given way to it. */
async function untilPicture(page: CallPage, other: CallPage, is: 'seen' | 'covered'): Promise<void> {
  const video = page.tile(other.name).locator('video');
  const opacity = is === 'seen' ? '1' : '0';
  await until(
    `the picture of ${other.name} to be ${is} at ${page.name}`,
    async () => (await video.evaluate((element) => getComputedStyle(element).opacity)) === opacity,
    { deadlineMs: MEDIA_DEADLINE_MS },
  );
}

/** What the page tells about devices that it cannot have. */
const noticeOf = ({ page }: CallPage): Locator =>
  page.getByRole('status').filter({ has: page.getByRole('button', { name: 'Try again' }) });
const wordsOf = async (notice: Locator): Promise<string[]> =>
  (await notice.getByRole('paragraph').allInnerTexts()).map((words) => words.trim());

const press = (page: CallPage, name: string): Promise<void> =>
  page.page.getByRole('button', { name }).click();

describe('devices that cannot be had', () => {
  it(
    'keeps nobody whose camera and microphone are refused out of the call, and says how to change it',
    async () => {
      const room = aRoom();
      const alan = await join({ room, name: 'Alan' });
      const person = await personWith();
      const ada = await join({ room, name: 'Ada', person });
      expect(await wordsOf(noticeOf(ada))).toEqual([
        'This page may not use your camera and microphone. Click the symbol on the left of the address, switch camera and microphone on there, then try again.',
      ]);
      await ada.sees([alan], 'mesh');
      await untilMore(ada, alan, 'audioPacketsReceived');
      await alan.tile('Ada').getByRole('img', { name: 'Ada: microphone off' }).waitFor();
      await untilPicture(alan, ada, 'covered');

      // She does as she was told.
      await person.grantPermissions(['camera', 'microphone']);
      await press(ada, 'Try again');
      await alan.sees([ada], 'mesh');
      await untilMore(alan, ada, 'audioPacketsReceived');
      await alan.tile('Ada').getByRole('img', { name: 'Ada: microphone off' }).waitFor({ state: 'detached' });
      expect(await wordsOf(noticeOf(ada))).toEqual([]);
    },
    TEST_MS,
  );

  it(
    'does not let a refused camera cost the microphone',
    async () => {
      const room = aRoom();
      const ada = await visit({ room, name: 'Ada', person: await personWith('microphone') });
      await noticeOf(ada).waitFor();
      expect(await wordsOf(noticeOf(ada))).toEqual([
        'This page may not use your camera. Click the symbol on the left of the address, switch the camera on there, then try again. ' +
          'You can join all the same.',
      ]);
      await ada.page.getByRole('button', { name: 'Join', exact: true }).click();
      await ada.inState('joined');

      const alan = await join({ room, name: 'Alan' });
      await untilMore(alan, ada, 'audioPacketsReceived');
      expect(await reportOf(alan, ada)).toMatchObject({ codec: 'audio/opus', framesDecoded: 0 });
      await untilPicture(alan, ada, 'covered');
      await ada.sees([alan], 'mesh');

      // A notice that was read can be put away.
      await press(ada, 'Dismiss');
      expect(await wordsOf(noticeOf(ada))).toEqual([]);
    },
    TEST_MS,
  );

  it(
    'takes people without a camera in, and says that none was found',
    async () => {
      const room = aRoom();
      const cameraless = closing(await launchChromium(['--use-fake-device-for-media-stream=device-count=0']));
      const ada = await join({ room, name: 'Ada', person: closing(await newPerson(cameraless)) });
      expect(await wordsOf(noticeOf(ada))).toEqual([
        'No camera was found. Connect a camera, then try again.',
      ]);
      const session = closing(await Session.connect(server.url));
      const { participants } = (await session.join(room, 'Grace')).room;
      expect(participants.find(({ displayName }) => displayName === 'Ada')?.sources).toEqual([
        { source: 'mic', muted: false },
      ]);
    },
    TEST_MS,
  );
});

describe('devices turned off and on in a call', () => {
  it.each(['mesh', 'sfu'] as const)(
    'lets go of a camera that is turned off over %s, shows the avatar, and frames again afterwards',
    async (topology) => {
      const room = aRoom();
      const ada = await join({ room, name: 'Ada', query: { topology } });
      const alan = await join({ room, name: 'Alan' });
      await alan.sees([ada], topology);
      const own = ada.page.locator('[data-local] video');
      const light = await own.evaluateHandle((video: HTMLVideoElement) => {
        if (!(video.srcObject instanceof MediaStream)) throw new Error('expected a stream');
        const [track] = video.srcObject.getVideoTracks();
        if (track === undefined) throw new Error('expected a camera');
        return track;
      });
      expect(await light.evaluate(({ readyState }) => readyState)).toBe('live');

      await press(ada, 'Turn the camera off');
      await ada.page.getByRole('button', { name: 'Turn the camera on' }).waitFor();
      expect(await light.evaluate(({ readyState }) => readyState)).toBe('ended');
      expect(await own.isVisible()).toBe(false);
      await untilPicture(alan, ada, 'covered');
      expect(await alan.tile('Ada').innerText()).toMatch(/^A\s+Ada$/);
      await untilNoMore(alan, ada, 'framesDecoded');
      // The sound is not the camera's.
      await untilMore(alan, ada, 'audioPacketsReceived');

      await press(ada, 'Turn the camera on');
      await alan.sees([ada], topology);
      await untilPicture(alan, ada, 'seen');
      expect(await own.isVisible()).toBe(true);
    },
    TEST_MS,
  );

  it.each(['mesh', 'sfu'] as const)(
    'sends no sound of a muted microphone over %s, shows that to the others, and sends it again afterwards',
    async (topology) => {
      const room = aRoom();
      const ada = await join({ room, name: 'Ada', query: { topology } });
      const alan = await join({ room, name: 'Alan' });
      await untilMore(alan, ada, 'audioPacketsReceived');
      const sign = alan.tile('Ada').getByRole('img', { name: 'Ada: microphone off' });
      expect(await sign.count()).toBe(0);

      await press(ada, 'Turn the microphone off');
      await sign.waitFor();
      await untilNoMore(alan, ada, 'audioPacketsReceived');
      await untilMore(alan, ada, 'framesDecoded');

      await press(ada, 'Turn the microphone on');
      await sign.waitFor({ state: 'detached' });
      await untilMore(alan, ada, 'audioPacketsReceived');
    },
    TEST_MS,
  );

  it(
    'moves a call with somebody whose camera is off, and shows the camera once it is on again',
    async () => {
      const room = aRoom();
      const ada = await join({ room, name: 'Ada' });
      const alan = await join({ room, name: 'Alan' });
      await alan.sees([ada], 'mesh');
      await press(ada, 'Turn the camera off');
      await untilPicture(alan, ada, 'covered');

      const grace = await join({ room, name: 'Grace' });
      await until('the call to move to the SFU', async () => (await ada.body()).topology === 'sfu', {
        deadlineMs: MEDIA_DEADLINE_MS,
      });
      await Promise.all([
        untilMore(grace, ada, 'audioPacketsReceived'),
        untilMore(grace, alan, 'framesDecoded'),
        ada.sees([alan, grace], 'sfu'),
      ]);
      await press(ada, 'Turn the camera on');
      await Promise.all([alan.sees([ada, grace], 'sfu'), grace.sees([ada, alan], 'sfu')]);
    },
    TEST_MS,
  );
});
